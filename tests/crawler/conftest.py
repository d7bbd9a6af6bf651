from __future__ import annotations

import asyncio
import http.client
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.ask import Asker
from crawler.guard import Guard
from crawler.inspection import Inspection
from demo.portal import Portal, PortalServer
from ledger import clock
from ledger.facts import ColumnReading, Item, Run, SiteFacts
from ledger.site import Column, CrawlPolicy, Site
from ledger.store import Ledger
from ledger.words import Frequency

AS_OF = date(2026, 3, 20)
Ask = Callable[..., dict[str, dict[str, Any]]]


@pytest.fixture(scope="session")
def portal() -> Iterator[PortalServer]:
    with PortalServer(Portal(AS_OF)) as server:
        yield server


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Ask for addresses in a process of their own; how each ended, by address."""

    def run(urls: Sequence[str], **options: Any) -> dict[str, dict[str, Any]]:
        script = Path(__file__).with_name("ask_many.py")
        done = subprocess.run(
            [sys.executable, str(script), json.dumps(options)],
            input="\n".join(urls),
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        return {row["url"]: row for row in json.loads(done.stdout.splitlines()[-1])}

    return run


TITLES = ("会议", "通知", "公告", "检查", "培训", "调研", "部署", "座谈", "宣传", "慰问")


@dataclass(frozen=True)
class Reply:
    """What the portal sends; with an `etag` or `modified` it answers conditions as servers do."""

    body: str | bytes = ""
    status: int = 200
    etag: str = ""
    modified: str = ""
    location: str = ""
    type: str = "text/html; charset=utf-8"
    wrong: bool = False
    wait: str = ""


@dataclass(frozen=True)
class Asked:
    """One request as the portal saw it, and what it sent."""

    path: str
    none_match: str | None
    since: str | None
    status: int
    size: int

    @property
    def conditional(self) -> bool:
        return self.none_match is not None or self.since is not None


@dataclass
class Night:
    """What a night came to and what the portal was asked in it."""

    run: Run
    facts: SiteFacts
    log: list[Asked]
    root: str
    unread: int = 0

    @property
    def asked(self) -> Counter[str]:
        return Counter(one.path for one in self.log)

    @property
    def sent(self) -> int:
        return sum(one.size for one in self.log)

    def reading(self, *path: str) -> ColumnReading:
        found = next(c.reading for c in self.facts.columns if c.column.path == path)
        assert found is not None
        return found

    def items(self, *path: str) -> list[tuple[str, str, date | None]]:
        found: tuple[Item, ...] = next(c.items for c in self.facts.columns if c.column.path == path)
        return [(i.url.removeprefix(self.root), i.title, i.day) for i in found]

    def days(self, *path: str) -> list[date | None]:
        return [day for _, _, day in self.items(*path)]

    def outcomes(self) -> dict[str, str]:
        return {v.url.removeprefix(self.root): v.outcome.value for v in self.facts.visits}


@dataclass
class NightPortal:
    """A portal on loopback; `pages` may change between nights, `hooks` run when a page is asked."""

    ledger_url: str
    pages: dict[str, Reply | str] = field(default_factory=dict)
    hooks: dict[str, Callable[[], None]] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    key: str = "mou"

    def __post_init__(self) -> None:
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                portal.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def article(number: int, day: date | str, text: str = "") -> str:
        """An article page of the portal."""
        words = text or f"第{number}篇正文，区政府召开专题会议研究部署有关工作。" * 12
        return (
            f"<html><head><title>关于第{number}号事项的通知</title></head><body>"
            f"<h1>关于第{number}号事项的通知</h1><p>发布时间：{day} 来源：区政府办</p>"
            f"<div class='content'><p>{words}</p></div></body></html>"
        )

    @staticmethod
    def entry(number: int, day: date | str | None, *, top: bool = False, title: str = "") -> str:
        """One row of a list; without a day where `day` is None."""
        name = title or f"某区第{number}号关于{TITLES[number % 10]}有关事项的通知"
        shown = f"<span>{day}</span>" if day else ""
        mark = "<em>[置顶]</em>" if top else ""
        return f'<li>{mark}<a href="/a/{number}.html" title="{name}">{name}</a>{shown}</li>'

    @staticmethod
    def listing(rows: list[str], pager: str = "", *, name: str = "通知公告", more: str = "") -> str:
        """A list page of the portal."""
        return (
            f"<html><head><title>{name}</title></head><body><h2>{name}</h2>{more}"
            f'<div class="list"><ul>{"".join(rows)}</ul></div>{pager}</body></html>'
        )

    @staticmethod
    def reply(body: str | bytes = "", status: int = 200, **more: Any) -> Reply:
        return Reply(body, status, **more)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        if path in self.hooks:
            self.hooks[path]()
        reply = self.pages.get(path, Reply("<h1>404 Not Found</h1>", 404))
        reply = Reply(reply) if isinstance(reply, str) else reply
        wanted, since = handler.headers["If-None-Match"], handler.headers["If-Modified-Since"]
        same = (reply.etag and wanted == reply.etag) or (
            reply.modified and wanted is None and since == reply.modified
        )
        if reply.wrong:
            same = wanted is not None
        status = 304 if same else reply.status
        sent = reply.body.encode() if isinstance(reply.body, str) else reply.body
        body = b"" if status == 304 else sent
        self.log.append(Asked(path, wanted, since, status, len(body)))
        handler.send_response(status)
        for name, value in (
            ("ETag", reply.etag),
            ("Last-Modified", reply.modified),
            ("Location", reply.location),
            ("Content-Type", reply.type),
            ("Retry-After", reply.wait),
        ):
            if value:
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def column(
        self, *path: str, url: str | None = None, frequency: Frequency = Frequency.MONTHLY
    ) -> Column:
        where = None if url is None else f"{self.root}{url}"
        return Column(path, "区政府办", ("区政府办",), frequency, "按月更新", url=where)

    def site(self, *columns: Column, **policy: object) -> Site:
        given: dict[str, object] = {
            "delay": 0,
            "retries": 0,
            "timeout": 5,
            "robots": False,
            "allow_hosts": ("127.0.0.1",),
            **policy,
        }
        crawl = CrawlPolicy(**given)  # type: ignore[arg-type]
        return Site(self.key, "某区", f"{self.root}/", columns, crawl=crawl)

    async def night(self, day: date, *columns: Column, **policy: object) -> Night:
        """Inspect as of `day`; the run is finished unless the inspection fails."""
        site = self.site(*columns, **policy)
        with Ledger.open(self.ledger_url) as ledger:
            run = ledger.begin_run(site, day, clock.now())
            begun = len(self.log)
            asker = Asker(download, site.crawl, Guard.of_site(site), "test")
            inspection = Inspection(site, run, ledger, asker)
            await inspection.inspect()
            ledger.finish_run(run.id, clock.now())
            return Night(run, ledger.facts(run.id), self.log[begun:], self.root, inspection.unread)


async def download(request: Request) -> Response:
    """One request over a socket of its own, redirects left alone."""
    parts = urlsplit(request.url)
    headers = {
        name.decode(): b", ".join(values).decode() for name, values in request.headers.items()
    }

    def fetch() -> Response:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
        try:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request(request.method, target or "/", request.body or None, headers)
            answer = connection.getresponse()
            return Response(request.url, answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    return await asyncio.to_thread(fetch)


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[NightPortal]:
    """A portal of one test's own, and a ledger for its nights."""
    portal = NightPortal(f"sqlite:///{tmp_path / 'x.db'}")
    yield portal
    portal.close()
