"""What the portal answers: status, headers, a body whole or in pieces, and how the line ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import parse_qsl


class Ending(StrEnum):
    """What becomes of the connection after a reply."""

    KEEP = "keep"
    CLOSE = "close"
    RESET = "reset"
    HANG = "hang"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. Status 0 sends nothing at all.

    A body given as a function is sent piece by piece with `pause` seconds between the pieces, in
    chunks unless the headers declare a length. Headers are sent as they are, also where they lie.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | Callable[[], Iterator[bytes]] = b""
    pause: float = 0.0
    ending: Ending = Ending.KEEP


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: path and query as written (path unquoted), what was posted, the cookies."""

    path: str
    query: str = ""
    method: str = "GET"
    body: bytes = b""
    cookie: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the query and of a posted form, the form's first."""
        posted = self.body.decode("utf-8", "replace")
        return dict([*parse_qsl(self.query, True), *parse_qsl(posted, True)])


class Responder(Protocol):
    """Whatever can answer a request target (path and query)."""

    def answer(
        self, target: str, *, method: str = "GET", body: bytes = b"", cookie: str = ""
    ) -> Reply:
        """The reply to `target`."""
        ...


SILENCE = Reply(0, ending=Ending.HANG)
RESET = Reply(0, ending=Ending.RESET)


def html(text: str, status: int = 200, *, charset: str = "utf-8", declare: bool = True) -> Reply:
    """An HTML page. Without `declare` the header keeps silent about the charset."""
    kind = f"text/html; charset={charset}" if declare else "text/html"
    codec = "gb18030" if charset.lower() in ("gbk", "gb2312") else charset
    return Reply(status, (("Content-Type", kind),), text.encode(codec, "xmlcharrefreplace"))


def plain(text: str, status: int = 200) -> Reply:
    """A text file."""
    return Reply(status, (("Content-Type", "text/plain; charset=utf-8"),), text.encode())


def redirect(to: str, status: int = 302) -> Reply:
    """A redirect to another address."""
    return Reply(status, (("Location", to), ("Content-Type", "text/html")))
