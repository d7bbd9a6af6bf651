"""What the judge is told of a suspect: by the table, the words around it, the site's own use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams.alphabet import UNKNOWN, Alphabet, Ids
from rules.text.ngrams.evidence import Marks, Points, marks, sentence_counts
from rules.text.ngrams.lexicon import Lexicon
from rules.text.ngrams.scoring import REACH, Scored, Scorer
from rules.text.ngrams.search import Edits
from rules.text.ngrams.table import Floats

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_NUMERALS = "〇零一二三四五六七八九十百千万亿两"
_MARKS = "，。；：、！？（）《》\"'“”·\n "
_CLIP = 14  # characters on either side that are parted into words

# Which characters beside a change of one or two characters are looked for in the site, from and to:
# two runs of two, three of three, two of four and one of five characters.
_SPANS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((-1, 1), (0, 2), (-2, 1), (-1, 2), (0, 3), (-2, 2), (-1, 3), (-2, 3)),
    2: ((0, 2), (0, 2), (-1, 2), (-1, 2), (0, 3), (-1, 3), (-1, 3), (-1, 4)),
}
_SIZES = np.array([end - start for start, end in _SPANS[1]])

LOCAL = (
    *(
        "gain",
        "margin",
        "kind",
        "length",
        "before",
        "after",
        "own",
        "worst",
        "next",
        "left",
        "right",
    ),
    *("order_own", "order_best", "order_sum", "new_order_best", "new_order_sum", "new_worst"),
    *("single_old", "single_new", "old_in", "old_out", "new_in", "new_out", "unknown"),
    *("surname_1", "surname_2", "numeral", "mark_left", "mark_right", "foreign"),
    *("known_old", "known_new", "gain_in", "gain_out", "bound_old", "bound_new"),
    *("lexical_old", "lexical_new", "lexical_gain"),
)
WORDY = (
    *("token_old", "token_new", "tokens_fewer", "alone_fewer", "word_old", "word_new"),
    *("size", "fellows", "quoted"),
)
SITE = (
    *("old2_least", "old2_most", "old3_least", "old3_mid", "old3_most", "old4_most", "old5"),
    *("new2_least", "new2_most", "new3_least", "new3_mid", "new3_most", "new4_most", "new5"),
    "sentences",
)
FEATURES = (*LOCAL, *WORDY, *SITE)


def local(scorer: Scorer, lexicon: Lexicon, ids: Ids, base: Scored, found: Edits) -> Floats:
    """What the table says of each edit and its surroundings; columns as LOCAL."""
    place, length = found.place, found.length.astype(np.int64)
    around = np.arange(-REACH, 2 + REACH)
    window = ids[place[:, None] + around]
    new = window.copy()
    new[:, REACH] = found.ids[:, 0]
    double = length == 2
    new[double, REACH + 1] = found.ids[double, 1]
    rescored = scorer.score(new)
    reach = np.arange(REACH + 2)[None, :] < (length + REACH)[:, None]
    logs = base.logs[place[:, None] + around]
    order = base.order[place[:, None] + around].astype(np.float32)
    tail, tail_order = logs[:, REACH:], order[:, REACH:]
    new_tail, new_order = rescored.logs[:, REACH:], rescored.order[:, REACH:].astype(np.float32)
    last = place + length - 1
    before, after = ids[place - 1], ids[last + 1]
    last_new = np.where(double, found.ids[:, 1], found.ids[:, 0])
    old_in, old_in_known = scorer.pair(before, ids[place])
    old_out, old_out_known = scorer.pair(ids[last], after)
    new_in, new_in_known = scorer.pair(before, found.ids[:, 0])
    new_out, new_out_known = scorer.pair(last_new, after)
    lexical_old = _lexical(lexicon, double, before, ids[place], ids[last], after)
    lexical_new = _lexical(lexicon, double, before, found.ids[:, 0], last_new, after)
    alphabet = scorer.alphabet
    surname = _flags(alphabet, _SURNAMES)
    mark = _flags(alphabet, _MARKS)
    columns = [
        found.gain,
        found.margin,
        found.kind,
        length,
        found.before,
        found.after,
        tail[:, 0],
        np.where(reach, tail, 0).min(axis=1),
        tail[:, 1],
        logs[:, :REACH].mean(axis=1),
        base.logs[np.minimum(place[:, None] + np.arange(5, 10), len(ids) - 1)].mean(axis=1),
        tail_order[:, 0],
        _covering(tail_order, reach),
        np.where(reach, tail_order, 0).sum(axis=1),
        _covering(new_order, reach),
        np.where(reach, new_order, 0).sum(axis=1),
        np.where(reach, new_tail, 0).min(axis=1),
        scorer.single[ids[place]],
        scorer.single[found.ids[:, 0]],
        old_in,
        old_out,
        new_in,
        new_out,
        (window[:, REACH - 2 : REACH + 4] == UNKNOWN).sum(axis=1),
        surname[ids[place - 1]],
        surname[ids[place - 2]],
        _flags(alphabet, _NUMERALS)[window[:, REACH - 1 : REACH + 3]].sum(axis=1),
        _distance(mark[ids[place[:, None] - np.arange(1, REACH + 1)]]),
        _distance(mark[ids[last[:, None] + np.arange(1, REACH + 1)]]),
        _flags(alphabet, "0a·")[window].sum(axis=1),
        old_in_known.astype(np.float32) + old_out_known,
        new_in_known.astype(np.float32) + new_out_known,
        new_in - old_in,
        new_out - old_out,
        np.maximum(old_in - scorer.single[ids[place]], old_out - scorer.single[after]),
        np.maximum(new_in - scorer.single[found.ids[:, 0]], new_out - scorer.single[after]),
        lexical_old,
        lexical_new,
        lexical_new - lexical_old,
    ]
    return np.stack([column.astype(np.float32) for column in columns], axis=1)


def _lexical(
    lexicon: Lexicon, double: NDArray[np.bool_], before: Ids, first: Ids, last: Ids, after: Ids
) -> Floats:
    """How common the commonest word is that a character makes with a neighbour.

    Of two characters at once it is the word they make with each other.
    """
    beside = np.maximum(lexicon.common(before, first), lexicon.common(last, after))
    return np.where(double, lexicon.common(first, last), beside)


def _covering(order: Floats, reach: NDArray[np.bool_]) -> Floats:
    """The longest n-gram that ends in the window and covers its first character."""
    ahead = np.arange(order.shape[1])
    longest: Floats = np.where(reach & (order > ahead), order, 0).max(axis=1)
    return longest


def _flags(alphabet: Alphabet, chars: str) -> NDArray[np.bool_]:
    flags = np.zeros(1 << 12, dtype=bool)
    flags[alphabet.encode(chars)] = True
    flags[UNKNOWN] = False
    return flags


def _distance(marks: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many characters off the first mark stands; one more than there are if none does."""
    far: NDArray[np.int64] = np.where(marks.any(axis=1), marks.argmax(axis=1), marks.shape[1])
    return far


