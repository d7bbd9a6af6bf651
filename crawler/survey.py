"""Asking a portal for its own column tree: home page, menus, site map, then page after page."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from crawler.ask import Asker
from crawler.furniture import common, sample
from crawler.guard import Guard
from crawler.opening import Opened, Opener
from crawler.proposing import MAX_DEPTH, Node, Tree, Where, Why, refusal
from crawler.proposing_duty import copied_types, guess
from crawler.proposing_home import Front, id_code, site_name
from crawler.reading.address import canonical
from crawler.reading.document import Document
from crawler.reading.includes import Include, find_includes, site_map, written_parts
from crawler.reading.listing_links import is_column_address
from crawler.reading.menu_heads import is_home
from crawler.reading.menu_tree import same_page
from crawler.reading.menus import MenuLink, menu_links
from crawler.reading.page import PageReading
from crawler.running import run_spider
from crawler.settings import user_agent
from crawler.spiders.portal import PortalSpider
from ledger.addresses import host_of
from ledger.naming import fold_name
from ledger.site import ColumnPath, CrawlPolicy
from ledger.words import ColumnKind, Frequency, Outcome

_log = logging.getLogger(__name__)

MAX_PAGES = 200
"""Requests a survey may make unless the operator says otherwise."""
_MAX_LINKS = 100_000
_PUBLIC = "公开"
_GONE = (Outcome.GONE, Outcome.SOFT_GONE)
"""A page that is not there has nothing below it; any other failure may hide columns."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a survey has come; `column` is the page just read."""

    requests: int
    columns: int
    column: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A column the portal shows.

    `frequency` is what it may owe and `reason` what speaks for that; a jump is no guess. `outcome`
    is how its page opened, None where it was not asked for.
    """

    path: ColumnPath
    url: str
    where: Where
    jump: bool
    frequency: Frequency | None
    reason: str
    outcome: Outcome | None
    detail: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Ended:
    """How asking for one address ended, and where it led."""

    outcome: Outcome
    detail: str
    final_url: str


@dataclass
class Surveyed:
    """What a portal shows of itself. `outcome` is the home page's; without it there is nothing.

    `left_out` counts links that are no columns, `unread` the column pages that did not open and so
    may have columns below them; `short` is True where the budget ended the survey.
    """

    home: str
    outcome: Outcome
    detail: str = ""
    name: str = ""
    id_code: str = ""
    columns: list[Proposal] = field(default_factory=list)
    left_out: dict[Why, int] = field(default_factory=dict)
    unread: dict[ColumnPath, str] = field(default_factory=dict)
    short: bool = False
    requests: int = 0
    links: list[MenuLink] = field(default_factory=list)
    asked: dict[str, Ended] = field(default_factory=dict)


class Survey:
    """One survey of one portal; asks one address after the other."""

    def __init__(
        self,
        asker: Asker,
        home: str,
        as_of: date,
        *,
        hosts: Sequence[str] = (),
        progress: Callable[[Step], None] | None = None,
    ) -> None:
        self.asker = asker
        self.home = home
        self.as_of = as_of
        self.progress = progress
        self._hosts = hosts
        self._opener = Opener(asker, home, as_of)
        self._tree = Tree((), ())
        self._links: dict[MenuLink, None] = {}
        self._harvested: set[str] = set()
        self._asked_includes: set[str] = set()
        self._homes = frozenset({home})
        self._home_type = ""

    async def run(self, addresses: Sequence[str] = ()) -> Surveyed:
        """Survey the portal, then ask for those of `addresses` that no page led to."""
        opened = await self._opener.open(self.home, jump=True)
        told = Surveyed(_lasting(self.home, opened.url), opened.outcome, opened.detail)
        if opened.outcome is not Outcome.OK or opened.page is None:
            told.requests = self.asker.spent
            return told
        await self._read_home(opened)
        doc = opened.answer.document
        told.name, told.id_code = site_name(doc), id_code(doc)
        del opened, doc
        while (node := self._next()) is not None:
            await self._read(node)
        told.asked = await self._ask_rest(addresses)
        self._tell(told)
        return told

    async def _read_home(self, opened: Opened) -> None:
        doc, url = opened.answer.document, opened.url
        if canonical(url) != self._opener.home:
            # What redirects to the front page must be known by where that page really is.
            self._opener = Opener(self.asker, url, self.as_of)
        self._homes |= {url}
        self._home_type = doc.meta.get("columntype", "")
        links = self._links_of(doc, ())
        self._homes |= {
            link.url
            for link in links
            if is_home(link.names[-1]) and host_of(link.url) == host_of(url)
        }
        own = {host_of(self.home), host_of(url), *(h.removeprefix("www.") for h in self._hosts)}
        self._tree = Tree(tuple(self._homes), tuple(filter(None, own)))
        fetched: list[MenuLink] = []
        for part, above in self._parts(doc, ()):
            fetched += self._links_of(part, above)
        for include in find_includes(doc, ()):
            fetched += await self._include(include)
        others = await self._sample([*links, *fetched])
        front = Front(doc, [*links, *fetched], fetched)
        front.plant(self._tree, others)
        self._harvested.add(canonical(url))
        if (found := site_map(doc)) is not None:
            self._plant_map(await self._include(found))
        self._step("首页")

    async def _sample(self, links: Sequence[MenuLink]) -> list[list[MenuLink]]:
        """The links of a few column pages, whose answers are kept for when their turn comes."""
        homes = {same_page(home) for home in self._homes}
        urls = dict.fromkeys(
            link.url
            for link in links
            if refusal(link.names[-1], link.url) is None
            and self._tree.is_own(link.url)
            and same_page(link.url) not in homes
        )
        answers = [await self._opener.keep(url) for url in sample(list(urls)) if not self._spent()]
        docs = [answer.document for answer in answers if answer.ok and answer.is_page]
        with _one_page(self.home):
            self._opener.furniture = common(docs)
        return [self._links_of(doc, ()) for doc in docs]

    def _plant_map(self, links: Sequence[MenuLink]) -> None:
        headed = Counter(fold_name(link.names[0]) for link in links if len(link.names) > 1)
        for link in links:
            root = link.names[:1]
            if self._tree.knows(root) or headed[fold_name(root[0])] > 1:
                self._tree.offer(link.names, link.url, Where.MAP)

    def _next(self) -> Node | None:
        """The next page to open: level by level, in the order of the menus."""
        if self._spent():
            return None
        waiting = [n for n in self._tree if n.outcome is None and self._opens(n)]
        return min(waiting, key=lambda n: len(n.path), default=None)

    def _opens(self, node: Node) -> bool:
        return not node.jump and len(node.path) < MAX_DEPTH

    def _spent(self) -> bool:
        return self.asker.spent >= self.asker.policy.max_pages

    async def _read(self, node: Node) -> None:
        """Open a column's page and take what stands below it."""
        node.outcome, opened = Outcome.NOT_RENDERED, None
        with _one_page(node.url):
            opened = await self._opener.open(node.url)
        if opened is None:
            node.detail = "程序读取该页面时出错"
            return
        node.outcome, node.detail = opened.outcome, opened.detail
        self._step(node.path[-1])
        if opened.outcome is not Outcome.OK or opened.page is None:
            return
        if not self._tree.is_own(opened.url):
            node.jump = True
            return
        doc = opened.answer.document
        node.kind = opened.page.kind
        node.column_type = doc.meta.get("columntype", "")
        newest = opened.page.newest
        node.day = newest.day if newest else None
        if canonical(opened.url) not in self._harvested | {self._opener.home}:
            self._harvested.add(canonical(opened.url))
            await self._harvest(node, doc, _items(opened.page))

    async def _harvest(self, node: Node, doc: Document, items: frozenset[str]) -> None:
        links = self._links_of(doc, node.path)
        for part, above in self._parts(doc, node.path):
            links += self._links_of(part, above)
        if len(node.path) == 1:
            for include in find_includes(doc, node.path):
                links += await self._include(include)
        side = Where.TREE if any(_PUBLIC in name for name in node.path) else Where.SIDE
        beside = _families(links, self._tree)
        for link in links:
            if link.how == "breadcrumb":
                if self._tree.knows(link.names[:1]) and self._tree.is_own(link.url):
                    self._tree.offer(link.names, link.url, Where.CRUMB)
            elif fold_name(link.names[0]) != fold_name(node.path[0]):
                # Another branch: the portal's menu again, which the home page has told.
                continue
            elif link.url in items:
                self._tree.leave(Why.ITEM, link.names[-1], link.url)
            elif self._tree.is_own(link.url) or _family(link) in beside:
                self._tree.offer(link.names, link.url, side)

    def _links_of(self, doc: Document, under: ColumnPath) -> list[MenuLink]:
        found: list[MenuLink] = []
        with _one_page(doc.url):
            found = menu_links(doc, under, self._homes)
        if len(self._links) < _MAX_LINKS:
            self._links.update(dict.fromkeys(found))
        return found

    def _parts(self, doc: Document, under: ColumnPath) -> list[tuple[Document, ColumnPath]]:
        with _one_page(doc.url):
            return written_parts(doc, under)
        return []

    async def _include(self, include: Include) -> list[MenuLink]:
        """The links of what a browser would have put into a page; each address is asked once."""
        if canonical(include.url) in self._asked_includes or self._spent():
            return []
        self._asked_includes.add(canonical(include.url))
        answer = await self.asker.ask(include.url)
        if not answer.ok or not answer.is_page or canonical(answer.url) == self._opener.home:
            return []
        found: list[MenuLink] = []
        with _one_page(include.url):
            for part, above in include.parts(answer.document):
                found += self._links_of(part, above)
        return found

    async def _ask_rest(self, addresses: Sequence[str]) -> dict[str, Ended]:
        """How addresses open that no page led to; those the budget does not reach are left out."""
        shown = {same_page(link.url) for link in self._links}
        ends: dict[str, Ended] = {}
        for url in addresses:
            if same_page(url) in shown or url in ends or self._spent():
                continue
            with _one_page(url):
                opened = await self._opener.open(url)
                ends[url] = Ended(opened.outcome, opened.detail, opened.url)
                self._step(url)
        return ends

    def _step(self, column: str) -> None:
        if self.progress:
            self.progress(Step(self.asker.spent, len(self._tree), column))

    def _tell(self, told: Surveyed) -> None:
        nodes = list(self._tree)
        types = [node.column_type for node in nodes if node.outcome is Outcome.OK]
        copied = copied_types(self._home_type, types)
        told.columns = [self._proposal(node, copied) for node in nodes]
        told.left_out = {why: len(links) for why, links in self._tree.left_out.items() if links}
        told.unread = {
            node.path: node.detail or node.outcome.label
            for node in nodes
            if node.outcome not in (None, Outcome.OK, *_GONE)
        }
        told.short = self._spent() and any(
            node.outcome is None and self._opens(node) for node in nodes
        )
        told.requests = self.asker.spent
        told.links = list(self._links)

    def _proposal(self, node: Node, copied: frozenset[str]) -> Proposal:
        frequency, reason = None, ""
        if node.jump:
            frequency = Frequency.JUMP
        elif not self._tree.has_children(node):
            kind = "" if node.column_type in copied else node.column_type
            frequency, reason = guess(node.path[-1], kind)
        return Proposal(
            node.path,
            node.url,
            node.where,
            node.jump,
            frequency,
            reason,
            node.outcome,
            node.detail,
            node.day,
        )


