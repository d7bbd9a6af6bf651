"""Documents: each new one read once, each again within thirty nights, and what became of it."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import crawler.articles as articles
import crawler.documents as documents
from ledger.codec import SITE
from ledger.facts import Page
from ledger.findings import Claim, Judgement, Place
from ledger.known import Known
from ledger.life import fingerprint
from ledger.notices import Notice, NoticeItem, NoticeKind
from ledger.store import Ledger
from ledger.words import Severity

DAY = date(2026, 3, 2)
NEWS = ("政务公开", "通知公告")


def night(nights: Any, days: int, **policy: Any) -> Any:
    """The night so many days after the first."""
    column = nights.column(*NEWS, url="/tz/")
    return asyncio.run(nights.night(DAY + timedelta(days=days), column, **policy))


def listed(nights: Any, numbers: list[int], *more: str, **validators: str) -> None:
    """A list of these articles, each of which is there."""
    nights.pages["/"] = "<h1>某区</h1><p>欢迎访问</p>"
    shown = [nights.entry(n, date(2026, 2, 1) + timedelta(days=n)) for n in numbers]
    nights.pages["/tz/"] = nights.listing([*shown, *more])
    for n in numbers:
        body = nights.article(n, date(2026, 2, 1) + timedelta(days=n))
        nights.pages.setdefault(f"/a/{n}.html", nights.reply(body, **validators))


def read(night: Any) -> list[int]:
    """The numbers of the articles asked for, each as often as it was."""
    paths = [one.path for one in night.log if one.path.startswith("/a/")]
    return sorted(int(path[3:].removesuffix(".html")) for path in paths)


def pages(nights: Any, night: Any) -> dict[str, Page]:
    with Ledger.open(nights.ledger_url) as ledger:
        return {page.url.removeprefix(nights.root): page for page in ledger.pages(night.run.id)}


def known(nights: Any, night: Any, path: str) -> Known | None:
    """What the ledger knows of an article on the next occasion it is due."""
    with Ledger.open(nights.ledger_url) as ledger:
        run = ledger.begin_run(
            nights.site(), night.run.as_of + timedelta(days=300), night.run.started
        )
        due = {one.url.removeprefix(nights.root): one for one in ledger.due_pages(run.id, 1)}
        ledger.finish_run(run.id, run.started, "failed")
        return due.get(path)


@pytest.fixture
def all_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page is due every night."""
    monkeypatch.setattr(articles, "FULL_EVERY", 2)


def test_every_new_article_is_read_once(nights: Any) -> None:
    listed(nights, list(range(20, 10, -1)))
    first = night(nights, 0)
    assert read(first) == list(range(11, 21))
    assert len(pages(nights, first)) == 10
    page = pages(nights, first)["/a/15.html"]
    assert (page.title, page.published and page.published.day) == (
        "关于第15号事项的通知",
        date(2026, 2, 16),
    )
    listed(nights, list(range(22, 10, -1)))
    second = night(nights, 1)
    # Two are new, and a ninth-and-twentieth of those known is looked at again.
    assert len(read(second)) == 3
    assert set(read(second)) >= {21, 22}


def test_every_article_is_seen_again_within_thirty_nights(nights: Any) -> None:
    listed(nights, list(range(20, 10, -1)))
    night(nights, 0)
    seen: set[int] = set()
    for days in range(1, 11):
        asked = read(night(nights, days))
        assert len(asked) <= 1
        assert not seen & set(asked)
        seen |= set(asked)
    assert len(seen) == 10


@pytest.mark.usefixtures("all_due")
@pytest.mark.parametrize("validators", [{"etag": '"a"'}, {}], ids=["etag", "bytes"])
def test_an_article_that_stands_is_carried_and_a_changed_one_read(
    nights: Any, validators: dict[str, str]
) -> None:
    listed(nights, [12, 11], **validators)
    first = night(nights, 0)
    changed = nights.article(11, "2026-02-12", text="经研究，原通知第三条不再执行。" * 20)
    nights.pages["/a/11.html"] = nights.reply(changed, **dict.fromkeys(validators, '"b"'))
    second = night(nights, 1)
    assert read(second) == [11, 12]
    before, now = pages(nights, first), pages(nights, second)
    assert now["/a/12.html"] == before["/a/12.html"]
    assert now["/a/11.html"].text != before["/a/11.html"].text
    assert "原通知第三条" in now["/a/11.html"].text
    third = night(nights, 2)
    assert pages(nights, third) == now
    assert third.sent < 1000 + second.sent if validators else third.sent > 0


