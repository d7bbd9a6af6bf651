"""The pages as a browser shows them: a real Chromium, files opened from disk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from reports import PaperCase, load

pytestmark = pytest.mark.browser

COLUMNS = 21

# Every piece of text a reader sees, with its contrast against what is painted behind it.
CONTRAST = """
() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data);
  };
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let n = node; n; n = n.parentElement) {
      const c = rgb(getComputedStyle(n).backgroundColor);
      if (c[3] === 255) return c;
    }
    return [255, 255, 255, 255];
  };
  const bad = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !node.checkVisibility()) continue;
    if (['SCRIPT', 'STYLE', 'OPTION'].includes(node.tagName)) continue;
    const a = light(rgb(getComputedStyle(node).color)), b = light(behind(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const text = walk.currentNode.data.trim().slice(0, 20);
    if (ratio < 4.5) bad.push([ratio.toFixed(2), node.className, text]);
  }
  return bad;
}
"""

NAMELESS = """
() => Array.from(document.querySelectorAll('a[href], button, input, select, [role=region]'))
  .filter(n => n.checkVisibility())
  .filter(n => !(n.textContent.trim() || n.getAttribute('aria-label')
                 || n.getAttribute('aria-labelledby') || (n.labels && n.labels.length)))
  .map(n => n.outerHTML.slice(0, 120))
"""


@dataclass
class Opened:
    """A page and what it did on the side."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def shown(self) -> list[str]:
        """The numbers of the visible rows of the main table, from above."""
        rows: list[str] = self.page.evaluate(
            "() => [...document.querySelectorAll('#grid tbody tr')]"
            ".filter(r => r.checkVisibility()).map(r => r.id.slice(2))"
        )
        return rows


Open = Callable[..., Any]


@pytest.fixture
def pages(case: PaperCase, tmp_path: Path) -> dict[str, Path]:
    """Both papers as files on disk."""
    written = {}
    for name in ("nightly", "month"):
        paper = load()[name]
        written[name] = tmp_path / f"{name}.html"
        written[name].write_bytes(paper.render(paper.build(case), "html"))
    return written


@pytest.fixture
def visit(browser: Browser) -> Open:
    """Open a file in a fresh context and watch what it says and asks for."""

    @contextmanager
    def opened(file: Path, **context: Any) -> Iterator[Opened]:
        with browser.new_context(**context) as held:
            page = held.new_page()
            seen = Opened(page)
            page.on("console", lambda message: seen.said.append(message.text))
            page.on("pageerror", lambda error: seen.said.append(str(error)))
            page.on("request", lambda request: seen.asked.append(request.url))
            page.goto(file.as_uri())
            yield seen

    return opened


