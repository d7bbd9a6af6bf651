"""From a judgement to files: gathers what a paper is made from and writes it."""

from __future__ import annotations

import calendar
import errno
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from console.errors import Failed, Misused
from console.judging import Judged, judge_run, judge_unsaved, run_after, stored
from ledger.site import Site
from ledger.store import Ledger
from reports import PaperCase, file_name, load
from reports.base import Paper
from reports.changes import changes
from rules.freshness.periods import month_periods

NIGHTLY_FORMATS = ("html", "json")
MONTH_FORMATS = ("html", "xlsx", "json")


def write_nightly(ledger: Ledger, site: Site, judged: Judged, out: Path) -> tuple[list[Path], str]:
    """The papers of a night: the nightly page, and the month so far; and what changed, in words."""
    day = judged.judgement.as_of
    told = changes(_case(ledger, site, judged, None))
    night = write(ledger, site, judged, paper_named("nightly"), NIGHTLY_FORMATS, out)
    month = write(
        ledger, site, judged, paper_named("month"), MONTH_FORMATS, out, month=day.replace(day=1)
    )
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


def month_case(ledger: Ledger, site: Site, month: date, as_of: date) -> Judged:
    """The judgement a monthly table shows: the end of the month, or `as_of` if that is earlier."""
    if month > as_of:
        raise Misused(f"月份 {month:%Y-%m} 晚于基准日 {as_of}，还没有可以统计的内容。")
    day = min(month_end(month), as_of)
    run, remark = run_after(ledger, site, day)
    return judge_unsaved(ledger, site, run, day, remark)


def month_end(month: date) -> date:
    """The last day of the month that starts on `month`."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


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
    month: date | None = None,
) -> list[Path]:
    """Build the paper once and write it in every format; the files in the order of `formats`."""
    model = paper.build(_case(ledger, site, judged, month))
    day = month or judged.judgement.as_of
    return [
        _store(out, file_name(paper, site, day, form), paper.render(model, form))
        for form in formats
    ]


def _case(ledger: Ledger, site: Site, judged: Judged, month: date | None) -> PaperCase:
    facts, judgement = judged.facts, judged.judgement
    previous = ledger.previous_judgement(judgement)
    before = ledger.previous_run(facts.run)
    then = ledger.findings(site.key, previous.as_of, previous.run_id) if previous else ()
    return PaperCase(
        site=site,
        run=facts.run,
        judgement=judgement,
        findings=judged.findings,
        previous=previous,
        previous_findings=tuple(then),
        periods=month_periods(facts, month, judgement.as_of) if month else (),
        month=month,
        new_items=ledger.new_items(facts.run.id) if before else None,
        visits=facts.visits,
        readings={c.column.path: c.reading for c in facts.columns if c.reading is not None},
    )


def ready(out: Path) -> None:
    """Make the folder for papers and see that files can be put there."""
    with _place(out), tempfile.TemporaryFile(dir=_made(out)):
        pass


def _store(out: Path, name: str, content: bytes) -> Path:
    """Write a file whole or not at all: a reader never meets half a report."""
    with _place(out):
        handle, draft = tempfile.mkstemp(dir=_made(out), prefix=f".{name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).chmod(0o644)
            Path(draft).replace(out / name)
        except BaseException:
            with suppress(OSError):
                Path(draft).unlink()
            raise
    return (out / name).resolve()


def _made(out: Path) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    return out


@contextmanager
def _place(out: Path) -> Iterator[None]:
    """What can be wrong with the folder, said with its name."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Failed(f"报表目录 {out} 不可写。请检查权限，或用 --out 换一个目录。") from error
        if isinstance(error, FileExistsError | NotADirectoryError):
            raise Failed(f"报表目录 {out} 的位置上是一个文件。请用 --out 换一个目录。") from error
        # A write that fails names no file.
        error.filename = error.filename or str(out)
        raise
