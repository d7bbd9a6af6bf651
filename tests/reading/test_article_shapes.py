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
