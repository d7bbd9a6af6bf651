"""Files that documents offer: each read once, again within thirty nights, never from elsewhere."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest

import crawler.files as files
from crawler.attaching import trouble
from crawler.attaching.reader import FileReader, FileReading
from crawler.inspection import Inspection
from ledger.codec import SITE
from ledger.findings import Claim, Judgement, Place
from ledger.site import AttachmentPolicy, Site
from ledger.store import Ledger
from ledger.texts import PageText, PassageKind
from ledger.words import Severity

DAY = date(2026, 3, 2)
NEWS = ("政务公开", "通知公告")


def word(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def offering(nights: Any, *links: str, more: str = "") -> None:
    """A list of one article that offers these files."""
    nights.pages["/"] = "<h1>某区</h1><p>欢迎访问</p>"
    nights.pages["/tz/"] = nights.listing(
        [nights.entry(n, date(2026, 2, 1) + timedelta(days=n)) for n in range(9, 0, -1)] + [more]
    )
    for n in range(9, 0, -1):
        nights.pages[f"/a/{n}.html"] = nights.article(n, date(2026, 2, 1) + timedelta(days=n))
    body = nights.pages["/a/1.html"]
    shown = "".join(
        f'<p><a href="{link}">附件：{link.rpartition("/")[2]}</a></p>' for link in links
    )
    nights.pages["/a/1.html"] = body.replace("</p></div>", f"</p>{shown}</div>")


def night(nights: Any, days: int, **policy: Any) -> Any:
    column = nights.column(*NEWS, url="/tz/")
    return asyncio.run(nights.night(DAY + timedelta(days=days), column, **policy))


def asked(night: Any) -> list[str]:
    return sorted(one.path for one in night.log if one.path.startswith("/f/"))


def texts(nights: Any, night: Any) -> dict[str, PageText]:
    with Ledger.open(nights.ledger_url) as ledger:
        found = ledger.page_texts(night.run.id)
        return {page.url.removeprefix(nights.root): page for page in found}


def attached(page: PageText) -> list[tuple[str, str]]:
    return [(p.place, p.text) for p in page.passages if p.kind is PassageKind.ATTACHMENT]


@pytest.fixture
def all_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FULL_EVERY", 2)


def test_a_file_is_read_once_and_stays_told(nights: Any) -> None:
    offering(nights, "/f/1.docx", "http://other.example/f/2.docx")
    nights.pages["/f/1.docx"] = nights.reply(word("附件里写着秸杆。"), etag='"f"')
    first = night(nights, 0)
    assert asked(first) == ["/f/1.docx"]
    page = texts(nights, first)["/a/1.html"]
    assert attached(page) == [("附件：1.docx", "附件里写着秸杆。")]
    assert [unread.place for unread in page.unread] == ["附件：2.docx"]
    second = night(nights, 1)
    assert attached(texts(nights, second)["/a/1.html"]) == attached(page)


@pytest.mark.usefixtures("all_due")
def test_a_file_is_asked_for_again_and_read_where_it_changed(nights: Any) -> None:
    offering(nights, "/f/1.docx")
    nights.pages["/f/1.docx"] = nights.reply(word("旧的附件。"), etag='"a"')
    night(nights, 0)
    second = night(nights, 1)
    [one] = [one for one in second.log if one.path == "/f/1.docx"]
    assert (one.status, one.conditional) == (304, True)
    assert attached(texts(nights, second)["/a/1.html"])[0][1] == "旧的附件。"
    nights.pages["/f/1.docx"] = nights.reply(word("新的附件。"), etag='"b"')
    third = night(nights, 2)
    assert attached(texts(nights, third)["/a/1.html"])[0][1] == "新的附件。"
    assert attached(texts(nights, second)["/a/1.html"])[0][1] == "旧的附件。"
    del nights.pages["/f/1.docx"]
    page = texts(nights, night(nights, 3))["/a/1.html"]
    assert attached(page) == []
    assert "打不开" in page.unread[0].reason


def test_the_kind_is_that_of_the_bytes(nights: Any) -> None:
    offering(nights, "/f/1.pdf", "/f/2.doc", "/f/3.zip", "/f/4.xls")
    nights.pages["/f/1.pdf"] = nights.reply(word("其实是文档。"))
    nights.pages["/f/2.doc"] = "<html><body>请先登录</body></html>"
    nights.pages["/f/4.xls"] = nights.reply("第一行\n第二行")
    first = night(nights, 0)
    page = texts(nights, first)["/a/1.html"]
    assert attached(page) == [("附件：1.pdf", "其实是文档。"), ("附件：4.xls", "第一行\n第二行")]
    reasons = {unread.place: unread.reason for unread in page.unread}
    assert reasons == {"附件：2.doc": trouble.A_PAGE, "附件：3.zip": trouble.ARCHIVE}
    # There is nothing to read in an archive.
    assert "/f/3.zip" not in asked(first)


def test_a_list_may_lead_to_a_file(nights: Any) -> None:
    name = "某区二月预算执行情况公告"
    row = f'<li><a href="/f/9.docx" title="{name}">{name}</a><span>2026-02-01</span></li>'
    offering(nights, more=row)
    nights.pages["/f/9.docx"] = nights.reply(word("预算执行情况良好。"))
    page = texts(nights, night(nights, 0))["/f/9.docx"]
    assert (page.title, page.day) == ("某区二月预算执行情况公告", date(2026, 2, 1))
    assert page.paths == (NEWS,)
    assert attached(page) == [("某区二月预算执行情况公告", "预算执行情况良好。")]


def test_a_bad_night_is_made_up_for(nights: Any) -> None:
    offering(nights, "/f/1.docx")
    nights.pages["/f/1.docx"] = nights.reply("忙", status=503)
    page = texts(nights, night(nights, 0))["/a/1.html"]
    assert [unread.place for unread in page.unread] == ["附件：1.docx"]
    nights.pages["/f/1.docx"] = nights.reply(word("来了。"))
    assert attached(texts(nights, night(nights, 1))["/a/1.html"])[0][1] == "来了。"


def test_what_the_budget_leaves_comes_later(nights: Any) -> None:
    offering(nights, "/f/1.docx")
    nights.pages["/f/1.docx"] = nights.reply(word("来了。"))
    first = night(nights, 0, max_pages=12)
    assert asked(first) == []
    assert attached(texts(nights, night(nights, 1))["/a/1.html"])[0][1] == "来了。"


def with_attachments(monkeypatch: pytest.MonkeyPatch, policy: AttachmentPolicy) -> None:
    plain = Inspection.__init__

    def changed(self: Inspection, site: Site, *args: Any, **more: Any) -> None:
        plain(self, replace(site, attachments=policy), *args, **more)

    monkeypatch.setattr(Inspection, "__init__", changed)


def test_a_site_may_leave_files_alone(nights: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with_attachments(monkeypatch, AttachmentPolicy(read=False))
    offering(nights, "/f/1.docx")
    assert asked(night(nights, 0)) == []


def test_a_file_too_large_is_not_read(nights: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with_attachments(monkeypatch, AttachmentPolicy(max_bytes=1024))
    offering(nights, "/f/1.docx")
    nights.pages["/f/1.docx"] = nights.reply(word("太大了。"))
    page = texts(nights, night(nights, 0))["/a/1.html"]
    assert attached(page) == []
    assert "超过0.000977MB" in page.unread[0].reason


def recognising(monkeypatch: pytest.MonkeyPatch, **policy: Any) -> None:
    """Recognising is installed, in the shape of a reader that takes a minute."""

    def read(self: FileReader, data: bytes, *, recognise: bool = False) -> FileReading:
        if recognise:
            return FileReading("pdf", "", "", f"图里的{len(data)}字。", recognising=60.0)
        return FileReading("pdf", "", trouble.SCANNED, pictured=True)

    monkeypatch.setattr(files, "has_ocr", lambda: True)
    monkeypatch.setattr(FileReader, "read", read)
    with_attachments(monkeypatch, AttachmentPolicy(**policy))


@pytest.mark.usefixtures("all_due")
def test_scans_are_recognised_as_far_as_the_run_has_time(
    nights: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    recognising(monkeypatch, ocr=True, ocr_minutes=1.0)
    offering(nights, "/f/1.pdf", "/f/2.pdf")
    for n in (1, 2):
        nights.pages[f"/f/{n}.pdf"] = nights.reply(b"%PDF-" + bytes(n), etag='"a"')
    page = texts(nights, night(nights, 0))["/a/1.html"]
    assert len([p for p in page.passages if p.kind is PassageKind.OCR]) == 1
    [unread] = page.unread
    assert unread.reason == f"{trouble.SCANNED}；{trouble.OCR_LATER}"
    # The one recognised has not changed; the other is read again.
    second = night(nights, 1)
    page = texts(nights, second)["/a/1.html"]
    told = sorted(p.text for p in page.passages if p.kind is PassageKind.OCR)
    assert (told, page.unread) == (["图里的6字。", "图里的7字。"], ())
    statuses = sorted(one.status for one in second.log if one.path.startswith("/f/"))
    assert statuses == [200, 304]


def test_where_the_extra_is_missing_the_remedy_is_named(
    nights: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    recognising(monkeypatch, ocr=True)
    monkeypatch.setattr(files, "has_ocr", lambda: False)
    offering(nights, "/f/1.pdf")
    nights.pages["/f/1.pdf"] = nights.reply(b"%PDF-")
    [unread] = texts(nights, night(nights, 0))["/a/1.html"].unread
    assert unread.reason == f"{trouble.SCANNED}；{trouble.NO_OCR}"
    assert "pip install 'xuncha[ocr]'" in unread.reason


def test_nobody_asked_nothing_is_recognised(nights: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    recognising(monkeypatch)
    offering(nights, "/f/1.pdf")
    nights.pages["/f/1.pdf"] = nights.reply(b"%PDF-")
    [unread] = texts(nights, night(nights, 0))["/a/1.html"].unread
    assert unread.reason == trouble.SCANNED


def test_the_downloader_takes_no_more_than_a_file_may_have(nights: Any) -> None:
    """Through Scrapy: a file may be larger than a page, and no larger than it may be."""
    offering(nights, "/f/1.docx", "/f/2.csv")
    nights.pages["/f/1.docx"] = nights.reply(word("比网页大。"))
    nights.pages["/f/2.csv"] = nights.reply("长" * 200_000)
    column = nights.column(*NEWS, url="/tz/")
    site = replace(
        nights.site(column, max_bytes=20_000), attachments=AttachmentPolicy(max_bytes=100_000)
    )
    given = {"site": SITE.dump(site), "ledger": nights.ledger_url, "day": DAY.isoformat()}
    script = Path(__file__).with_name("crawl_once.py")
    with tempfile.TemporaryFile() as told:
        told.write(json.dumps(given).encode())
        told.seek(0)
        subprocess.run([sys.executable, str(script)], stdin=told, check=True, timeout=120)
    with Ledger.open(nights.ledger_url) as ledger:
        [run] = ledger.runs("mou")
        pages = {p.url.removeprefix(nights.root): p for p in ledger.page_texts(run.id)}
    page = pages["/a/1.html"]
    assert attached(page) == [("附件：1.docx", "比网页大。")]
    assert ["超过0.0954MB" in unread.reason for unread in page.unread] == [True]


def test_files_of_pages_findings_rest_on_are_asked_for_every_night(nights: Any) -> None:
    offering(nights, "/f/1.docx", "/f/2.docx")
    for n in (1, 2):
        nights.pages[f"/f/{n}.docx"] = nights.reply(word(f"第{n}个附件。"), etag='"a"')
    first = night(nights, 0)
    assert asked(first) == ["/f/1.docx", "/f/2.docx"]
    # One file of two is a thirtieth of all.
    assert len(asked(night(nights, 1))) == 1
    place = Place(f"{nights.root}/a/1.html", "秸杆")
    claim = Claim("T201", "秸杆", "错别字", Severity.GENERAL, "", places=(place,))
    with Ledger.open(nights.ledger_url) as ledger:
        run = ledger.newest_run("mou")
        assert run is not None
        judged = Judgement("mou", run.id, run.as_of, (), (claim,), (), (), "r")
        ledger.save_judgement(judged)
    assert asked(night(nights, 2)) == ["/f/1.docx", "/f/2.docx"]


def test_all_there_is_to_read_of_a_portal_is_told_night_after_night(nights: Any) -> None:
    offering(nights)
    hidden = '<div style="display:none"><a href="http://bet.example/">彩票</a></div>'
    nights.pages["/tz/"] = nights.pages["/tz/"].replace("</body>", f"{hidden}</body>")
    nights.pages["/a/1.html"] = nights.pages["/a/1.html"].replace(
        "</p></div>",
        "</p><p><img src='/1.jpg' alt='会议现场'></p><table><tr><td>甲</td><td>乙</td></tr></table>"
        "<p style='font-size:0'>谁也看不见的一句话。</p></div>",
    )
    for days in range(2):
        found = texts(nights, night(nights, days))
        kinds = {p.kind: p.text for p in found["/a/1.html"].passages}
        assert kinds[PassageKind.TITLE] == "关于第1号事项的通知"
        assert kinds[PassageKind.ALT] == "会议现场"
        assert kinds[PassageKind.TABLE] == "甲\t乙"
        assert kinds[PassageKind.HIDDEN] == "谁也看不见的一句话。"
        assert "区政府召开专题会议" in kinds[PassageKind.BODY]
        listed = found["/tz/"]
        assert [(link.url, bool(link.hidden)) for link in listed.links] == [
            ("http://bet.example/", True)
        ]
        assert "彩票" in [p.text for p in listed.passages if p.kind is PassageKind.HIDDEN]
        assert len([p for p in listed.passages if p.kind is PassageKind.ENTRY]) == 9
