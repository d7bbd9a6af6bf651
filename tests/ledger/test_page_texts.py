"""All the words of a site as last read up to a run, on every database."""

import tracemalloc
from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.facts import Attachment, FileText, Front
from ledger.known import Known
from ledger.store import Ledger
from ledger.store_texts import NOT_FETCHED
from ledger.texts import NO_PARTS, OutLink, PageParts, Passage, PassageKind, Stretch, Unread, split
from ledger.words import ColumnKind, Outcome, Role

BODY, TABLE, HIDDEN = PassageKind.BODY, PassageKind.TABLE, PassageKind.HIDDEN
LINK = OutLink("http://elsewhere.test/", "友情链接")
PARTS = PageParts(
    (Stretch(TABLE, 1, 2),),
    (Passage(PassageKind.ALT, "会议现场", "http://demo.test/1.jpg"), Passage(HIDDEN, "看不见的话")),
    (LINK, OutLink("http://bad.test/", "赌场", "样式设为不显示")),
)
LIST = "http://demo.test/list/"


def begin(ledger, make, days=0):
    run = ledger.begin_run(make.site(), make.day + timedelta(days=days), make.start)
    ledger.finish_run(run.id, make.start)
    return run


def texts(ledger, run):
    return {page.url: page for page in ledger.page_texts(run.id)}


def keep_list(ledger, make, run, items, name="动态", **more):
    ledger.save_column(run.id, make.reading(make.path(name), title="动态栏目"), items, **more)


def told(page):
    return [(passage.kind.value, passage.text) for passage in page.passages]


def test_a_page_is_told_passage_by_passage_with_its_column_and_unit(ledger, make):
    run = begin(ledger, make)
    items = make.items(2)
    keep_list(ledger, make, run, items)
    page = replace(make.page(items[0].url, "第一段。\n姓名\t电话\n张三\t1\n第二段。"), parts=PARTS)
    ledger.save_pages(run.id, [page], [], [])
    assert ledger.pages(run.id) == [page]
    found = texts(ledger, run)
    assert list(found) == [items[0].url, LIST]
    one = found[items[0].url]
    assert told(one) == [
        ("title", "标题"),
        ("body", "第一段。"),
        ("table", "姓名\t电话\n张三\t1"),
        ("body", "第二段。"),
        ("alt", "会议现场"),
        ("hidden", "看不见的话"),
    ]
    assert (one.title, one.day, one.links) == ("标题", make.day, PARTS.links)
    assert one.paths == (make.path("动态"),)
    assert one.units == ("区政府办",)
    assert one.passages[4].place == "http://demo.test/1.jpg"
    listed = found[LIST]
    assert told(listed) == [("title", "动态栏目"), ("entry", "第0条"), ("entry", "第1条")]
    assert listed.paths == (make.path("动态"),)


def test_a_list_page_comes_with_what_else_stands_on_it(ledger, make):
    run = begin(ledger, make)
    front = Front(LIST, "动态", PageParts((), (Passage(HIDDEN, "藏着的话"),), (LINK,)))
    keep_list(ledger, make, run, make.items(1), front=front)
    page = texts(ledger, run)[LIST]
    assert ("hidden", "藏着的话") in told(page)
    assert page.links == (LINK,)


def test_pages_carried_over_keep_their_last_reading_and_gone_ones_are_left_out(ledger, make):
    first, second, third = (begin(ledger, make, days) for days in range(3))
    items = make.items(3)
    for run in (first, second, third):
        keep_list(ledger, make, run, items)
    pages = [replace(make.page(item.url, f"旧{n}"), parts=PARTS) for n, item in enumerate(items)]
    ledger.save_pages(first.id, pages, [], [])
    ledger.save_pages(
        second.id, [make.page(items[1].url, "新1")], [], [], [(items[0].url, first.id)]
    )
    ledger.save_pages(
        third.id,
        [],
        [make.visit(items[2].url, Outcome.GONE), make.visit(items[1].url, Outcome.TIMEOUT)],
        [],
    )
    assert [page.passages[1].text for page in texts(ledger, first).values()][:3] == [
        "旧0",
        "旧1",
        "旧2",
    ]
    now = texts(ledger, third)
    assert set(now) == {items[0].url, items[1].url, LIST}
    assert told(now[items[0].url])[1] == ("body", "旧0")
    assert now[items[0].url].links == PARTS.links
    assert told(now[items[1].url])[1] == ("body", "新1")
    # A run judged again sees nothing of those that followed.
    assert told(texts(ledger, first)[items[1].url])[1] == ("body", "旧1")
    # What comes back is told again.
    fourth = begin(ledger, make, 3)
    ledger.save_pages(
        fourth.id, [make.page(items[2].url, "又有了")], [make.visit(items[2].url)], []
    )
    assert told(texts(ledger, fourth)[items[2].url])[1] == ("body", "又有了")


