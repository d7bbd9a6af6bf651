"""The morning message (通知): only what changed, grouped by unit, short enough for a chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.findings import Finding, Judgement
from ledger.site import Site
from ledger.words import REMOVED, State
from reports.base import Model
from reports.changes import is_clue
from reports.safe import line
from reports.wording import NO_UNIT, PROBLEMS, day

_EACH = 5
"""The most lines under one unit; the rest is counted."""
_MOST = 1800
"""The most characters of a message: what a chat shows without folding, in bytes of UTF-8 / 3."""
_NAME = 60

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One site now, and as it stood when the channel was last told; None where it never was."""

    site: Site
    judgement: Judgement
    findings: tuple[Finding, ...]
    before: Judgement | None
    findings_before: tuple[Finding, ...]


def telling(told: Told) -> Model:
    """What changed at one site, by unit. Suspicions and clues are not told."""
    codes = frozenset(card.code for card in told.judgement.cards if card.confirm_after == 0)
    now = {f.fingerprint: f for f in told.findings if f.in_report and not is_clue(f, codes)}
    then = {f.fingerprint: f for f in told.findings_before}
    rows = [
        _row("new", "新增" if f.state is State.CONFIRMED else "再次出现", f)
        for mark, f in now.items()
        if _owed(f) and not (mark in then and _owed(then[mark]))
    ]
    rows += [
        _row("gone", f.state_word if f.offline or f.removed else "已整改", f)
        for mark, f in now.items()
        if f.state is State.RESOLVED and mark in then and _owed(then[mark])
    ]
    lost = _lost(told)
    return {
        "site": line(told.site.name),
        "as_of": day(told.judgement.as_of),
        "since": day(told.before.as_of) if told.before else None,
        "rows": rows,
        "new": sum(row["kind"] == "new" for row in rows),
        "gone": sum(row["kind"] == "gone" for row in rows),
        "lost": lost,
        "open": sum(_owed(finding) for finding in now.values()),
        "changed": bool(rows) or lost > 0,
    }


def _owed(finding: Finding) -> bool:
    return finding.state in (State.CONFIRMED, State.RECURRED)


def _lost(told: Told) -> int:
    """How many columns could be checked then and cannot now."""
    if told.before is None:
        return 0
    then = {verdict.path: verdict for verdict in told.before.verdicts}
    return sum(
        verdict.reason is not None
        and verdict.path in then
        and then[verdict.path].reason is None
        and then[verdict.path].verdict not in PROBLEMS
        for verdict in told.judgement.verdicts
    )


def _row(kind: str, word: str, finding: Finding) -> Row:
    units = [line(part) for part in finding.responsible.replace("，", "、").split("、")]
    subject = line(finding.subject, _NAME)
    return {
        "kind": kind,
        "units": [unit for unit in units if unit] or [NO_UNIT],
        # A chat would take an @ for a call to somebody.
        "words": f"{word}：{line(finding.name)} {subject}".replace("@", "＠"),
        "rank": finding.severity.rank,
    }


def message(models: Sequence[Model], on: date) -> tuple[str, str]:
    """The title and the text of one message about several sites, of those that changed."""
    changed = [model for model in models if model["changed"]]
    title = f"网站巡查 {on:%Y-%m-%d}"
    parts = [_site_words(model) for model in changed]
    whole = "\n\n".join(parts)
    if len(whole) > _MOST:
        whole = whole[: _MOST - 20].rsplit("\n", 1)[0] + "\n……其余见巡查日报。"
    return title, whole


def _site_words(model: Model) -> str:
    head = [f"新增问题 {model['new']} 个"] if model["new"] else []
    left = any(row["words"].startswith(REMOVED) for row in model["rows"])
    ended = f"已整改、下线或{REMOVED[1:]}" if left else "已整改或下线"
    head += [f"{ended} {model['gone']} 个"] if model["gone"] else []
    head += [f"{model['lost']} 个栏目这次未能检查"] if model["lost"] else []
    lines = [f"【{model['site']}】{'，'.join(head)}；现有未整改问题 {model['open']} 个。"]
    units: dict[str, list[Row]] = {}
    for row in model["rows"]:
        for unit in row["units"]:
            units.setdefault(unit, []).append(row)
    for unit, rows in sorted(units.items(), key=lambda pair: (pair[0] == NO_UNIT, pair[0])):
        lines.append(f"{unit}：")
        ordered = sorted(rows, key=lambda row: (row["kind"] != "new", -row["rank"], row["words"]))
        lines += [f"- {row['words']}" for row in ordered[:_EACH]]
        if len(rows) > _EACH:
            lines.append(f"- 另有 {len(rows) - _EACH} 个，见巡查日报。")
    return "\n".join(lines)
