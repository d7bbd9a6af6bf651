"""Opening a column's address: through jumps and frames to the page that holds it, or to its end."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urljoin, urlsplit

from crawler.adapters.base import ListReading
from crawler.ask import Answer, Asker
from crawler.filling import Brought, Filled, Filler
from crawler.learning import Lesson
from crawler.outcome import says_gone
from crawler.paging import OnePage, Pages, going_on
from crawler.reading.address import INDEX, canonical
from crawler.reading.document import Document
from crawler.reading.inside import shows_nothing
from crawler.reading.listing import survey
from crawler.reading.listing_filled import refreshed_by_script
from crawler.reading.listing_tree import outline_of
from crawler.reading.page import PageReading, read_page
from crawler.reading.panes import shown_pane
from crawler.render import DataCall, Renderer
from ledger.facts import Visit
from ledger.known import Known
from ledger.words import ColumnKind, Outcome, Way

MAX_HOPS = 5
_BARE = {"list", "channel"}
_SCRIPTS = re.compile(r"<script\b.*?</script\s*>", re.I | re.S)
_NOISE = re.compile(r"[\W\d_a-zA-Z]+")


@dataclass
class Opened:
    """Where opening an address led. `page` is None where nothing could be read.

    `way` says how a list was come by that the page does not show, `brought` with which request,
    `calls` what the browser asked for meanwhile; `carried` that the list is the one read earlier.
    """

    answer: Answer
    outcome: Outcome
    page: PageReading | None = None
    excerpt: str = ""
    detail: str = ""
    chain: tuple[str, ...] = ()
    visits: list[Visit] = field(default_factory=list)
    pages: Pages | None = None
    way: Way | None = None
    brought: Brought | None = None
    calls: tuple[DataCall, ...] = ()
    carried: bool = False

    def take(self, filled: Filled) -> None:
        """Hold the list that something other than the page itself brought."""
        self.page, self.pages, self.way = filled.page, filled.pages, filled.way
        self.brought, self.carried = filled.brought, filled.carried
        self.visits += filled.visits

    @property
    def url(self) -> str:
        """The address of the page that holds the column."""
        return self.answer.url


class Opener:
    """Opens addresses of one site and tells pages that are there from pages that only answer."""

    def __init__(
        self, asker: Asker, home: str, as_of: date, renderer: Renderer | None = None
    ) -> None:
        self.asker = asker
        self.renderer = renderer
        self.home = canonical(home)
        self.home_url = home
        self.as_of = as_of
        self.furniture: frozenset[str] = frozenset()
        self.filler = Filler(asker, as_of)
        self._probes: dict[str, str] = {}
        self._kept: dict[str, Answer] = {}

    async def keep(self, url: str) -> Answer:
        """Ask for `url` now and hold the answer for the `open` that will want it."""
        self._kept[url] = await self.asker.ask(url)
        return self._kept[url]

    async def ask(self, url: str, known: Known | None) -> Answer:
        """What `keep` holds for `url`, or what the portal answers now."""
        return self._kept.pop(url, None) or await self.asker.ask(url, known=known)

    async def open(
        self,
        url: str,
        *,
        jump: bool = False,
        answer: Answer | None = None,
        lesson: Lesson | None = None,
    ) -> Opened:
        """Open `url`. `jump` columns may lead anywhere; others may not end at the home page.

        `answer` is what `ask` brought, where that was asked already; `lesson` what is known of a
        list that the page does not show.
        """
        answer = answer or await self.ask(url, None)
        visits = [answer.visit]
        chain = list(answer.visit.chain)
        for _ in range(MAX_HOPS + 1):
            opened = await self._judge_answer(url, answer)
            opened.visits, opened.chain = visits, tuple(chain)
            page = opened.page
            target = page.list.target if page and page.list else None
            if page is None or opened.outcome is not Outcome.OK or not target:
                return await self._filled(opened, lesson)
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

    async def again(self, answer: Answer, lesson: Lesson) -> Opened | None:
        """A column whose page is the one known before, its list by what was learned; None where
        that brought none."""
        doc = answer.document if answer.body else Document("", answer.url)
        doc.furniture = self.furniture
        page = PageReading("shell", "", lesson.reading.title, None, None, None)
        opened = Opened(answer, Outcome.OK, page, visits=[answer.visit], chain=answer.visit.chain)
        return opened if await self._directly(opened, doc, page, lesson) else None

    async def _directly(
        self, opened: Opened, doc: Document, page: PageReading, lesson: Lesson
    ) -> bool:
        """Whether the request learned earlier brought the list; `opened` then has it."""
        filled = await self.filler.again(doc, page, lesson)
        if filled is None:
            return False
        opened.take(filled)
        opened.outcome, opened.detail = Outcome.OK, ""
        return True

    async def _filled(self, opened: Opened, lesson: Lesson | None) -> Opened:
        """`opened` with the list that scripts would bring, where one is to be had."""
        page, doc = opened.page, opened.answer.document
        if page is None or opened.outcome is not Outcome.OK:
            return opened
        stale = _refreshed(doc) if page.kind == "list" else ""
        if page.kind != "shell" and not stale:
            held = self.filler.inside(doc, page) if shows_nothing(page) else None
            if held is not None:
                opened.take(held)
            elif page.kind == "list" and page.list is not None:
                opened.pages = going_on(doc, page.list, self.as_of)
                opened.page, visits = await self.filler.dated(doc, page)
                opened.visits += visits
            return opened
        if lesson is not None and lesson.access.url != opened.url:
            lesson = None
        if lesson is not None and lesson.usable and await self._directly(opened, doc, page, lesson):
            return opened
        if lesson is not None and lesson.rendered:
            found = self.filler.inside(doc, page)
        else:
            found = await self.filler.fill(doc, page)
        if found is not None:
            opened.take(found)
            return opened
        if stale:
            shell = ListReading(ColumnKind.SHELL, notes=(stale,))
            opened.page = replace(page, kind="shell", list=shell, newest=None, notes=shell.notes)
        if self.renderer is not None:
            await self._rendered(opened)
        # What was learned last month is better than nothing where there is no browser to ask.
        unseen = opened.way is None and opened.outcome in (Outcome.OK, Outcome.TIMEOUT)
        if unseen and lesson is not None and lesson.due and lesson.call is not None:
            await self._directly(opened, doc, page, lesson)
        return opened

    async def _rendered(self, opened: Opened) -> None:
        """Make `opened` what a browser shows, for a list nothing else could bring."""
        assert self.renderer is not None
        if self.asker.spent >= self.asker.policy.max_pages:
            opened.detail = "本次巡查已达页数上限，由脚本生成的列表未打开"
            return
        self.asker.spent += 1
        shown = await self.renderer.render(opened.url)
        if shown.outcome is not Outcome.OK:
            opened.detail = shown.detail or opened.detail
            if shown.outcome is not Outcome.NOT_RENDERED:
                opened.outcome = shown.outcome
            return
        # Its scripts have run: what they say no longer makes a list of their making doubtful.
        html = _SCRIPTS.sub("", shown.html)
        doc = shown_pane(Document(html, shown.final_url or opened.url, self.furniture))
        page = read_page(doc, self.as_of)
        if page.kind == "shell" or (page.kind not in _BARE and not shown.settled):
            opened.detail = "用浏览器打开后仍没有读到列表"
            return
        title = f"{page.title} {doc.title}"
        gone = says_gone(title, doc.text) if page.kind not in _BARE else ""
        if gone:
            opened.outcome, opened.excerpt = Outcome.SOFT_GONE, gone
            opened.detail = f"用浏览器打开后页面内容为“{gone}”"
        elif page.kind == "empty" and not (page.list and page.list.excerpt):
            # An answer that failed leaves a page as empty as one with nothing to tell.
            opened.detail = "用浏览器打开后仍是空的，也没有写明没有信息，未据此判断"
            return
        notes = ("列表由脚本生成，用浏览器打开读取", *page.notes)
        opened.page, opened.pages, opened.way = replace(page, notes=notes), OnePage(), Way.RENDER
        opened.calls = shown.calls

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
            said = says_gone(f"{page.title} {answer.document.title}", answer.document.text)
            if said:
                return said
            suspicious = page.kind not in _BARE
        if canonical(asked) == self.home:
            return ""
        for near in (self.home_url, answer.url) if suspicious else (self.home_url,):
            missing = await self._probe(near)
            # Most portals say honestly what they do not have: then nothing need be compared.
            if missing and signature(answer.document) == missing:
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
        goal_path = INDEX.sub("/", goal.path or "/")
        above = (
            goal_path.endswith("/") and base.path.startswith(goal_path) and base.path != goal_path
        )
        return base.netloc == goal.netloc and above and not goal.query


def _refreshed(doc: Document) -> str:
    main = survey(doc).main
    return refreshed_by_script(outline_of(doc), main.block.container) if main else ""


def signature(doc: Document) -> str:
    """What a page says, without digits and Latin letters (clocks, counters, echoed addresses)."""
    words = _NOISE.sub("", f"{doc.title}|{doc.text}")
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def kind_of(page: PageReading) -> ColumnKind:
    """The column kind a page reading stands for."""
    if page.kind == "article":
        return ColumnKind.SINGLE
    return ColumnKind(page.kind)
