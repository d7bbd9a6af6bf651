"""错别字通报: every confirmed wording finding that stands on the day, place by place."""

from __future__ import annotations

from datetime import timedelta

from ledger.findings import Finding
from ledger.words import State
from reports import typo_rows
from reports.base import Model, PaperCase
from reports.counting import counted, rows
from reports.typo_paper import TypoPaper
from reports.typo_rows import PLACES, Row
from reports.typo_sheet import Head

NEW_DAYS = 7
"""For how many days a finding counts as new."""

_OPEN = (State.CONFIRMED, State.RECURRED)
_HEADS = (
    Head("序号", 6, "no"),
    Head("级别", 8, "severity_word"),
    Head("问题类别", 16, "kind"),
    Head("原文（错处以【】标明）", 56, "excerpt"),
    Head("错误内容", 18, "wrong"),
    Head("建议改为", 18, "suggest"),
    Head("网址", 44, "url"),
    Head("位置", 12, "part"),
    Head("责任单位", 20, "unit"),
    Head("状态", 10, "state_word"),
    Head("首次发现", 12, "first_seen"),
    Head("整改期限", 12, "due"),
    Head("备注", 36, "remark"),
)


class Typos(TypoPaper):
    """错别字通报."""

    name = "typos"
    title = "错别字通报"
    named = "错别字"
    heads = _HEADS

    def rows(self, case: PaperCase) -> list[Row]:
        """The places of every finding, the gravest first, then the new ones."""
        since = case.judgement.as_of - timedelta(days=NEW_DAYS)
        held = [f for f in case.findings if f.state in _OPEN and f.in_report]
        held = [finding for finding in held if typo_rows.is_wording(finding)]
        new = {f.fingerprint for f in held if f.first_seen > since and f.state is State.CONFIRMED}
        held.sort(
            key=lambda f: (
                -f.severity.rank,
                f.fingerprint not in new,
                f.code,
                f.subject,
                f.fingerprint,
            )
        )
        duties, told = typo_rows.duties_of(case), typo_rows.told_of(case)
        listed: list[Row] = []
        for finding in held:
            mark = finding.fingerprint
            base = typo_rows.base_row(finding, duties.get(mark), told.get(mark))
            listed += _places(finding, base | _standing(finding, mark in new))
        return typo_rows.numbered(listed)

    def units(self, model: Model) -> list[Row]:
        """A row for each unit."""
        return typo_rows.unit_rows(
            model["rows"],
            severe=lambda row: row["severity"] == "severe",
            new=lambda row: row["new"],
        )

    def summary(self, model: Model) -> Model:
        """The first sentence, counted."""
        if not model["rows"]:
            return counted(
                f"截至 {model['as_of']}，已确认且未整改的文字问题 {{n}} 个。",
                {"n": rows("rows")},
                model,
                none=f"截至 {model['as_of']}，没有已确认且未整改的文字问题。",
            )
        return counted(
            f"截至 {model['as_of']}，已确认且未整改的文字问题 {{all}} 个，其中严重 {{severe}} 个、"
            f"一般 {{general}} 个、轻微 {{light}} 个；近 {NEW_DAYS} 日新发现 {{new}} 个，再次出现 "
            "{again} 个。下表逐处列出 {places} 处，涉及责任单位 {units} 个。",
            {
                "all": rows("rows", distinct="fingerprint"),
                **{
                    name: rows("rows", distinct="fingerprint", severity=held)
                    for name, held in (
                        ("severe", "severe"),
                        ("general", "general"),
                        ("light", ["light", "info"]),
                    )
                },
                "new": rows("rows", distinct="fingerprint", new=True),
                "again": rows("rows", distinct="fingerprint", again=True),
                "places": rows("rows"),
                "units": rows("rows", distinct="units"),
            },
            model,
        )


def _standing(finding: Finding, new: bool) -> Row:
    again = finding.state is State.RECURRED
    return {
        "new": new,
        "again": again,
        "state_word": "再次出现" if again else "新发现" if new else "未整改",
    }


def _places(finding: Finding, base: Row) -> list[Row]:
    places = finding.places[:PLACES]
    more = finding.count - len(places)
    said = f"同一问题共出现在 {finding.count} 个页面，另有 {more} 个页面未列出" if more > 0 else ""
    return [
        base | typo_rows.place_row(place, finding) | {"remark": "" if number else said}
        for number, place in enumerate(places or (None,))
    ]


PAPER = Typos()
