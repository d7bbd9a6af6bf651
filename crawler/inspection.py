"""One inspection of one site: home page, addresses, columns; each column committed once read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from crawler.articles import Articles
from crawler.ask import Answer, Asker
from crawler.column import ColumnWalker, Walked
from crawler.files import Files
from crawler.furniture import ENOUGH, common, sample
from crawler.opening import Opened, Opener
from crawler.reading.address import canonical
from crawler.reading.document import Document
from crawler.reading.includes import Include, find_includes, site_map, written_parts
from crawler.reading.menu_heads import is_home
from crawler.reading.menus import Match, MenuLink, match_columns, menu_links
from crawler.recall import Recall
from crawler.render import Renderer
from ledger import clock
from ledger.facts import Address, ColumnReading, Found, Run
from ledger.site import HOME_PATH, Column, ColumnPath, Site
from ledger.store import Ledger
from ledger.words import ColumnKind, Frequency, Outcome

_log = logging.getLogger(__name__)

MAX_CHANNELS = 60
"""Pages opened only to look for columns in their menus, a run."""
SURE = 0.75
"""The certainty from which a match is taken before every likely page has been opened."""


@contextmanager
def _one_page(url: str) -> Iterator[None]:
    """A page our menu readers stumble over costs what it would have told, not the night."""
    try:
        yield
    except Exception:  # noqa: BLE001 - whatever a hostile page provokes
        _log.exception("reading the menus of %s failed", url)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an inspection has come; `column` is the one just finished."""

    done: int
    total: int
    column: str
    pages: int