def wordy(suspects: Sequence[tuple[str, int, int, str]], fellows: Iterable[int]) -> Floats:
    """What parting into words says: sentence, start, end, replacement of each; columns as WORDY."""
    rows = [
        (*_tokens(text, start, end, new), len(text), fellow, _quoted(text, start))
        for (text, start, end, new), fellow in zip(suspects, fellows, strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(-1, len(WORDY))


def _tokens(text: str, start: int, end: int, new: str) -> tuple[float, ...]:
    import rjieba

    low, high = max(0, start - _CLIP), end + _CLIP
    head, tail = text[low:start], text[end:high]
    old_tokens = rjieba.cut(head + text[start:end] + tail)
    new_tokens = rjieba.cut(head + new + tail)
    old, old_long = _at(old_tokens, len(head), len(head) + end - start)
    changed, new_long = _at(new_tokens, len(head), len(head) + len(new))
    alone = sum(len(t) == 1 for t in old_tokens) - sum(len(t) == 1 for t in new_tokens)
    return (
        old_long,
        new_long,
        len(old_tokens) - len(new_tokens),
        alone,
        float(any(len(token) > 1 and rjieba.has_word(token) for token in old)),
        float(any(len(token) > 1 and rjieba.has_word(token) for token in changed)),
    )


def _at(tokens: list[str], start: int, end: int) -> tuple[list[str], int]:
    """The tokens that touch a span, and the length of the longest."""
    at, touched = 0, []
    for token in tokens:
        if at < end and at + len(token) > start:
            touched.append(token)
        at += len(token)
    return touched, max(map(len, touched), default=0)


def _quoted(text: str, start: int) -> float:
    """Whether the place stands in a title or in quotation marks."""
    head = text[:start]
    return float(head.rfind("《") > head.rfind("》") or head.count('"') % 2 == 1)


def asked(points: Points, found: Edits, new: Points) -> Marks:
    """What is looked for in the site's sentences: by edit, for the old wording and the new.

    `new` are the code points of the replacements, two columns.
    """
    asked = np.zeros((len(found.place), 2, len(_SIZES)), dtype=np.uint64)
    around = np.arange(-REACH, REACH + 2)
    for length, spans in _SPANS.items():
        rows = np.flatnonzero(found.length == length)
        old = points[found.place[rows, None] + around]
        changed = old.copy()
        changed[:, REACH : REACH + length] = new[rows, :length]
        for column, (start, end) in enumerate(spans):
            for side, table in enumerate((old, changed)):
                asked[rows, side, column] = marks(table[:, REACH + start : REACH + end])
    return asked


def site(texts: Iterable[Points], asked: Marks, sentences: int) -> Floats:
    """How many sentences of the site hold the old and the new wording; columns as SITE.

    `texts` are the code points of all its sentences, some at a time.
    """
    wanted = {size: asked[:, :, size == _SIZES] for size in np.unique(_SIZES).tolist()}
    held = sentence_counts(texts, {size: rows.ravel() for size, rows in wanted.items()})
    counts = np.zeros(asked.shape, dtype=np.float64)
    for size, rows in wanted.items():
        counts[:, :, size == _SIZES] = held[size].reshape(rows.shape)
    return _site_columns(counts, sentences)


def site_of_one() -> Floats:
    """What the site says of a suspect where it is but the one sentence; columns as SITE."""
    told: Floats = np.log1p(np.array([name.startswith(("old", "sent")) for name in SITE]))
    return told.astype(np.float32)


def _site_columns(counts: NDArray[np.float64], sentences: int) -> Floats:
    columns = []
    for side in range(2):
        mine = counts[:, side]
        columns += [
            mine[:, 0:2].min(axis=1),
            mine[:, 0:2].max(axis=1),
            mine[:, 2:5].min(axis=1),
            mine[:, 3],
            mine[:, 2:5].max(axis=1),
            mine[:, 5:7].max(axis=1),
            mine[:, 7],
        ]
    columns.append(np.full(len(counts), float(sentences)))
    logs: Floats = np.log1p(np.stack(columns, axis=1)).astype(np.float32)
    return logs
