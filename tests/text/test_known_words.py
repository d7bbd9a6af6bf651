"""Known wrong words: what ships, how forms are matched, and how the table is built."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from rjieba import Jieba

from ledger.texts import PageText, Passage, PassageKind, TextPolicy, WordReview
from rules.errors import RuleError
from rules.text.corpus import gather
from rules.text.known.building import Lexicon, admitted, misprints, unfamiliar, unlikely
from rules.text.known.pairs import Matcher, Pair, folder, read, shipped, usage
from rules.text.known.slips import Slips
from rules.text.known_words import RULE
from rules.text.proofing import Proof, proofs

_USAGE = ("的地得", "他她它", "做作", "像象", "渡度", "须需", "唯惟", "帐账")


def _proofs(text: str, *reviews: WordReview) -> list[Proof]:
    page = PageText("http://www.example.gov.cn/", passages=(Passage(PassageKind.BODY, text),))
    corpus = gather([page], TextPolicy(reviews=reviews), date(2026, 3, 20))
    return proofs(corpus, [RULE])


def test_the_table_is_large_and_every_wrong_form_is_no_word() -> None:
    pairs, words = shipped().pairs, Jieba()
    assert len(pairs) >= 3000
    assert len({pair.wrong for pair in pairs}) == len(pairs)
    told = [p for p in pairs if len(p.wrong) < 2 or words.has_word(p.wrong)]
    assert [pair for pair in told if pair.wrong not in misprints()] == []


def test_no_right_form_holds_a_wrong_one() -> None:
    matcher = shipped()
    rights = sorted({pair.right for pair in matcher.pairs})
    assert [pair for _, _, pair in matcher.find("\n".join(rights))] == []


def test_usage_alone_is_never_called_wrong() -> None:
    for pair in shipped().pairs:
        assert {pair.wrong, pair.right} != {"制订", "制定"}
        if len(pair.wrong) == len(pair.right):
            swaps = [{a, b} for a, b in zip(pair.wrong, pair.right, strict=True) if a != b]
            assert not all(any(swap <= set(group) for group in _USAGE) for swap in swaps), pair


def test_every_wrong_form_is_found_between_plain_words() -> None:
    matcher = shipped()
    found = {pair for _, _, pair in matcher.find("\n".join(pair.wrong for pair in matcher.pairs))}
    assert set(matcher.pairs) - found == set()


def test_a_form_is_no_hit_where_two_words_meet() -> None:
    matcher = Matcher([("展生", "展示"), ("家重", "加重")])
    assert list(matcher.find("大力发展生产，国家重大项目")) == []
    assert [text for _, _, text in matcher.find("，展生，")] == [Pair("展生", "展示")]


def test_a_word_that_reaches_into_a_form_as_into_the_right_one_is_no_excuse() -> None:
    matcher = Matcher([("管理现定", "管理规定"), ("证审批项", "政审批项")])
    assert [pair.wrong for _, _, pair in matcher.find("违反治安管理现定的")] == ["管理现定"]
    assert list(matcher.find("优化通行证审批项目")) == []


def test_a_form_of_familiar_parts_may_be_right() -> None:
    pairs = [Pair("拒不接收", "拒不接受"), Pair("统筹推近", "统筹推进")]
    assert unfamiliar(pairs, ["接收材料。" * 10]) == pairs
    assert unfamiliar(pairs, ["接收材料。" * 30]) == [pairs[1]]
    assert unfamiliar(pairs, ["不接收。"]) == [pairs[1]]


def test_a_confirmed_finding_joins_the_pairs_of_its_site() -> None:
    review = WordReview("数字证务", "推", "，", "数字政务", right=False)
    assert _proofs("推进数字证务，加快数字证务建设。") == []
    found = _proofs("推进数字证务，加快数字证务建设。", review)
    assert [(p.wrong, p.hit.suggest) for p in found] == [("数字证务", "数字政务")] * 2


def test_a_short_confirmed_finding_counts_in_its_context_alone() -> None:
    review = WordReview("证", "数", "务", "政", right=False)
    found = _proofs("数证务实，数证机构，证务大厅。", review)
    assert [(p.start, p.wrong, p.hit.suggest) for p in found] == [(1, "证", "政")]


def test_a_finding_said_to_be_right_is_silent() -> None:
    assert len(_proofs("做好秸杆禁烧工作")) == 1
    review = WordReview("秸杆禁烧", "好", "工", "", right=True)
    assert _proofs("做好秸杆禁烧工作", review) == []


def test_a_line_that_is_no_pair_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("# remark\n秸杆\t秸秆\n布署\n", encoding="utf-8")
    with pytest.raises(RuleError, match="第 3 行"):
        read(path)


def test_admission_wants_no_word_and_no_use() -> None:
    wrongs = {"秸杆禁烧": "秸秆禁烧", "布署工作": "部署工作", "常用写法": "长用写法"}
    pairs = [Pair(wrong, right) for wrong, right in wrongs.items()]
    lexicon = Lexicon({"布署工作": 3, "工作": 90})
    text = "常用写法一。\n常用写法二。\n秸杆禁烧。\n"
    assert admitted(pairs, [text], lexicon) == [pairs[0]]
    assert admitted(pairs, [text], lexicon, seen=0) == []


def test_a_meeting_of_frequent_words_is_likely() -> None:
    lexicon = Lexicon({"失业": 30_000, "单位": 90_000, "推近": 1, "统筹": 900, "工作": 900_000})
    pairs = [Pair("失业单位", "事业单位"), Pair("统筹推近", "统筹推进")]
    assert unlikely(pairs, lexicon) == [pairs[1]]


def test_slips_sound_or_look_alike_and_leave_usage_and_numerals_alone() -> None:
    chars = dict.fromkeys("推进近金尽须需三山散定订制杆秆", 5000)
    slips = Slips(chars, {"推进": 900, "必须": 900})
    assert "推近" in slips.of("推进")
    assert "秸杆" in slips.of("秸秆")
    assert slips.of("必须") == {}
    assert all("三" not in wrong for wrong in slips.of("山"))
    assert usage("须", "需")
    assert not usage("近", "进")


def test_the_table_can_be_built_anew(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    line = "各地要做好秸秆禁烧工作，统筹推进乡村振兴。\n"
    (tmp_path / "text" / "a.txt").write_text(line * 300, encoding="utf-8")
    words = tmp_path / "dict.txt"
    words.write_text("乡村振兴 20 n\n推进 900 v\n秸秆 30 n\n工作 9000 n\n", encoding="utf-8")
    more = tmp_path / "more.tsv"
    more.write_text("数字证务\t数字政务\n", encoding="utf-8")
    out = tmp_path / "pairs.tsv"
    command = [sys.executable, "-m", "rules.text.known", str(tmp_path / "text")]
    command += ["--words", str(words), "--pairs", str(more), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    built = {pair.wrong: pair.right for pair in read(out)}
    assert built["数字证务"] == "数字政务"
    assert built["秸杆禁烧"] == "秸秆禁烧"
    assert (folder() / "pairs.tsv").is_file()
