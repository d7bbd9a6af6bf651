"""What a full inspection of a large portal costs, beside tools that only follow its links."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench import outside
from bench.large_plan import AS_OF, CHANGED_DAY, Plan, Shape
from bench.large_site import Written, write_changes, write_portal, write_roster
from bench.outside import Missing
from bench.paper import Section
from bench.process import run
from bench.serving import Served, Tally
from ledger.facts import SiteFacts
from ledger.store import Ledger
from ledger.words import Outcome

PAGES = (5_000, 20_000)
"""Articles of the portals measured; the peers take their turns on the largest."""

_NEXT_DAY = AS_OF + timedelta(days=1)
_PATIENCE = 3_600.0
_PEER_SECONDS = 300.0
_CHECKER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Turn:
    """What one tool took, and what the server sent it."""

    wall: float
    cpu: float
    peak: int
    tally: Tally
    ended: bool = True

    @property
    def pages_a_second(self) -> float:
        """Distinct pages of the portal in a second of wall time."""
        return self.tally.pages / self.wall

    @property
    def ms_a_page(self) -> float:
        """CPU milliseconds for each of them."""
        return 1000 * self.cpu / self.tally.pages


@dataclass(frozen=True, slots=True)
class Night:
    """One inspection: its cost and what it found."""

    name: str
    turn: Turn
    items: int
    new: int


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool to hold an inspection against."""

    key: str
    name: str
    does: str


_PEERS = (
    Peer(
        "default",
        "Scrapy, default",
        "follows every link by LinkExtractor, takes title, day and text length by selectors; "
        "default settings, every link made a Request",
    ),
    Peer(
        "tuned",
        "Scrapy, tuned",
        "the same by selectolax, with an own set of seen addresses asked before a Request is "
        "made, CONCURRENT_ITEMS = 4, no cookies, log level INFO",
    ),
    Peer(
        "linkchecker",
        "linkchecker 10.6",
        "follows and checks links, without the limit of ten requests a second it comes with",
    ),
    Peer(
        "lychee",
        "lychee 0.24",
        "checks the links of the pages it is given, and is given all; follows none, uses every "
        "core, runs without the pause between requests it comes with",
    ),
    Peer("wget", "wget -r", "follows links and reads nothing; what it fetched is deleted"),
)
KEYS = tuple(peer.key for peer in _PEERS)


def measure(pages: Sequence[int] = PAGES, peers: Sequence[str] = KEYS) -> list[Section]:
    """Three nights on each size of portal, and the peers on the largest."""
    first_nights: list[Turn] = []
    sections: list[Section] = []
    for articles in sorted(set(pages)):
        with _portal(Shape(articles)) as portal:
            first = portal.first_night()
            first_nights.append(first.turn)
            if articles == max(pages):
                turns = portal.turns([peer for peer in _PEERS if peer.key in peers])
                sections.insert(0, _peers_section(portal, first.turn, *turns))
            sections.append(_nights_section(portal, [first, *portal.later_nights()]))
    if len(first_nights) > 1:
        sections.insert(1, _memory_section(first_nights))
    return sections


