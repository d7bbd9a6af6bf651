"""The statistical judge of wrong characters (T301): table, candidates, evidence, verdict."""
