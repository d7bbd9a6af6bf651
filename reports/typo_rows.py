"""Wording findings (错别字、表述、个人信息) as rows, for the notice and for its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ledger.findings import Finding, Place
from ledger.notices import NoticeItem
from ledger.rectification import Duty
from ledger.words import Severity
from reports.base import Model, PaperCase
from reports.counting import counted, rows
from reports.rectify_rows import UNCLEAR, suggestion
from reports.safe import line, link, long_line
from reports.texts import text_model
from reports.wording import day

Row = dict[str, Any]

PLACES = 5
"""The most places listed for one finding; a remark tells of the rest."""

_WORDING = ("T1", "T2", "T3", "T4", "T501", "T6", "V101")
# Where in a page it stands, as the text rules write it before the excerpt.
_PART = re.compile(r"^［([^］]{1,30})］")
_NAME_END = re.compile(r"(?:网站|网)$")
_NUMBERS = "一二三四"

NOTHING_READ = "本次巡查没有检查文字，所列是以前已确认的问题；未列出的不等于没有问题。"


def is_wording(finding: Finding) -> bool:
    """Whether a finding is about words on a page: our own text rules, or a vendor's notice."""
    return finding.code.startswith(_WORDING)


def heading(case: PaperCase, what: str) -> str:
    """《…网站错别字【日期】》 without its brackets: how the trade names these papers."""
    name = _NAME_END.sub("", line(case.site.name))
    return f"{name}网站{what}【{day(case.judgement.as_of)}】"


def base_row(finding: Finding, duty: Duty | None, told: NoticeItem | None) -> Row:
    """What both papers tell of a finding, without its place.

    `duty` is what it asks of whom, `told` the entry of a vendor's notice that speaks of it.
    """
    units = list(dict.fromkeys(filter(None, map(line, duty.units)))) if duty else []
    units = units or [line(finding.responsible) or UNCLEAR]
    return {
        "fingerprint": line(finding.fingerprint),
        "code": line(finding.code),
        "kind": line(finding.name),
        "severity": finding.severity.value,
        "severity_word": finding.severity.label,
        "wrong": line(told.wrong if told and finding.code.startswith("V") else finding.subject),
        "suggest": suggestion(finding) or (line(told.suggest) if told else ""),
        "message": long_line(finding.message),
        "source": "监测通报" if told or finding.code.startswith("V") else "自查",
        "title": line(told.title) if told else "",
        "unit": "、".join(units),
        "units": units,
        "first_seen": day(finding.first_seen),
        "due": day(duty.due) if duty else None,
        "count": finding.count,
    }


def place_row(place: Place | None, finding: Finding) -> Row:
    """Where a finding shows: the words around it, the part of the page, the address."""
    excerpt = long_line(place.excerpt if place else finding.message)
    part = _PART.match(excerpt)
    return {
        "excerpt": excerpt[part.end() :] if part else excerpt,
        "part": part[1] if part else "",
        "url": long_line(place.url) if place else "",
        "link": link(place.url) if place else None,
    }


def duties_of(case: PaperCase) -> Mapping[str, Duty]:
    """The duties by the fingerprints of their findings."""
    return {duty.fingerprint: duty for duty in case.duties}


def told_of(case: PaperCase) -> Mapping[str, NoticeItem]:
    """The entries of vendors' notices by fingerprint, the newest of each."""
    listed = sorted(case.notices, key=lambda notice: notice.day)
    return {item.fingerprint: item for notice in listed for item in notice.items}


def numbered(listed: Iterable[Row]) -> list[Row]:
    """The rows with their numbers, from 1."""
    return [{"no": number, **row} for number, row in enumerate(listed, start=1)]


def groups(model: Model, key: str, unit: str) -> list[Row]:
    """The rows of the list `key` by severity, the gravest first, each group with its heading."""
    found: list[Row] = []
    for severity in reversed(Severity):
        mine = [row for row in model[key] if row["severity"] == severity.value]
        if mine:
            found.append(
                {
                    "severity": severity.value,
                    "heading": counted(
                        f"{_NUMBERS[len(found)]}、{severity.label}问题（{{n}} {unit}）",
                        {"n": rows(key, severity=severity.value, distinct="fingerprint")},
                        model,
                    ),
                    "rows": mine,
                }
            )
    return found


def unit_rows(listed: Sequence[Row], **columns: Any) -> list[Row]:
    """For each unit how many findings there are, and how many of them match each of `columns`.

    A finding of several units stands under each of them.
    """
    found: dict[str, dict[str, set[str]]] = {}
    for row in listed:
        for unit in row["units"]:
            held = found.setdefault(unit, {"all": set(), **{name: set() for name in columns}})
            held["all"].add(row["fingerprint"])
            for name, matches in columns.items():
                if matches(row):
                    held[name].add(row["fingerprint"])
    told = [
        {"unit": unit, **{name: len(marks) for name, marks in held.items()}}
        for unit, held in found.items()
    ]
    return sorted(told, key=lambda row: (row["unit"] == UNCLEAR, -row["all"], row["unit"]))


def scope(case: PaperCase) -> list[str]:
    """How much text was looked at, or that none was."""
    texts = text_model(case.judgement.texts)
    return [texts["sentence"] if texts else NOTHING_READ]
