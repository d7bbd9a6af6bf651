"""The measurements of the text rules, on text and with rules that are made up here."""

from __future__ import annotations

import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import text_judge, text_part, text_tool
from bench.text_folder import BLOCK, Slice, dev_set, sliced, split
from bench.text_judge import changed, judge
from bench.text_peers import word_list
from bench.text_sets import BOTH, REPORT, score
from bench.text_site import Site
from bench.text_slips import Planter, Slip, slips
from ledger.words import Severity
from rules.text.base import Hit, TextRule, Tier
from rules.text.corpus import Corpus

_PAIRS = {"秸杆": ("秸秆", Tier.REPORT), "布署": ("部署", Tier.REVIEW), "专项": ("", Tier.REPORT)}


def _find(corpus: Corpus) -> Iterator[Hit]:
    for number, sentence in enumerate(corpus.sentences):
        for wrong, (right, tier) in _PAIRS.items():
            at = sentence.find(wrong)
            if at >= 0:
                yield Hit(number, at, at + len(wrong), right, "测试用词", tier)


_RULE = TextRule("T999", "测试", Severity.GENERAL, (), "", "", "", _find)


@pytest.fixture(autouse=True)
def _one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_judge, "text_rules", lambda: (_RULE,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "text"
    (place / "dev").mkdir(parents=True)
    with lzma.open(place / "b.txt.xz", "wt", encoding="utf-8") as packed:
        packed.write("禁止焚烧秸杆。\n\n各镇抓好落实。\n")
    (place / "a.txt").write_text("会议部署专项工作。\n", encoding="utf-8")
    pairs = "会议布署工作。\t会议部署工作。\n天气很好。\t天气很好。\n"
    (place / "dev" / "textproof.tsv").write_text(pairs, encoding="utf-8")
    return place


def test_reads_packed_and_plain_files_in_order_and_stops_where_told(folder: Path) -> None:
    assert sliced(folder) == ["会议部署专项工作。", "禁止焚烧秸杆。", "各镇抓好落实。"]
    assert sliced(folder, most=10) == ["会议部署专项工作。", "禁止焚烧秸杆。"]
    assert sliced(folder / "b.txt.xz") == ["禁止焚烧秸杆。", "各镇抓好落实。"]
    assert dev_set(folder, "textproof")[0] == ("会议布署工作。", "会议部署工作。")
    assert dev_set(folder, "another") == []
    with pytest.raises(FileNotFoundError):
        sliced(folder / "dev")


def test_a_slice_and_the_rest_share_no_line_and_leave_none_out(tmp_path: Path) -> None:
    text = [f"第{number}行" for number in range(BLOCK * 6 + 3)]
    (tmp_path / "a.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
    held = Slice.read("2/3")
    split(tmp_path, tmp_path / "out", held)
    taken, rest = (sliced(tmp_path / "out" / name) for name in ("held", "rest"))
    assert taken == sliced(tmp_path, held) == text[BLOCK : 2 * BLOCK] + text[4 * BLOCK : 5 * BLOCK]
    assert sorted(taken + rest) == sorted(text)
    with pytest.raises(ValueError, match="4/3"):
        Slice.read("4/3")


def test_flags_stand_on_every_line_that_carries_the_sentence() -> None:
    judged = judge(["禁止焚烧\u200b秸杆。", "好。", "禁止焚烧\u200b秸杆。"])
    assert [(f.line, f.start, f.end, f.suggest) for f in judged.flags] == [
        (0, 4, 6, "秸秆"),
        (2, 4, 6, "秸秆"),
    ]
    assert judged.comparable(2) == "禁止焚烧秸杆。"
    assert judged.place(2, 6) == 5
    assert judged.size == 18
    assert {"gather", "T999", "settle"} == set(judged.seconds)


@pytest.mark.parametrize(
    ("wrong", "right", "places"),
    [
        ("布署", "部署", {0}),
        ("部署", "部署", set()),
        ("部部署", "部署", {0}),
        ("国家卫健", "国家卫健委", {3}),
        ("甲乙丙丁", "甲丙丁", {1}),
    ],
)
def test_changed_places(wrong: str, right: str, places: set[int]) -> None:
    assert changed(wrong, right) == places


def test_sets_are_scored_by_sentence_and_by_place() -> None:
    pairs = [
        ("禁止焚烧秸杆。", "禁止焚烧秸秆。"),  # caught in the right place
        ("会议布署工坐。", "会议部署工作。"),  # caught, one of two places, for review
        ("各镇抓好洛实。", "各镇抓好落实。"),  # missed
        ("专项工作开始。", "专项工作开始。"),  # accused
        ("天气很好。", "天气很好。"),
    ]
    judged = judge([source for source, _ in pairs])
    found = score(pairs, judged, REPORT)
    assert (found.flagged, found.caught, found.exact, found.wrong) == (2, 1, 1, 3)
    assert (found.precision, found.recall, found.accused) == (0.5, 1 / 3, 0.5)
    both = score(pairs, judged, BOTH)
    assert (both.flagged, both.caught, both.exact) == (3, 2, 1)
    assert both.strict == (1 / 3, 1 / 3, 1 / 3)
    assert both.per_million == pytest.approx(3e6 / 33)


def test_slips_are_single_characters_in_their_words() -> None:
    pairs = [
        ("会议布署工作。", "会议部署工作。"),
        ("会议布署工作。", "会议部署工作。"),
        ("做的很好。", "做得很好。"),  # never reported by itself
        ("共5辆车。", "共6辆车。"),  # no Chinese character
        ("抓好好落实。", "抓好落实。"),  # another length
    ]
    assert slips(pairs) == Counter({Slip("部署", 0, "布"): 2})


def test_plants_only_in_the_same_or_a_like_word_and_the_same_every_time() -> None:
    planter = Planter(Counter({Slip("部署", 0, "布"): 2, Slip("在", 0, "再"): 1}))
    lines = ["会议部署工作。", "全部完成。", "部门很多。", "存在问题。", "他在北京。"]
    text, planted = planter.plant(lines, share=1.0)
    assert text == ["会议布署工作。", "全部完成。", "布门很多。", "存在问题。", "他再北京。"]
    assert [(p.line, p.at, p.right, p.wrong) for p in planted] == [
        (0, 2, "部", "布"),
        (2, 0, "部", "布"),
        (4, 1, "在", "再"),
    ]
    many = [f"第{number}次会议部署工作。" for number in range(200)]
    once, again = planter.plant(many), planter.plant(many)
    assert once == again
    assert len(once[1]) == 10


def test_a_site_counts_what_is_found_mended_and_said_wrongly() -> None:
    planter = Planter(Counter({Slip("秸秆", 1, "杆"): 1, Slip("部署", 0, "补"): 1}))
    lines = ["禁止\u200b焚烧秸秆。"] * 20 + ["会议部署工作。"] * 20 + ["专项工作。"] * 20

    site = Site(lines, planter, share=1.0)
    outcome = site.outcome(site.judged.flags)
    assert (outcome.planted, outcome.found, outcome.mended, outcome.others) == (40, 20, 20, 20)
    assert outcome.recall == 0.5
    assert outcome.per_million == pytest.approx(20e6 / 400)
    assert outcome.precision(20_000) == pytest.approx(25 / (25 + 20e6 / 400))
    missed = list(site.missed(site.judged.flags))
    assert len(missed) == 20
    assert missed[0][1] == "会议补署工作。"
    assert {flag.wrong for flag in site.others(site.judged.flags)} == {"专项"}


def test_a_word_list_flags_wherever_a_wrong_form_stands() -> None:
    _, flags = word_list({"展生": "产生", "布署": "部署"})(["发展生产。", "会议布署工作。"])
    assert [(flag.line, flag.start, flag.suggest) for flag in flags] == [
        (0, 1, "产生"),
        (1, 2, "部署"),
    ]


def test_says_what_was_not_measured() -> None:
    (section,) = text_part.measure(None)
    assert "not measured" in section.markdown()


def test_lists_flags_with_what_stands_around_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert text_tool.main(["text-flags", str(folder), "--rule", "T999", "--limit", "1"]) == 0
    told = capsys.readouterr()
    assert told.out == "T999 report 专项→\t会议部署【专项】工作。\t测试用词\n"
    assert "1 more" in told.err
    assert "report 2" in told.err
    text_tool.main(["text-flags", str(folder), "--tier", "review"])
    assert capsys.readouterr().out == ""
    text_tool.main(["text-sets", str(folder)])
    assert "| textproof, report + review" in capsys.readouterr().out
