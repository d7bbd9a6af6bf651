"""Counting columns for the site-wide lines: leaves only, one list once, the unknown apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from ledger.facts import ColumnFacts
from ledger.findings import Claim, Clear, ColumnVerdict, Place
from ledger.words import ColumnKind, Severity
from rules.base import Case, Rule
from rules.standards import Clause
from rules.wording import SITE_SUBJECT, subject_of

Counted = tuple[ColumnFacts, ColumnVerdict]


def countable(case: Case) -> Iterator[Counted]:
    """The leaves of the tree, and those parents that have a list of their own."""
    mine = {verdict.path for verdict in leaves(case.verdicts)}
    for column, verdict in case.columns():
        if verdict.path in mine:
            yield column, verdict


def leaves(verdicts: Iterable[ColumnVerdict]) -> list[ColumnVerdict]:
    """The verdicts on leaves of the tree, and on those parents that have a list of their own."""
    held = list(verdicts)
    parents = {v.path[:depth] for v in held for depth in range(1, len(v.path))}
    return [v for v in held if v.path not in parents or v.kind is ColumnKind.LIST]


def once(columns: Iterable[Counted]) -> dict[str, Counted]:
    """The columns by the address of their list; a list reachable by two paths counts once."""
    found: dict[str, Counted] = {}
    for column, verdict in columns:
        found.setdefault(list_key(column, verdict), (column, verdict))
    return found


def list_key(column: ColumnFacts, verdict: ColumnVerdict) -> str:
    """What identifies a column's list: its address without the spellings that mean the same."""
    reading = column.reading
    url = (reading.final_url if reading else "") or verdict.url or ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    if not host:
        return subject_of(verdict.path)
    folder, _, name = parts.path.rpartition("/")
    if name.rpartition(".")[0] in ("index", "default"):
        name = ""
    port = parts.netloc.rpartition(":")[2] if ":" in parts.netloc else ""
    path = f"{folder}/{name}".rstrip("/")
    return f"{host}:{port}{path}?{parts.query}"


def draw_line(
    rule: Rule,
    case: Case,
    hits: dict[str, Counted],
    unknown: int,
    message: Callable[[int, str], str],
) -> Iterator[Claim | Clear]:
    """Claims where the hits reach the clause's line or its warning line.

    Clear is said only where the unknown columns could not have reached the warning line either.
    `message` puts the count and the words for the line it reached into a sentence.
    """
    clause = case.standards.clauses[rule.clauses[0]]
    veto, warn = clause.line()
    count = len(hits)
    if count < warn:
        if count + unknown < warn:
            yield rule.clear(SITE_SUBJECT)
        return
    reached = count >= veto
    line = (
        f"已到单项否决的数量线（{veto}个及以上），需人工核定"
        if reached
        else f"已到预警线（{warn}个），单项否决的数量线是{veto}个"
    )
    apart = f"；另有{unknown}个栏目没有检查到，没有计入" if unknown else ""
    yield rule.claim(
        case,
        SITE_SUBJECT,
        f"{message(count, line)}{apart}。",
        severity=rule.severity if reached else Severity.GENERAL,
        count=count,
        places=tuple(
            Place(v.url or "", f"{subject_of(v.path)}：{v.explain}") for _, v in hits.values()
        ),
    )


def line_words(clause: Clause) -> tuple[str, ...]:
    """The line and the warning line in words, for `Rule.thresholds`."""
    veto, warn = clause.line()
    return (f"单项否决的数量线：{veto}个及以上", f"预警线：{warn}个")
