"""Known wrong words: pairs of a wrong form and the right one, matched and built.

`pairs` reads and matches them. `python -m rules.text.known FOLDER… --words dict.txt` builds them
anew: `slips` thinks up the slips people make in frequent words, `building` admits those that are
no words and that official text does not use.
"""
