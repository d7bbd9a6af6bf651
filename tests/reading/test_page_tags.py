"""The tags of the guide, found under whatever spelling a page gives them."""

from __future__ import annotations

import pytest

from crawler.reading.document import Document
from crawler.reading.page_tags import page_tags


def tags(head: str) -> dict[str, str]:
    return dict(page_tags(Document(f"<html><head>{head}</head><body></body></html>")))


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("SiteName", "SiteName"),
        ("sitename", "SiteName"),
        ("SITEIDCODE", "SiteIDCode"),
        ("Site-Domain", "SiteDomain"),
        ("SiteDomin", "SiteDomain"),
        ("ColumnDescrption", "ColumnDescription"),
        ("columnkeyword", "ColumnKeywords"),
        ("CloumnName", "ColumnName"),
        ("ColumnType ", "ColumnType"),
        ("ArticelTitle", "ArticleTitle"),
        ("publishdate", "PubDate"),
        ("ContentSourse", "ContentSource"),
        ("keywords", "Keywords"),
        ("Discription", "Description"),
        ("url", "Url"),
    ],
)
def test_spellings(written: str, wanted: str) -> None:
    assert tags(f'<meta name="{written}" content=" 甲\n乙 ">') == {wanted: "甲 乙"}


@pytest.mark.parametrize(
    "written",
    ["og:description", "twitter:url", "viewport", "robots", "DC.Author"],
)
def test_tags_of_others(written: str) -> None:
    assert tags(f'<meta name="{written}" content="甲">') == {}


def test_empty_and_commented_tags() -> None:
    assert tags('<meta name="SiteName" content=" "><!-- <meta name="Author" content="x"> -->') == {
        "SiteName": ""
    }


def test_twice_given() -> None:
    head = '<meta name="PubDate" content=""><meta name="PubDate" content="2026-03-08 09:30">'
    assert tags(head) == {"PubDate": "2026-03-08 09:30"}
    head = '<meta name="publishdate" content="甲"><meta name="PubDate" content="乙">'
    assert tags(head) == {"PubDate": "乙"}
