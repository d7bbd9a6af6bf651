"""`xuncha judge`, `report`, `columns`, `findings`: what the ledger alone can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from console import papers
from console.errors import ConsoleError, Exit, Failed, Misused
from console.inspecting import outcome, print_summaries, tell
from console.jobs import Job, Summary, failed, job_for
from console.judging import Judged, counted, faults, judge_run, stored
from console.listing import print_columns, print_findings
from console.output import Format, emit, say
from console.sites import load_sites
from ledger.errors import LedgerError
from ledger.period import Period, PeriodKind
from ledger.site import Site
from ledger.store import Ledger
from ledger.words import Severity
from reports import load as load_papers
from reports.base import Need, Paper


@contextmanager
def existing_ledger(url: str) -> Iterator[Ledger]:
    """The ledger for reading; a file that is not there is not made."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
        file = parsed.database if parsed.get_backend_name() == "sqlite" else None
    except (ArgumentError, ValueError):
        file = None
    if file and not Path(file).exists():
        raise Failed(f"台账 {file} 不存在。请先运行 xuncha nightly，或用 --ledger 指明台账在哪里。")
    with Ledger.open(url) as ledger:
        yield ledger


def each(sites: Sequence[Site], look: Callable[[Site], Judged]) -> tuple[list[Judged], Exit]:
    """Look at every site; one the ledger knows nothing of never stops the others."""
    found: list[Judged] = []
    code = Exit.FINE
    for site in sites:
        try:
            judged = look(site)
        except ConsoleError as error:
            if len(sites) == 1:
                raise
            say(str(error))
            code = Exit.FAILED
            continue
        if judged.remark:
            say(judged.remark)
        found.append(judged)
    return found, code


def columns(path: Path, url: str, day: date, form: Format) -> Exit:
    """Print how the columns stand."""
    sites = load_sites(path)
    with existing_ledger(url) as ledger:
        found, code = each(sites, lambda site: stored(ledger, site, day))
    print_columns(found, form, many=len(sites) > 1)
    return code


def findings(
    path: Path, url: str, day: date, form: Format, *, only_open: bool, fail_on: Severity | None
) -> Exit:
    """Print the findings with their lives."""
    sites = load_sites(path)
    with existing_ledger(url) as ledger:

        def look(site: Site) -> Judged:
            # What people have said since the last judgement counts from the day they said it.
            return replace(
                stored(ledger, site, day), findings=tuple(ledger.findings(site.key, day))
            )

        found, code = each(sites, look)
    print_findings(found, form, only_open=only_open)
    if code is Exit.FINE and fail_on is not None and _reached(found, fail_on):
        return Exit.FOUND
    return code


def _reached(found: Sequence[Judged], fail_on: Severity) -> bool:
    return any(
        finding.severity.rank >= fail_on.rank for judged in found for finding in faults(judged)
    )


def judge(path: Path, url: str, day: date, form: Format, fail_on: Severity | None) -> Exit:
    """Judge what the ledger holds, keep it, and tell the totals."""
    sites = load_sites(path)
    summaries: list[Summary] = []
    with existing_ledger(url) as ledger:
        for site in sites:
            summary = _summary(ledger, site, job_for(site, "judge", url, day), day)
            summaries.append(summary)
            if form is Format.TABLE or summary.error:
                tell(summary)
    if form is not Format.TABLE:
        print_summaries(summaries, form)
    return outcome(summaries, fail_on)


def _summary(ledger: Ledger, site: Site, job: Job, day: date) -> Summary:
    try:
        judged = judge_run(ledger, site, day)
    except (ConsoleError, LedgerError) as error:
        return failed(job, str(error))
    if judged.remark:
        say(judged.remark)
    return counted(Summary(site.key, site.name, day.isoformat()), judged)


def report(
    name: str,
    path: Path,
    url: str,
    day: date,
    out: Path,
    *,
    asked: bool,
    span: Period | None,
    formats: Sequence[str],
) -> Exit:
    """Write one paper for every site and print where the files are.

    `span` is the period somebody named, None for the one that holds `day`.
    """
    paper = papers.paper_named(name)
    wanted = _formats(formats, paper.formats)
    if span is not None and span.kind is not paper.covers:
        raise Misused(f"报表 {name} {_ASKED[paper.covers]}，不用 --{span.kind}。")
    sites = load_sites(path)
    covered = span or Period.holding(paper.covers, day)
    with existing_ledger(url) as ledger:

        def look(site: Site) -> Judged:
            if paper.covers is not PeriodKind.DAY:
                return papers.period_case(ledger, site, paper, covered, day)
            return papers.nightly_case(ledger, site, day, asked=asked)

        found, code = each(sites, look)
        for judged in found:
            _write(ledger, judged, paper, covered, wanted, out)
    return code


def report_all(path: Path, url: str, day: date, out: Path, formats: Sequence[str]) -> Exit:
    """Write every paper for every site: of the day, and of the periods that hold it."""
    made = list(load_papers().values())
    offered = list(dict.fromkeys(form for paper in made for form in paper.formats))
    wanted = _formats(formats, offered)
    with existing_ledger(url) as ledger:
        found, code = each(load_sites(path), lambda site: stored(ledger, site, day))
        for judged in found:
            site = judged.facts.site
            for paper in made:
                covered = Period.holding(paper.covers, day)
                whole = Need.PERIODS in paper.needs
                shown = papers.period_case(ledger, site, paper, covered, day) if whole else judged
                forms = [form for form in paper.formats if form in wanted]
                _write(ledger, shown, paper, covered, forms, out)
    return code


def _write(
    ledger: Ledger,
    judged: Judged,
    paper: Paper,
    covered: Period,
    formats: Sequence[str],
    out: Path,
) -> None:
    """Write a paper on one site and print where its files are."""
    site = judged.facts.site
    # A daily paper is of the day that was judged, which may be before the day asked for.
    of = covered.start if paper.covers is not PeriodKind.DAY else judged.judgement.as_of
    for file in papers.write(ledger, site, judged, paper, formats, out, day=of):
        emit(f"{file}\n")


def list_papers() -> Exit:
    """Print every paper with its period and formats."""
    emit(f"{'all':<12}以下全部\n")
    for name, paper in load_papers().items():
        emit(f"{name:<12}{paper.title}（{_COVERS[paper.covers]}，{'、'.join(paper.formats)}）\n")
    return Exit.FINE


_COVERS = {
    PeriodKind.DAY: "按日",
    PeriodKind.MONTH: "按月",
    PeriodKind.QUARTER: "按季度",
    PeriodKind.YEAR: "按年度",
}
_ASKED = {
    PeriodKind.DAY: "按日出具，请用 --as-of 指明基准日",
    PeriodKind.MONTH: "按月出具，请用 --month 指明月份",
    PeriodKind.QUARTER: "按季度出具，请用 --quarter 指明季度",
    PeriodKind.YEAR: "按年度出具，请用 --year 指明年度",
}


def _formats(asked: Sequence[str], offered: Sequence[str]) -> tuple[str, ...]:
    unknown = [word for word in asked if word not in offered]
    if unknown:
        raise Misused(f"没有格式 {'、'.join(unknown)}，这张报表可选：{'、'.join(offered)}。")
    return tuple(dict.fromkeys(asked)) or tuple(offered)
