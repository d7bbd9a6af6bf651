"""Reading the portal's documents: every new one, and a share of those read before."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from crawler.ask import Answer, Asker
from crawler.guard import host_of
from crawler.opened_days import page_of
from crawler.outcome import is_lasting, says_gone
from crawler.reading.address import canonical
from crawler.reading.article import ArticleReading, read_article
from crawler.recall import FULL_EVERY, Recall
from ledger.facts import Page, Run, Visit
from ledger.known import Known
from ledger.site import CrawlPolicy
from ledger.store import Ledger
from ledger.words import Outcome, Role

_log = logging.getLogger(__name__)

BATCH = 100
"""Documents kept in one transaction; a run killed in between reads no more than these again."""
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|rtf|txt|csv|zip|rar|7z|jpe?g|png|gif|bmp|mp[34]|avi|wmv|flv)$",
    re.I,
)
_SHORT = 200
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

    async def read(self) -> None:
        """Read what is new, then what is due; `left` counts what the budget left over."""
        fresh = [url for url in self.ledger.unread(self.run.id) if self._wanted(url)]
        due = self.ledger.due_pages(self.run.id, FULL_EVERY - 1)
        todo: list[tuple[str, Known | None]] = [(url, None) for url in fresh]
        todo += [(known.url, known) for known in due]
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
            await self._one(url, known)
            self._done += 1
            if len(self._batch.visits) >= BATCH:
                self._keep(total)

    async def _one(self, url: str, known: Known | None) -> None:
        current = known is not None and known.reader == self.recall.reader
        answer = await self.asker.ask(url, known=known if current else None)
        batch = self._batch
        if answer.unchanged and known is not None:
            batch.visits.append(answer.visit)
            batch.carried.append((url, known.run_id))
            batch.known.append(self.recall.again(known))
            return
        article, outcome, detail = self._read(url, answer)
        visit = answer.visit
        self._blocked = self._blocked + 1 if outcome is Outcome.BLOCKED else 0
        if outcome is not visit.outcome:
            visit = replace(visit, outcome=outcome, detail=detail)
        batch.visits.append(visit)
        if article is not None:
            batch.pages.append(page_of(url, article))
            batch.known.append(self.recall.note(url, Role.PAGE, answer))
        elif is_lasting(outcome):
            batch.known.append(self._missed(url, known, outcome))

    def _read(self, url: str, answer: Answer) -> tuple[ArticleReading | None, Outcome, str]:
        """The article, or None and how it stands with the page."""
        if not answer.ok:
            return None, answer.visit.outcome, answer.visit.detail
        if answer.visit.chain and canonical(answer.url) == self.home != canonical(url):
            return None, Outcome.SOFT_GONE, "地址被重定向到网站首页，原页面已不存在"
        if not answer.is_page:
            return None, Outcome.EXCLUDED, "地址指向文件，不作为网页读取"
        if answer.truncated:
            return None, Outcome.REFUSED, "页面只传回一部分，未据此判断"
        try:
            article = read_article(answer.document, self.run.as_of)
        except Exception as error:  # noqa: BLE001 - whatever a hostile page provokes
            _log.exception("reading %s failed", url)
            name = type(error).__name__
            return None, Outcome.NOT_RENDERED, f"程序读取该页面时出错（{name}），未据此判断"
        gone = says_gone(article.title, article.text) if len(article.text) <= _SHORT else ""
        if gone:
            return None, Outcome.SOFT_GONE, f"页面内容为“{gone}”"
        return article, Outcome.OK, ""

    def _missed(self, url: str, known: Known | None, outcome: Outcome) -> Known:
        """An address that did not give its page; the bytes it once gave no longer count."""
        again = self.recall.again(known or Known(url, Role.PAGE, self.run.as_of, self.run.id))
        return replace(again, body=b"", outcome=outcome, misses=known.misses + 1 if known else 1)

    def _keep(self, total: int) -> None:
        batch, self._batch = self._batch, _Batch()
        if batch.visits:
            self.ledger.save_pages(
                self.run.id, batch.pages, batch.visits, batch.known, batch.carried
            )
            if self.kept:
                self.kept(self._done, total)

    def _wanted(self, url: str) -> bool:
        host = host_of(url)
        own = host == self.site or host.endswith(f".{self.site}")
        return own and not _FILE.search(urlsplit(url).path)


def own_site(home: str) -> str:
    """The name all hosts of a portal share: that of its home page without `www.`."""
    return host_of(home).removeprefix("www.")
