"""Unsafe words and addresses: the curated lists, and what makes them spam or news."""
