"""`xuncha explain`: what a rule checks, why, on what basis and how to mend it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from console.errors import Misused
from console.output import Format, Heading, emit, on_terminal, to_csv, to_json, to_jsonl, to_table
from rules import explain, load
from rules.base import Explanation

Row = dict[str, Any]

_KEYS = ("code", "name", "family", "severity", "checks", "why", "basis", "mend", "confirm_after")
_HEADINGS = (
    Heading("code", "规则"),
    Heading("name", "名称"),
    Heading("severity", "程度"),
    Heading("checks", "检查什么"),
)


def explain_one(code: str, form: Format) -> None:
    """Print one rule; an unknown code names the nearest."""
    found = explain(code)
    if found is None:
        raise Misused(_unknown(code))
    if form is Format.TABLE:
        emit(_page(found))
    else:
        _emit_rows([_row(found)], form, alone=True)


def explain_all(form: Format) -> None:
    """Print every rule."""
    rows = [_row(found) for rule in load() if (found := explain(rule.code))]
    if form is Format.TABLE:
        emit(to_table(rows, _HEADINGS, terminal=on_terminal()))
        emit(
            "\n详细说明请运行 xuncha explain 规则编码，如 xuncha explain "
            f"{rows[0]['code'] if rows else 'F001'}。\n"
        )
    else:
        _emit_rows(rows, form, alone=False)


def _emit_rows(rows: list[Row], form: Format, *, alone: bool) -> None:
    if form is Format.JSON:
        emit(to_json(rows[0] if alone else rows), form)
    elif form is Format.JSONL:
        emit(to_jsonl(rows), form)
    else:
        flat = [{**r, "basis": "；".join(c["words"] for c in r["basis"])} for r in rows]
        emit(to_csv(flat, _KEYS), form)


def _unknown(code: str) -> str:
    known = {rule.code: rule.name for rule in load()}
    close = get_close_matches(code.strip().upper(), known, n=1, cutoff=0.5)
    named = [c for c, name in known.items() if code.strip() and code.strip() in name]
    nearest = (close or named or [""])[0]
    hint = f"最接近的是 {nearest}（{known[nearest]}）。" if nearest else ""
    return f"没有规则 {code}。{hint}全部规则见 xuncha explain。"


def _row(found: Explanation) -> Row:
    return {
        "code": found.code,
        "name": found.name,
        "family": found.family,
        "severity": found.severity,
        "checks": found.checks,
        "why": found.why,
        "basis": [
            {
                "words": clause.words,
                "standard": clause.standard,
                "doc_no": clause.doc_no,
                "url": clause.url,
                "verified": clause.verified,
            }
            for clause in found.basis
        ],
        "mend": found.mend,
        "confirm_after": found.confirm_after,
        "thresholds": list(found.thresholds),
    }


def _page(found: Explanation) -> str:
    basis = [f"  · {clause.words}" for clause in found.basis]
    limits = [f"  · {line}" for line in found.thresholds]
    parts = [
        f"{found.code}　{found.name}（{found.severity}）",
        f"检查什么：{found.checks}",
        f"为什么：{found.why}",
        "依据：",
        *basis,
        *(["现行界限：", *limits] if limits else []),
        f"何时确认：{_confirmed(found.confirm_after)}",
        f"怎样整改：{found.mend}",
    ]
    return "\n".join(parts) + "\n"


def _confirmed(after: int) -> str:
    """By how many inspections a finding of the rule is confirmed."""
    if after == 0:
        return "只列出供核实，一直记为疑似，是否属实由人确认。"
    if after == 1:
        return "一次巡查发现即确认。"
    return f"连续 {after} 次巡查发现才确认，之前记为疑似。"
