"""What the nightly page says of texts: how much was read, what was not, what is wrong where."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from ledger.findings import Place, TextTally, Unchecked
from reports import PaperCase, PaperError, load

NIGHTLY = load()["nightly"]
MISSED = (
    Unchecked("未检查：扫描件（图片）", 7, (Place("http://a.test/1.html", "名单<b>.pdf"),)),
    Unchecked("附件尚未下载", 1, (Place("javascript:alert(1)", ""),)),
)
TALLY = TextTally(1_234, 5_678_901, 42, MISSED, shadow=True, faulty=("http://a.test/1.html",))
BAD = "http://www.duchang.example/"


def with_texts(case: PaperCase, tally: TextTally | None) -> PaperCase:
    return replace(case, judgement=replace(case.judgement, texts=tally))


def html(case: PaperCase) -> str:
    return NIGHTLY.render(NIGHTLY.build(case), "html").decode()


def test_the_sentence_counts_everything(case: PaperCase) -> None:
    told = NIGHTLY.build(with_texts(case, TALLY))["texts"]
    assert told["sentence"] == (
        "文字检查共读 1,234 个页面、5,678,901 字（几个页面相同的文字只计一次），含附件 42 个；"
        "另有 8 个附件没有检查或没有读全，见“未检查”。有疑点的页面 1 个，下次巡查会重新读取。"
        "本站巡查未满两周，统计疑点只列入待核。"
    )
    assert told["unchecked_total"] == 8
    assert [row["reason"] for row in told["unchecked"]] == ["扫描件（图片）", "附件尚未下载"]


def test_a_site_read_whole_needs_few_words(case: PaperCase) -> None:
    told = NIGHTLY.build(with_texts(case, TextTally(3, 90, 0)))["texts"]
    assert told["sentence"] == (
        "文字检查共读 3 个页面、90 字（几个页面相同的文字只计一次），含附件 0 个。"
    )


def test_without_texts_nothing_is_said_of_them(case: PaperCase) -> None:
    assert NIGHTLY.build(case)["texts"] is None
    assert "文字检查" not in html(case)


@pytest.mark.parametrize(
    ("field", "value"), [("unchecked_total", 9), ("pages", 1), ("shadow", None)]
)
def test_numbers_that_differ_from_rows_or_words_are_refused(
    case: PaperCase, field: str, value: Any
) -> None:
    model = copy.deepcopy(NIGHTLY.build(with_texts(case, TALLY)))
    model["texts"][field] = value
    with pytest.raises(PaperError, match="报表自检未通过"):
        NIGHTLY.render(model, "html")


def test_the_page_names_what_was_not_read(case: PaperCase) -> None:
    text = html(with_texts(case, TALLY))
    assert NIGHTLY.build(with_texts(case, TALLY))["texts"]["sentence"] in text
    assert "名单&lt;b&gt;.pdf" in text
    assert "其余 6 个从略" in text
    assert 'href="javascript:' not in text


def test_marked_words_are_set_off_and_stay_harmless(case: PaperCase) -> None:
    place = Place("http://a.test/1.html", "［正文］<i>开展【扫黑<s>险恶】斗争 & 其他【二】")
    finding = replace(case.findings[0], places=(place,), count=1)
    text = html(replace(case, findings=(finding,), previous_findings=()))
    assert "［正文］&lt;i&gt;开展<mark>【扫黑&lt;s&gt;险恶】</mark>斗争 &amp; 其他【二】" in text


def test_a_bad_address_is_named_and_not_linked(case: PaperCase) -> None:
    place = Place("http://a.test/1.html", f"［链接］技术支持【{BAD}】")
    finding = replace(case.findings[0], subject=BAD, places=(place,), count=1)
    text = html(replace(case, findings=(finding,), previous_findings=()))
    assert BAD in text
    assert f'href="{BAD}"' not in text
    own = replace(finding, subject=place.url)
    assert f'href="{place.url}"' in html(replace(case, findings=(own,), previous_findings=()))
