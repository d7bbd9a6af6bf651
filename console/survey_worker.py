"""One survey in one process: reads a task from stdin, answers with lines of JSON on stdout.

`{"progress": {...}}` as often as a page is read, and at the end `{"told": {...}}`, or
`{"error": "…", "code": 2}` with the sentence for the operator.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from console.errors import Exit, Failed, debugging, told
from console.surveying import PROPOSE, Task, Told
from console.worker import Send, leave_with_parent, own_stdout, sender

if TYPE_CHECKING:
    from crawler.survey import Step

_PATIENCE = 20.0
"""Seconds a page may take; a menu is wanted, not a verdict."""


def main() -> None:
    """Do the task on stdin and leave."""
    send = sender(own_stdout())
    task = Task.from_line(sys.stdin.readline())
    threading.Thread(target=leave_with_parent, daemon=True).start()
    try:
        answer: Told = {"told": work(task, send)}
    except Exception as error:  # noqa: BLE001 - the parent must hear of everything in a sentence
        if debugging():
            traceback.print_exc()
        sentence, code = told(error)
        answer = {"error": sentence, "code": int(code)}
    send(answer)
    sys.stderr.flush()
    os._exit(Exit.FINE)


def work(task: Task, send: Send) -> Told:
    """Survey the portal and say what a proposal or a comparison needs."""
    from crawler.running import CrawlError

    def progress(step: Step) -> None:
        send({"progress": asdict(step)})

    try:
        return _propose(task, progress) if task.task == PROPOSE else _compare(task, progress)
    except CrawlError as error:
        raise Failed(str(error)) from error


def _propose(task: Task, progress: Callable[[Step], None]) -> Told:
    from console.proposal import document
    from crawler.survey import survey
    from ledger.site import CrawlPolicy

    policy = CrawlPolicy(delay=task.delay, max_pages=task.max_pages, timeout=_PATIENCE, retries=1)
    found = survey(task.home, policy, date.fromisoformat(task.as_of), progress=progress)
    return document(found)


def _compare(task: Task, progress: Callable[[Step], None]) -> Told:
    from console.comparing import compare
    from crawler.survey import survey
    from ledger.roster import read_roster

    site = read_roster(Path(task.folder)).site
    if site is None:
        raise Failed(
            f"站点文件夹 {task.folder} 的配置在比对开始后被改坏，请重新运行 xuncha check。"
        )
    policy = replace(site.crawl, max_pages=task.max_pages)
    found = survey(
        site.home,
        policy,
        date.fromisoformat(task.as_of),
        hosts=site.crawl.allow_hosts,
        addresses=[column.url for column in site.columns if column.url],
        progress=progress,
    )
    return compare(site, found)


if __name__ == "__main__":
    main()
