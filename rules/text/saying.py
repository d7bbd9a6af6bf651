"""Puts a proof into words: one Chinese sentence, its clause, how grave it is."""

from __future__ import annotations

from ledger.texts import Tier
from ledger.words import Severity
from rules.base import cite
from rules.standards import standards
from rules.text.proofing import Proof

_RECOGNISED = "这段文字是从扫描件的图片中识别（OCR）出来的，可能认错，请先对照原图核实。"


def message_of(proof: Proof) -> str:
    """What is wrong, what to put instead, and why."""
    wrong, suggest = proof.hit.shown or proof.wrong, proof.hit.suggest
    if suggest and suggest == proof.hit.shown:
        instead = f"应遮掩后公开，如“{suggest}”"
    else:
        instead = _instead(wrong, suggest)
    why = proof.hit.why.rstrip("。")
    said = f"{proof.hit.category or proof.rule.name}：{instead}。{why}。" if why else f"{instead}。"
    return said + _RECOGNISED if proof.tier is Tier.OCR else said


def _instead(wrong: str, suggest: str) -> str:
    return f"“{wrong}”建议改为“{suggest}”" if suggest else f"“{wrong}”请核实"


def severity_of(proof: Proof) -> Severity:
    """How grave it is: the hit's own word, else its rule's."""
    return proof.hit.severity or proof.rule.severity


def basis_of(proof: Proof) -> str:
    """The clause it rests on, as reports cite it."""
    clauses = standards().clauses
    keys = (proof.hit.clause,) if proof.hit.clause else proof.rule.clauses
    return cite(clauses[key] for key in keys)
