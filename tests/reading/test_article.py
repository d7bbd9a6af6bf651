"""Article pages in many shapes: title, day, how, and what was seen but not believed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.reading.article import ArticleReading, read_article
from crawler.reading.document import Document

PAGES = Path(__file__).parent / "pages"
TODAY = date(2026, 3, 20)
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (PAGES / "articles.yaml").read_text(encoding="utf-8")
)


def read(name: str) -> ArticleReading:
    html = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    return read_article(Document(html, EXPECTED[name]["url"]), TODAY)


@pytest.mark.parametrize("name", EXPECTED)
def test_article(name: str) -> None:
    wanted = EXPECTED[name]
    reading = read(name)
    published = reading.published
    assert (published.day if published else None) == wanted["day"], reading
    if published is not None:
        assert published.how == wanted["how"], reading
        assert published.text
    if "time" in wanted:
        assert published is not None
        assert published.time == wanted["time"]
    if "title" in wanted:
        assert reading.title == wanted["title"]
    if "source" in wanted:
        assert reading.source == wanted["source"]
    if "others" in wanted:
        assert sorted({other.day for other in reading.others}) == sorted(wanted["others"])
    if "note" in wanted:
        assert any(wanted["note"] in note for note in reading.notes), reading.notes


def test_every_page_has_its_expectation() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == set(EXPECTED)
