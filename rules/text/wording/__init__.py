"""Wordings that are wrong as such (禁用和慎用词): patterns, what to say instead, and when not."""