def test_a_vanished_page_is_looked_for_the_next_night_then_in_its_turn(nights: Any) -> None:
    listed(nights, [12, 11])
    night(nights, 0)
    del nights.pages["/a/11.html"]
    asked = [read(night(nights, days)) for days in range(1, 6)]
    gone = asked.index([11])
    assert asked[gone + 1] == [11]
    assert asked[gone + 2] == [12]
    last = night(nights, 40)
    assert last.outcomes()["/a/11.html"] == "gone"
    assert "/a/11.html" not in pages(nights, last)


@pytest.mark.usefixtures("all_due")
def test_a_page_that_came_back_counts_anew(nights: Any) -> None:
    listed(nights, [12, 11])
    night(nights, 0)
    good = nights.pages.pop("/a/11.html")
    gone = night(nights, 1)
    missing = known(nights, gone, "/a/11.html")
    assert missing is not None
    assert (missing.misses, missing.body) == (1, b"")
    nights.pages["/a/11.html"] = good
    back = night(nights, 2)
    assert back.outcomes()["/a/11.html"] == "ok"
    assert "/a/11.html" in pages(nights, back)
    found = known(nights, back, "/a/11.html")
    assert found is not None
    assert found.misses == 0


def test_only_pages_of_the_portal_are_read(nights: Any) -> None:
    links = (
        "http://elsewhere.test/a/1.html",
        "/f/1.pdf",
        "/f/2.DOCX",
        "/f/3.zip",
        "/closed/1.html",
    )
    more = [
        f'<li><a href="{url}">某区关于第{n}批有关事项的通知</a><span>2026-02-1{n}</span></li>'
        for n, url in enumerate(links)
    ]
    listed(nights, [19, 18, 17], *more)
    nights.pages |= {"/robots.txt": nights.reply("User-agent: *\nDisallow: /closed/")}
    first = night(nights, 0, robots=True)
    assert len(first.items(*NEWS)) == 8
    # Files are no pages: they are asked for as what they are.
    assert first.asked.keys() <= {"/", "/tz/", "/robots.txt", "/f/1.pdf", "/f/2.DOCX"} | {
        f"/a/{n}.html" for n in (17, 18, 19)
    } | {path for path in first.asked if path.startswith("/xuncha-") or "/xuncha-" in path}
    assert first.outcomes()["/closed/1.html"] == "robots"


def test_pages_that_only_answer_are_gone(nights: Any) -> None:
    listed(nights, [14, 13, 12, 11])
    nights.pages |= {
        "/a/11.html": "<title>提示信息</title><p>抱歉，您访问的页面不存在或已被删除</p>",
        "/a/12.html": nights.reply("", 302, location="/"),
        "/a/13.html": nights.reply("%PDF-1.4 ...", type="application/pdf"),
    }
    first = night(nights, 0)
    assert [first.outcomes()[f"/a/{n}.html"] for n in (11, 12, 13, 14)] == [
        "soft_gone",
        "soft_gone",
        "excluded",
        "ok",
    ]
    assert pages(nights, first).keys() == {"/a/14.html"}


@pytest.mark.usefixtures("all_due")
def test_a_challenge_after_a_good_page_loses_nothing(nights: Any) -> None:
    listed(nights, [12, 11], etag='"a"')
    first = night(nights, 0)
    good = nights.pages["/a/11.html"]
    nights.pages["/a/11.html"] = "<script>$_ts=window['$_ts'];</script>"
    second = night(nights, 1)
    assert second.outcomes()["/a/11.html"] == "blocked"
    nights.pages["/a/11.html"] = good
    third = night(nights, 2)
    assert [one.status for one in third.log if one.path == "/a/11.html"] == [304]
    assert pages(nights, third) == pages(nights, first)


