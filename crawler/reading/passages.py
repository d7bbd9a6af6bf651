"""What there is to read of a page beside its title and main text, for the text rules.

One walk over the page has gathered it all; here it is told apart: tables, what stands for pictures,
what is kept from being seen, links to other hosts.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import lru_cache

from crawler.reading.document import Document
from crawler.reading.lines import Lines
from crawler.reading.main_text import MainText
from crawler.reading.script_links import written_links
from crawler.reading.tag_kinds import attributes
from crawler.reading.titles import key
from crawler.reading.unseen import Unseen, hides_itself
from crawler.reading.walk import Outward, Place, Standing, leads_out
from ledger.texts import NO_PARTS, OutLink, PageParts, Passage, PassageKind, Stretch

_log = logging.getLogger(__name__)

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORTH = 15
"""Characters of Chinese from which on hidden text without links to elsewhere is looked at."""
_LINKED = 0.6
_MOST_LINKS = 500
_MOST_PASSAGES = 60
_LONGEST = 2_000
_LONGEST_NAME = 200
_CHOICE = re.compile(r"<option\b([^<>]{1,900})>([^<]{0,200})")
_VALUE = re.compile(r"\bvalue\s{0,9}=\s{0,9}[\"']?((?:https?:)?//[^\s\"'<>]{1,500})")
_FILE_NAME = re.compile(r"[._\-\s]{0,5}(?:jpe?g|png|gif|bmp|webp|svg)$", re.I)
_NO_WORD = re.compile(r"[\d\W_a-zA-Z]+")
_NO_NAMES = frozenset(
    (
        "微信图片",
        "微信截图",
        "图片",
        "截图",
        "照片",
        "未标题",
        "无标题",
        "新建",
        "副本",
        "扫描",
        "图",
    )
)
_TAGS = {"keywords": "Keywords", "description": "Description"}


def page_parts(doc: Document, lines: Lines, title: str, body: MainText | None) -> PageParts:
    """What else there is to read; without `body` the page has no text of its own.

    A page we stumble over here costs no more than what would have been said of it here.
    """
    try:
        return _page_parts(doc, lines, title, body)
    except Exception:  # noqa: BLE001 - whatever a hostile page provokes
        _log.exception("gathering the passages of %s failed", doc.url)
        return NO_PARTS


def _page_parts(doc: Document, lines: Lines, title: str, body: MainText | None) -> PageParts:
    unseen = Unseen(doc, lines)
    links = tuple(_links(doc, lines, unseen))
    passages = dict.fromkeys(
        (
            *_window(doc, title),
            *_pictures(doc, lines, body, unseen),
            *_hidden(lines, body, unseen, links),
            *_tags(doc, title, body),
        )
    )
    stretches = tuple(_stretches(body, unseen)) if body else ()
    return PageParts(stretches, tuple(passages)[:_MOST_PASSAGES], links)


def _stretches(body: MainText, unseen: Unseen) -> Iterator[Stretch]:
    """Runs of lines that are rows of a table, or hidden."""
    if not body.tables and not unseen.rows:
        return
    hidden = {number for number, row in enumerate(body.rows) if row in unseen.rows}
    if 2 * len(hidden) > len(body.rows):
        # What is most of the text is shown once a script has run.
        hidden = set()
    kind: PassageKind | None = None
    first = 0
    for number in range(len(body.rows) + 1):
        now = (
            PassageKind.HIDDEN
            if number in hidden
            else PassageKind.TABLE
            if number in body.tables
            else None
        )
        if now is not kind:
            if kind is not None:
                yield Stretch(kind, first, number - 1)
            kind, first = now, number


def _links(doc: Document, lines: Lines, unseen: Unseen) -> list[OutLink]:
    """Links to other hosts, each once; one that is hidden anywhere counts as hidden."""
    found: dict[tuple[str, str], str] = {}

    def keep(href: str, text: str, how: str) -> None:
        url = doc.absolute(href) if href else None
        if url is not None:
            name = url, text[:_LONGEST_NAME]
            found[name] = found.get(name, "") or how

    for out in lines.outward:
        if out.at[1].link:
            keep(_address(out.tag, "href"), _words(lines, out), unseen.how(out.at))
        elif how := hides_itself(out.tag) or unseen.how(out.at):
            keep(_address(out.tag, "src"), "", how)
    if "document.write" in doc.html:
        for href, text, how in written_links(doc.html):
            if leads_out(f' href="{href}"', doc.host):
                keep(href, text, how)
    links = [OutLink(url, text, how) for (url, text), how in found.items()]
    begin = doc.html.find("<option")
    if begin >= 0:
        scheme = doc.url.partition(":")[0]
        chosen = _led_to(doc.html[begin : doc.html.rfind("</option") + 1], scheme, doc.host)
        links += [link for link in chosen if (link.url, link.text) not in found]
    return links[:_MOST_LINKS]


@lru_cache(maxsize=64)
def _led_to(html: str, scheme: str, own: str) -> tuple[OutLink, ...]:
    """What lists to choose from lead to: they are the same on page after page."""
    found: dict[OutLink, None] = {}
    for written, text in _CHOICE.findall(html):
        value = _VALUE.search(written)
        if value and leads_out(f' href="{value[1]}"', own):
            address = f"{scheme}:{value[1]}" if value[1].startswith("//") else value[1]
            words = " ".join(text.split())[:_LONGEST_NAME]
            found[OutLink(address.partition("#")[0], words)] = None
    return tuple(found)[:_MOST_LINKS]


@lru_cache(maxsize=8192)
def _address(tag: str, name: str) -> str:
    return attributes(tag).get(name, "")


def _words(lines: Lines, out: Outward) -> str:
    """The text of a link; of one around a picture, what stands for the picture."""
    if out.text:
        return out.text
    for picture in lines.pictures:
        if picture.row > out.row:
            break
        if picture.row == out.row and _stands_in(picture.at, out.at):
            return _told(picture)
    if out.text is None and out.row < len(lines.rows):
        return lines.rows[out.row].prose
    return ""


def _stands_in(place: Place | None, outer: Place) -> bool:
    while place is not None and place is not outer:
        place = place[0]
    return place is outer


def _window(doc: Document, title: str) -> Iterator[Passage]:
    """What the window is titled, where that says more or other than the title on the page."""
    shown, window = key(title), key(doc.title)
    if window and not (shown and (window in shown or shown in window)):
        yield Passage(PassageKind.TITLE, doc.title[:_LONGEST_NAME])


def _pictures(
    doc: Document, lines: Lines, body: MainText | None, unseen: Unseen
) -> Iterator[Passage]:
    """What stands for the pictures in the text; without one, for all that is no ornament."""
    if not lines.pictures:
        return
    for picture in lines.pictures:
        inside = _illustrates(picture, body) if body else not lines.around(picture.at).regions
        if not inside or unseen.how(picture.at):
            continue
        text = _told(picture)
        if text:
            src = doc.absolute(_address(picture.tag, "src")) or ""
            yield Passage(PassageKind.ALT, text, src)


def _illustrates(picture: Standing, body: MainText) -> bool:
    """Whether a picture stands between the lines of the text, or at its ends in the same block."""
    own = body.lines
    if not own or not own[0] <= picture.row <= own[-1] + 1:
        return False
    between = own[0] < picture.row <= own[-1]
    return between or (body.block is not None and _stands_in(picture.at, body.block))


def _told(picture: Standing) -> str:
    """The words for a picture; '' where they only name its file."""
    attrs = attributes(picture.tag)
    for name in ("alt", "title"):
        text = _FILE_NAME.sub("", " ".join(attrs.get(name, "")[:_LONGEST].split()))
        if _HAN.search(text) and _NO_WORD.sub("", text) not in _NO_NAMES:
            return text
    return ""


def _hidden(
    lines: Lines, body: MainText | None, unseen: Unseen, links: tuple[OutLink, ...]
) -> Iterator[Passage]:
    """Hidden text beside the main text: with links to elsewhere, or long and no menu."""
    own = body.lines if body else range(0)
    outward = {out.row for out in lines.outward} if unseen.rows else set()
    told = [body.text] if body else []
    for run in _runs(row for row in unseen.rows if row not in own):
        rows = [lines.rows[number] for number in run]
        text = "\n".join(row.prose for row in rows)[:_LONGEST]
        size = sum(len(row.text) for row in rows)
        menu = sum(row.link for row in rows) >= _LINKED * size
        long = len(_HAN.findall(text)) >= _WORTH
        if text and (any(n in outward for n in run) or (long and not menu)):
            told.append(text)
            yield Passage(PassageKind.HIDDEN, text)
    for link in links:
        # Links that scripts write or style sheets hide stand in none of these lines.
        if link.hidden and _HAN.search(link.text) and not any(link.text in text for text in told):
            told.append(link.text)
            yield Passage(PassageKind.HIDDEN, link.text)


def _runs(numbers: Iterator[int]) -> Iterator[list[int]]:
    """Numbers that follow each other, together."""
    run: list[int] = []
    for number in sorted(numbers):
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _tags(doc: Document, title: str, body: MainText | None) -> Iterator[Passage]:
    """What the head tells search engines of the page and the page itself does not say."""
    for name, place in _TAGS.items():
        said = doc.meta.get(name, "")
        if not _HAN.search(said) or said in title:
            continue
        if body is None or said[:12] not in body.text:
            yield Passage(PassageKind.HIDDEN, said[:_LONGEST], place)
