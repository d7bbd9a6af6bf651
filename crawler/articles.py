"""Reading the portal's documents: every new one, and a share of those read before.

Those on which a finding rests, or that a vendor's notice names, are asked for every night, so that
what is put right shows at once.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from urllib.parse import urlsplit

from crawler.ask import Answer, Asker, ended
from crawler.documents import page_of, take
from crawler.guard import host_of
from crawler.outcome import is_lasting
from crawler.reading.address import canonical
from crawler.recall import FULL_EVERY, Recall
from ledger.facts import Page, Run, Visit
from ledger.known import Known
from ledger.site import CrawlPolicy
from ledger.store import Ledger
from ledger.words import Outcome, Role

_log = logging.getLogger(__name__)

BATCH = 100
"""Documents kept in one transaction; a run killed in between reads no more than these again."""
MOST_BLAMED = 300
"""So many pages on which findings rest are asked for again, whether it is their turn or not."""
_KEEP_WITHIN = 20.0
"""Seconds after which also a smaller batch is kept: a polite run must not seem to have died."""
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|rtf|txt|csv|zip|rar|7z|jpe?g|png|gif|bmp|mp[34]|avi|wmv|flv)$",
    re.I,
)
_BLOCKED_ENOUGH = 20
"""So many documents refused in a row: the portal does not want to be read tonight."""


@dataclass
class _Batch:
    """What is read but not kept yet."""

    visits: list[Visit] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    carried: list[tuple[str, int]] = field(default_factory=list)


class Articles:
    """One run's reading of documents, after its columns: the lists say which there are.

    Only documents of the portal's own hosts are read; files are not.
    """

    def __init__(
        self,
        ledger: Ledger,
        run: Run,
        asker: Asker,
        policy: CrawlPolicy,
        recall: Recall,
        home: str,
        *,
        kept: Callable[[int, int], None] | None = None,
    ) -> None:
        self.ledger = ledger
        self.run = run
        self.asker = asker
        self.policy = policy
        self.recall = recall
        self.home = canonical(home)
        self.site = own_site(home)
        self.kept = kept
        self.left = 0
        self._done = 0
        self._blocked = 0
        self._batch = _Batch()
        self._kept_at = monotonic()

    async def read(self) -> None:
        """Read what is new, what findings rest on, and what is due.

        `left` counts what the budget left over.
        """
        fresh = [url for url in self.ledger.unread(self.run.id) if self._wanted(url)]
        blamed = self.ledger.blamed(self.run.id, Role.PAGE, MOST_BLAMED)
        due = self.ledger.due_pages(self.run.id, FULL_EVERY - 1)
        noticed = self.ledger.noticed(self.run.id, MOST_BLAMED)
        asked: dict[str, Known | None] = dict.fromkeys(fresh)
        asked |= {url: known for url, known in noticed if self._wanted(url) and url not in asked}
        asked |= {known.url: known for known in (*blamed, *due)}
        todo = list(asked.items())
        waiting = iter(todo)
        workers = max(1, self.policy.concurrency)
        async with asyncio.TaskGroup() as group:
            for _ in range(min(workers, len(todo))):
                group.create_task(self._work(waiting, len(todo)))
        self._keep(len(todo))
        self.left = len(todo) - self._done

    async def _work(self, waiting: Iterator[tuple[str, Known | None]], total: int) -> None:
        for url, known in waiting:
            if self.asker.spent >= self.policy.max_pages or self._blocked >= _BLOCKED_ENOUGH:
                return
            if not await self._one(url, known):
                return
            self._done += 1
            if len(self._batch.visits) >= BATCH or monotonic() - self._kept_at >= _KEEP_WITHIN:
                self._keep(total)

    async def _one(self, url: str, known: Known | None) -> bool:
        """Ask for one document; False where the budget was gone before it was asked."""
        current = known is not None and known.reader == self.recall.reader
        answer = await self._ask(url, known if current else None)
        if answer.visit.outcome is Outcome.BUDGET:
            return False
        batch = self._batch
        if answer.unchanged and known is not None:
            self._blocked = 0
            batch.visits.append(answer.visit)
            batch.carried.append((url, known.run_id))
            batch.known.append(self.recall.again(known, answer))
            return True
        article, outcome, detail = take(url, answer, self.run.as_of, self.home)
        visit = answer.visit
        self._blocked = self._blocked + 1 if outcome is Outcome.BLOCKED else 0
        if outcome is not visit.outcome:
            visit = replace(visit, outcome=outcome, detail=detail)
        batch.visits.append(visit)
        if article is not None:
            batch.pages.append(page_of(url, article))
            batch.known.append(self.recall.note(url, Role.PAGE, answer))
        elif is_lasting(outcome):
            batch.known.append(self.recall.missed(url, known, outcome))
        return True

    async def _ask(self, url: str, known: Known | None) -> Answer:
        try:
            return await self.asker.ask(url, known=known)
        except Exception as error:  # noqa: BLE001 - whatever a hostile answer provokes
            _log.exception("asking for %s failed", url)
            name = type(error).__name__
            return ended(url, Outcome.NOT_RENDERED, f"程序读取该页面时出错（{name}），未据此判断")

    def _keep(self, total: int) -> None:
        batch, self._batch = self._batch, _Batch()
        self._kept_at = monotonic()
        if batch.visits:
            self.ledger.save_pages(
                self.run.id, batch.pages, batch.visits, batch.known, batch.carried
            )
            if self.kept:
                self.kept(self._done, total)

    def _wanted(self, url: str) -> bool:
        host = host_of(url)
        own = host == self.site or host.endswith(f".{self.site}")
        # An address with a fragment is one a script never leads to.
        return own and "#" not in url and not _FILE.search(urlsplit(url).path)


def own_site(home: str) -> str:
    """The name all hosts of a portal share: that of its home page without `www.`."""
    return host_of(home).removeprefix("www.")
