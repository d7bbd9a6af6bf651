"""`xuncha nightly` and `xuncha crawl`: many sites, shown as they go, told as they are done."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from console.errors import Exit
from console.jobs import Job, Summary, job_for, total_line
from console.nightly import run_here
from console.output import Format, clean, emit, say, to_csv, to_json, to_jsonl
from console.sites import load_sites
from ledger.site import Site
from ledger.words import Severity, Verdict

_SHOWN = 24


class Display:
    """Progress bars on stderr, one a site, while stderr is a terminal; otherwise nothing."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def step(self, job: Job, progress: dict[str, Any]) -> None:
        """A worker finished a column."""
        if self._progress is None:
            return
        self._progress.update(
            self._task(job.key, progress["total"]),
            completed=progress["done"],
            column=clean(progress["column"])[-_SHOWN:],
            pages=progress["pages"],
        )

    def done(self, key: str) -> None:
        """A site is done; its bar goes."""
        if self._progress is not None and key in self._tasks:
            self._progress.remove_task(self._tasks.pop(key))

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Bars out of the way while a line is printed."""
        if self._progress is None:
            yield
            return
        self._progress.stop()
        try:
            yield
        finally:
            self._progress.start()

    def _task(self, key: str, total: int) -> TaskID:
        if self._progress is None:
            raise RuntimeError("no bars without a terminal")
        if key not in self._tasks:
            self._tasks[key] = self._progress.add_task(clean(key), total=total, column="", pages=0)
        return self._tasks[key]


@contextmanager
def display() -> Iterator[Display]:
    """The progress of an inspection for as long as it lasts."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield Display(None)
        return
    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.completed}/{task.total} 个栏目", markup=False),
        TextColumn("{task.fields[pages]} 页", markup=False),
        TimeElapsedColumn(),
        TextColumn("{task.fields[column]}", markup=False),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with progress:
        yield Display(progress)


def inspect(
    path: Path,
    task: str,
    ledger: str,
    day: date,
    form: Format,
    *,
    out: Path | None = None,
    width: int = 1,
    fail_on: Severity | None = None,
) -> Exit:
    """Inspect every site at `path`; one that fails never stops the others."""
    sites = load_sites(path)
    summaries = run(sites, task, ledger, day, out, width, lines=form is Format.TABLE)
    if form is not Format.TABLE:
        print_summaries(summaries, form)
    return outcome(summaries, fail_on)


def run(
    sites: Sequence[Site],
    task: str,
    ledger: str,
    day: date,
    out: Path | None,
    width: int,
    *,
    lines: bool,
) -> list[Summary]:
    """Run the sites' jobs and return their summaries in the order of the sites.

    With `lines` each is printed as soon as it is done.
    """
    prepare(ledger, out)
    jobs = [job_for(site, task, ledger, day, out) for site in sites]
    found: dict[str, Summary] = {}
    with display() as shown, closing(run_here(jobs, width, shown.step)) as done:
        for summary in done:
            found[summary.site] = summary
            shown.done(summary.site)
            if lines:
                with shown.aside():
                    tell(summary)
    ordered = [found[job.key] for job in jobs]
    broken = [summary for summary in ordered if summary.error]
    if broken and len(ordered) > 1:
        say(f"{len(ordered)} 个站点中 {len(broken)} 个未完成：{'、'.join(s.site for s in broken)}")
    if not lines:
        for summary in broken:
            say(total_line(summary))
    return ordered


def prepare(ledger: str, out: Path | None) -> None:
    """Open the ledger and the report folder once before any work is put into them.

    A hundred workers that all fail on the same ledger would say the same sentence a hundred times,
    and a folder that cannot be written is better known before the night than after it.
    """
    from console.paper_files import ready
    from ledger.store import Ledger

    Ledger.open(ledger).close()
    if out is not None:
        ready(out)


def tell(summary: Summary, *, papers: bool = True) -> None:
    """Print one site's line and the place of its report; failures go to stderr."""
    if summary.error:
        say(total_line(summary))
        return
    emit(total_line(summary) + "\n")
    if summary.changed:
        emit(f"  与上次相比：{summary.changed}\n")
    if papers and summary.papers:
        emit(f"  报告：{summary.papers[0]}\n")


def outcome(summaries: Sequence[Summary], fail_on: Severity | None) -> Exit:
    """The exit code: what we failed at outweighs what we found."""
    codes = {Exit(summary.code) for summary in summaries}
    for code in (Exit.FAILED, Exit.USAGE):
        if code in codes:
            return code
    if fail_on is not None and any(summary.reaches(fail_on) for summary in summaries):
        return Exit.FOUND
    return Exit.FINE


_KEYS = ("site", "name", "as_of", "error", "run", "columns", "pages", "items", "resumed", "changed")


def print_summaries(summaries: Sequence[Summary], form: Format) -> None:
    """Print summaries for programs; one site as an object, several as an array."""
    rows = [summary.to_dict() for summary in summaries]
    if form is Format.JSON:
        emit(to_json(rows if len(rows) > 1 else rows[0]), form)
    elif form is Format.JSONL:
        emit(to_jsonl(rows), form)
    else:
        flat = [{**row, **_counts(row), "papers": " ".join(row["papers"])} for row in rows]
        keys = [*_KEYS, *_counts(rows[0]), "papers"]
        emit(to_csv(flat, keys), form)


def _counts(row: dict[str, Any]) -> dict[str, int]:
    verdicts = {str(v): row["verdicts"].get(v, 0) for v in Verdict}
    return verdicts | {f"findings_{s}": row["findings"].get(s, 0) for s in Severity}
