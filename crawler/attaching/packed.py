"""Parts of zipped documents, and their XML, read piece by piece with a lid on both."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from crawler.attaching.trouble import BOMB, BROKEN, ENCRYPTED, ENTITIES, Unreadable

MOST_EXPANDED = 256 * 1024 * 1024
_MOST_PARTS = 20_000
_DEEPEST = 256
_CHUNK = 1 << 16

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Words = Callable[[str], None]


class Package:
    """A zipped document. What it expands to is counted over all that is read of it."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
            raise Unreadable(BROKEN) from error
        if len(self._zip.namelist()) > _MOST_PARTS:
            raise Unreadable(BOMB)
        self.names = self._zip.namelist()
        self._left = MOST_EXPANDED

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a part, a piece at a time."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise Unreadable(ENCRYPTED)
            with self._zip.open(info) as part:
                while piece := part.read(_CHUNK):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise Unreadable(BOMB)
                    yield piece
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            ValueError,
            OSError,
        ) as error:
            raise Unreadable(BROKEN) from error

    def parse(self, name: str, start: Start, end: End, words: Words) -> None:
        """Walk a part of XML. Names come without their namespace; attributes likewise."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        depth = 0

        def opened(tag: str, attrs: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEEPEST:
                raise Unreadable(BROKEN)
            start(_local(tag), {_local(key): value for key, value in attrs.items()})

        def closed(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(_local(tag))

        def declared(*_: object) -> None:
            # No office document has one; entities are what they are sent for.
            raise Unreadable(ENTITIES)

        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.CharacterDataHandler = words
        parser.StartDoctypeDeclHandler = declared
        try:
            for piece in self.chunks(name):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Unreadable(BROKEN) from error


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
