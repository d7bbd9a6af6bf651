"""How an older ledger file becomes today's. Run by `ledger.engine` whenever a ledger is opened."""
