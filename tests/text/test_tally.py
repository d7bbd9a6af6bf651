"""How much text a judgement looked at."""

from __future__ import annotations

from datetime import date

from ledger.findings import Place
from ledger.texts import PageText, Passage, PassageKind, SiteTexts, TextPolicy, Unread
from rules.text.judging import judge_texts

DAY = date(2026, 3, 20)
SCANNED = "未检查：扫描件（图片）"


def page(name: str, *passages: Passage, unread: tuple[Unread, ...] = ()) -> PageText:
    return PageText(f"http://demo.test/{name}", day=DAY, passages=passages, unread=unread)


def body(text: str) -> Passage:
    return Passage(PassageKind.BODY, text)


def test_what_several_pages_carry_counts_once() -> None:
    attached = Passage(PassageKind.ATTACHMENT, "附件里的话", "全文.pdf")
    pages = (page("a", body("同样的话。"), attached), page("b", body("同样的话。"), attached))
    tally = judge_texts(SiteTexts(pages), DAY).tally
    assert (tally.pages, tally.characters, tally.attachments) == (2, 10, 1)
    assert (tally.unchecked, tally.faulty, tally.shadow) == ((), (), False)


def test_all_pages_with_a_fault_are_named() -> None:
    wrong = body("开展扫黑险恶专项斗争。")
    pages = tuple(page(f"{n:02}", wrong) for n in range(30))
    judged = judge_texts(SiteTexts((*pages, page("z", body("没有错。")))), DAY)
    assert judged.tally.faulty == tuple(one.url for one in pages)
    assert len(judged.said) == 1


def test_attachments_not_read_stand_by_reason_the_most_frequent_first() -> None:
    scans = tuple(Unread(f"第{n}批名单.pdf", SCANNED) for n in range(7))
    odd = Unread("650102190001010016.doc", "未检查：文件加密")
    tally = judge_texts(SiteTexts((page("a", unread=(odd, *scans)),)), DAY).tally
    assert [(one.reason, one.count) for one in tally.unchecked] == [
        (SCANNED, 7),
        ("未检查：文件加密", 1),
    ]
    assert len(tally.unchecked[0].places) == 5
    # What a file is called may itself be a personal number.
    assert tally.unchecked[1].places == (Place("http://demo.test/a", "6501************16.doc"),)


def test_the_first_weeks_are_told() -> None:
    assert judge_texts(SiteTexts((), TextPolicy(shadow=True)), DAY).tally.shadow
