"""How fast one page is read, against the least any reader must do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.measure import cpu_seconds, middle
from bench.paper import Section
from bench.peers import first_full_date, floor
from bench.portal_pages import AS_OF, Sample, articles, others
from crawler.reading.page import read_page
from demo.portal import Portal

PAGES = 150
"""Pages of each kind; with more of them the figures no longer move."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One way of reading a page."""

    name: str
    read: Callable[[Sample], object]


READERS = (
    Reader("selectolax: parse, all links, visible text (the floor)", lambda s: floor(s.html)),
    Reader("selectolax and regex: first full date in the text", lambda s: first_full_date(s.html)),
    Reader("Xuncha: parse and visible text alone", lambda s: s.document.text),
    Reader("Xuncha: read_page, both readings", lambda s: read_page(s.document, AS_OF)),
)


def measure(runs: int) -> list[Section]:
    """Lists and articles, each by every reader."""
    portal = Portal(AS_OF)
    return [
        _section("Reading a list page", others(portal, PAGES), runs),
        _section("Reading an article page", articles(portal, PAGES), runs),
    ]


def _section(title: str, pages: Sequence[Sample], runs: int) -> Section:
    seconds = _seconds(pages, runs)
    least = seconds[0]
    size = sum(len(page.html) for page in pages) / len(pages)
    return Section(
        title=title,
        how=(
            f"{len(pages)} pages of the demo portal, {size / 1000:.1f} thousand characters on "
            "average, already decoded, in one process; CPU time. The readers take turns within "
            "each run."
        ),
        header=("reader", "ms a page", "pages/s", "times the floor"),
        rows=tuple(
            (
                reader.name,
                f"{1000 * spent / len(pages):.2f}",
                f"{len(pages) / spent:,.0f}",
                f"{spent / least:.1f}",
            )
            for reader, spent in zip(READERS, seconds, strict=True)
        ),
    )


def _seconds(pages: Sequence[Sample], runs: int) -> list[float]:
    """Median CPU seconds of each reader over all pages, after a round that only warms up."""
    for reader in READERS:
        _read_all(reader, pages[:5])
    rounds = [[_read_all(reader, pages) for reader in READERS] for _ in range(runs)]
    return [middle(taken) for taken in zip(*rounds, strict=True)]


def _read_all(reader: Reader, pages: Sequence[Sample]) -> float:
    spent, _ = cpu_seconds(lambda: [reader.read(page) for page in pages])
    return spent
