"""What the rules find in text recognised from pictures (OCR): never more than a question.

A character that is wrong there may well be right in the picture, so whatever rule speaks, a person
has to look at the picture first.
"""

from __future__ import annotations

from dataclasses import replace

from rules.text.base import Scope, Tier
from rules.text.catalog import text_rules
from rules.text.corpus import Corpus
from rules.text.proofing import Proof, proofs


def recognised_proofs(corpus: Corpus) -> list[Proof]:
    """The proofs in a corpus of recognised text."""
    if not corpus.texts:
        return []
    rules = [rule for rule in text_rules() if not rule.sharp and rule.scope is not Scope.LINK]
    return [
        replace(proof, hit=replace(proof.hit, tier=Tier.OCR)) for proof in proofs(corpus, rules)
    ]
