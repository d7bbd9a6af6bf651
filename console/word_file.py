"""Word documents before publication: their text, and a copy with the findings as comments."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.errors import Failed
from ledger.texts import Passage, PassageKind

_MOST_EXPANDED = 512 * 1024 * 1024
_AUTHOR, _INITIALS = "巡查", "巡"


@dataclass(frozen=True, slots=True)
class Remark:
    """What to say of characters `start` to `end` of paragraph number `paragraph` (from 0)."""

    paragraph: int
    start: int
    end: int
    text: str


def passages_of(path: Path) -> tuple[Passage, ...]:
    """The paragraphs of a document in their order, those of tables marked as such."""
    return tuple(
        Passage(PassageKind.TABLE if tabled else PassageKind.BODY, paragraph.text)
        for paragraph, tabled in _paragraphs(_opened(path))
    )


def annotate(path: Path, remarks: Sequence[Remark], out: Path) -> None:
    """Write a copy of the document with every remark as a comment on its characters."""
    document = _opened(path)
    paragraphs = [paragraph for paragraph, _ in _paragraphs(document)]
    # From the back, so that splitting runs does not move what is still to be marked.
    for remark in sorted(remarks, key=lambda r: (r.paragraph, r.start), reverse=True):
        runs = _runs(paragraphs[remark.paragraph], remark.start, remark.end)
        if runs:
            document.add_comment(runs, text=remark.text, author=_AUTHOR, initials=_INITIALS)
    try:
        document.save(str(out))
    except OSError as error:
        raise Failed(f"批注文件 {out} 写不了：{error.strerror}。请换一个位置。") from error


def _opened(path: Path) -> Any:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > _MOST_EXPANDED:
            raise Failed(f"文件 {path} 解开后有 {size // 1024 // 1024} MB，太大了。请拆成几份。")
        return docx.Document(str(path))
    except (
        zipfile.BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError
    ) as error:  # fmt: skip
        raise Failed(
            f"文件 {path} 不是完好的 Word 文档（DOCX），可能已损坏、加了密或其实是旧版 DOC。"
            "请用 Word 或 WPS 打开后另存为 DOCX。"
        ) from error


def _paragraphs(document: Any) -> Iterator[tuple[Any, bool]]:
    """Every paragraph of the body, and whether it stands in a table; nested tables too."""
    from docx.text.paragraph import Paragraph

    for element in document.element.body.iter():
        if element.tag.endswith("}p"):
            tabled = any(parent.tag.endswith("}tc") for parent in element.iterancestors())
            yield Paragraph(element, document), tabled


def _runs(paragraph: Any, start: int, end: int) -> list[Any]:
    """The runs that hold just these characters, split off where they hold more."""
    found: list[Any] = []
    place = 0
    for run in list(paragraph.runs):
        first, last = max(start - place, 0), min(end - place, len(run.text))
        place += len(run.text)
        if first < last:
            found.append(_cut(run, first, last))
    return found


def _cut(run: Any, first: int, last: int) -> Any:
    """The run made to hold only its characters from `first` to `last`; the rest in its siblings."""
    text = run.text
    if last < len(text):
        _twin(run, text[last:], after=True)
    if first > 0:
        _twin(run, text[:first], after=False)
    if (first, last) != (0, len(text)):
        run.text = text[first:last]
    return run


def _twin(run: Any, text: str, *, after: bool) -> None:
    from docx.text.run import Run

    copy = Run(deepcopy(run._element), run._parent)
    copy.text = text
    if after:
        run._element.addnext(copy._element)
    else:
        run._element.addprevious(copy._element)
