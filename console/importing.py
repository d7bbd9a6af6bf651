"""`xuncha import`: a vendor's notice read, shown, and kept once somebody has agreed to it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from console.errors import ConsoleError, Exit, Failed, Misused
from console.judging import Judged, judge_run
from console.output import emit, on_terminal, say
from console.sites import load_sites
from ledger import clock
from ledger.addresses import canonical, host_of
from ledger.naming import fold_name
from ledger.notices import Notice, NoticeItem, NoticeKind
from ledger.noticing.entries import Entry, TableReading
from ledger.noticing.parts import NoticeError
from ledger.noticing.reading import NoticeReading, meaning, read_notice
from ledger.site import Site
from ledger.store import Ledger
from ledger.words import State
from rules.notices.naming import masked, own_mark
from rules.text.privacy.masks import veiled

_SHOWN = 20
VENDOR = "监测单位"


@dataclass(slots=True)
class _Sorted:
    """The entries by site, and those that belong to none of the given sites."""

    of_site: dict[str, list[NoticeItem]] = field(default_factory=dict)
    strangers: list[NoticeItem] = field(default_factory=list)
    doubled: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line said. `day` is None where it named no day for the notice."""

    day: date | None
    as_of: date
    vendor: str
    yes: bool
    dry_run: bool


def import_notice(file: Path, sites: Path, url: str, asked: Asked) -> Exit:
    """Show what the file says; keep it and judge again once that is agreed to."""
    found = load_sites(sites)
    try:
        reading = read_notice(file)
    except NoticeError as error:
        raise Misused(f"通报文件 {file.name}：{error}。") from error
    entries = _sort(reading.entries, found)
    day, why = _day(reading, asked)
    _show(reading, entries, found, day, why)
    if day > asked.as_of:
        raise Misused(
            f"通报日期 {day} 晚于基准日 {asked.as_of}。"
            "请用 --day 指明通报日期，或用 --as-of 换一个基准日。"
        )
    if not entries.of_site:
        raise Misused(f"通报文件 {file.name} 里没有属于所给站点的条目，没有导入。")
    if asked.dry_run:
        say("只是查看（--dry-run），没有写入台账。")
        return Exit.FINE
    if not asked.yes and not _agreed():
        say("没有写入台账。")
        return Exit.FINE
    return _keep(reading, entries, found, url, day, asked)


def _keep(
    reading: NoticeReading,
    entries: _Sorted,
    sites: Sequence[Site],
    url: str,
    day: date,
    asked: Asked,
) -> Exit:
    digest = hashlib.sha256(reading.data).digest()[:16]
    code = Exit.FINE
    with Ledger.open(url) as ledger:
        for site in sites:
            items = entries.of_site.get(site.key)
            if not items:
                continue
            vendor = asked.vendor or VENDOR
            notice = Notice(site.key, digest, reading.name, vendor, day, clock.now(), tuple(items))
            if not ledger.save_notice(notice):
                say(f"站点 {site.key}：这份文件以前已经导入过，没有再写入。")
                continue
            say(f"站点 {site.key}：已导入 {len(items)} 条。")
            code = max(code, _judged(ledger, site, notice, asked.as_of))
    return code


def _judged(ledger: Ledger, site: Site, notice: Notice, day: date) -> Exit:
    """Judge the newest run again, so that the entries show at once."""
    if ledger.newest_run(site.key, day) is None:
        say(f"站点 {site.key} 还没有巡查，通报的问题在下次 xuncha nightly 之后列出。")
        return Exit.FINE
    try:
        judged = judge_run(ledger, site, day)
    except ConsoleError as error:
        say(str(error))
        return Exit.FAILED
    if judged.remark:
        say(judged.remark)
    say(_outcome(ledger, judged, notice))
    return Exit.FINE


def _outcome(ledger: Ledger, judged: Judged, notice: Notice) -> str:
    key = judged.facts.site.key
    [kept] = [one for one in ledger.notices(key, notice.day) if one.digest == notice.digest]
    open_now = {finding.fingerprint for finding in judged.findings if finding.state.open}
    matched = sum(item.matched for item in kept.items)
    before = {f.fingerprint for f in judged.findings if f.state is State.RESOLVED}
    ended = sum(item.matched and item.fingerprint in before for item in kept.items)
    known = f"（其中 {ended} 条本工具此前已发现，并已整改或下线）" if ended else ""
    still = sum(item.fingerprint in open_now for item in kept.items)
    return (
        f"站点 {key}：其中 {matched} 条与本工具发现的问题相同，已合并{known}；"
        f"{still} 条未解决，{len(kept.items) - still} 条已不存在或已有复核结论。"
        "下次巡查会重新读取通报的页面；明细见 xuncha findings 和 xuncha report vendor。"
    )


def _sort(entries: Sequence[Entry], sites: Sequence[Site]) -> _Sorted:
    found = _Sorted()
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        site = _site_of(entry, sites)
        if site is None:
            found.strangers.append(entry.item)
            continue
        item = _made(entry.item, site)
        if (site.key, item.own) in seen:
            found.doubled += 1
            continue
        seen.add((site.key, item.own))
        found.of_site.setdefault(site.key, []).append(item)
    return found


def _made(item: NoticeItem, site: Site) -> NoticeItem:
    """The entry as it is kept: its address whole, personal numbers masked, its fingerprint."""
    if item.url.startswith("/"):
        item = replace(item, url=urljoin(site.home, item.url))
    wrong, suggest, title, context = masked(item)
    item = replace(item, wrong=wrong, suggest=suggest, title=title, context=context)
    mark = own_mark(site.key, item)
    return replace(item, own=mark, fingerprint=mark)


