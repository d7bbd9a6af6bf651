"""The judge: candidates, search, evidence of the site, trees, planting, silence."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.texts import PageText, Passage, PassageKind, TextPolicy
from rules.text.base import Tier
from rules.text.corpus import gather
from rules.text.ngrams import features, silence
from rules.text.ngrams.alphabet import Alphabet, codes
from rules.text.ngrams.confusion import DATA, Confusions, Kind, blurred
from rules.text.ngrams.counting import train
from rules.text.ngrams.evidence import marks, sentence_counts
from rules.text.ngrams.judge import Reader, haste
from rules.text.ngrams.planting import Typist, plant
from rules.text.ngrams.scoring import Scorer
from rules.text.ngrams.table import Stored
from rules.text.ngrams.trees import Forest, fit
from rules.text.suspects import RULE


@pytest.fixture(scope="module")
def reader(office_text: str) -> Reader:
    model = train(office_text)
    return Reader(Scorer(model), Confusions(model.alphabet))


def test_sounds_that_dialects_confuse_are_one() -> None:
    assert blurred("zhang") == blurred("zan")
    assert blurred("ning") == blurred("lin") == blurred("rin")
    assert blurred("fang") == blurred("huan")
    assert blurred("shi") != blurred("chi")


def test_candidates_are_of_like_sound_or_shape(office_text: str) -> None:
    alphabet = Alphabet.of(office_text + "正")
    confusions = Confusions(alphabet)
    fan = confusions.single
    rows = slice(fan.start[ord("正")], fan.start[ord("正") + 1])
    kinds = dict(zip(map(alphabet.char, fan.ids[rows].tolist()), fan.kinds[rows], strict=True))
    assert kinds["政"] == Kind.BOTH
    assert "正" not in kinds


def test_a_planted_error_is_the_strongest_suspect(reader: Reader, office_text: str) -> None:
    lines = office_text.split("\n")[:40]
    lines[7] = lines[7].replace("安全", "按全").replace("财政", "财正").replace("道路", "到路")
    lines[7] = lines[7].replace("植树", "值树").replace("窗口", "窗囗")
    found = reader.suspects(lines)
    best = max(found, key=lambda suspect: suspect.told("gain"))
    assert best.unit == 7
    assert best.wrong in "按正到值囗"
    assert lines[7][: best.start] + best.new + lines[7][best.end :] in office_text.split("\n")


def test_suspects_do_not_depend_on_what_stands_beside(reader: Reader) -> None:
    line = "镇政府及时公开财正预算信息，群众满意。"
    alone = reader.suspects([line])
    among = reader.suspects(["市税务局全面检查窗口服务质量。", line, "县农业局。"])
    spans = [(s.start, s.end, s.new, s.told("gain")) for s in alone]
    assert spans == [(s.start, s.end, s.new, s.told("gain")) for s in among if s.unit == 1]
    assert spans


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="镇政府财预算公开\n龘a1，。 😀", max_size=80))
def test_any_text_is_read(reader: Reader, text: str) -> None:
    lines = text.split("\n")
    for suspect in reader.suspects(lines):
        assert lines[suspect.unit] == suspect.text
        assert 0 <= suspect.start < suspect.end <= len(suspect.text)
        assert len(suspect.new) == suspect.end - suspect.start
        assert suspect.row.shape == (len(features.FEATURES),)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet="甲乙丙", max_size=8), min_size=1, max_size=12))
def test_sentences_are_counted_once_each(sentences: list[str]) -> None:
    wanted = ["甲乙", "乙乙", "丙甲"]
    table = codes("".join(wanted)).reshape(-1, 2)
    texts = [codes("".join(f"{s}\n" for s in some)) for some in (sentences[::2], sentences[1::2])]
    held = sentence_counts(texts, {2: marks(table)})[2]
    assert held.tolist() == [sum(pair in s for s in sentences) for pair in wanted]


def test_trees_learn_what_no_single_limit_tells(tmp_path: Path) -> None:
    rows = np.random.default_rng(3).random((4000, 3)).astype(np.float32)
    truth = (rows[:, 0] > 0.5) != (rows[:, 1] > 0.5)
    forest = fit(("a", "b", "c"), rows, truth, np.ones(4000), trees=80, depth=3)
    assert ((forest.odds(rows) > 0) == truth).mean() > 0.95
    forest.save(tmp_path / "judge.json", report=2.5)
    again, also = Forest.load(tmp_path / "judge.json")
    assert also == {"report": 2.5}
    assert np.allclose(again.odds(rows), forest.odds(rows), atol=0.05)


def test_typist_errs_once_a_sentence_and_says_where(office_text: str) -> None:
    lines = office_text.split("\n")
    typist = Typist([("正", "政", 3.0), ("按", "安", 1.0), ("福务", "服务", 1.0)])
    texts, planted = plant(lines, [(typist, 0.5)], np.random.default_rng(1))
    assert planted
    for error in planted:
        text = texts[error.unit]
        assert text != lines[error.unit]
        mended = text[: error.start] + error.right + text[error.end :]
        assert mended == lines[error.unit]


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [("地", "的", True), ("作", "做", True), ("己", "已", False), ("的好", "得郝", True)],
)
def test_usage_is_not_judged(wrong: str, right: str, told: bool) -> None:
    assert silence.usage(wrong, right) is told


def test_numerals_and_nations_are_left_alone() -> None:
    assert silence.numerals("三", "二")
    assert not silence.numerals("是", "十")
    assert silence.nation("中纳两国领导人", 1)
    assert not silence.nation("发展中国家", 2)


def test_what_a_site_repeats_is_a_term_unless_the_other_is_far_commoner() -> None:
    assert silence.repeated(2, 0)
    assert silence.repeated(3, 8)
    assert not silence.repeated(1, 0)
    assert not silence.repeated(2, 300)


def test_only_a_long_text_full_of_sure_errors_is_read_with_less_patience() -> None:
    assert haste(2, 300) == haste(0, 5_000_000) == haste(1000, 2_000_000) == 0
    assert 0 < haste(120, 60_000) < haste(300, 60_000) <= 2


def test_in_its_first_weeks_a_site_is_only_asked() -> None:
    text = "加快建设现代化产业体系，推动高质量发站取得新成效。"
    page = PageText("http://www.example.gov.cn/", passages=(Passage(PassageKind.BODY, text),))
    day = date(2026, 3, 20)
    sure, asked = (
        list(RULE.find(gather([page], TextPolicy(shadow=shadow), day))) for shadow in (False, True)
    )
    assert [hit.suggest for hit in sure] == [hit.suggest for hit in asked] == ["展"]
    assert all(hit.tier is Tier.REVIEW for hit in asked)
    assert "发站" in sure[0].why or "站" in sure[0].why
    assert "个数量级" in sure[0].why


def test_what_is_kept_follows_from_the_lists(tmp_path: Path) -> None:
    """A list was edited? Then `python -m rules.text.ngrams candidates` renews what is kept."""
    alphabet = Stored(DATA / "table.npz").alphabet
    for name in ("words.tsv", "sounds.tsv", "shapes.tsv", "slips.tsv"):
        shutil.copy(DATA / name, tmp_path)
    kept, built = Confusions(alphabet), Confusions(alphabet, tmp_path)
    assert kept.from_file
    assert not built.from_file
    assert np.array_equal(kept.sounds, built.sounds)
    for mine, theirs in ((kept.single, built.single), (kept.pairs, built.pairs)):
        assert np.array_equal(mine.start, theirs.start)
        assert np.array_equal(mine.ids, theirs.ids)
        assert np.array_equal(mine.kinds, theirs.kinds)
    built.keep(tmp_path)
    assert Confusions(alphabet, tmp_path).from_file
    with (tmp_path / "slips.tsv").open("a", encoding="utf-8") as file:
        file.write("侯\t候\t3\n")
    assert not Confusions(alphabet, tmp_path).from_file
