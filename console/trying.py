"""`xuncha try`: reads one page both ways, as a list and as an article, and says how."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from console.errors import Failed, Misused
from console.output import (
    Format,
    Heading,
    clean,
    emit,
    on_terminal,
    to_csv,
    to_json,
    to_jsonl,
    to_table,
)
from crawler.reading.charset import decode
from crawler.reading.document import Document
from crawler.reading.inside import read_inside, shows_nothing
from crawler.reading.page import PageReading, read_page
from ledger.addresses import web_fault
from ledger.facts import DayReading, Item
from ledger.words import How, Outcome

Row = dict[str, Any]

_MAX_BYTES = 8 * 1024 * 1024
_ATTACHMENTS = (
    b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"\x89PNG", b"\xff\xd8\xff", b"GIF8",
)  # fmt: skip
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?/|www\.|[\w.-]+\.(cn|com|net|org)(:\d+)?$", re.I)
_ITEM_KEYS = ("title", "url", "day", "how", "text")
_HEADINGS = (
    Heading("day", "日期"),
    Heading("how_word", "读自"),
    Heading("text", "原文"),
    Heading("title", "标题"),
    Heading("url", "网址"),
)
_KINDS = {
    "home": "首页",
    "list": "列表",
    "channel": "频道页（多个栏目的信息）",
    "single": "单页",
    "article": "文章",
    "jump": "跳转",
    "empty": "空列表",
    "building": "建设中",
    "shell": "由脚本生成内容",
    "unknown": "认不出",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A page to be read: its text, its address, and what to say about how it came."""

    html: str
    url: str
    notes: list[str] = field(default_factory=list)


def try_target(target: str, url: str, day: date, form: Format) -> None:
    """Read `target`, an address or a saved page, and print both readings."""
    source = _load(target, url, day)
    doc = Document(source.html, source.url)
    reading = read_page(doc, day)
    if shows_nothing(reading):
        reading = read_inside(doc, reading, day) or reading
    shown = _document(source, reading)
    if form is Format.JSON:
        emit(to_json(shown), form)
    elif form is Format.JSONL:
        emit(to_jsonl(shown["items"]), form)
    elif form is Format.CSV:
        emit(to_csv(shown["items"], _ITEM_KEYS), form)
    else:
        emit(_page(shown))


def _load(target: str, url: str, day: date) -> Source:
    if url and not url.lower().startswith(("http://", "https://")):
        raise Misused(f"--url 应是 http:// 或 https:// 开头的网址，不能是 {url}。")
    if target == "-":
        return _saved(sys.stdin.buffer.read(_MAX_BYTES + 1), "标准输入", url)
    if target and _present(path := Path(target)):
        return _from_file(path, url)
    parts = _split(target)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        hint = f"网址请写全，如 http://{target}。" if _HOST.match(target) else ""
        raise Misused(f"{target} 既不是已有的文件，也不是 http:// 或 https:// 开头的网址。{hint}")
    if fault := web_fault(target):
        raise Misused(f"{target} 不是有效的网址：{fault}。")
    return _from_net(target, url, day)


