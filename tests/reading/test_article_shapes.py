"""One trait a page: the line of credits in its many spellings, and dates that are none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.reading.article import read_article
from crawler.reading.document import Document

TODAY = date(2026, 3, 20)
SHAPES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "shapes.yaml").read_text(encoding="utf-8")
)
TEXT = (
    "<p>会议强调，要进一步完善体制机制，落实资金，压实责任，不断提升服务水平和安全水平，"
    "努力推动各项工作再上新台阶，取得新成效。</p>"
)


@pytest.mark.parametrize("name", SHAPES)
def test_shape(name: str) -> None:
    html = SHAPES[name]["html"].replace("{text}", TEXT)
    reading = read_article(Document(html, "http://a.gov.cn/x/1.html"), TODAY)
    assert (reading.published.day if reading.published else None) == SHAPES[name]["day"]


def day_of(html: str) -> str:
    reading = read_article(Document(f"<body>{html}</body>", "http://a.gov.cn/x/1.html"), TODAY)
    return str(reading.published.day if reading.published else None)


BESIDE = "".join(
    f'<tr><td><a href="/b/{n}.html">部门召开重点工作推进座谈会之{n}</a></td>'
    f"<td>2026-01-1{n}</td></tr>"
    for n in range(4)
)
TOOLS = '<a href="javascript:p()">打印本页</a> <a href="javascript:c()">关闭窗口</a>'


def credits(after: str) -> str:
    return (
        f"<table>{BESIDE}</table><h1>2025年10月地方金融运行报告</h1><table><tr><td>来源：统计处</td>"
        f"<td><span>2025-11-14 17:00:00</span></td><td>{after}</td></tr></table>{TEXT}"
    )


def test_links_to_tools_beside_a_day_are_no_title() -> None:
    assert day_of(credits(TOOLS)) == "2025-11-14"


def test_a_day_beside_another_title_is_that_title_s() -> None:
    assert day_of(credits('<a href="/b/9.html">部门召开重点工作推进座谈会</a>')) == "None"


ENGLISH = (
    "<p>The service window, which opened to the public last week, has handled many requests.</p>"
    "<p>By Dec 31, 2025, the city had 8,240 registered residents from abroad, up six percent.</p>"
)


@pytest.mark.parametrize(
    ("credit", "day"),
    [("Updated: March 5, 2026", "2026-03-05"), ("March 5, 2026 Source: City Daily", "2026-03-05")],
)
def test_days_in_english_sentences_are_no_credits(credit: str, day: str) -> None:
    assert day_of(f"<h1>City opens one-stop window</h1><p>{credit}</p>{ENGLISH}") == day


def test_english_prose_alone_gives_no_day() -> None:
    assert day_of(f"<h1>City opens one-stop window</h1>{ENGLISH}") == "None"
