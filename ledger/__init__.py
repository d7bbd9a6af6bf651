"""The ledger (台账): what Xuncha remembers, and the words every room shares."""
