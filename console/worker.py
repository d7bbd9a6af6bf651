"""One site in one process: reads a job from stdin, answers with lines of JSON on stdout.

`{"progress": {...}}` as often as a column is done, `{"summary": {...}}` once at the end. When stdin
closes the parent is gone, and so is the worker; what it committed stays in the ledger.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from console.errors import Exit, debugging, told
from console.jobs import NIGHTLY, Job, Summary, failed

if TYPE_CHECKING:
    from crawler.walk import Progress
    from ledger.site import Site

Send = Callable[[dict[str, Any]], None]


def main() -> None:
    """Do the job on stdin and leave."""
    send = sender(own_stdout())
    job = Job.from_line(sys.stdin.readline())
    threading.Thread(target=leave_with_parent, daemon=True).start()
    try:
        summary = work(job, send)
    except Exception as error:  # noqa: BLE001 - the parent must hear of everything in a sentence
        if debugging():
            traceback.print_exc()
        sentence, code = told(error)
        summary = failed(job, sentence, code)
    send({"summary": summary.to_dict()})
    # Nothing is left to save, and a thread of a library must not keep the process.
    sys.stderr.flush()
    os._exit(Exit.FINE)


def own_stdout() -> TextIO:
    """Keep stdout for answers; whatever else prints there goes to stderr."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return answers


def sender(answers: TextIO) -> Send:
    """Writes messages as lines of JSON."""

    def send(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message, ensure_ascii=True) + "\n")
        answers.flush()

    return send


def leave_with_parent() -> None:
    """Wait on stdin and end the process when it closes: the parent is gone."""
    while os.read(0, 1024):
        pass
    os._exit(Exit.FAILED)


def work(job: Job, send: Send) -> Summary:
    """Carry the job out: crawl, and for a nightly judge and write the papers too."""
    from console.errors import Failed
    from crawler.walk import CrawlError, crawl
    from ledger.roster import read_roster

    site = read_roster(Path(job.folder)).site
    if site is None:
        raise Failed(f"站点 {job.key} 的配置在巡查开始后被改坏，请运行 xuncha check 查看。")
    as_of = date.fromisoformat(job.as_of)

    def progress(step: Progress) -> None:
        send({"progress": asdict(step)})

    try:
        crawled = crawl(site, job.ledger, as_of, progress=progress)
    except CrawlError as error:
        raise Failed(str(error)) from error
    summary = Summary(
        site=site.key,
        name=site.name,
        as_of=job.as_of,
        run=crawled.run_id,
        columns=crawled.columns,
        pages=crawled.pages,
        items=crawled.items,
        resumed=crawled.resumed,
    )
    return _judged(job, site, summary) if job.task == NIGHTLY else summary


def _judged(job: Job, site: Site, summary: Summary) -> Summary:
    from console import judging, papers
    from ledger.store import Ledger

    day = date.fromisoformat(job.as_of)
    with Ledger.open(job.ledger) as ledger:
        judged = judging.judge_run(ledger, site, day)
        files, changed = papers.write_nightly(ledger, site, judged, Path(job.out))
    return replace(judging.counted(summary, judged, files), changed=changed)


if __name__ == "__main__":
    main()
