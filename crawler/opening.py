"""Opening a column's address: through jumps and frames to the page that holds it, or to its end."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urljoin, urlsplit

from crawler.ask import Answer, Asker
from crawler.outcome import says_gone
from crawler.paging import Pages
from crawler.reading.document import Document, squeeze
from crawler.reading.page import PageReading, read_page
from ledger.facts import Visit
from ledger.words import ColumnKind, Outcome

MAX_HOPS = 5
_BARE = {"list", "channel"}
_INDEX = re.compile(r"/(?:index|default|home)\.(?:s?html?|jsp|aspx?|php)$", re.I)
_NOISE = re.compile(r"[\W\d_a-zA-Z]+")


def canonical(url: str) -> str:
    """An address as compared: no scheme, `www.`, index file, trailing slash or fragment."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    path = _INDEX.sub("/", parts.path or "/")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{path.rstrip('/')}{query}"


@dataclass
class Opened:
    """Where opening an address led. `page` is None where nothing could be read."""

    answer: Answer
    outcome: Outcome
    page: PageReading | None = None
    excerpt: str = ""
    detail: str = ""
    chain: tuple[str, ...] = ()
    visits: list[Visit] = field(default_factory=list)
    pages: Pages | None = None

    @property
    def url(self) -> str:
        """The address of the page that holds the column."""
        return self.answer.url


class Opener:
    """Opens addresses of one site and tells pages that are there from pages that only answer."""

    def __init__(self, asker: Asker, home: str, as_of: date) -> None:
        self.asker = asker
        self.home = canonical(home)
        self.home_url = home
        self.as_of = as_of
        self.furniture: frozenset[str] = frozenset()
        self._probes: dict[str, str] = {}
        self._kept: dict[str, Answer] = {}

    async def keep(self, url: str) -> Answer:
        """Ask for `url` now and hold the answer for the `open` that will want it."""
        self._kept[url] = await self.asker.ask(url)
        return self._kept[url]

    async def open(self, url: str, *, jump: bool = False) -> Opened:
        """Open `url`. `jump` columns may lead anywhere; others may not end at the home page."""
        answer = self._kept.pop(url, None) or await self.asker.ask(url)
        visits = [answer.visit]
        chain = list(answer.visit.chain)
        for _ in range(MAX_HOPS + 1):
            opened = await self._judge_answer(url, answer)
            opened.visits, opened.chain = visits, tuple(chain)
            page = opened.page
            target = page.list.target if page and page.list else None
            if page is None or opened.outcome is not Outcome.OK or not target:
                return opened
            if page.kind == "jump" and not jump and self._leads_away(answer.url, target):
                opened.outcome = Outcome.SOFT_GONE
                opened.detail = f"页面自动跳转到上级或首页（{target}），原栏目页已不存在"
                return opened
            if canonical(target) in {canonical(u) for u in (*chain, answer.url)}:
                opened.outcome, opened.detail = Outcome.SERVER_ERROR, "页面之间循环跳转"
                return opened
            chain.append(answer.url)
            following = await self.asker.ask(target)
            visits.append(following.visit)
            if page.kind == "shell" and not following.ok:
                # The frame could not be opened: that is why the list could not be read.
                opened.detail = f"列表所在的框架页未能打开：{following.visit.detail}"
                opened.outcome = following.visit.outcome
                return opened
            answer = following
        opened.outcome, opened.detail = Outcome.SERVER_ERROR, "页面跳转次数过多"
        return opened

    async def _judge_answer(self, asked: str, answer: Answer) -> Opened:
        visit = answer.visit
        if not answer.ok:
            return Opened(answer, visit.outcome, detail=visit.detail)
        if visit.chain and canonical(answer.url) == self.home != canonical(asked):
            return Opened(
                answer, Outcome.SOFT_GONE, detail="地址被重定向到网站首页，原页面已不存在"
            )
        if not answer.is_page:
            return Opened(answer, Outcome.OK)
        answer.document.furniture = self.furniture
        page = read_page(answer.document, self.as_of)
        gone = await self._soft_gone(asked, answer, page)
        if gone:
            return Opened(
                answer, Outcome.SOFT_GONE, page, excerpt=gone, detail=f"页面内容为“{gone}”"
            )
        if answer.truncated and page.kind not in _BARE:
            return Opened(answer, Outcome.REFUSED, page, detail="页面只传回一部分，未据此判断")
        return Opened(answer, Outcome.OK, page)

    async def _soft_gone(self, asked: str, answer: Answer, page: PageReading) -> str:
        listed = len(page.list.items) if page.list else 0
        if page.kind in _BARE and listed >= 3:
            suspicious = False
        else:
            said = says_gone(f"{page.title} {_heading(answer.document)}", answer.document.text)
            if said:
                return said
            suspicious = page.kind not in _BARE
        if canonical(asked) == self.home:
            return ""
        own = signature(answer.document)
        root = await self._probe(self.home_url)
        if root and own == root:
            return "与不存在的地址返回相同页面"
        if suspicious:
            near = await self._probe(answer.url)
            if near and own == near:
                return "与不存在的地址返回相同页面"
        return ""

    async def _probe(self, url: str) -> str:
        """The signature of what the server sends for an address that cannot exist beside `url`.

        Empty where it says honestly that there is no such page. Asked once a folder.
        """
        folder = urljoin(url, "./")
        if folder not in self._probes:
            self._probes[folder] = ""
            name = hashlib.sha256(folder.encode()).hexdigest()[:16]
            answer = await self.asker.ask(urljoin(folder, f"xuncha-{name}.html"))
            if answer.ok and answer.is_page:
                self._probes[folder] = signature(answer.document)
        return self._probes[folder]

    def _leads_away(self, here: str, target: str) -> bool:
        if canonical(target) == self.home:
            return True
        base, goal = urlsplit(urljoin(here, "./")), urlsplit(target)
        goal_path = _INDEX.sub("/", goal.path or "/")
        above = (
            goal_path.endswith("/") and base.path.startswith(goal_path) and base.path != goal_path
        )
        return base.netloc == goal.netloc and above and not goal.query


def signature(doc: Document) -> str:
    """What a page says, without digits and Latin letters (clocks, counters, echoed addresses)."""
    title = doc.tree.css_first("title")
    words = _NOISE.sub("", (title.text() if title else "") + "|" + doc.text)
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def _heading(doc: Document) -> str:
    node = doc.tree.css_first("title")
    return squeeze(node.text()) if node else ""


def kind_of(page: PageReading) -> ColumnKind:
    """The column kind a page reading stands for."""
    if page.kind == "article":
        return ColumnKind.SINGLE
    return ColumnKind(page.kind)
