"""The n-gram table: packing, counting, probabilities, and what the file keeps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.text.ngrams.alphabet import BITS, BREAK, SIZE, UNKNOWN, Alphabet, codes
from rules.text.ngrams.counting import pack, train
from rules.text.ngrams.scoring import Scorer
from rules.text.ngrams.table import VALUES, Hashed, Level, Model, quantised


@pytest.fixture(scope="module")
def model(office_text: str) -> Model:
    return train(office_text)


@pytest.fixture(scope="module")
def scorer(model: Model) -> Scorer:
    return Scorer(model)


def test_alphabet_puts_the_most_frequent_first_and_digits_together() -> None:
    alphabet = Alphabet.of("的的的人人2026年abc\n")
    assert alphabet.chars[0] == "0"
    assert alphabet.encode("9").tolist() == alphabet.encode("0").tolist()
    assert alphabet.encode("Z").tolist() == alphabet.encode("a").tolist()
    assert alphabet.encode("龘\n").tolist() == [UNKNOWN, BREAK]


@given(st.text(max_size=60))
def test_encoding_keeps_one_number_a_character(text: str) -> None:
    assert len(Alphabet("政府公开，").encode(text)) == len(codes(text)) == len(text)


@given(st.lists(st.integers(0, SIZE - 1), min_size=5, max_size=40))
def test_packing_is_reversible(numbers: list[int]) -> None:
    ids = np.array(numbers, dtype=np.uint16)
    for order in range(1, 6):
        for place, key in enumerate(pack(ids, order).tolist()):
            parts = [key >> BITS * (order - 1 - at) & (SIZE - 1) for at in range(order)]
            assert parts == numbers[place : place + order]


@settings(max_examples=30)
@given(st.sets(st.integers(0, 2**60 - 1), max_size=400), st.data())
def test_hash_table_finds_what_is_in_it_and_nothing_else(
    held: set[int], data: st.DataObject
) -> None:
    keys = np.array(sorted(held), dtype=np.uint64)
    chance = np.array([1 + key % 127 for key in keys.tolist()], dtype=np.uint8)
    other = data.draw(st.integers(0, 2**60 - 1).filter(lambda key: key not in held))
    for few in (0, 1000):  # by hash, by search
        hashed = Hashed(Level(keys, chance, chance), few)
        assert (hashed.find(keys) == chance.astype(np.uint32) * 129).all()
        assert hashed.find(np.array([other], dtype=np.uint64)).tolist() == [0]


@given(st.lists(st.floats(-7, 0), min_size=1, max_size=20))
def test_quantising_loses_less_than_a_thirtieth_of_a_decade(logs: list[float]) -> None:
    values = np.array(logs, dtype=np.float32)
    assert np.abs(VALUES[quantised(values)] - values).max() <= 7 / 126 / 2 + 1e-5


def test_probabilities_of_what_may_follow_sum_to_one(scorer: Scorer, model: Model) -> None:
    every = np.arange(SIZE, dtype=np.uint16)
    for context in ("镇政府认", "落实安全", "\n县农业", "龘龘龘龘", "及时公开"):
        ids = np.tile(scorer.alphabet.encode(context), (SIZE, 1))
        rows = np.concatenate([ids, every[:, None]], axis=1)
        known = (every > UNKNOWN) & (every < len(model.alphabet.chars) + 2)
        total = (10.0 ** scorer.score(rows[known]).logs[:, -1]).sum()
        assert 0.9 < total < 1.15


def test_familiar_wording_is_likelier_than_the_same_with_an_error(scorer: Scorer) -> None:
    right, wrong = (
        scorer.score(scorer.alphabet.encode(f"\n\n\n\n{text}\n")).logs.sum()
        for text in ("市税务局全面检查窗口服务质量", "市税务局全面检查窗口服物质量")
    )
    assert right > wrong + 3


def test_every_kept_ngram_has_both_parts(model: Model) -> None:
    for order in range(2, 6):
        keys = model.levels[order - 1].keys
        shorter = set(model.levels[order - 2].keys.tolist())
        mask = (1 << BITS * (order - 1)) - 1
        assert all(key >> BITS in shorter and key & mask in shorter for key in keys.tolist())


def test_what_was_seen_once_does_not_enter(office_text: str) -> None:
    once = "某地举办桥梁吊装演练"
    model = train(f"{office_text}\n{once}")
    seen = {order: set(model.levels[order - 1].keys.tolist()) for order in (3, 4, 5)}
    for order, kept in seen.items():
        assert not kept & set(pack(model.alphabet.encode(once), order).tolist())


def test_no_ngram_crosses_a_sentence(model: Model) -> None:
    for order in (3, 4, 5):
        for key in model.levels[order - 1].keys.tolist():
            parts = [key >> BITS * at & (SIZE - 1) for at in range(order)]
            assert BREAK not in parts[1:-1]


def test_file_gives_back_the_model(model: Model, tmp_path: Path) -> None:
    model.save(tmp_path / "table.npz")
    again = Model.load(tmp_path / "table.npz")
    assert again.alphabet.chars == model.alphabet.chars
    for one, other in zip(model.levels, again.levels, strict=True):
        assert (one.keys == other.keys).all()
        assert (one.chance == other.chance).all()
    tail = model.levels[-2].backoff
    assert (again.levels[-2].backoff == tail).all()


def test_scores_of_rows_are_those_of_the_text(scorer: Scorer, office_text: str) -> None:
    ids = scorer.alphabet.encode(f"\n\n\n\n{office_text[:200]}")
    whole = scorer.score(ids)
    rows = np.lib.stride_tricks.sliding_window_view(ids, 5)
    assert np.allclose(scorer.score(rows).logs[:, -1], whole.logs[4:])
    assert (scorer.score(rows).order[:, -1] == whole.order[4:]).all()