class Inspection:
    """Carries one run through. What is committed is never asked again."""

    def __init__(
        self,
        site: Site,
        run: Run,
        ledger: Ledger,
        asker: Asker,
        *,
        renderer: Renderer | None = None,
        progress: Callable[[Progress], None] | None = None,
        renew: Callable[[], None] | None = None,
    ) -> None:
        self.site = site
        self.run = run
        self.ledger = ledger
        self.asker = asker
        self.opener = Opener(asker, site.home, run.as_of, renderer)
        self.recall = Recall(ledger, run, site.crawl, site.freshness.limits)
        self.walker = ColumnWalker(self.opener, site.crawl, run.as_of, self.recall)
        self.progress = progress
        self.renew = renew
        self.finished = ledger.finished_columns(run.id)
        self.resumed = len(self.finished - {HOME_PATH})
        self.links: list[MenuLink] = []
        self.addresses: dict[ColumnPath, tuple[str, Found]] = {}
        self._harvested: set[str] = set()
        self._includes: list[Include] = []
        self._site_map: Include | None = None
        self._homes = frozenset({site.home})
        self._furnished = False
        self._home_outcome = Outcome.OK
        self.unread = self.unread_files = 0
        # Once a month a portal's layout is learned anew.
        before = ledger.previous_run(run)
        same = before is not None and before.as_of.replace(day=1) == run.as_of.replace(day=1)
        self._earlier = self._addressed_by = before if same else None
        self._last_resort = None if same else before
        self._borrowed: set[ColumnPath] = set()
        self._lost: dict[ColumnPath, ColumnReading] = {}

    async def inspect(self) -> None:
        """Walk the site from its home page to its last column."""
        self._take_known_addresses()
        await self._read_home()
        channels = 0
        floor = SURE
        while True:
            self._match(floor)
            ready = [c for c in self._open_columns() if c.path in self.addresses]
            if ready:
                await self._learn_furniture(ready)
                await self._walk_all(ready)
                continue
            if not self._open_columns():
                break
            earlier, self._addressed_by = self._addressed_by, None
            if earlier is not None and self._borrow_addresses(earlier):
                continue
            include = self._next_include()
            if include is not None:
                await self._harvest_include(include)
                continue
            parent = self._next_channel() if channels < MAX_CHANNELS else None
            if parent is not None:
                channels += 1
                await self._harvest_channel(*parent)
            elif self._site_map is not None:
                include, self._site_map = self._site_map, None
                await self._harvest_include(include)
            elif self._last_resort is not None:
                earlier, self._last_resort = self._last_resort, None
                self._borrow_addresses(earlier)
            elif floor > 0:
                # Nothing surer will come: a likely match, said to be no more, beats none.
                floor = 0.0
            else:
                break
        for column in self._open_columns():
            self._commit(self._not_found(column))
        articles = Articles(
            self.ledger,
            self.run,
            self.asker,
            self.site.crawl,
            self.recall,
            self.site.home,
            kept=self._tell_articles,
        )
        await articles.read()
        self.unread = articles.left
        files = Files(
            self.ledger,
            self.run,
            self.asker,
            self.site.crawl,
            self.site.attachments,
            self.recall,
            self.site.home,
            kept=self._tell_files,
        )
        await files.read()
        self.unread_files = files.left

    def _open_columns(self) -> list[Column]:
        return [c for c in self.site.columns if c.path not in self.finished]

    def _take_known_addresses(self) -> None:
        """Addresses the roster gives, and those an interrupted run had already matched."""
        for column in self.site.columns:
            if column.url:
                self.addresses[column.path] = (column.url, Found("roster"))
        for known in self.ledger.addresses(self.run.id):
            self.addresses.setdefault(known.path, (known.url, known.found))

    def _borrow_addresses(self, earlier: Run) -> bool:
        """What the run before found and could open, for columns not found so far tonight."""
        sound = self.ledger.finished_columns(earlier.id, Outcome.OK)
        missing = {c.path for c in self._open_columns()} - set(self.addresses) - set(self._lost)
        known = [one for one in self.ledger.addresses(earlier.id) if one.path in missing & sound]
        self.addresses |= {one.path: (one.url, one.found) for one in known}
        self._borrowed |= {one.path for one in known}
        return bool(known)

    def _moved(self, walked: Walked) -> bool:
        """Whether a borrowed address no longer holds: then the column is looked for anew."""
        path = walked.reading.path
        if path not in self._borrowed:
            return False
        self._borrowed.discard(path)
        if walked.reading.outcome not in (Outcome.GONE, Outcome.SOFT_GONE):
            url, found = self.addresses[path]
            self.ledger.save_addresses(self.run.id, [Address(path, url, found)])
            return False
        del self.addresses[path]
        self._lost[path] = walked.reading
        self.ledger.save_visits(self.run.id, walked.visits)
        return True

    async def _read_home(self) -> None:
        unmatched = any(c.path not in self.addresses for c in self._open_columns())
        if HOME_PATH in self.finished and not unmatched:
            return
        home = Column(HOME_PATH, "", (), Frequency.UNSPECIFIED, "")
        walked = await self._walk(home, self.site.home, Found("home"))
        self._home_outcome = walked.reading.outcome
        if walked.document is not None and walked.reading.outcome is Outcome.OK:
            self._homes |= {walked.document.url}
            self._harvest(walked.document, HOME_PATH)
            self._homes |= {link.url for link in self.links if is_home(link.names[-1])}
            self._site_map = site_map(walked.document)
        walked.reading = replace(walked.reading, kind=ColumnKind.HOME)
        self._commit(walked)

    def _harvest(self, doc: Document, under: ColumnPath) -> None:
        """Collect the menu links of a page, once a page, as long as columns are looked for."""
        sought = any(c.path not in self.addresses for c in self.site.columns)
        if not sought or canonical(doc.url) in self._harvested:
            return
        self._harvested.add(canonical(doc.url))
        with _one_page(doc.url):
            for part, above in ((doc, under), *written_parts(doc, under)):
                self.links.extend(menu_links(part, above, self._homes))
            self._includes.extend(find_includes(doc, under))

    def _match(self, floor: float) -> None:
        """Look every column without an address up in the links collected so far.

        Matches less certain than `floor` wait: a page not opened yet may show the column itself.
        """
        wanted = [c.path for c in self._open_columns() if c.path not in self.addresses]
        if not wanted:
            return
        parents = {p[:n] for p in wanted for n in range(1, len(p))} - set(self.addresses)
        known = {path: url for path, (url, _) in self.addresses.items()}
        matches = match_columns([*wanted, *sorted(parents)], self.links, known)
        fresh = {
            path: m
            for path, m in matches.items()
            if path not in self.addresses and m.certainty >= floor
        }
        for path, match in fresh.items():
            self.addresses[path] = (match.url, _found(match))
        self.ledger.save_addresses(
            self.run.id, [Address(m.path, m.url, _found(m)) for m in fresh.values()]
        )

    async def _learn_furniture(self, ready: Sequence[Column]) -> None:
        """Before the first column is read: what stands beside every list of this portal."""
        if self._furnished:
            return
        self._furnished = True
        # A resumed run must read its remaining columns as it read the first ones.
        self.opener.furniture = self.ledger.furniture(self.run.id)
        if self.resumed or self.opener.furniture:
            return
        looked_at = sample([c for c in ready if c.frequency is not Frequency.JUMP])
        urls = dict.fromkeys(self.addresses[c.path][0] for c in looked_at)
        if len(urls) < ENOUGH:
            return
        if self._earlier is not None:
            self.opener.furniture = self.ledger.furniture(self._earlier.id)
            self.ledger.save_furniture(self.run.id, self.opener.furniture)
            sound = self.ledger.finished_columns(self._earlier.id, Outcome.OK)
            # A portal that could be read and repeats nothing has none.
            if self.opener.furniture or sound.issuperset(c.path for c in looked_at):
                return
        with _one_page(self.site.home):
            answers = [await self.opener.keep(url) for url in urls]
            self.opener.furniture = common([a.document for a in answers if a.ok and a.is_page])
        self.ledger.save_furniture(self.run.id, self.opener.furniture)

    async def _walk_all(self, columns: Iterable[Column]) -> None:
        gate = asyncio.Semaphore(max(1, self.site.crawl.concurrency))

        async def one(column: Column) -> None:
            async with gate:
                walked = await self._walk(column, *self.addresses[column.path])
                if self._moved(walked):
                    return
                if walked.document is not None and walked.reading.outcome is Outcome.OK:
                    self._harvest(walked.document, column.path)
                self._commit(walked)

        async with asyncio.TaskGroup() as group:
            for column in columns:
                group.create_task(one(column))

    async def _walk(self, column: Column, url: str, found: Found) -> Walked:
        """Walk one column; a page our readers stumble over costs that column, not the night."""
        try:
            return await self.walker.walk(column, url, found)
        except Exception as error:  # noqa: BLE001 - whatever a hostile page provokes
            _log.exception("reading %s failed", url)
            return Walked(
                ColumnReading(
                    path=column.path,
                    url=url,
                    outcome=Outcome.NOT_RENDERED,
                    kind=ColumnKind.UNKNOWN,
                    found=found,
                    at=clock.now(),
                    detail=f"程序读取该页面时出错（{type(error).__name__}），未据此判断，请把网址反馈给开发者",
                )
            )

    def _next_channel(self) -> tuple[ColumnPath, str] | None:
        """A page whose menus may name columns still missing: the nearest known parent of one."""
        for column in self._open_columns():
            for depth in range(len(column.path) - 1, 0, -1):
                parent = column.path[:depth]
                known = self.addresses.get(parent)
                if known and canonical(known[0]) not in self._harvested:
                    return parent, known[0]
        return None

    async def _harvest_channel(self, path: ColumnPath, url: str) -> None:
        opened: Opened | None = None
        with _one_page(url):
            opened = await self.opener.open(url)
        if opened is not None:
            self.ledger.save_visits(self.run.id, opened.visits)
            if opened.page is not None and opened.outcome is Outcome.OK:
                self._harvest(opened.answer.document, path)
        # Also where it did not open, or led elsewhere: one look a page.
        self._harvested.add(canonical(url))

    def _next_include(self) -> Include | None:
        """An include not asked yet, of the home page or of one above a column still missing."""
        while self._includes:
            include = self._includes.pop(0)
            depth = len(include.under)
            above = any(
                len(c.path) > depth and c.path[:depth] == include.under
                for c in self._open_columns()
            )
            if above and canonical(include.url) not in self._harvested:
                return include
        return None

    async def _harvest_include(self, include: Include) -> None:
        """Collect the links of what a browser would have put into a page; one ask an address."""
        self._harvested.add(canonical(include.url))
        answer: Answer | None = None
        with _one_page(include.url):
            answer = await self.asker.ask(include.url)
        if answer is None:
            return
        self.ledger.save_visits(self.run.id, [answer.visit])
        if not answer.ok or not answer.is_page or canonical(answer.url) == self.opener.home:
            return
        with _one_page(include.url):
            for part, above in include.parts(answer.document):
                self.links.extend(menu_links(part, above, self._homes))

    def _not_found(self, column: Column) -> Walked:
        """The reading of a column no menu led to; the home page's own trouble is the reason."""
        down = self._home_outcome is not Outcome.OK
        detail = (
            f"栏目表没有填写网址，网站首页未能读取（{self._home_outcome.label}），无法查找该栏目"
            if down
            else "栏目表没有填写网址，在网站菜单、栏目导航和面包屑中也没有找到该栏目，"
            "请在栏目表补填网址"
        )
        lost = self._lost.get(column.path)
        if lost is not None:
            detail += f"；上次巡查找到的网址已打不开（{lost.outcome.label}）：{lost.url}"
        return Walked(
            ColumnReading(
                path=column.path,
                url=None,
                outcome=self._home_outcome if down else Outcome.EXCLUDED,
                kind=ColumnKind.UNKNOWN,
                found=Found("none", 0.0),
                at=clock.now(),
                detail=detail,
            )
        )

    def _commit(self, walked: Walked) -> None:
        reading = walked.reading
        self.ledger.save_column(
            self.run.id,
            reading,
            walked.items,
            walked.visits,
            walked.pages,
            walked.known,
            walked.carried,
            walked.access,
            walked.front,
        )
        self.finished.add(reading.path)
        self._tell(" > ".join(reading.path) or "首页")

    def _tell_articles(self, done: int, total: int) -> None:
        self._tell(f"正文 {done}/{total}")

    def _tell_files(self, done: int, total: int) -> None:
        self._tell(f"附件 {done}/{total}")

    def _tell(self, name: str) -> None:
        """A sign of life for the lease and for whoever watches."""
        if self.renew:
            self.renew()
        if self.progress:
            done = len(self.finished - {HOME_PATH})
            self.progress(Progress(done, len(self.site.columns), name, self.asker.spent))


def _found(match: Match) -> Found:
    return Found(match.how, match.certainty, match.text, match.source)
