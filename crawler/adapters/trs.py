"""Portals whose pager is a script: `createPageHTML(…)` in both orders of its arguments.

`createPageHTML(12, 0, "index", "shtml", 231)` counts from 0: page 2 is index_1.shtml.
`createPageHTML('page-div', 34, 1, 'common_list', 'shtml', 500)` counts from 1: page 2 is
common_list_2.shtml. Either way the next page carries the present number plus one. The number of
pages may be a lie; who walks on must stop at the first page that is gone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from crawler.adapters.base import ListReading
from crawler.reading.document import Document
from crawler.reading.listing import read_list, survey
from crawler.reading.listing_paging import next_shown

_CALL = re.compile(r"createPage(?:HTML)?\s*\(([^()]{3,300})\)", re.I)
_ARGUMENT = re.compile(r"\s*(?:'([^']*)'|\"([^\"]*)\"|([\w.$]+))\s*(?:,|$)")
_WRITTEN = re.compile(
    r"""(\w{1,40})['"]?\s*\+?\s*['"]?_['"]?\s*\+\s*\w{1,40}\s*\+\s*['"]\s*\.?['"]?\s*\+?\s*['"]?\.?(s?html?|jsp|aspx?|php)\b"""
)
_ARTICLE = re.compile(r"/t?20\d{6}_\d+\.s?html?")
_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Pager:
    """What the paging script says. `current` counts from 0 or 1 as `first` says.

    `records` is the number of items it names, 0 where it names none.
    """

    pages: int
    current: int
    first: int
    name: str
    extension: str
    records: int = 0


class Trs:
    """TRS WCM and the platforms that page like it."""

    name = "trs"

    def recognise(self, doc: Document) -> float:
        """Sure where the paging script stands in the page, fairly sure by item addresses."""
        if read_pager(doc, 1) is not None:
            return 0.9
        if "TRS_Editor" in doc.html:
            return 0.3
        shaped = islice(_ARTICLE.finditer(doc.html), _ENOUGH)
        return 0.3 if sum(1 for _ in shaped) == _ENOUGH else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The page's own list."""
        return read_list(doc, today)

    def next_page(self, doc: Document, number: int) -> str | None:
        """By the paging script; without one, by the links shown."""
        pager = read_pager(doc, number)
        if pager is None:
            return next_shown(doc, number)
        position = pager.current - pager.first + 1
        if position >= pager.pages and not _goes_on(doc, pager, position):
            return None
        return doc.absolute(f"{pager.name}_{pager.current + 1}.{pager.extension}")


def _goes_on(doc: Document, pager: Pager, position: int) -> bool:
    """Whether the number of pages is a relic: many scripts count them anew from the records."""
    main = survey(doc).main
    rows = len(main.block.rows) if main is not None else 0
    if not rows or (position == pager.pages and position > 1):
        return False
    return position * rows < pager.records


def read_pager(doc: Document, number: int) -> Pager | None:
    """The paging script of list page `number`, or None."""
    if "createpage" not in doc.lower and "countPage" not in doc.html:
        return None
    scripts = "\n".join(n.text() for n in doc.tree.css("script") if not n.attributes.get("src"))[
        :200_000
    ]
    # A commented call is no call.
    scripts = re.sub(r"(?m)^\s*//.*$", "", scripts)
    for match in _CALL.finditer(scripts):
        if re.search(r"function\s+$", scripts[max(0, match.start() - 12) : match.start()]):
            continue
        pager = _from_call(scripts, match[1], number)
        if pager is not None:
            return pager
    return _from_variables(scripts, number)


def _from_call(scripts: str, inner: str, number: int) -> Pager | None:
    values: list[str] = []
    for match in _ARGUMENT.finditer(inner):
        quoted = match[1] if match[1] is not None else match[2]
        values.append(quoted if quoted is not None else _value(scripts, match[3]))
    boxed = bool(values) and not values[0].isdigit()
    if boxed:
        values = values[1:]
    if len(values) < 4 or not (values[0].isdigit() and values[1].isdigit()):
        return None
    name, extension = values[2].strip(), values[3].strip().lstrip(".")
    if not re.fullmatch(r"[\w./-]{1,80}", name) or not re.fullmatch(r"\w{2,6}", extension):
        return None
    records = int(values[4]) if len(values) > 4 and values[4].isdigit() else 0
    pager = _pager(int(values[0]), int(values[1]), number, name, extension, 1 if boxed else 0)
    return replace(pager, records=min(records, 1_000_000))


def _pager(pages: int, current: int, number: int, name: str, extension: str, usual: int) -> Pager:
    first = current - (number - 1)
    if first not in (0, 1):
        # The script was copied from another page: the walk knows better where it stands.
        first = usual
        current = number - 1 + first
    return Pager(min(pages, 100_000), current, first, name, extension)


def _value(scripts: str, word: str) -> str:
    if word.isdigit():
        return word
    match = re.search(rf"\b{re.escape(word)}\s*=\s*['\"]?([\w./-]{{1,60}})", scripts)
    return match[1] if match else word


def _from_variables(scripts: str, number: int) -> Pager | None:
    """The older script: countPage and currentPage, links written out by hand."""
    pages, current = _value(scripts, "countPage"), _value(scripts, "currentPage")
    written = _WRITTEN.search(scripts)
    if not pages.isdigit() or not current.isdigit() or written is None:
        return None
    return _pager(int(pages), int(current), number, written[1], written[2], 0)


ADAPTER = Trs()
