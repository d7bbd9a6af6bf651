"""Closed periods (封账): what was handed over stays as it was; corrections are new editions."""

from __future__ import annotations

import getpass
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from console import papers
from console.contents import same_content
from console.errors import ConsoleError, Exit, Misused
from console.judged_commands import existing_ledger
from console.output import emit, say
from console.sites import load_sites
from ledger import clock
from ledger.editions import Edition
from ledger.period import Period
from ledger.site import Site
from ledger.store import Ledger
from reports import load
from reports.base import Paper, PaperError, to_json


@dataclass(frozen=True, slots=True)
class _Closing:
    """What closing is asked to do."""

    span: Period
    day: date
    by: str
    reason: str


def close(path: Path, url: str, span: Period, day: date, by: str, reason: str) -> Exit:
    """Keep every paper of the period as it stands, for each site.

    Where a paper has been closed before and would now read otherwise, `reason` makes a new edition
    of it; without a reason nothing is kept.
    """
    if span.end >= day:
        raise Misused(
            f"{span.words}到 {span.end} 才结束，基准日是 {day}，还不能封账。"
            f"请在期满之后再封，或用 --as-of 指明一个更晚的基准日。"
        )
    asked = _Closing(span, day, by or getpass.getuser(), reason.strip())
    made = [paper for paper in load().values() if paper.covers is span.kind]
    if not made:
        raise Misused(f"没有按{_KINDS[span.kind.value]}出具的报表，不需要封账。")
    code = Exit.FINE
    with existing_ledger(url) as ledger:
        for site in load_sites(path):
            try:
                code = max(code, _close_site(ledger, site, made, asked))
            except (ConsoleError, PaperError) as error:
                say(f"站点 {site.key}：{error}")
                code = Exit.FAILED
    return code


_KINDS = {"day": "日", "month": "月", "quarter": "季度", "year": "年度"}


def _close_site(ledger: Ledger, site: Site, made: Sequence[Paper], asked: _Closing) -> Exit:
    """Close all papers of one site together, so that they speak of the same ledger."""
    fresh: list[Edition] = []
    refused: list[str] = []
    for paper in made:
        judged = papers.period_case(ledger, site, paper, asked.span, asked.day)
        model = paper.build(papers.case_of(ledger, site, judged, paper, asked.span.start))
        before = ledger.editions(site.key, paper.name, asked.span.label)
        if before and same_content(json.loads(before[-1].model), model):
            say(f"{paper.title}：与第 {before[-1].number} 版相同，不另出新版。")
            continue
        if before and not asked.reason:
            refused.append(paper.title)
            continue
        fresh.append(_edition(site, paper, asked, before, model))
    if refused:
        raise Misused(
            f"{asked.span.words}已封账，而{'、'.join(f'《{title}》' for title in refused)}"
            f"按现在的台账和规则会有不同。已交出的内容没有改动；"
            f"需要更正请加 --reason 写明原因，另出新版。"
        )
    ledger.save_editions(fresh)
    for edition in fresh:
        emit(f"{site.key}\t{edition.paper}\t{edition.period}\t第 {edition.number} 版\n")
    return Exit.FINE


def _edition(
    site: Site, paper: Paper, asked: _Closing, before: Sequence[Edition], model: dict[str, Any]
) -> Edition:
    number = before[-1].number + 1 if before else 1
    at = clock.now()
    words = f"本文为封账的第 {number} 版，{at:%Y-%m-%d} 由{asked.by}封账。"
    if before:
        last = before[-1]
        words += f"它代替 {last.at:%Y-%m-%d} 的第 {last.number} 版，更正原因：{asked.reason}。"
    closed = model | {"edition": {"number": number, "words": words}}
    if "proof" in closed:
        proof = closed["proof"]
        closed["proof"] = proof | {"words": [*proof["words"], words]}
    return Edition(
        site=site.key,
        paper=paper.name,
        period=asked.span.label,
        number=number,
        at=at,
        by=asked.by,
        reason=asked.reason,
        model=to_json(closed).decode(),
    )