class _Large:
    """A portal that is being served, and a site folder and ledger for it."""

    def __init__(self, shape: Shape, place: Path, written: Written, server: Served) -> None:
        self.shape = shape
        self.place = place
        self.written = written
        self.server = server
        self.plan = Plan(shape)
        self.folder = write_roster(place / "large", server.url, self.plan)
        self.ledger = f"sqlite:///{place}/bench.db"

    def first_night(self) -> Night:
        """An inspection that finds everything new."""
        return self._night("first", AS_OF)

    def later_nights(self) -> list[Night]:
        """A night before which nothing changed, and one before which a little did."""
        unchanged = self._night("second, nothing changed", _NEXT_DAY)
        changed = Plan(self.shape, CHANGED_DAY)
        write_changes(self.server.root, self.plan, changed)
        night = self._night("third, 1 % of the articles new or edited", CHANGED_DAY)
        grown = sum(changed.grown.values())
        if night.new != grown or unchanged.new:
            raise SystemExit(f"{night.new} of {grown} new items found: nothing measured")
        return [unchanged, night]

    def _night(self, name: str, day: date) -> Night:
        say(f"{self.shape.articles:,} articles: the night {name}")
        self.server.forget()
        arguments = (str(self.folder), self.ledger, day.isoformat())
        cost = run("bench.inspector", *arguments, patience=_PATIENCE)
        turn = Turn(cost.work_wall, cost.work_cpu, cost.peak, self.server.tally())
        with Ledger.open(self.ledger) as ledger:
            number = cost.answer["run"]
            _refuse_unsound(ledger.facts(number), self.shape)
            new = ledger.new_items(number)
        return Night(name, turn, cost.answer["items"], new)

    def turns(self, peers: Sequence[Peer]) -> tuple[list[tuple[Peer, Turn]], list[str]]:
        """What each peer took, and a sentence for each that could not take its turn."""
        turns: list[tuple[Peer, Turn]] = []
        missing: list[str] = []
        for peer in peers:
            say(f"{self.shape.articles:,} articles: {peer.name}")
            self.server.forget()
            try:
                wall, cpu, peak, ended = self._turn(peer.key)
            except Missing as why:
                missing.append(f"Not in the table: {peer.key}, because {why}.")
                continue
            turn = Turn(wall, cpu, peak, self.server.tally(), ended)
            if turn.tally.pages:
                turns.append((peer, turn))
            else:
                missing.append(f"Not in the table: {peer.key}, because it fetched no page.")
        return turns, missing

    def _turn(self, key: str) -> tuple[float, float, int, bool]:
        home = f"{self.server.url}/"
        if key in ("default", "tuned"):
            cost = run(
                "bench.follower",
                *(key, home, str(_PEER_SECONDS)),
                patience=_PATIENCE,
                log=self.place / f"{key}.log",
            )
            return cost.work_wall, cost.work_cpu, cost.peak, cost.answer["ended"]
        if key == "lychee":
            pages = [self.server.url + target for target in self.written.targets]
            spent = outside.lychee(pages, self.place, _PEER_SECONDS)
        elif key == "wget":
            spent = outside.wget(home, self.place, _PEER_SECONDS)
        else:
            spent = outside.linkchecker(home, self.place, _CHECKER_SECONDS)
        return spent.wall, spent.cpu, spent.peak, spent.ended


@contextmanager
def _portal(shape: Shape) -> Iterator[_Large]:
    with tempfile.TemporaryDirectory(prefix="xuncha-bench-") as name:
        place = Path(name)
        say(f"{shape.articles:,} articles: writing the portal")
        written = write_portal(place / "www", Plan(shape))
        with Served(place / "www", place / "server") as server:
            yield _Large(shape, place, written, server)


def _refuse_unsound(facts: SiteFacts, shape: Shape) -> None:
    """A reader that fails is quick; its figures are not worth having."""
    for seen in facts.columns:
        whole = seen.reading is not None and seen.reading.outcome is Outcome.OK
        if not whole or len(seen.items) < shape.each:
            where = " > ".join(seen.column.path)
            raise SystemExit(f"{where}: {len(seen.items)} of {shape.each} items: nothing measured")


def say(text: str) -> None:
    """What is being done, for whoever waits."""
    print(f"  {text} …", file=sys.stderr, flush=True)