def _site_of(entry: Entry, sites: Sequence[Site]) -> Site | None:
    """The site an entry is about: by its code, by its addresses, by its name; else the only one."""
    code = "".join(entry.site_code.split())
    if code:
        named = next((site for site in sites if site.id_code == code), None)
        if named is not None:
            return named
    item = entry.item
    for url in (item.url, item.parent, entry.site_url):
        owner = _owner(url, sites)
        if owner is not None:
            return owner
    foreign = bool(host_of(item.url)) and item.kind is not NoticeKind.LINK
    if foreign or (code and any(site.id_code for site in sites)):
        return None
    if entry.site_name:
        name = fold_name(entry.site_name)
        return next((site for site in sites if fold_name(site.name) == name), _only(sites))
    return _only(sites)


def _owner(url: str, sites: Sequence[Site]) -> Site | None:
    host = host_of(url)
    if not host:
        return None
    for site in sites:
        own = {host_of(site.home), *(one.removeprefix("www.") for one in site.crawl.allow_hosts)}
        # Another site on the same host is told apart by its port.
        if any(host == one or host.endswith(f".{one}") for one in own if one) and _port(
            url
        ) == _port(site.home):
            return site
    return None


def _port(url: str) -> str:
    return canonical(url).partition("/")[0].partition(":")[2]


def _only(sites: Sequence[Site]) -> Site | None:
    return sites[0] if len(sites) == 1 else None


def _day(reading: NoticeReading, asked: Asked) -> tuple[date, str]:
    if asked.day is not None:
        return asked.day, "按 --day"
    if reading.day is not None:
        running = reading.day.replace(day=1) <= asked.as_of < reading.day
        if reading.by_month and running:
            return asked.as_of, "文件名或标题只写了月份，本月还没有结束，按基准日"
        return reading.day, "按文件名或标题中的日期"
    return asked.as_of, "文件名和标题中没有日期，按基准日；不对的话请用 --day 指明"


def _show(
    reading: NoticeReading, entries: _Sorted, sites: Sequence[Site], day: date, why: str
) -> None:
    emit(f"通报文件：{reading.name}\n通报日期：{day}（{why}）\n")
    for table in reading.tables:
        emit("".join(f"{line}\n" for line in _told(table)))
    for place in reading.hidden:
        emit(f"{place}是隐藏的，没有读。\n")
    for site in sites:
        items = entries.of_site.get(site.key, [])
        kinds = {kind: sum(item.kind is kind for item in items) for kind in NoticeKind}
        said = "，".join(f"{kind.label} {count} 条" for kind, count in kinds.items() if count)
        emit(
            f"站点 {site.key}（{site.name}）：{len(items)} 条{f'，其中{said}' if said else ''}。\n"
        )
        emit("".join(f"{line}\n" for line in _some([_listed(item) for item in items])))
    if entries.doubled:
        emit(f"重复的条目 {entries.doubled} 条，只取第一条。\n")
    if entries.strangers:
        emit(f"不属于所给站点的条目 {len(entries.strangers)} 条，不导入：\n")
        lines = [f"  {item.place}：{item.url or item.column}" for item in entries.strangers]
        emit("".join(f"{line}\n" for line in _some(lines)))


def _told(table: TableReading) -> list[str]:
    """What was understood of a table, line by line."""
    if not table.understood:
        first = "、".join(filter(None, table.first))
        return [f"{table.place}：没有看懂的表头，没有读（第一行：{first}）。"]
    lines = [f"{table.place}：取 {len(table.entries)} 条，略过 {len(table.skipped)} 行。"]
    if table.form:
        lines.append("  按左边是名称、右边是内容的表单读。")
    for header in table.headers:
        roles = dict(header.roles)
        named = [
            f"{title}→{meaning(roles[index])}" for index, title in header.titles if index in roles
        ]
        lines.append(f"  表头在第 {header.row} 行：{'，'.join(named)}。")
        if header.unknown:
            lines.append(f"  没有看懂的列：{'、'.join(header.unknown)}。")
    skipped = [
        f"  略过 {one.place}：{one.reason}{f'（{veiled(one.text)}）' if one.text else ''}"
        for one in table.skipped
    ]
    return lines + _some(skipped)


def _listed(item: NoticeItem) -> str:
    """An entry in one line, as it will be kept."""
    words = f"“{item.wrong}”" if item.wrong else item.kind_text or item.context[:40] or item.column
    better = f"→“{item.suggest}”" if item.suggest else ""
    states = ["通报写明存疑，留待人工核实"] if item.doubtful else []
    states += [f"通报写明{item.said_mended}，仍由巡查核实"] if item.said_mended else []
    parts = (
        item.kind.label,
        f"{words}{better}",
        item.url or f"栏目 {item.column}",
        item.unit or "未写单位",
        *states,
    )
    return f"  {item.place.rpartition('”')[2]}：{'，'.join(part for part in parts if part)}"


def _some(lines: list[str]) -> list[str]:
    if len(lines) <= _SHOWN:
        return lines
    return [*lines[:_SHOWN], f"  ……另有 {len(lines) - _SHOWN} 行"]


def _agreed() -> bool:
    if not (on_terminal() and sys.stdin.isatty()):
        raise Misused("请核对以上内容，确认无误后加 --yes 再运行一次，才会写入台账。")
    try:
        answer = input("以上内容写入台账吗？输入 y 写入，其他不写入：")
    except EOFError as error:
        raise Failed("没有得到答复，没有写入台账。") from error
    return answer.strip().lower() in ("y", "yes", "是")
