"""OCR: the words of scanned pages, where the extra `ocr` is installed.

The models stand in the package; nothing is downloaded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any, NamedTuple

from crawler.attaching.joining import joined
from crawler.attaching.scans import Scan, pictures
from crawler.attaching.words import Full, Gathering

MEMORY = 3 * 1024**3
"""What a process that recognises may take of addresses: A4 was seen to need 1.5 GB, A3 1.9 GB."""
_START, _A_PAGE = 15.0, 15.0
_PACKAGES = ("rapidocr", "onnxruntime", "pypdfium2")
_SURE = 0.95
"""On rendered pages lines read with less had about one wrong character in ten."""
_POOR = 0.25
"""Where more of a page is unsure than this, what seems sure is misread as well."""
_BLOT = 0.5
"""Below this a line is no writing: a seal, a line of a table, a stain."""
_WIDE = 6
_SAME_ROW = 0.5
_GUTTER, _PROSE, _LEAST_LINES = 1.0, 8.0, 6
"""Columns of prose: this far apart and this wide in heights of a line, with so many lines each."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of a scan, and the pages looked at; `unclear` says that lines were left out."""

    text: str
    pages: tuple[int, ...]
    unclear: bool


NOTHING = Recognised("", (), unclear=False)


class _Line(NamedTuple):
    """A stretch of writing: from where to where, the middle of it, how high, what it says."""

    left: float
    right: float
    y: float
    height: float
    text: str


@cache
def has_ocr() -> bool:
    """Whether the extra is installed."""
    return all(find_spec(name) is not None for name in _PACKAGES)


def seconds_for(pages: int) -> float:
    """How long so many pages may take of the processor; 0 for none."""
    return _START + _A_PAGE * pages if pages else 0.0


def recognise(scan: Scan, most: int, enough: Callable[[], bool]) -> Recognised:
    """The words of the first `most` pages, page by page until `enough` says so."""
    engine = _engine()
    lines: list[str] = []
    done: list[int] = []
    unclear = False
    for number, picture in pictures(scan, most):
        if enough():
            break
        if picture is not None:
            seen = engine(picture)
            kept, left_out = _sure(seen)
            lines += [row for column in _columns(kept) for row in _rows(column)]
            unclear = unclear or left_out
            done.append(number)
    gathering = Gathering()
    try:
        for line in joined(lines):
            gathering.add(line)
    except Full:
        unclear = True
    return Recognised(gathering.text, tuple(done), unclear)


def _engine() -> Callable[[Any], Any]:
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    engine: Any = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": 2_500,
            "Global.text_score": _BLOT,
            # One at a time: lines of unequal length are padded to the longest of their batch.
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    return lambda picture: engine(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))


def _sure(seen: Any) -> tuple[list[_Line], bool]:
    """The lines that were read surely, the page set straight, and whether others were not."""
    if seen.boxes is None or not seen.txts:
        return [], False
    found = list(zip(seen.boxes.tolist(), seen.txts, seen.scores, strict=True))
    slope = _slope([box for box, _, _ in found])
    kept = [_line(box, text, slope) for box, text, score in found if score >= _SURE]
    if len(found) - len(kept) > _POOR * len(found):
        return [], True
    return kept, len(kept) < len(found)


def _slope(boxes: Sequence[Sequence[Sequence[float]]]) -> float:
    """By how much lines fall from left to right."""
    slopes = [
        (right[1] - left[1]) / (right[0] - left[0])
        for left, right, _, low in boxes
        if right[0] - left[0] > _WIDE * abs(low[1] - left[1])
    ]
    return median(slopes) if slopes else 0.0


def _line(box: Sequence[Sequence[float]], text: str, slope: float) -> _Line:
    x = sum(point[0] for point in box) / 4
    y = sum(point[1] for point in box) / 4
    left, right = min(point[0] for point in box), max(point[0] for point in box)
    return _Line(left, right, y - slope * x, math.dist(box[0], box[3]), text)


def _columns(lines: list[_Line]) -> list[list[_Line]]:
    """Columns of prose from left to right, as on two pages side by side; tables stay whole."""
    ordered = sorted(lines, key=lambda one: one.left)
    edge = 0.0
    for number, line in enumerate(ordered):
        first, rest = ordered[:number], ordered[number:]
        apart = line.left - edge > _GUTTER * line.height
        if first and apart and _is_prose(first) and _is_prose(rest):
            return [first, *_columns(rest)]
        edge = max(edge, line.right)
    return [ordered]


def _is_prose(lines: Sequence[_Line]) -> bool:
    return len(lines) >= _LEAST_LINES and (
        median((line.right - line.left) / max(line.height, 1.0) for line in lines) >= _PROSE
    )


def _rows(lines: Sequence[_Line]) -> list[str]:
    """What stands on one height is one line, from left to right."""
    rows: list[list[_Line]] = []
    for line in sorted(lines, key=lambda one: one.y):
        if rows and line.y - rows[-1][-1].y < _SAME_ROW * min(line.height, rows[-1][-1].height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [" ".join(one.text for one in sorted(row, key=lambda one: one.left)) for row in rows]