def _peers_section(
    portal: _Large, ours: Turn, turns: Sequence[tuple[Peer, Turn]], missing: Sequence[str]
) -> Section:
    size = portal.written.size / len(portal.written.targets)
    us = Peer("xuncha", "Xuncha", "a full inspection, everything kept in SQLite")
    rows = [(us, ours), *turns]
    return Section(
        title="A full inspection of a large portal, and tools that follow its links",
        how=(
            f"{len(portal.written.targets):,} pages of {size / 1000:.0f} KB on average "
            f"({portal.shape.articles:,} articles in {portal.shape.columns} columns, lists of "
            f"{portal.shape.page_size}, about 50 links a page), invented, served by "
            f"{portal.server.name}, on the other core. One run each, one after the other, each in "
            "a process of its own; starting Python and importing left out where the tool is ours. "
            "Pages, requests and bytes are what the server's log says: a page is an address of the "
            "portal that was answered whole at least once."
        ),
        header=(
            *("tool", "pages", "requests", "MB", "wall s", "CPU s", "pages/s", "CPU ms a page"),
            *("peak MB", "Xuncha times as fast", "by CPU"),
        ),
        rows=tuple(_row(peer, turn, ours) for peer, turn in rows),
        caveats=(
            *(f"{peer.name}: {peer.does}." for peer, _ in rows),
            *_boxed(turns),
            *missing,
        ),
    )


def _row(peer: Peer, turn: Turn, ours: Turn) -> tuple[str, ...]:
    return (
        peer.name,
        f"{turn.tally.pages:,}",
        f"{turn.tally.requests:,}",
        f"{turn.tally.sent / 1e6:,.1f}",
        f"{turn.wall:.1f}",
        f"{turn.cpu:.1f}",
        f"{turn.pages_a_second:,.0f}",
        f"{turn.ms_a_page:.2f}",
        f"{turn.peak / 1e6:.0f}",
        f"{ours.pages_a_second / turn.pages_a_second:.2f}",
        f"{turn.ms_a_page / ours.ms_a_page:.2f}",
    )


def _boxed(turns: Sequence[tuple[Peer, Turn]]) -> list[str]:
    return [
        f"{peer.name}: stopped after {turn.wall:.0f} s; its figures are of what it did until then."
        for peer, turn in turns
        if not turn.ended
    ]


def _memory_section(turns: Sequence[Turn]) -> Section:
    least = turns[0]
    return Section(
        title="Memory and the size of a portal",
        how="Peak resident memory of a first night on portals of one kind, smaller and larger.",
        header=("pages", "peak MB", "of the smallest", "CPU ms a page"),
        rows=tuple(
            (
                f"{turn.tally.pages:,}",
                f"{turn.peak / 1e6:.0f}",
                f"{turn.peak / least.peak:.2f}",
                f"{turn.ms_a_page:.2f}",
            )
            for turn in turns
        ),
    )


_Figure = tuple[str, Callable[[Turn], float]]
_FIGURES: tuple[_Figure, ...] = (
    ("{:,.0f}", lambda turn: turn.tally.requests),
    ("{:,.2f}", lambda turn: turn.tally.sent / 1e6),
    ("{:.2f}", lambda turn: turn.cpu),
    ("{:.2f}", lambda turn: turn.wall),
)


def _nights_section(portal: _Large, nights: Sequence[Night]) -> Section:
    first = nights[0].turn
    return Section(
        title=f"First, unchanged and slightly changed night of {portal.shape.articles:,} articles",
        how=(
            "The same site and ledger on three days. Before the third night half a percent of the "
            "articles is new, on a fifth of the columns, and another half percent is edited. "
            "In brackets the share of the first night."
        ),
        header=("night", "requests", "MB", "CPU s", "wall s", "answered 304", "items", "new items"),
        rows=tuple(
            (
                night.name,
                *(_shared(form, figure(night.turn), figure(first)) for form, figure in _FIGURES),
                f"{night.turn.tally.unchanged:,}",
                f"{night.items:,}",
                f"{night.new:,}",
            )
            for night in nights
        ),
    )


def _shared(form: str, value: float, first: float) -> str:
    return f"{form.format(value)} ({100 * value / first:.1f} %)" if first else form.format(value)
