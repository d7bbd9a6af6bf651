"""Which characters are taken for one another (音近、形近)."""