def test_a_list_not_opened_tonight_is_told_as_it_was_and_a_lost_one_is_not(ledger, make):
    first, second, third = (begin(ledger, make, days) for days in range(3))
    items = make.items(1)
    keep_list(ledger, make, first, items)
    ledger.save_pages(first.id, [make.page(items[0].url)], [], [])
    path = make.path("动态")
    ledger.save_column(second.id, make.reading(path, outcome=Outcome.TIMEOUT), [])
    assert ("entry", "第0条") in told(texts(ledger, second)[LIST])
    ledger.save_column(third.id, make.reading(path, outcome=Outcome.GONE), [])
    now = texts(ledger, third)
    assert LIST not in now
    # The document has not been asked for since, and its column is still known.
    assert now[items[0].url].paths == (path,)


def test_a_page_no_list_holds_any_more_keeps_its_column_and_day(ledger, make):
    first, second = begin(ledger, make), begin(ledger, make, 1)
    items = make.items(2)
    keep_list(ledger, make, first, items)
    undated = replace(make.page(items[1].url), published=None)
    ledger.save_pages(first.id, [undated], [], [])
    keep_list(ledger, make, second, items[:1])
    page = texts(ledger, second)[items[1].url]
    assert (page.paths, page.day) == ((make.path("动态"),), items[1].day)


def test_a_column_page_is_told_while_its_column_leads_there(ledger, make):
    first, second = begin(ledger, make), begin(ledger, make, 1)
    path, old, new = make.path("公示"), "http://demo.test/jg/", "http://demo.test/jg2/"
    for run, url in ((first, old), (second, new)):
        reading = make.reading(path, url=url, kind=ColumnKind.SINGLE)
        ledger.save_column(run.id, reading, [], pages=[make.page(url)])
    assert [(p.url, p.paths) for p in ledger.page_texts(first.id)] == [(old, (path,))]
    assert [(p.url, p.paths) for p in ledger.page_texts(second.id)] == [(new, (path,))]


def test_attachments_are_passages_of_their_pages(ledger, make):
    run = begin(ledger, make)
    items = make.items(1)
    keep_list(ledger, make, run, items)
    names = ("全文.pdf", "扫描件.pdf", "没下载.doc", "打不开.xls")
    offered = tuple(Attachment(f"http://demo.test/f/{n}", name) for n, name in enumerate(names))
    page = replace(make.page(items[0].url), attachments=offered)
    later = begin(ledger, make, 1)
    files = [
        FileText(offered[0].url, "pdf", "附件里的话"),
        FileText(offered[1].url, "pdf", "", "未检查：扫描件（图片）"),
        FileText(offered[3].url, "", "", "打不开"),
    ]
    ledger.save_pages(run.id, [page], [], [Known(items[0].url, Role.PAGE, run.as_of, run.id)])
    assert ledger.unread_files(run.id) == sorted((one.url for one in offered), reverse=True)
    known = [
        Known(one.url, Role.FILE, run.as_of, run.id) for one in offered if one is not offered[2]
    ]
    ledger.save_pages(run.id, [], [], known, files=files)
    assert ledger.unread_files(run.id) == [offered[2].url]
    told_page = texts(ledger, later)[items[0].url]
    assert told_page.passages[-1] == Passage(PassageKind.ATTACHMENT, "附件里的话", "全文.pdf")
    assert told_page.unread == (
        Unread("扫描件.pdf", "未检查：扫描件（图片）"),
        Unread("没下载.doc", NOT_FETCHED),
        Unread("打不开.xls", "打不开"),
    )


