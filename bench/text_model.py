"""Another n-gram table than the one the rules ship with: one trained without the text measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rules.text.ngrams import judge
from rules.text.ngrams.scoring import Scorer
from rules.text.ngrams.table import Model


def use(path: str) -> None:
    """Let the rules read the table at `path`; nothing changes where it is empty."""
    if path:
        scorer = Scorer(Model.load(Path(path)))
        other = replace(judge.shipped(), reader=judge.reader(scorer))
        # The rules ask for both by their names each time they need them.
        vars(judge).update(shipped=lambda: other, shipped_scorer=lambda: scorer)


def said_of(path: str) -> str:
    """What the reader of a section must know of the table."""
    if path:
        return "The n-gram table was trained without this slice."
    return "The n-gram table shipped was trained on this text, too: the figures flatter."
