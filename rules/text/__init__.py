"""Text (文字): wrong characters, forbidden expressions, privacy. One rule a file.

`plain` makes text comparable, `corpus` holds every sentence once, `base` is what a rule is given
and gives back, `proofing` runs the rules over a corpus. A rule's `find` looks at all sentences (or
texts) at once, so that it may count and scan them together.
"""
