"""Which extractor takes the main text out of Chinese portals' articles best, and at what price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec

from bench.article_shapes import Shape, shapes
from bench.measure import cpu_seconds, middle
from bench.paper import Section
from bench.peers import visible
from bench.portal_pages import AS_OF
from crawler.reading.article import read_article
from crawler.reading.document import Document

_RUN = 4
_ADDRESS = "http://www.qinghe.example/zwgk/tzgg/202603/t20260308_7001.html"


@dataclass(frozen=True, slots=True)
class Extractor:
    """One way of getting at the main text; `needs` is the package it takes, if any."""

    name: str
    read: Callable[[str], str]
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """How much of what was read is the text, and how much of the text was read."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def _ours(html: str) -> str:
    return read_article(Document(html, _ADDRESS), AS_OF).text


def _trafilatura(html: str) -> str:
    import trafilatura

    return trafilatura.extract(html, include_comments=False, include_tables=True) or ""


def _readability(html: str) -> str:
    from readability import Document as Readable

    return visible(Readable(html).summary(html_partial=True))


EXTRACTORS = (
    Extractor("Xuncha: read_article, day, source and files included", _ours),
    Extractor("trafilatura", _trafilatura, "trafilatura"),
    Extractor("readability-lxml", _readability, "readability"),
    Extractor("all visible text", visible),
)


def measure(runs: int) -> list[Section]:
    """One table: every extractor that is there, on every shape."""
    pages = shapes()
    there = [one for one in EXTRACTORS if not one.needs or find_spec(one.needs)]
    absent = [one.name for one in EXTRACTORS if one not in there]
    rows, caveats = [], []
    for extractor in there:
        scores = {shape.name: compare(extractor.read(shape.html), shape.text) for shape in pages}
        rows.append(
            (_label(extractor), *_figures(list(scores.values())), _ms(extractor, pages, runs))
        )
        poor = [f"{name} {score.f1:.2f}" for name, score in scores.items() if score.f1 < 0.9]
        if poor and extractor.read is not visible:
            caveats.append(f"{extractor.name.partition(':')[0]} is under 0.9 on: {', '.join(poor)}")
    if absent:
        caveats.append(f"Not installed, hence not measured: {', '.join(absent)} (extra `bench`).")
    return [_section(pages, rows, caveats)]


def compare(found: str, wanted: str) -> Score:
    """The score of a text, by its runs of four characters, white space left out."""
    mine, theirs = _runs(found), _runs(wanted)
    common = sum((mine & theirs).values())
    return Score(
        common / sum(mine.values()) if mine else 0.0,
        common / sum(theirs.values()) if theirs else 0.0,
    )


def _runs(text: str) -> Counter[str]:
    plain = "".join(text.split())
    return Counter(plain[at : at + _RUN] for at in range(max(1, len(plain) - _RUN + 1)) if plain)


def _figures(scores: Sequence[Score]) -> tuple[str, str, str, str]:
    size = len(scores)
    return (
        f"{sum(score.precision for score in scores) / size:.3f}",
        f"{sum(score.recall for score in scores) / size:.3f}",
        f"{sum(score.f1 for score in scores) / size:.3f}",
        f"{min(score.f1 for score in scores):.2f}",
    )


def _ms(extractor: Extractor, pages: Sequence[Shape], runs: int) -> str:
    spent = [cpu_seconds(lambda: [extractor.read(page.html) for page in pages])[0]
             for _ in range(runs)]  # fmt: skip
    return f"{1000 * middle(spent) / len(pages):.2f}"


def _label(extractor: Extractor) -> str:
    packages = {"readability": "readability-lxml"}
    if not extractor.needs:
        return extractor.name
    return f"{extractor.name} {version(packages.get(extractor.needs, extractor.needs))}"


def _section(
    pages: Sequence[Shape], rows: Sequence[tuple[str, ...]], caveats: Sequence[str]
) -> Section:
    size = sum(len(page.html) for page in pages) / len(pages)
    return Section(
        title="Main text of an article",
        how=(
            f"{len(pages)} invented article pages in shapes real portals use, {size / 1000:.1f} "
            "thousand characters on average; the text was labelled when the page was made. Texts "
            "are compared by their runs of four characters, averaged over the pages; CPU time, "
            "parsing included."
        ),
        header=("extractor", "precision", "recall", "F1", "worst F1", "ms a page"),
        rows=tuple(rows),
        caveats=(
            *caveats,
            "The shapes are ours and our extractor was tuned on them; the peers meet them unseen.",
        ),
    )