@pytest.mark.parametrize("name", ["nightly", "month"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_from_disk_in_silence_and_asks_nobody(
    name: str, scheme: str, pages: dict[str, Path], visit: Open
) -> None:
    with visit(pages[name], color_scheme=scheme) as opened:
        assert opened.page.locator("#grid tbody tr").count() == COLUMNS
        assert opened.said == []
        assert [url for url in opened.asked if not url.startswith("data:")] == [
            pages[name].as_uri()
        ]
        assert opened.page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("name", ["nightly", "month"])
def test_text_of_the_portal_stays_text(name: str, pages: dict[str, Path], visit: Open) -> None:
    source = pages[name].read_text(encoding="utf-8")
    assert "<script>document" not in source
    assert "\u202e" not in source
    with visit(pages[name]) as opened:
        page = opened.page
        assert "owned" not in page.title()
        # Figures of ours are pictures within the page; a portal's markup makes none.
        ours = 'figure > img[src^="data:image/svg+xml;base64,"]'
        strange = f"img:not({ours}), iframe, object, embed, form[action], style ~ style"
        assert page.locator(strange).count() == 0
        hrefs = page.eval_on_selector_all("a", "links => links.map(l => l.getAttribute('href'))")
        assert all(re.match(r"https?://|#", href) for href in hrefs)
        handlers = page.evaluate(
            "() => [...document.querySelectorAll('body *')]"
            ".flatMap(n => n.getAttributeNames()).filter(n => n.startsWith('on') || n === 'style')"
        )
        assert handlers == []
        outward = page.locator('a[href^="http"]').first
        assert outward.get_attribute("rel") == "noopener noreferrer nofollow"


def test_the_policy_stops_what_is_smuggled_in(pages: dict[str, Path], visit: Open) -> None:
    text = pages["nightly"].read_text(encoding="utf-8")
    forged = "<script>document.title='owned'</script><img src=https://evil.example/x>"
    pages["nightly"].write_text(text.replace("<main", forged + "<main", 1), encoding="utf-8")
    with visit(pages["nightly"]) as opened:
        assert "owned" not in opened.page.title()
        assert len(opened.said) == 2
        assert all("Content Security Policy" in said for said in opened.said)


def test_a_tile_filters_and_again_shows_all(pages: dict[str, Path], visit: Open) -> None:
    with visit(pages["nightly"]) as opened:
        page = opened.page
        page.get_by_role("button", name="5 逾期").click()
        assert opened.shown() == ["2", "9", "10", "11", "20"]
        assert page.get_by_role("button", name="5 逾期").get_attribute("aria-pressed") == "true"
        assert page.locator("#shown").inner_text() == "显示 5 / 21 个栏目"
        assert page.locator("#f-verdict").input_value() == "overdue"
        page.get_by_role("button", name="5 逾期").click()
        assert len(opened.shown()) == COLUMNS


def test_filtering_and_sorting_by_keyboard_alone(pages: dict[str, Path], visit: Open) -> None:
    with visit(pages["nightly"]) as opened:
        page = opened.page
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "跳到栏目总表"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.locator(":focus").get_attribute("id") == "q"
        page.keyboard.type("政务公开 区卫健委")
        assert opened.shown() == ["9", "14"]
        page.keyboard.press("Tab")
        for _ in range(4):
            page.keyboard.press("ArrowDown")
        assert page.locator("#f-verdict").input_value() == "unreachable"
        assert opened.shown() == ["14"]
        page.locator("#q").focus()
        page.keyboard.press("Control+a")
        page.keyboard.type("没有这样的栏目")
        assert opened.shown() == []
        assert page.locator("#none").is_visible()
        page.get_by_role("button", name="清除筛选").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("document.getElementById('none').hidden")
        assert len(opened.shown()) == COLUMNS

        page.get_by_role("button", name="已过天数").focus()
        page.keyboard.press("Enter")
        head = page.get_by_role("columnheader", name="已过天数")
        assert head.get_attribute("aria-sort") == "ascending"
        assert opened.shown()[:2] == ["1", "21"]
        page.keyboard.press("Space")
        assert head.get_attribute("aria-sort") == "descending"
        assert opened.shown()[:3] == ["4", "10", "6"]
        # What has no age stands last in both directions.
        assert set(opened.shown()[-9:]) == {"7", "8", "12", "13", "14", "15", "16", "17", "18"}
        assert page.locator("th[aria-sort]").count() == 1
        assert page.locator("#f-sort").input_value().endswith("descending")


def test_units_filter_columns_of_several_units(pages: dict[str, Path], visit: Open) -> None:
    with visit(pages["nightly"]) as opened:
        opened.page.locator("#f-unit").select_option(label="区住建局")
        assert opened.shown() == ["11"]
        opened.page.locator("#f-unit").select_option(label="（未填责任单位）")
        assert sorted(opened.shown()) == ["19", "7", "8"]


def test_soon_and_all_problems_can_be_picked(pages: dict[str, Path], visit: Open) -> None:
    with visit(pages["nightly"]) as opened:
        opened.page.locator("#f-verdict").select_option("soon")
        assert opened.shown() == ["3"]
        opened.page.locator("#f-verdict").select_option("problems")
        assert len(opened.shown()) == 9


def test_a_link_to_a_hidden_row_shows_it(pages: dict[str, Path], visit: Open) -> None:
    with visit(pages["nightly"]) as opened:
        page = opened.page
        page.get_by_role("button", name="2 空白").click()
        page.locator('#units a[href="#c-9"]').click()
        page.wait_for_function("document.activeElement.id === 'c-9'")
        assert page.locator("#c-9").is_visible()


@pytest.mark.parametrize("name", ["nightly", "month"])
def test_without_scripts_nothing_is_missing(name: str, pages: dict[str, Path], visit: Open) -> None:
    with visit(pages[name], java_script_enabled=False) as opened:
        rows = opened.page.locator("#grid tbody tr")
        assert rows.count() == COLUMNS
        assert all(rows.nth(number).is_visible() for number in range(COLUMNS))
        assert not opened.page.locator("#tools").is_visible()
        assert opened.page.locator("th button").count() == 0
        if name == "nightly":
            assert opened.page.locator(".tile").first.is_visible()


@pytest.mark.parametrize("name", ["nightly", "month"])
@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1366])
def test_no_width_makes_the_page_scroll_sideways(
    name: str, width: int, pages: dict[str, Path], visit: Open
) -> None:
    with visit(pages[name], viewport={"width": width, "height": 844}) as opened:
        wide = opened.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
        if width < 760:
            first = opened.page.locator("#grid tbody tr").first.bounding_box()
            assert first is not None
            assert first["x"] + first["width"] <= width


@pytest.mark.parametrize("name", ["nightly", "month"])
def test_print_shows_every_row_and_repeats_the_head(
    name: str, pages: dict[str, Path], visit: Open
) -> None:
    with visit(pages[name]) as opened:
        page = opened.page
        page.locator("#q").fill("统计信息")
        assert len(opened.shown()) < COLUMNS
        page.emulate_media(media="print")
        assert len(opened.shown()) == COLUMNS
        assert page.evaluate("getComputedStyle(document.querySelector('#grid thead')).display") == (
            "table-header-group"
        )
        assert not page.locator("#tools").is_visible()
        assert page.locator("#grid th .paper").first.is_visible()
        assert page.evaluate(CONTRAST) == []
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["nightly", "month"])
def test_basics_for_assistive_technology(name: str, pages: dict[str, Path], visit: Open) -> None:
    with visit(pages[name]) as opened:
        page = opened.page
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        assert page.locator("h1").count() == 1
        assert page.evaluate(NAMELESS) == []
        assert page.locator("table:not(:has(> caption))").count() == 0
        assert page.locator("#grid thead th:not([scope=col])").count() == 0
        ids = page.eval_on_selector_all("[id]", "nodes => nodes.map(n => n.id)")
        assert len(ids) == len(set(ids))
        levels = page.eval_on_selector_all(
            "h1, h2, h3", "nodes => nodes.map(n => Number(n.tagName[1]))"
        )
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert page.get_by_role("status").count() == 1
        # The word says what the colour says.
        badges = page.locator("#grid .badge")
        assert all(badges.nth(number).inner_text().strip() for number in range(badges.count()))


def test_a_quiet_night_says_so_in_one_word(case: PaperCase, tmp_path: Path, visit: Open) -> None:
    earlier = replace(case.judgement, as_of=case.judgement.as_of - timedelta(days=1))
    quiet = replace(case, previous=earlier, previous_findings=case.findings, new_items=0)
    paper = load()["nightly"]
    file = tmp_path / "quiet.html"
    file.write_bytes(paper.render(paper.build(quiet), "html"))
    with visit(file) as opened:
        assert opened.page.locator("#changes .headline").inner_text() == "无变化"
