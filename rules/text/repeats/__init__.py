"""Finds what stands twice in a row and weighs whether it should."""
