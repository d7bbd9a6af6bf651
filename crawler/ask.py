"""Asking the portal for one address: budget, robots, guard, redirects, retries, one outcome."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import cached_property
from hashlib import blake2b
from time import monotonic
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler import outcome as endings
from crawler.call import Call
from crawler.guard import Guard, host_of
from crawler.outcome import Ending
from crawler.reading.charset import decode
from crawler.reading.document import Document
from crawler.reading.panes import shown_pane
from crawler.robots import RobotsBook
from ledger import clock
from ledger.facts import Visit
from ledger.known import Known
from ledger.site import CrawlPolicy
from ledger.words import Outcome

Download = Callable[[Request], Awaitable[Response]]

MAX_REDIRECTS = 10
_NOT_MODIFIED = 304
_HEADER_MAX = 200
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_RETRY_AFTER_MAX = 60.0
_CHALLENGE_BODY_MAX = 50_000
_DEAD_AFTER = 3
"""So many unanswered addresses of one host, none answered: the host counts as down tonight."""


@dataclass(frozen=True)
class Answer:
    """A visit and what came back with it.

    `unchanged` says that what would come is what came the last time; the body may be left out.
    """

    visit: Visit
    body: bytes = b""
    content_type: str = ""
    truncated: bool = False
    etag: str = ""
    modified: str = ""
    unchanged: bool = False

    @property
    def ok(self) -> bool:
        """Whether the page came."""
        return self.visit.outcome is Outcome.OK

    @property
    def url(self) -> str:
        """The address the answer came from."""
        return self.visit.final_url or self.visit.url

    @cached_property
    def document(self) -> Document:
        """The body as a page, parsed once; of tabs the one that the address opens."""
        text, _ = decode(self.body, self.content_type or None)
        return shown_pane(Document(text, self.url))

    @property
    def text(self) -> str:
        """The body as text."""
        return self.document.html

    @cached_property
    def digest(self) -> bytes:
        """16 bytes that stand for the body."""
        return blake2b(self.body, digest_size=16).digest() if self.body else b""

    @property
    def is_page(self) -> bool:
        """Whether the body is something to read as a page rather than a file to download."""
        if self.body[:5] == b"%PDF-" or self.body[:4] in (
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0",
            b"Rar!",
        ):
            return False
        kind = self.content_type.partition(";")[0].strip().lower()
        return not kind.startswith(("image/", "audio/", "video/", "font/"))


def ended(url: str, outcome: Outcome, detail: str, *, attempts: int = 0) -> Answer:
    """An answer for a request that was not sent or did not come back."""
    return Answer(Visit(url=url, outcome=outcome, at=clock.now(), detail=detail, attempts=attempts))


class Asker:
    """Asks for addresses on behalf of one run; every visit ends up in `visits`."""

    def __init__(
        self,
        download: Download,
        policy: CrawlPolicy,
        guard: Guard,
        agent: str,
        *,
        spent: int = 0,
        pace: Callable[[str, float], None] | None = None,
    ) -> None:
        self.download = download
        self.policy = policy
        self.guard = guard
        self.spent = spent
        self.pace = pace
        self.robots = RobotsBook(self._robots_text, agent)
        self._silent: Counter[str] = Counter()
        self._answered: set[str] = set()

    async def ask(
        self,
        url: str,
        call: Call | None = None,
        known: Known | None = None,
        limit: int | None = None,
    ) -> Answer:
        """Ask for `url`, following redirects, and say how it ended.

        `call` says how to ask; `known` is how the address answered before, so that the server may
        say that nothing changed instead of sending it again. `limit` is the most bytes to take,
        where it is not what pages may have.
        """
        refusal = self._refusal(url)
        if refusal:
            return ended(url, refusal.outcome, refusal.detail)
        if self.policy.robots and not await self._allowed(url):
            return ended(url, Outcome.ROBOTS, "robots.txt 不允许访问该地址")
        attempts = 0
        while True:
            attempts += 1
            answer, wait = await self._once(url, attempts, call=call, known=known, limit=limit)
            visit = answer.visit
            if (
                not endings.is_transient(visit.outcome, visit.status)
                or attempts > self.policy.retries
            ):
                break
            if self._is_down(host_of(url)):
                break
            await asyncio.sleep(wait or self._patience(attempts))
        self._remember(host_of(url), visit.outcome)
        return answer

    def _patience(self, attempts: int) -> float:
        """Seconds before another try; three times longer each time."""
        return float(max(0.5, 2 * self.policy.delay) * 3 ** (attempts - 1))

    def _refusal(self, url: str) -> Ending | None:
        """Why `url` is not to be asked at all, or None."""
        host = host_of(url)
        try:
            scheme = urlsplit(url).scheme
        except ValueError:
            scheme = ""
        if scheme not in ("http", "https") or not host:
            return Ending(Outcome.EXCLUDED, "不是可访问的网址")
        if any(fnmatch(url, pattern) for pattern in self.policy.exclude):
            return Ending(Outcome.EXCLUDED, "站点配置 [crawl] exclude 排除了该地址")
        if not self.guard.permits_name(host):
            return Ending(
                Outcome.EXCLUDED,
                f"地址指向内网主机 {host}，未访问；"
                "确需访问请在 site.toml 的 [crawl] allow_hosts 中写明",
            )
        if self.spent >= self.policy.max_pages:
            return Ending(
                Outcome.BUDGET,
                f"本次巡查已达页数上限 {self.policy.max_pages}（site.toml 的 [crawl] max_pages）",
            )
        if self._is_down(host):
            return Ending(Outcome.REFUSED, f"主机 {host} 连续无法连接，本次巡查不再尝试")
        return None

    def _is_down(self, host: str) -> bool:
        return host not in self._answered and self._silent[host] >= _DEAD_AFTER

    def _remember(self, host: str, ended_as: Outcome) -> None:
        if ended_as in (Outcome.REFUSED, Outcome.DNS, Outcome.TIMEOUT):
            self._silent[host] += 1
        else:
            self._answered.add(host)

    async def _allowed(self, url: str) -> bool:
        allowed = await self.robots.allows(url)
        delay = await self.robots.delay(url)
        if delay and self.pace:
            self.pace(host_of(url), delay)
        return allowed

    async def _robots_text(self, url: str) -> tuple[Outcome, int | None, str]:
        answer, _ = await self._once(url, 1, robots=True)
        text = answer.body[: 512 * 1024].decode("utf-8", "replace")
        return answer.visit.outcome, answer.visit.status, text

    async def _once(
        self,
        url: str,
        attempt: int,
        *,
        robots: bool = False,
        call: Call | None = None,
        known: Known | None = None,
        limit: int | None = None,
    ) -> tuple[Answer, float]:
        """One try with its redirects; the seconds the server asks us to wait, or 0."""
        trail = _Trail(url, attempt)
        while True:
            self.spent += 1
            try:
                response = await self.download(_request(trail, call, known, limit))
            except Exception as error:  # noqa: BLE001 - every failure of a download is an outcome
                return Answer(trail.visit(self._failure(trail.here, error))), 0.0
            if known is not None and _answers_another(response, known):
                known = None
                continue
            target = _location(response)
            if target is None:
                before = None if trail.chain else known
                return _answer(trail, response, before), _retry_after(response)
            if not trail.go_on(target):
                looped = Ending(Outcome.SERVER_ERROR, "跳转循环或跳转次数过多")
                return Answer(trail.visit(looped)), 0.0
            refusal = self._refusal(target)
            if (
                refusal is None
                and self.policy.robots
                and not robots
                and not await self._allowed(target)
            ):
                refusal = Ending(Outcome.ROBOTS, "robots.txt 不允许访问跳转后的地址")
            if refusal:
                return Answer(trail.visit(refusal)), 0.0

    def _failure(self, here: str, error: BaseException) -> Ending:
        if host_of(here) in self.guard.refused:
            return Ending(Outcome.EXCLUDED, f"域名 {host_of(here)} 解析到内网地址，未访问")
        return endings.of_failure(error)


def _request(trail: _Trail, call: Call | None, known: Known | None, limit: int | None) -> Request:
    meta = {} if limit is None else {"download_maxsize": limit}
    # As browsers do, what was posted is not posted again where a redirect leads.
    if trail.chain:
        return Request(trail.here, dont_filter=True, meta=meta)
    headers = _conditions(known)
    if call is None:
        return Request(trail.here, headers=headers, dont_filter=True, meta=meta)
    return Request(
        trail.here,
        method=call.method,
        body=call.body.encode() if call.method != "GET" else None,
        headers=call.headers | headers,
        dont_filter=True,
        meta=meta,
    )


def _conditions(known: Known | None) -> dict[str, str]:
    """What makes a server send a page only if it is another than the one we had."""
    if known is None or not known.body:
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in asked.items() if value}


def _answers_another(response: Response, known: Known) -> bool:
    """Whether "not modified" is said of another version than the one we have."""
    said = _header(response, "ETag")
    if response.status != _NOT_MODIFIED or not said or not known.etag:
        return False
    return said.removeprefix("W/") != known.etag.removeprefix("W/")


class _Trail:
    """One try on its way through redirects."""

    def __init__(self, url: str, attempt: int) -> None:
        self.url = url
        self.here = url
        self.attempt = attempt
        self.chain: list[str] = []
        self.begun = monotonic()

    def go_on(self, target: str) -> bool:
        """Step to `target`; False where that closes a circle or the way grows too long."""
        self.chain.append(self.here)
        self.here = target
        return target not in self.chain and len(self.chain) <= MAX_REDIRECTS

    def visit(self, ending: Ending, status: int | None = None, size: int = 0) -> Visit:
        return Visit(
            url=self.url,
            outcome=ending.outcome,
            at=clock.now(),
            status=status,
            final_url=self.here,
            chain=tuple(self.chain),
            size=size,
            elapsed=round(monotonic() - self.begun, 3),
            attempts=self.attempt,
            detail=ending.detail,
        )


def _answer(trail: _Trail, response: Response, known: Known | None) -> Answer:
    if response.status == _NOT_MODIFIED and known is not None and _conditions(known):
        visit = trail.visit(Ending(Outcome.OK), response.status, len(response.body))
        return Answer(visit, etag=known.etag, modified=known.modified, unchanged=True)
    ending = endings.of_status(response.status)
    if ending.outcome is Outcome.OK and not response.body.strip():
        ending = Ending(Outcome.SERVER_ERROR, "服务器返回空页面")
    answer = Answer(
        trail.visit(ending, response.status, len(response.body)),
        body=response.body,
        content_type=_header(response, "Content-Type"),
        truncated="dataloss" in response.flags,
        etag=_header(response, "ETag"),
        modified=_header(response, "Last-Modified"),
    )
    if answer.ok and known is not None and known.body and answer.digest == known.body:
        # What came last was no challenge, or it would not be known.
        return replace(answer, unchanged=True)
    if answer.ok and answer.is_page and len(answer.body) <= _CHALLENGE_BODY_MAX:
        document = answer.document
        mark = endings.is_challenge(document.html, lambda: document.text)
        if mark:
            blocked = Ending(Outcome.BLOCKED, f"返回的是验证或拦截页面（{mark}）")
            return Answer(trail.visit(blocked, response.status, len(response.body)))
    return answer


def _header(response: Response, name: str) -> str:
    """A header that will go back to the server, or an empty string where it is not sane."""
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    sane = len(value) <= _HEADER_MAX and value.isascii() and value.isprintable()
    return value if sane else ""


def _location(response: Response) -> str | None:
    if response.status not in _REDIRECTS:
        return None
    raw = response.headers.get("Location")
    if not raw:
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    try:
        return urljoin(response.url, text.strip()).partition("#")[0]
    except ValueError:
        return None


def _retry_after(response: Response) -> float:
    raw = _header(response, "Retry-After")
    return min(float(raw), _RETRY_AFTER_MAX) if raw.isdigit() else 0.0
