"""The portal's pages: there, believable, deterministic."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from demo.frame import ago, cn
from demo.looks import page_at, pages
from demo.model import Board
from demo.parts import Standing, cast
from demo.portal import Change, Portal
from demo.reply import Ending, Reply
from demo.table import rows

STATUS = {
    Standing.GONE: 404,
    Standing.BLOCKED: 412,
    Standing.SERVER_ERROR: 500,
    Standing.TIMEOUT: 0,
    Standing.RESET: 0,
    Standing.JUMP_302: 302,
}


def text_of(reply: Reply) -> str:
    assert isinstance(reply.body, bytes)
    kind = dict(reply.headers).get("Content-Type", "")
    gbk = "gbk" in kind or b"charset=gb2312" in reply.body[:400]
    return reply.body.decode("gb18030" if gbk else "utf-8")


def links(reply: Reply, at: str) -> set[str]:
    tree = LexborHTMLParser(text_of(reply))
    found = (node.attributes.get("href") or "" for node in tree.css("a[href]"))
    return {urlsplit(urljoin(f"http://demo{at}", href)).path for href in found}


def shown_forms(board: Board, day: date, as_of: date) -> set[str]:
    return {
        day.isoformat(), cn(day), f"{day:%Y.%m.%d}", f"{day.year}/{day.month}/{day.day}",
        f"[{day:%m-%d}]", ago(day, as_of), f"<b>{day:%d}</b><i>{day:%Y-%m}</i>",
    }  # fmt: skip


def test_the_table_is_the_contracts_own_66_rows() -> None:
    assert len(rows()) == 66
    assert len({row.path for row in rows()}) == 66
    assert max(len(row.path) for row in rows()) == 4


def test_every_column_page_answers_as_its_state_says(portal: Portal) -> None:
    for board in portal.boards.values():
        reply = portal.answer(board.part.at)
        assert reply.status == STATUS.get(board.part.state, 200), board.path


def test_every_list_page_and_article_is_there(portal: Portal) -> None:
    assert len(portal.paths) > 2000
    for path in portal.paths:
        assert portal.answer(path).status in (200, 302), path


def test_list_pages_hold_every_item_once_and_pagers_lead_to_all(portal: Portal) -> None:
    for board in portal.boards.values():
        if not board.entries:
            continue
        part = board.part
        count = pages(part, len(board.entries))
        seen: set[str] = set()
        for number in range(1, count + 1):
            page = portal.answer(page_at(part, number))
            tree = LexborHTMLParser(text_of(page))
            bases = f"http://demo{page_at(part, number)}"
            found = {urljoin(bases, n.attributes.get("href") or "") for n in tree.css("a[href]")}
            seen |= {address.removeprefix("http://demo") for address in found}
            if number < count and part.family not in ("trs", "uuid"):
                assert urljoin(bases, page_at(part, number + 1)) in found, board.path
        assert {entry.at for entry in board.entries} <= seen, board.path


@pytest.mark.parametrize("family", ["trs", "uuid"])
def test_script_pagers_name_the_right_number_of_pages(portal: Portal, family: str) -> None:
    for board in portal.boards.values():
        if board.part.family != family:
            continue
        count = pages(board.part, len(board.entries))
        text = text_of(portal.answer(board.part.at))
        wanted = f"({count},0," if family == "trs" else f"('page-div',{count},1,"
        assert f"createPageHTML{wanted}" in text


def test_the_newest_day_stands_on_the_first_page_or_in_the_article(portal: Portal) -> None:
    for board in portal.boards.values():
        newest = board.newest(portal.as_of)
        if newest is None:
            continue
        text = text_of(portal.answer(board.part.at))
        if board.part.family == "undated":
            assert not any(e.shown in text for e in board.entries[:15]), board.path
            first = next(e for e in board.entries if e.day == newest)
            text = text_of(portal.answer(first.at))
            assert f"发布时间：{newest.isoformat()}" in text
        assert any(form in text for form in shown_forms(board, newest, portal.as_of)), board.path


def test_every_column_without_address_is_found_by_links(portal: Portal) -> None:
    """From the home page through the menus and the pages of parents only."""
    reached, waiting = set[str](), ["/"]
    parents = {channel.at for channel in portal.cast.channels}
    while waiting:
        at = waiting.pop()
        if at in reached:
            continue
        reached.add(at)
        if at == "/" or at in parents:
            waiting += links(portal.answer(at), at) & (
                parents | {b.part.at for b in portal.boards.values()}
            )
    for board in portal.boards.values():
        assert (board.part.at in reached) is (board.part.menu != "none"), board.path


def test_pages_carry_other_days_than_their_own(portal: Portal) -> None:
    late = portal.boards[("首页", "通知公告")]
    text = text_of(portal.answer(late.part.at))
    assert "2026年3月20日 星期五" in text
    assert "Copyright © 2012-2026" in text
    sidebar = text[text.index("最新发布") :]
    days = {date.fromisoformat(found) for found in re.findall(r"\d{4}-\d\d-\d\d", sidebar)}
    newest = late.newest(portal.as_of)
    assert newest is not None
    assert max(days) > newest


def test_pinned_items_stand_on_top_and_are_older(portal: Portal) -> None:
    board = portal.boards[("首页", "区政务要闻")]
    tops = board.entries[:3]
    assert [entry.pinned for entry in tops] == [True, True, True]
    newest = board.newest(portal.as_of)
    assert newest is not None
    assert all(entry.day is not None and entry.day < newest for entry in tops)


def test_the_printing_moment_is_no_publication_day(portal: Portal) -> None:
    board = portal.boards[("政务公开", "法定公开内容", "预决算公开")]
    text = text_of(portal.answer(board.entries[0].at))
    stamp = "2026-03-18 03:12:45"
    assert f'name="PubDate" content="{stamp}"' in text
    assert f"页面生成时间 {stamp}" in text
    assert f"发布时间：{board.entries[0].shown}" in text


def test_lists_without_years_hold_less_than_a_year() -> None:
    for seed in range(1, 15):
        portal = Portal(date(2026, 3, 20), seed=seed)
        for board in portal.boards.values():
            if board.part.family == "short":
                days = [e.day for e in board.entries if e.day]
                assert (max(days) - min(days)).days < 365


def test_gbk_pages_declare_themselves_where_they_should(portal: Portal) -> None:
    header = portal.answer("/fgw/ghxx/")
    assert dict(header.headers)["Content-Type"] == "text/html; charset=gbk"
    silent = portal.answer("/tjj/tjxx/")
    assert dict(silent.headers)["Content-Type"] == "text/html"
    assert b"charset=gb2312" in silent.body  # type: ignore[operator]
    assert "主要经济指标" in text_of(silent) or "统计" in text_of(silent)


def test_soft_sections_answer_every_address_alike(portal: Portal) -> None:
    for column, word in (("/gkml/qzqd/", "不存在"), ("/zd/gkzd/", "推荐")):
        section = column.split("/")[1]
        real, random = portal.answer(column), portal.answer(f"/{section}/k3jd82hs/")
        assert real == random
        assert real.status == 200
        assert word in text_of(real)
    assert "不存在" not in text_of(portal.answer("/zd/gkzd/"))
    assert portal.answer("/k3jd82hs.html").status == 404
    assert portal.answer("/zwgk/k3jd82hs.html").status == 404


def test_faulty_columns_show_what_they_should(portal: Portal) -> None:
    zdly = "/zwgk/fd/zdly"
    assert "暂无信息" in text_of(portal.answer(f"{zdly}/ywjy/"))
    assert "建设中" in text_of(portal.answer(f"{zdly}/snbt/"))
    assert "$_ts" in text_of(portal.answer(f"{zdly}/shjz/"))
    assert portal.answer(f"{zdly}/ylws/").ending is Ending.HANG
    assert portal.answer(f"{zdly}/ylws/index.html").ending is Ending.HANG
    assert '<div id="app"></div>' in text_of(portal.answer(f"{zdly}/qsyfw/"))
    assert "-02-30" in text_of(portal.answer("/zwgk/fd/jcxx/dfzw/"))
    assert "2026-03-29" in text_of(portal.answer("/zwgk/fd/jcxx/zdjc2/"))


def test_jumps_lead_where_they_should(portal: Portal) -> None:
    assert dict(portal.answer("/zwgk/fd/xzxk/").headers)["Location"] == "/xzxkgs/"
    assert 'content="0;url=/xzcf/"' in text_of(portal.answer("/zwgk/fd/xzxk/xzcf/"))
    assert 'href = "/link/zwfw/index.html"' in text_of(portal.answer("/zwgk/fd/xzxk/qt/"))
    assert portal.answer("/link/zfcg/index.html").status == 200
    assert portal.answer("/link/ksrc/ksxx.html").status == 404


def test_folders_without_a_slash_are_led_to_it(portal: Portal) -> None:
    reply = portal.answer("/xzcf")
    assert (reply.status, dict(reply.headers)["Location"]) == (301, "/xzcf/")


def test_the_same_day_and_seed_give_the_same_bytes(portal: Portal) -> None:
    again = Portal(portal.as_of)
    for path in portal.paths[::37]:
        assert again.answer(path) == portal.answer(path)
    other = Portal(portal.as_of, seed=2)
    assert set(other.paths) != set(portal.paths)


def test_the_next_night_brings_nothing_new(portal: Portal) -> None:
    night = Portal(portal.as_of, night=1)
    assert night.as_of == portal.as_of + timedelta(days=1)
    assert night.boards == portal.boards
    assert night.paths == portal.paths
    assert Portal(night.as_of, anchor=portal.as_of).boards == portal.boards


def test_changes_add_items_and_move_no_other(portal: Portal) -> None:
    path = ("首页", "通知公告")
    day = portal.as_of + timedelta(days=1)
    night = Portal(portal.as_of, night=1, changes=[Change(path, day=day, title="关于停气的通告")])
    old, new = portal.boards[path], night.boards[path]
    assert {e.at for e in new.entries} > {e.at for e in old.entries}
    assert new.newest(night.as_of) == day
    assert "关于停气的通告" in text_of(night.answer(new.part.at))
    rest = {p: b for p, b in night.boards.items() if p != path}
    assert rest == {p: b for p, b in portal.boards.items() if p != path}


def test_an_item_put_in_later_stands_where_its_day_belongs(portal: Portal) -> None:
    path = ("首页", "通知公告")
    day = portal.as_of - timedelta(days=20)
    night = Portal(portal.as_of, night=1, changes=[Change(path, day=day, title="补登的通告")])
    days = [e.day for e in night.boards[path].entries if e.day and not e.pinned]
    assert days == sorted(days, reverse=True)
    assert day in days
    assert days[0] != day


def test_an_item_can_be_edited_and_its_page_lost(portal: Portal) -> None:
    path = ("首页", "通知公告")
    old = portal.boards[path]
    redated, edited, lost = (e for e in old.entries[:3])
    day = portal.as_of - timedelta(days=9)
    changes = [
        Change(path, at=redated.at, day=day),
        Change(path, at=edited.at, text="罚款标准调整为每亩200元。"),
        Change(path, at=lost.at, gone=True),
    ]
    night = Portal(portal.as_of, night=1, changes=changes)
    new = {e.at: e for e in night.boards[path].entries}
    assert new.keys() == {e.at for e in old.entries}
    assert (new[redated.at].day, new[redated.at].title) == (day, redated.title)
    assert "每亩200元" in text_of(night.answer(edited.at))
    assert "每亩200元" not in text_of(portal.answer(edited.at))
    assert night.answer(lost.at).status == 404
    assert portal.answer(lost.at).status == 200
    assert lost.title in text_of(night.answer(old.part.at))
    rest = {p: b for p, b in night.boards.items() if p != path}
    assert rest == {p: b for p, b in portal.boards.items() if p != path}


def test_changes_turn_a_column_off_and_on(portal: Portal) -> None:
    path = ("价格公示",)
    for state, status in ((Standing.GONE, 404), (Standing.SOFT_GONE, 200), (Standing.BLANK, 200)):
        broken = Portal(portal.as_of, changes=[Change(path, state=state)])
        reply = broken.answer("/jggs/")
        assert reply.status == status
        assert reply != portal.answer("/jggs/")


def test_an_anchor_after_the_day_is_refused() -> None:
    with pytest.raises(ValueError, match="anchor"):
        Portal(date(2026, 3, 20), anchor=date(2026, 3, 21))


def test_robots(portal: Portal) -> None:
    assert "Disallow: /nb/" in text_of(portal.answer("/robots.txt"))
    assert Portal(portal.as_of, robots=None).answer("/robots.txt").status == 404


def test_every_part_belongs_to_a_row() -> None:
    assert [part.row for part in cast().parts] == list(rows())
    addresses = [part.at for part in cast().parts]
    assert len(set(addresses)) == len(addresses)