def test_a_portal_that_refuses_is_left_alone(nights: Any) -> None:
    listed(nights, list(range(50, 10, -1)))
    for n in range(11, 51):
        nights.pages[f"/a/{n}.html"] = nights.reply("", 403)
    first = night(nights, 0)
    assert articles._BLOCKED_ENOUGH <= len(read(first)) < articles._BLOCKED_ENOUGH + 4
    assert first.unread == 40 - len(read(first))
    assert not pages(nights, first)


def test_a_page_our_reader_stumbles_over_costs_that_page(
    nights: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(nights, [13, 12, 11])
    reader = documents.read_article

    def stumble(doc: Any, today: date) -> Any:
        if doc.url.endswith("/12.html"):
            raise RecursionError
        return reader(doc, today)

    monkeypatch.setattr(documents, "read_article", stumble)
    first = night(nights, 0)
    assert first.outcomes()["/a/12.html"] == "not_rendered"
    assert pages(nights, first).keys() == {"/a/11.html", "/a/13.html"}


def test_an_answer_our_asker_stumbles_over_costs_that_page(
    nights: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(nights, [13, 12, 11])
    ask = articles.Asker.ask

    async def stumble(self: Any, url: str, *rest: Any, **more: Any) -> Any:
        if url.endswith("/12.html"):
            raise ValueError(url)
        return await ask(self, url, *rest, **more)

    monkeypatch.setattr(articles.Asker, "ask", stumble)
    first = night(nights, 0)
    assert first.outcomes()["/a/12.html"] == "not_rendered"
    assert pages(nights, first).keys() == {"/a/11.html", "/a/13.html"}


@pytest.mark.usefixtures("all_due")
def test_a_hostile_wait_is_no_wait(nights: Any) -> None:
    listed(nights, [12, 11])
    nights.pages["/a/11.html"] = nights.reply("", 503, wait="\\xb2")
    first = night(nights, 0)
    assert first.outcomes()["/a/11.html"] == "server_error"
    assert first.outcomes()["/a/12.html"] == "ok"


def test_columns_come_before_documents_and_the_rest_the_next_night(nights: Any) -> None:
    listed(nights, list(range(40, 10, -1)))
    first = night(nights, 0, max_pages=15, concurrency=4)
    assert len(first.items(*NEWS)) == 30
    assert len(read(first)) + first.unread == 30
    assert 0 < len(read(first)) < 15
    # Not a column of this night was cut short.
    assert "budget" not in first.outcomes().values()
    second = night(nights, 1, max_pages=40)
    assert second.unread == 0
    assert set(read(first)) | set(read(second)) == set(range(11, 41))
    # The newest are read first.
    assert min(read(first)) > max(set(read(second)) - set(read(first)))


def crawl(nights: Any, days: int, **policy: Any) -> subprocess.Popen[bytes]:
    """A night in a process of its own."""
    site = nights.site(nights.column(*NEWS, url="/tz/"), **policy)
    day = DAY + timedelta(days=days)
    given = {"site": SITE.dump(site), "ledger": nights.ledger_url, "day": day.isoformat()}
    script = Path(__file__).with_name("crawl_once.py")
    with tempfile.TemporaryFile() as told:
        told.write(json.dumps(given).encode())
        told.seek(0)
        return subprocess.Popen(
            [sys.executable, str(script)], stdin=told, stdout=subprocess.DEVNULL
        )


def test_killed_among_its_documents_a_run_goes_on_behind_what_it_kept(nights: Any) -> None:
    listed(nights, list(range(130, 0, -1)))
    reached = threading.Event()
    nights.hooks["/a/12.html"] = reached.set
    struck = crawl(nights, 0)
    assert reached.wait(120)
    struck.send_signal(signal.SIGKILL)
    struck.wait(60)
    before = {one.path for one in nights.log if one.path.startswith("/a/")}
    with Ledger.open(nights.ledger_url) as ledger:
        [run] = ledger.runs("mou")
        kept = {page.url.removeprefix(nights.root) for page in ledger.pages(run.id)}
    assert kept
    assert len(before - kept) <= articles.BATCH + 8
    nights.log.clear()
    nights.hooks.clear()
    assert crawl(nights, 0).wait(120) == 0
    after = [one.path for one in nights.log if one.path.startswith("/a/")]
    assert not kept & set(after)
    assert len(after) == len(set(after)) == 130 - len(kept)
    with Ledger.open(nights.ledger_url) as ledger:
        [run] = ledger.runs("mou")
        assert (run.state, run.note) == ("finished", "")
        assert len(ledger.pages(run.id)) == 130


def test_what_the_budget_left_is_said(nights: Any) -> None:
    listed(nights, list(range(30, 10, -1)), etag='"a"')
    assert crawl(nights, 0, max_pages=10).wait(120) == 0
    asked = len([one for one in nights.log if one.path.startswith("/a/")])
    with Ledger.open(nights.ledger_url) as ledger:
        [run] = ledger.runs("mou")
    assert f"另有{20 - asked}篇正文本次未读" in run.note
    nights.log.clear()
    assert crawl(nights, 1).wait(120) == 0
    with Ledger.open(nights.ledger_url) as ledger:
        assert ledger.runs("mou")[-1].note == ""
    [asked_again] = [one for one in nights.log if one.path == "/tz/"]
    assert asked_again.status == 200


def test_pages_findings_rest_on_are_asked_for_every_night(nights: Any) -> None:
    listed(nights, list(range(40, 10, -1)))
    first = night(nights, 0)
    claim = Claim(
        "T201",
        "秸杆",
        "错别字",
        Severity.GENERAL,
        "",
        places=tuple(Place(f"{nights.root}/a/{n}.html", "秸杆") for n in (11, 12, 13)),
    )
    with Ledger.open(nights.ledger_url) as ledger:
        judged = Judgement("mou", first.run.id, DAY, (), (claim,), (), (), "r")
        ledger.save_judgement(judged)
    assert {11, 12, 13} <= set(read(night(nights, 1)))
    assert {11, 12, 13} <= set(read(night(nights, 2)))
    with Ledger.open(nights.ledger_url) as ledger:
        run = ledger.newest_run("mou")
        ledger.save_judgement(replace(judged, run_id=run.id, as_of=run.as_of, claims=()))
    assert len(read(night(nights, 3))) <= 2


def test_pages_a_notice_names_are_asked_for_every_night_while_it_is_open(nights: Any) -> None:
    listed(nights, [12, 11])
    nights.pages["/a/99.html"] = nights.reply(nights.article(99, DAY))
    first = night(nights, 0)
    urls = [
        f"{nights.root}/a/99.html",
        f"{nights.root}/a/98.html",
        "http://elsewhere.test/a/97.html",
    ]
    marks = [fingerprint("mou", "V101", url, "秸杆") for url in urls]
    items = tuple(
        NoticeItem("", NoticeKind.WORDING, "", url, "秸杆", "", fingerprint=mark, own=mark)
        for url, mark in zip(urls, marks, strict=True)
    )
    claims = tuple(Claim("V101", url, "通报", Severity.GENERAL, "", term="秸杆") for url in urls)
    with Ledger.open(nights.ledger_url) as ledger:
        ledger.save_notice(Notice("mou", b"n" * 16, "通报", "", DAY, first.run.started, items))
        judged = Judgement("mou", first.run.id, DAY, (), claims, (), (), "r")
        ledger.save_judgement(judged)
    asked = night(nights, 1)
    assert {98, 99} <= set(read(asked))
    assert "/a/97.html" not in {one.path for one in asked.log}
    with Ledger.open(nights.ledger_url) as ledger:
        sights = ledger.sights(asked.run.id, urls)
        assert sights[urls[0]].read_on == asked.run.as_of
        assert any(sights[urls[0]].words)
        assert sights[urls[1]].gone
    assert {98, 99} <= set(read(night(nights, 2)))
    with Ledger.open(nights.ledger_url) as ledger:
        run = ledger.newest_run("mou")
        ledger.save_judgement(replace(judged, run_id=run.id, as_of=run.as_of, claims=()))
    assert not {98, 99} & set(read(night(nights, 3)))
