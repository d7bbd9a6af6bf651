"""Lines as a page is set, joined to the paragraphs they were."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Fonts give some characters the numbers of the radicals they look like; Unicode's own table of
# equivalent ideographs (EquivalentUnifiedIdeograph.txt) says which. The older radicals are told by
# their compatibility form.
_RADICALS = str.maketrans(
    "⺎⺒⺓⺝⺞⺟⺠⺪⺬⺮⺶⺻⺽⻁⻄⻅⻆⻉⻋⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻢⻣⻤⻥⻦⻨⻩⻪⻬⻮⻯⻰⻳",
    "兀巳幺月歺母民疋示竹羊聿臼虎西见角贝车长门雨青韦页风飞食食马骨鬼鱼鸟麦黄黾齐齿竜龙龟",
)
_RADICAL = re.compile("[\u2f00-\u2fd5]")
_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_MARKS = r"，。、；：！？“”‘’（）《》〈〉【】〔〕—…"
_BLANK = re.compile(rf"(?<=[{_HAN}{_MARKS}])[ \t\u3000\u00a0]{{1,9}}(?=[{_HAN}{_MARKS}])")
_PROSE = re.compile(r"[，。；：、！？]")
_PAGE_NUMBER = re.compile(
    r"[\s—\-–－·第]{0,6}\d{1,4}[\s—\-–－·页]{0,6}(?:[/／共]\s?\d{1,4}\s?页?)?"
)
_END = re.compile(r"[。！？；：!?;:][”’）)》」』\"]{0,3}$")
_GOES_ON = re.compile(r"[，、,（(《“‘]$")
_BEGINS = re.compile(
    r"(?:第[一二三四五六七八九十百零\d]{1,6}[章节条款]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]\D|附件|附表)"
)
_FULL = 0.82
_LETTERS = 0.5
_CELLS = 3


def joined(lines: Iterable[str]) -> Iterator[str]:
    """Paragraphs made of lines; numbers of pages are left out.

    A line that reaches to the edge goes on in the next one unless a sentence ends with it.
    """
    kept = [line for line in (unspaced(line) for line in lines) if line and not _is_number(line)]
    edge = _edge(kept)
    paragraph = last = ""
    for line in kept:
        if paragraph and not _goes_on(last, line, edge):
            yield paragraph
            paragraph = ""
        between = " " if paragraph[-1:].isascii() and line[:1].isascii() and paragraph else ""
        paragraph += between + line
        last = line
    if paragraph:
        yield paragraph


def unspaced(line: str) -> str:
    """A line without the blanks that setting put between Chinese characters.

    The blanks between the cells of a table's row stay.
    """
    line = " ".join(line.translate(_RADICALS).split())
    line = _RADICAL.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), line)
    tokens = line.split(" ")
    spread = sum(len(token) == 1 for token in tokens) * 2 > len(tokens)
    if len(tokens) >= _CELLS and not spread and not _PROSE.search(line):
        return line
    return _BLANK.sub("", line)


def _is_number(line: str) -> bool:
    return len(line) <= 16 and _PAGE_NUMBER.fullmatch(line) is not None


def _edge(lines: list[str]) -> float:
    """How wide a full line is: most of the longer lines are as wide."""
    widths = sorted(map(_width, lines))
    return widths[len(widths) * 3 // 4] if widths else 0.0


def _width(line: str) -> float:
    letters = sum(sign.isascii() for sign in line)
    return len(line) - letters * _LETTERS


def _goes_on(line: str, following: str, edge: float) -> bool:
    if _END.search(line):
        return False
    if _GOES_ON.search(line):
        return True
    return _width(line) >= _FULL * edge and not _BEGINS.match(following)