def test_recognised_words_are_passages_of_their_own(ledger, make):
    run = begin(ledger, make)
    items = make.items(1)
    keep_list(ledger, make, run, items)
    offered = (Attachment("http://demo.test/f/1", "全文.pdf"),)
    page = replace(make.page(items[0].url), attachments=offered)
    file = FileText(offered[0].url, "pdf", "能读的话", "第9页是图片，未检查", "图里的话")
    ledger.save_pages(run.id, [page], [], [], files=[file])
    assert texts(ledger, run)[items[0].url].passages[-2:] == (
        Passage(PassageKind.ATTACHMENT, "能读的话", "全文.pdf"),
        Passage(PassageKind.OCR, "图里的话", "全文.pdf"),
    )
    ledger.save_pages(run.id, [], [], [], files=[replace(file, text="")])
    assert texts(ledger, run)[items[0].url].passages[-1:] == (
        Passage(PassageKind.OCR, "图里的话", "全文.pdf"),
    )


def test_files_are_due_apart_from_documents(ledger, make):
    run, later = begin(ledger, make), begin(ledger, make, 40)
    names = {role: f"http://demo.test/{role.value}" for role in (Role.PAGE, Role.FILE)}
    ledger.save_pages(run.id, [], [], [Known(u, r, run.as_of, run.id) for r, u in names.items()])
    assert [one.url for one in ledger.due_pages(later.id, 29)] == [names[Role.PAGE]]
    assert [one.url for one in ledger.due_pages(later.id, 29, Role.FILE)] == [names[Role.FILE]]


def test_the_same_text_is_kept_once(ledger, make):
    run = begin(ledger, make)
    items = make.items(50)
    keep_list(ledger, make, run, items)
    pages = [
        replace(make.page(item.url, "同样的正文"), parts=replace(PARTS, stretches=()))
        for item in items
    ]
    with ledger._database.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM contents").scalar()
    ledger.save_pages(run.id, pages, [], [])
    with ledger._database.reading() as connection:
        after = connection.exec_driver_sql("SELECT count(*) FROM contents").scalar()
    assert after - before == 3


def test_another_sites_pages_are_its_own(ledger, make):
    run = begin(ledger, make)
    keep_list(ledger, make, run, make.items(1))
    other = ledger.begin_run(make.site("other"), make.day, make.start)
    ledger.finish_run(other.id, make.start)
    assert list(ledger.page_texts(other.id)) == []


def test_reading_may_stop_half_way(ledger, make):
    run = begin(ledger, make)
    keep_list(ledger, make, run, make.items(1))
    assert next(iter(ledger.page_texts(run.id))).url == LIST
    begin(ledger, make, 1)


@pytest.mark.parametrize(
    ("stretches", "kinds"),
    [
        ((), ["body"]),
        ((Stretch(TABLE, 0, 0),), ["table", "body"]),
        ((Stretch(HIDDEN, 2, 2),), ["body", "hidden"]),
        ((Stretch(TABLE, 0, 0), Stretch(HIDDEN, 1, 2)), ["table", "hidden"]),
        # A text cut at its longest no longer has all its lines.
        ((Stretch(TABLE, 1, 9), Stretch(HIDDEN, 10, 12)), ["body", "table"]),
    ],
)
def test_a_text_falls_into_its_stretches(stretches, kinds):
    passages = split("甲\n乙\n丙", stretches)
    assert [passage.kind.value for passage in passages] == kinds
    assert "\n".join(passage.text for passage in passages) == "甲\n乙\n丙"


def test_many_pages_are_told_without_holding_their_texts(tmp_path, make):
    with Ledger.open(f"sqlite:///{tmp_path}/large.db") as ledger:
        run = begin(ledger, make)
        items = make.items(1_000)
        keep_list(ledger, make, run, items)
        links = tuple(OutLink(f"http://{n}.test/", "链接") for n in range(60))
        pages = [
            replace(
                make.page(item.url, f"{item.title}的正文。" * 2_000),
                parts=PageParts(links=links),
            )
            for item in items
        ]
        ledger.save_pages(run.id, pages, [], [])
        held = sum(len(page.text) for page in pages)
        del pages
        tracemalloc.start()
        count = sum(len(page.passages) > 1 for page in ledger.page_texts(run.id))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 1_001
    assert peak < held


def test_no_parts_come_back_as_none(ledger, make):
    run = begin(ledger, make)
    page = make.page("http://demo.test/a.html")
    ledger.save_pages(run.id, [page], [], [])
    assert ledger.pages(run.id)[0].parts == NO_PARTS
