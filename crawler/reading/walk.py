"""The walk over a page's tree that gathers its text line by line.

The tree is read as the parser writes it out, tag by tag: that is one call into the parser instead
of one for each node, and its tags are known by sight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Optional

from crawler.reading.tag_kinds import (
    BREAK,
    CLOSE_BLOCK,
    CLOSE_INLINE,
    COMMENT,
    FILE,
    KINDS,
    OPEN_BLOCK,
    OPEN_INLINE,
    UNREAD,
    Kind,
    learn,
    unescape,
)
from crawler.reading.written import written_day

_CREDIT = re.compile(
    r"(?:来源|稿源|作者|编辑|责编|记者|单位|机构|栏目|频道|媒体|出处|分类)[^。]{0,4}$"
)
_WHOLE = re.compile(r' (?:href|src)="\s*(?:[hH][tT][tT][pP][sS]?:)?//([^/?#"\s\\]+)')
_CREDIT_END = 16
"""Characters within which such a word ends a text."""
_DEEPEST = 12
_MOST_BODIES = 100
# Their content is written as it stands, not as tags.
_RAW_TAGS = "script style xmp iframe noembed noframes plaintext"
_RAW = frozenset(_RAW_TAGS.split())
_SHORT_SCRIPT = 400
_GAP = "\x1f"
"""White space put between two texts that only a style sheet keeps apart."""

Place = tuple[Optional["Place"], Kind]
"""An element in the tree: the element around it, and its kind. Told apart by identity."""


class FileLink(NamedTuple):
    """A link that may lead to a file: the line it stands in, its tag as written and its text.

    The text is None where it fills lines of its own.
    """

    row: int
    tag: str
    text: str | None


class Outward(NamedTuple):
    """A link to another host: its line, its tag as written, its place and its text.

    The text is None where it fills lines of its own.
    """

    row: int
    tag: str
    at: Place
    text: str | None


class Standing(NamedTuple):
    """An element and the line it stands before: a picture, or one that is kept from being seen."""

    row: int
    tag: str
    at: Place


@dataclass(slots=True)
class Row:
    """One line as the walk found it. `places` holds the place of each text in it."""

    text: str
    start: int
    heading: int
    link: int
    longest: int
    places: list[Place]
    stamps: tuple[str, ...]
    raw: str

    @property
    def prose(self) -> str:
        """The text without the blanks that only part what style sheets set apart."""
        return " ".join(self.raw.replace(_GAP, "").split()) if _GAP in self.raw else self.text


_OUTSIDE: Place = (None, Kind(OPEN_BLOCK, "", block=True))


class Walk:
    """One pass over the written tree, a line at a time.

    `own` is the page's own host, in small letters; without it no link leads to another.
    """

    def __init__(self, own: str = "") -> None:
        self.own = own
        self.rows: list[Row] = []
        self.bodies: list[tuple[Place, range]] = []
        self.files: list[FileLink] = []
        self.outward: list[Outward] = []
        self.pictures: list[Standing] = []
        self.hidden: list[Standing] = []
        self.offset = 0
        self.parts: list[str] = []
        self.places: list[Place] = []
        self.stamps: list[str] = []
        self.heading = self.link = self.longest = 0

    def read(self, written: str) -> None:
        """Walk `written`, the tree as the parser writes it."""
        kinds = KINDS
        own = self.own
        out: Outward | None = None
        files = FILE.search(written) is not None
        file: FileLink | None = None
        part = 0
        at = _OUTSIDE
        heading = 0
        heading_at: Place | None = None
        link_at: Place | None = None
        owner: Place | None = None
        last_owner: Place | None = None
        body_at: Place | None = None
        open_bodies: list[tuple[Place, int]] = []
        parts, places = self.parts, self.places
        pieces = iter(written.split("<"))
        next(pieces)
        for piece in pieces:
            tag, _, text = piece.partition(">")
            kind = kinds.get(tag) or learn(tag)
            step = kind.step
            if step == CLOSE_INLINE:
                if at is link_at:
                    link_at = None
                    if file is not None or out is not None:
                        self.close_link(file, out, part)
                        file = out = None
                if at is heading_at:
                    heading, heading_at = 0, None
                at = at[0] or _OUTSIDE
            elif step == CLOSE_BLOCK:
                if parts or self.stamps:
                    self.flush()
                    parts, places = self.parts, self.places
                if at is heading_at:
                    heading, heading_at = 0, None
                if at is body_at:
                    body, first = open_bodies.pop()
                    self.bodies.append((body, range(first, len(self.rows))))
                    body_at = open_bodies[-1][0] if open_bodies else None
                at = at[0] or _OUTSIDE
            elif step == OPEN_BLOCK:
                if parts or self.stamps:
                    self.flush()
                    parts, places = self.parts, self.places
                at = (at, kind)
                if kind.special:
                    if kind.heading and heading_at is None:
                        heading, heading_at = kind.heading, at
                    if kind.body and len(self.bodies) < _MOST_BODIES:
                        body_at = at
                        open_bodies.append((at, len(self.rows)))
                    if kind.stamps:
                        self.stamp(kind, at)
                    if kind.hidden:
                        self.hidden.append(Standing(len(self.rows), tag, at))
            elif step == OPEN_INLINE:
                at = (at, kind)
                if kind.special:
                    if kind.link and link_at is None:
                        link_at = at
                        part = len(parts)
                        if files and FILE.search(tag) is not None:
                            file = FileLink(len(self.rows), tag, "")
                        if "//" in tag and leads_out(tag, own):
                            out = Outward(len(self.rows), tag, at, "")
                    if kind.hidden:
                        self.hidden.append(Standing(len(self.rows), tag, at))
                    if kind.heading and heading_at is None:
                        heading, heading_at = kind.heading, at
                    if kind.stamps:
                        self.stamp(kind, at)
            elif step == BREAK:
                if heading_at is not None:
                    if parts:
                        parts.append(" ")
                elif parts or self.stamps:
                    self.flush()
                    parts, places = self.parts, self.places
            elif step == UNREAD:
                if kind.tag == "iframe":
                    if files and FILE.search(tag) is not None:
                        self.files.append(FileLink(len(self.rows), tag, ""))
                    if "//" in tag and leads_out(tag, own):
                        self.outward.append(Outward(len(self.rows), tag, at, ""))
                # Only behind words of the same line, as a date stands behind its label.
                said = written_day(text) if parts and len(text) < _SHORT_SCRIPT else ""
                text = said + _behind(kind.tag, pieces)
            elif step == COMMENT:
                text = _behind_mark("-->" if piece.startswith("!--") else ">", piece, pieces)
            elif kind.special:
                if kind.block and (parts or self.stamps):
                    self.flush()
                    parts, places = self.parts, self.places
                if kind.stamps:
                    self.stamp(kind, (at, kind))
                if kind.tag == "img":
                    self.pictures.append(Standing(len(self.rows), tag, at))
            if not text:
                continue
            words = text.split()
            if not words:
                if parts:
                    parts.append(" ")
                continue
            if "&" in text:
                text = unescape(text)
                words = text.split()
            innermost = at[1]
            if innermost.apart:
                owner = at
            elif innermost.block:
                owner = None
            else:
                owner = _owner(at)
            if not parts:
                self.heading = heading
            elif not heading and (
                owner is not last_owner or (parts[-1][-1:].isdigit() and text[:1].isdigit())
            ):
                parts.append(_GAP)
            last_owner = owner
            parts.append(text)
            places.append(at)
            if link_at is not None and not (
                len(parts) > 1 and _CREDIT.search("".join(parts[-5:-1])[-_CREDIT_END:])
            ):
                length = sum(map(len, words)) + len(words) - 1
                self.link += length
                if length > self.longest:
                    self.longest = length
        if parts or self.stamps:
            self.flush()

    def close_link(self, file: FileLink | None, out: Outward | None, part: int) -> None:
        """Keep a link that ends here; `part` is where its text begins."""
        begun = file or out
        whole = begun is not None and begun.row == len(self.rows)
        name = " ".join("".join(self.parts[part:]).split()) if whole else None
        if file is not None:
            self.files.append(file._replace(text=name))
        if out is not None:
            self.outward.append(out._replace(text=name))

    def stamp(self, kind: Kind, at: Place) -> None:
        """Date attributes of an element in the line."""
        self.stamps.extend(kind.stamps)
        self.places.append(at)

    def flush(self) -> None:
        """End of a line."""
        parts, stamps = self.parts, self.stamps
        raw = parts[0] if len(parts) == 1 else "".join(parts)
        text = " ".join(raw.split())
        if text or stamps:
            self.rows.append(
                Row(
                    text,
                    self.offset,
                    self.heading,
                    self.link,
                    self.longest,
                    self.places,
                    tuple(stamps) if stamps else (),
                    raw,
                )
            )
            self.offset += len(text) + 1
        self.parts = []
        self.places = []
        if stamps:
            self.stamps = []
        self.heading = self.link = self.longest = 0


@lru_cache(maxsize=16_384)
def leads_out(tag: str, own: str) -> bool:
    """Whether a tag as written has an address on another host than `own`."""
    found = _WHOLE.search(tag)
    return found is not None and bool(own) and found[1].rpartition("@")[2].lower() != own


def _owner(at: Place) -> Place | None:
    """The innermost element within the line that style sheets set apart from its neighbours."""
    place: Place | None = at
    for _ in range(_DEEPEST):
        if place is None or place[1].block:
            break
        if place[1].apart:
            return place
        place = place[0]
    return None


def _behind(tag: str, pieces: Iterator[str]) -> str:
    """The text behind the end of an element nobody reads."""
    close, again = f"/{tag}>", (f"{tag}>", f"{tag} ")
    raw = tag in _RAW
    depth = 1
    for piece in pieces:
        if piece.startswith(close):
            depth -= 1
            if not depth:
                return piece[len(close) :]
        elif not raw and piece.startswith(again):
            depth += 1
    return ""


def _behind_mark(mark: str, piece: str, pieces: Iterator[str]) -> str:
    """The text behind the end of the comment or instruction that begins in `piece`."""
    piece = piece[3:]
    while True:
        _, end, text = piece.partition(mark)
        if end:
            return text
        following = next(pieces, None)
        if following is None:
            return ""
        piece = following
