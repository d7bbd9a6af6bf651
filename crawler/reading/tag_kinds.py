"""What a tag, as the parser writes it out, means for reading: learnt once, then looked up.

The parser writes a tree out in one regular form: names in small letters, every attribute in double
quotes, `<` and `>` escaped inside them. So the text between `<` and `>` says all there is to know
of an element, and the same few hundred such texts come again on page after page of a portal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from crawler.reading.document import is_chrome_mark, squeeze
from crawler.reading.hiding import hides

OPEN_INLINE: Final = 0
CLOSE_INLINE: Final = 1
OPEN_BLOCK: Final = 2
CLOSE_BLOCK: Final = 3
VOID: Final = 4
BREAK: Final = 5
UNREAD: Final = 6
COMMENT: Final = 7
NOTHING: Final = 8

_UNREAD_TAGS = (
    "script style noscript template head title select option textarea button iframe svg object "
    "xmp noembed noframes plaintext"
)
_UNREAD = frozenset(_UNREAD_TAGS.split())
_VOID_TAGS = (
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source "
    "track wbr"
)
_VOID = frozenset(_VOID_TAGS.split())
_INLINE_TAGS = (
    "a abbr b bdi bdo big cite code dfn em font i img ins kbd label mark q s small span strong sub "
    "sup time tt u var wbr input del publishtime o:p"
)
_INLINE = frozenset(_INLINE_TAGS.split())
# Neighbours of these kinds are set apart by style sheets: 生活周刊 | 3天前, 浏览 15 | 2026-09-16.
_APART = frozenset(("a", "em", "i", "span", "time"))
_ITEMS = frozenset(("li", "dd", "tr"))
_TITLED = re.compile(
    r"(?:^|[-_\s])(?:\w{0,40}title\w{0,40}|headline|tit|bt|biaoti|subject|art-?tit|wzbt)"
    r"(?:$|[-_\s\d])",
    re.I,
)
# What the common systems call the element that holds an article's text.
_BODY_NAMES = (
    "TRS_Editor TRS_UEDITOR trs_editor_view UCAP-CONTENT pages_content zoom Zoom v_news_content "
    "vsb_content wp_articlecontent article-content article_content articleContent artibody "
    "js_content post_content post_body articleText rm_txt_con rwb_zw detailContent detail-content "
    "news_content newscontent content_area article-body content-article"
)
_BODIES = frozenset(_BODY_NAMES.split())
_TIMED = re.compile(r"time|date|pub|rq|sj(?:$|[-_\s])|fbsj", re.I)
_STAMPS = ("datetime", "data-time", "data-date", "data-timestamp", "data-pubtime", "data-publish")
FILE = re.compile(
    r"[.](?:[pP][dD][fF]|[dD][oO][cC][xX]?|[xX][lL][sS][xXmM]?|[pP][pP][tT][xX]?|[wW][pP][sS]|[eE][tT]|"
    r"[dD][pP][sS]|[oO][fF][dD]|[cC][eE][bB]|[zZ][iI][pP]|[rR][aA][rR]|7[zZ]|[rR][tT][fF]|[cC][sS][vV])"
    r"(?![A-Za-z0-9])|[dD]own(?:load|file|File|Load)|DOWNLOAD|[aA]ttach"
)
"""What stands in the address or the name of a file for download."""
_ATTRIBUTE = re.compile(r'([^\s="]+)="([^"]*)"')
# What differs from link to link and says nothing here; a title may be a date.
_LINK_VALUES = re.compile(r' (?:(?:href|target|onclick|alt|style|rel)="[^"]*"|title="[^"\d][^"]*")')
_MOST = 20_000
_LONGEST = 400


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What one written tag means.

    `step` says what a reader does when it meets the tag. `heading` is 1 to 6, 7 for an element
    merely named as a title, 0 otherwise. `mark` is id and class; `stamps` are date attributes;
    `body` is True for what common systems keep an article's text in. `hidden` says in Chinese how
    the element is kept from being seen.
    `special` is True where anything but the step matters while the page is walked.
    """

    step: int
    tag: str
    block: bool = False
    apart: bool = False
    heading: int = 0
    link: bool = False
    chrome: bool = False
    item: bool = False
    mark: str = ""
    stamps: tuple[str, ...] = ()
    body: bool = False
    hidden: str = ""
    special: bool = False


