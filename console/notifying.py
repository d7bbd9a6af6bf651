"""`xuncha notify`: tells people what changed since they were last told."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from console.errors import Exit, Failed
from console.judged_commands import existing_ledger
from console.judging import stored
from console.output import emit, say
from console.sites import load_sites
from ledger import clock
from ledger.site import Site
from ledger.store import Ledger
from reports.telling import Told, message, telling

_ENV = "env:"
_SEEN = 24
"""The most characters of a channel's address that may be shown: its kind, never its key."""


def notify(path: Path, url: str, day: date, *, dry: bool) -> Exit:
    """Send each channel one message about the sites that name it; `dry` prints it instead.

    A channel that fails is told at stderr and tried again the next time; it fails nothing else.
    """
    channels: dict[str, list[Site]] = {}
    for site in load_sites(path):
        for channel in site.notify.channels:
            channels.setdefault(channel, []).append(site)
    if not channels:
        say('没有配置通知渠道。请在 site.toml 的 [notify] 下写 channels = ["…"]。')
        return Exit.FINE
    with existing_ledger(url) as ledger:
        for channel, sites in channels.items():
            _tell(ledger, channel, sites, day, dry=dry)
    return Exit.FINE


def _tell(ledger: Ledger, channel: str, sites: Sequence[Site], day: date, *, dry: bool) -> None:
    name, now = shown(channel), clock.now()
    last = ledger.last_told(channel)
    if not dry:
        if last is not None and last[1].date() == now.date():
            say(f"通知渠道 {name}：今天已经发过一次，变化留到明天再发。")
            return
        quiet = next((s.notify for s in sites if s.notify.quiet_at(now.time())), None)
        if quiet is not None:
            say(f"通知渠道 {name}：现在是免打扰时间（{quiet.begin}—{quiet.end}），没有发送。")
            return
    models = []
    for site in sites:
        told = _told(ledger, site, day, last[0] if last else None)
        if told is not None:
            models.append(telling(told))
    title, words = message(models, day)
    if not words:
        say(f"通知渠道 {name}：没有变化，不发送。")
    elif dry:
        emit(f"{name}\n{title}\n{words}\n")
    else:
        _send(ledger, channel, day, title, words)


def _told(ledger: Ledger, site: Site, day: date, since: date | None) -> Told | None:
    """The site now and as the channel last heard of it; None where nothing was judged yet.

    Who was never told hears of all that stands open.
    """
    try:
        judged = stored(ledger, site, day)
    except Failed as error:
        say(str(error))
        return None
    judgement = judged.judgement
    before = ledger.newest_judgement(site.key, since) if since else None
    then = ledger.findings(site.key, before.as_of, before.run_id) if before else ()
    return Told(site, judgement, judged.findings, before, tuple(then))


def _send(ledger: Ledger, channel: str, day: date, title: str, words: str) -> None:
    name = shown(channel)
    fault = _sent(channel, title, words)
    ledger.save_telling(channel, day, clock.now(), words, sent=not fault, detail=fault)
    if fault:
        say(f"通知渠道 {name}：没有发出，{fault}。下次会补发，不影响巡查。")
    else:
        say(f"通知渠道 {name}：已发送。")


def _sent(channel: str, title: str, words: str) -> str:
    """Send one message; why it could not be sent, empty where it was."""
    with warnings.catch_warnings():
        # It loads a plugin for every service there is, some with modules Python has given up.
        warnings.simplefilter("ignore", DeprecationWarning)
        return _posted(channel, title, words)


def _posted(channel: str, title: str, words: str) -> str:
    from apprise import Apprise, NotifyFormat

    address = channel
    if channel.startswith(_ENV):
        address = os.environ.get(channel.removeprefix(_ENV), "")
        if not address:
            return f"没有设置环境变量 {channel.removeprefix(_ENV)}"
    post = Apprise()
    if not post.add(address):
        return "地址的写法不对，请核对 [notify] channels"
    try:
        arrived = post.notify(body=words, title=title, body_format=NotifyFormat.TEXT)
    except Exception as error:  # noqa: BLE001 - whatever a channel does, the others go on
        return f"出错（{type(error).__name__}）"
    return "" if arrived else "对方没有接受，请核对地址、密钥和网络"


def shown(channel: str) -> str:
    """A channel as a message may name it: its kind, without key or password."""
    if channel.startswith(_ENV):
        return channel[:_SEEN]
    return f"{channel.partition('://')[0][:_SEEN]}://…"