def _present(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _split(address: str) -> Any:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _from_net(target: str, url: str, day: date) -> Source:
    # A saved page is read without waiting for the crawler to load.
    from crawler.fetch import fetch_one
    from crawler.running import CrawlError

    try:
        fetched = fetch_one(target, as_of=day)
    except CrawlError as error:
        raise Failed(str(error)) from error
    if fetched.outcome is not Outcome.OK:
        repeated = fetched.detail in ("", fetched.outcome.label)
        detail = "" if repeated else f"（{fetched.detail}）"
        raise Failed(f"{target} 没有读到：{fetched.outcome.label}{detail}。请核对网址或稍后再试。")
    html, charset = _text(fetched.body, fetched.content_type, target)
    notes = [f"字符编码：{charset}"]
    if fetched.final_url and fetched.final_url != target:
        notes.insert(0, f"跳转到 {fetched.final_url}")
    return Source(html, url or fetched.final_url or target, notes)


def _from_file(path: Path, url: str) -> Source:
    if path.is_dir():
        raise Misused(f"{path} 是文件夹；请给出一个保存下来的网页文件或一个网址。")
    if path.suffix.lower() == ".json":
        raise Misused(f"{path} 是数据接口的 JSON，这里只读网页文件（.html）。")
    with path.open("rb") as file:
        body = file.read(_MAX_BYTES + 1)
    return _saved(body, str(path), url)


def _saved(body: bytes, name: str, url: str) -> Source:
    if len(body) > _MAX_BYTES:
        raise Misused(f"{name} 超过 {_MAX_BYTES // 1024 // 1024} MB，不像一个网页。")
    # A page that came empty is the portal's fault; a file that is empty was saved badly.
    if not body.strip():
        raise Failed(f"{name} 是空的，没有可读的内容。请在浏览器里重新保存网页。")
    html, charset = _text(body, "", name)
    return Source(html, url or _own_address(html), [f"字符编码：{charset}"])


def _text(body: bytes, content_type: str, name: str) -> tuple[str, str]:
    if body.startswith(_ATTACHMENTS):
        raise Failed(f"{name} 不是网页，是附件或图片，没有可读的列表和正文。")
    if b"multipart/related" in body[:2000].lower():
        raise Failed(f"{name} 是“单个文件”网页（mht）；请在浏览器里另存为“网页，仅 HTML”。")
    return decode(body, content_type)


def _own_address(html: str) -> str:
    """What a saved page says its own address is, or nothing."""
    doc = Document(html)
    node = doc.tree.css_first('link[rel="canonical"][href]')
    named = (node.attributes.get("href") or "").strip() if node else ""
    # Browsers write where a page was saved from into its first lines.
    saved = _SAVED_FROM.search(html[:2000])
    for address in (saved[1] if saved else "", named, doc.meta.get("og:url", "")):
        parts = _split(address)
        if parts is not None and parts.scheme in ("http", "https") and parts.netloc:
            return address
    return ""


def _document(source: Source, reading: PageReading) -> Row:
    items = reading.list.items if reading.list else ()
    article = reading.article
    return {
        "url": source.url,
        "kind": str(reading.kind),
        "adapter": reading.adapter or None,
        "title": reading.title,
        "published": _published(article.published) if article and article.published else None,
        "newest": _newest(reading.newest) if reading.newest else None,
        "items": [_item(item) for item in items],
        "notes": [*source.notes, *reading.notes],
    }


def _published(read: DayReading) -> Row:
    return {
        "day": read.day.isoformat(),
        "time": read.time,
        "how": str(read.how),
        "text": read.text,
    }


def _newest(item: Item) -> Row:
    return {
        "day": item.day.isoformat() if item.day else None,
        "how": str(item.how) if item.how else None,
        "text": item.text,
        "url": item.url,
        "title": item.title,
    }


def _item(item: Item) -> Row:
    return {
        "title": item.title,
        "url": item.url,
        "day": item.day.isoformat() if item.day else None,
        "how": str(item.how) if item.how else None,
        "text": item.text or item.fault,
    }


def _page(shown: Row) -> str:
    published, newest = shown["published"], shown["newest"]
    lines = [
        f"网址：{clean(shown['url']) or '（文件里没有写，可用 --url 补上）'}",
        f"类型：{_KINDS.get(shown['kind'], shown['kind'])}",
        f"网站系统：{shown['adapter'] or '没有认出'}",
        f"标题：{clean(shown['title'])}",
    ]
    if published:
        at = f" {published['time']}" if published["time"] else ""
        lines.append(f"发布日期：{published['day']}{at}（{_how(published)}）")
    if newest:
        lines.append(f"最新信息：{newest['day']}　{clean(newest['title'])}（{_how(newest)}）")
    if not published and not newest:
        lines.append("日期：没有读到")
    lines += [f"说明：{clean(note)}" for note in shown["notes"]]
    text = "\n".join(lines) + "\n"
    if shown["items"]:
        rows = [
            {**item, "how_word": How(item["how"]).label if item["how"] else ""}
            for item in shown["items"]
        ]
        text += f"\n信息 {len(rows)} 条：\n" + to_table(rows, _HEADINGS, terminal=on_terminal())
    return text


def _how(read: Row) -> str:
    word = How(read["how"]).label if read["how"] else "未知"
    return f"读自{word}：{clean(read['text'])}"