KINDS: dict[str, Kind] = {}
"""Kinds by the text between `<` and `>`, as far as they were met."""

_PLAIN_LINK = Kind(OPEN_INLINE, "a", apart=True, link=True, special=True)
_PLAIN_IMAGE = Kind(VOID, "img")
_TOLD_IMAGE = Kind(VOID, "img", special=True)
_TOLD = re.compile(r' (?:alt|title)="[^"]')
_COMMENT = Kind(COMMENT, "")


def learn(written: str) -> Kind:
    """The kind of a tag not met before; addresses and pictures, ever new, are not kept."""
    if written.startswith("a "):
        if ('style="' in written or " hidden" in written) and (
            hidden := hides("a", attributes(written))
        ):
            return Kind(OPEN_INLINE, "a", apart=True, link=True, hidden=hidden, special=True)
        if 'class="' not in written and 'id="' not in written and "date" not in written:
            return _PLAIN_LINK
        written = _LINK_VALUES.sub("", written)
        known = KINDS.get(written)
        if known is not None:
            return known
    elif written.startswith(("!", "?")):
        return _COMMENT
    elif written.startswith("img ") and "time" not in written and "date" not in written:
        return _TOLD_IMAGE if _TOLD.search(written) else _PLAIN_IMAGE
    kind = _read(written)
    if len(written) <= _LONGEST:
        if len(KINDS) >= _MOST:
            KINDS.clear()
        KINDS[written] = kind
    return kind


def _read(written: str) -> Kind:
    if written.startswith("/"):
        tag = written[1:]
        if tag in _UNREAD or tag in _VOID:
            return Kind(NOTHING, tag)
        return Kind(CLOSE_INLINE if tag in _INLINE else CLOSE_BLOCK, tag)
    tag = re.split(r"[\s/]", written, maxsplit=1)[0]
    if tag in _UNREAD:
        return Kind(UNREAD, tag)
    if tag == "br":
        return Kind(BREAK, tag)
    return _element(tag, written)


def _element(tag: str, written: str) -> Kind:
    attrs = attributes(written)
    named = f"{attrs.get('id', '')} {attrs.get('class', '')}"
    mark = named.strip()
    heading = 0
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        heading = int(tag[1])
    elif mark and len(mark) < 200 and _TITLED.search(mark):
        heading = 7
    stamps = _stamps(attrs, tag, named)
    block = tag not in _INLINE
    body = attrs.get("itemprop") == "articleBody" or not _BODIES.isdisjoint(named.split())
    step = VOID if tag in _VOID else OPEN_BLOCK if block else OPEN_INLINE
    hidden = hides(tag, attrs) if step != VOID else ""
    told = tag == "img" and _TOLD.search(written) is not None
    return Kind(
        step,
        tag,
        block=block,
        apart=tag in _APART,
        heading=heading,
        link=tag == "a",
        chrome=tag not in ("html", "body") and is_chrome_mark(f"{tag} {named}"),
        item=tag in _ITEMS,
        mark=mark[:120],
        stamps=stamps,
        body=body,
        hidden=hidden,
        special=bool(
            heading or body or tag == "a" or stamps or hidden or told or (step == VOID and block)
        ),
    )


def _stamps(attrs: dict[str, str], tag: str, named: str) -> tuple[str, ...]:
    found = [attrs[name] for name in _STAMPS if attrs.get(name)]
    if attrs.get("itemprop", "").lower() in ("datepublished", "datecreated"):
        found.append(attrs.get("content", ""))
    timed = tag == "time" or _TIMED.search(named)
    if timed and attrs.get("title"):
        found.append(attrs["title"])
    if tag == "input" and timed and attrs.get("value"):
        found.append(attrs["value"])
    return tuple(squeeze(value) for value in found if 6 <= len(value) <= 60)


def attributes(written: str) -> dict[str, str]:
    """The attributes of a tag as written."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(written):
        found.setdefault(name, unescape(value))
    return found


def unescape(text: str) -> str:
    """`text` as it was before the parser wrote it out."""
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&nbsp;", "\u00a0").replace("&amp;", "&")
