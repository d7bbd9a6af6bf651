"""From a judgement to files: gathers what a paper is made from and writes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from console.contents import same_content
from console.errors import Misused
from console.gathering import gather
from console.judging import Judged, judge_run, judge_unsaved, run_after, stored
from console.output import say
from console.paper_files import store
from ledger.period import Period, PeriodKind
from ledger.site import Site
from ledger.store import Ledger
from reports import PaperCase, file_name, load
from reports.base import Model, Need, Paper
from reports.changes import changes
from rules.freshness.periods import month_periods

NIGHTLY_FORMATS = ("html", "json")
MONTH_FORMATS = ("html", "xlsx", "json")


def write_nightly(ledger: Ledger, site: Site, judged: Judged, out: Path) -> tuple[list[Path], str]:
    """The papers of a night: the nightly page, and the month so far; and what changed, in words."""
    day = judged.judgement.as_of
    daily, monthly = paper_named("nightly"), paper_named("month")
    told = changes(case_of(ledger, site, judged, daily, day))
    night = write(ledger, site, judged, daily, NIGHTLY_FORMATS, out, day=day)
    # The month so far goes without figures: they take longer than all the rest of it.
    month = write(ledger, site, judged, monthly, MONTH_FORMATS, out, day=day, figures=False)
    # A first night has nothing to be compared with.
    return night + month, "" if told["changed"] is None else str(told["headline"])


def nightly_case(ledger: Ledger, site: Site, day: date, *, asked: bool) -> Judged:
    """The judgement a nightly page shows.

    A day that was `asked` for is judged if it has not been; otherwise the last judgement counts.
    """
    if not asked and ledger.newest_judgement(site.key, day) is not None:
        return stored(ledger, site, day)
    if asked:
        run = ledger.newest_run(site.key, day)
        if run is not None and ledger.judgement(run.id, day) is not None:
            return stored(ledger, site, day)
    return judge_run(ledger, site, day)


def period_case(ledger: Ledger, site: Site, paper: Paper, span: Period, as_of: date) -> Judged:
    """The judgement a paper of a period shows: of its last day, or of `as_of` if that is earlier.

    One that counts what every part of the period published judges a run which saw the period
    whole; the others show what was judged last.
    """
    if span.start > as_of:
        raise Misused(f"{span.words}晚于基准日 {as_of}，还没有可以统计的内容。")
    day = min(span.end, as_of)
    if Need.PERIODS not in paper.needs:
        return stored(ledger, site, day)
    run, remark = run_after(ledger, site, day)
    return judge_unsaved(ledger, site, run, day, remark)


def paper_named(name: str) -> Paper:
    """The paper of that name, or a sentence that lists the others."""
    papers = load()
    if name not in papers:
        raise Misused(f"没有报表 {name}，可选：{'、'.join(papers)}。")
    return papers[name]


def write(
    ledger: Ledger,
    site: Site,
    judged: Judged,
    paper: Paper,
    formats: Sequence[str],
    out: Path,
    *,
    day: date,
    figures: bool = True,
) -> list[Path]:
    """Build the paper once and write it in every format; the files in the order of `formats`.

    `day` is any day of the period the paper covers. Without `figures` a paper that can do without
    its own leaves them out.
    """
    model = _kept(ledger, site, paper, day, paper.build(case_of(ledger, site, judged, paper, day)))
    if not figures and "illustrated" in model:
        model["illustrated"] = False
    models = paper.split(model)
    templates = templates_of(site)
    return [
        store(out, file_name(paper, site, day, form, part), paper.render(content, form, templates))
        for form in formats
        for part, content in models.items()
    ]


def _kept(ledger: Ledger, site: Site, paper: Paper, day: date, fresh: Model) -> Model:
    """The newest edition of a paper whose period is closed, else the paper as it is now."""
    span = Period.holding(paper.covers, day)
    kept = ledger.editions(site.key, paper.name, span.label)
    if not kept:
        return fresh
    model: Model = json.loads(kept[-1].model)
    say(f"{span.words}已封账，《{paper.title}》按封账的第 {kept[-1].number} 版出具。")
    if not same_content(model, fresh):
        say(
            f"按现在的台账和规则，内容会与它不同；需要更正请运行 xuncha close {site.folder} "
            f"--{span.kind} {span.label} --reason 原因，另出新版。"
        )
    return model


def templates_of(site: Site) -> Path | None:
    """The folder with the operator's own Word templates, where the site has one."""
    named = site.report.get("templates", "")
    return site.folder / named if named else None


def case_of(ledger: Ledger, site: Site, judged: Judged, paper: Paper, day: date) -> PaperCase:
    """What the paper on the period that holds `day` is made from, as far as it asks for it."""
    facts, judgement = judged.facts, judged.judgement
    span = Period.holding(paper.covers, day)
    periods = Need.PERIODS in paper.needs
    return PaperCase(
        site=site,
        run=facts.run,
        judgement=judgement,
        findings=judged.findings,
        periods=month_periods(facts, span.start, judgement.as_of) if periods else (),
        month=span.start if paper.covers is PeriodKind.MONTH else None,
        visits=facts.visits,
        readings={c.column.path: c.reading for c in facts.columns if c.reading is not None},
        span=span,
        ledger_digest=ledger.digest(site.key, judgement.as_of),
        **(_before(ledger, site, judged) if Need.BEFORE in paper.needs else {}),
        **gather(paper.needs, ledger, site, judged, span),
    )


def _before(ledger: Ledger, site: Site, judged: Judged) -> dict[str, Any]:
    """How the inspection before stood then, and what is new since."""
    previous = ledger.previous_judgement(judged.judgement)
    then = ledger.findings(site.key, previous.as_of, previous.run_id) if previous else ()
    ran = ledger.previous_run(judged.facts.run)
    return {
        "previous": previous,
        "previous_findings": tuple(then),
        "new_items": ledger.new_items(judged.facts.run.id) if ran else None,
    }