def survey(
    home: str,
    policy: CrawlPolicy,
    as_of: date,
    *,
    hosts: Sequence[str] = (),
    addresses: Sequence[str] = (),
    progress: Callable[[Step], None] | None = None,
) -> Surveyed:
    """Ask the portal at `home` for its columns; runs the reactor, so once a process.

    `hosts` count as the portal's own; `addresses` are asked for where no page leads to them.
    """
    guard = Guard(filter(None, map(host_of, (home, *addresses))))
    told: list[Surveyed] = []

    async def work(spider: PortalSpider) -> None:
        asker = Asker(spider.download, policy, guard, user_agent(policy), pace=spider.pace)
        told.append(await Survey(asker, home, as_of, hosts=hosts, progress=progress).run(addresses))

    run_spider(work, policy, guard)
    return told[0]


@contextmanager
def _one_page(url: str) -> Iterator[None]:
    """A page our readers stumble over costs what it would have told, not the survey."""
    try:
        yield
    except Exception:  # noqa: BLE001 - whatever a hostile page provokes
        _log.exception("reading %s failed", url)


def _lasting(asked: str, final: str) -> str:
    """The home address to keep: as typed, unless the portal really lives at another origin."""
    there = urlsplit(final)
    same = (there.scheme, there.netloc) == urlsplit(asked)[:2]
    return asked if same or not there.netloc else final


def _items(page: PageReading) -> frozenset[str]:
    """The entries of a page's own list; what has no day and a column's address may be a child."""
    if page.list is None or page.kind != ColumnKind.LIST:
        return frozenset()
    return frozenset(
        item.url for item in page.list.items if item.day or not is_column_address(item.url)
    )


def _family(link: MenuLink) -> ColumnPath:
    return tuple(map(fold_name, link.names[:-1]))


def _families(links: Sequence[MenuLink], tree: Tree) -> frozenset[ColumnPath]:
    """Parents of several of the portal's own columns: a link away beside those is one of them."""
    own: dict[ColumnPath, set[tuple[str, str, str]]] = defaultdict(set)
    for link in links:
        if tree.is_own(link.url) and refusal(link.names[-1], link.url) is None:
            own[_family(link)].add(same_page(link.url))
    return frozenset(family for family, pages in own.items() if len(pages) > 1)
