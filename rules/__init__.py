"""The rules: facts and a day in, verdicts and findings out; no network, no clock."""
