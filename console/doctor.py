"""`xuncha doctor`: what this machine has and lacks, each with the command that mends it."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from console.errors import Exit, told
from console.output import Format, Heading, emit, on_terminal, to_csv, to_json, to_jsonl, to_table
from ledger import clock
from ledger.site import Site
from ledger.words import Outcome

_LOW_DISK = 200 * 1024 * 1024
_SCARCE_DISK = 2 * 1024 * 1024 * 1024
_BUILT = date(2026, 1, 1)
_PATIENCE = 15.0
_KEYS = ("check", "state", "detail", "mend")
_HEADINGS = (
    Heading("check", "项目"),
    Heading("word", "状态"),
    Heading("detail", "情况"),
    Heading("mend", "怎样解决"),
)


class Health(StrEnum):
    """How one part of the machine stands."""

    GOOD = "good"
    NOTICE = "notice"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _LABELS[self]


_LABELS = {Health.GOOD: "正常", Health.NOTICE: "注意", Health.MISSING: "缺失"}


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the machine, how it stands, and the command that mends it."""

    check: str
    state: Health
    detail: str
    mend: str = ""


def doctor(ledger: str, out: Path, sites: Iterable[Site], day: date, form: Format) -> Exit:
    """Look at everything an inspection needs and print it; FAILED where it cannot work."""
    lines = [_safely(name, look) for name, look in _looks(ledger, out, list(sites), day)]
    rows = [
        {
            "check": x.check,
            "state": str(x.state),
            "word": x.state.label,
            "detail": x.detail,
            "mend": x.mend,
        }
        for x in lines
    ]
    data = [{key: row[key] for key in _KEYS} for row in rows]
    if form is Format.JSON:
        emit(to_json(data), form)
    elif form is Format.JSONL:
        emit(to_jsonl(data), form)
    elif form is Format.CSV:
        emit(to_csv(data, _KEYS), form)
    else:
        emit(to_table(rows, _HEADINGS, terminal=on_terminal()))
    return Exit.FAILED if any(x.state is Health.MISSING for x in lines) else Exit.FINE


def _looks(
    ledger: str, out: Path, sites: list[Site], day: date
) -> list[tuple[str, Callable[[], Line]]]:
    looks: list[tuple[str, Callable[[], Line]]] = [
        ("Python", _python),
        ("台账", lambda: _ledger(ledger)),
        ("报表目录", lambda: _out(out)),
        ("磁盘空间", lambda: _disk([out, *_sqlite_file(ledger)])),
        ("时钟", _clock),
        ("字符编码", _encoding),
        ("浏览器", _browser),
        ("中文字体", _fonts),
        *_ocr_look(sites),
    ]
    if not sites:
        return [*looks, ("网络", _no_network)]
    return looks + [(f"网络 {site.key}", lambda site=site: _network(site, day)) for site in sites]


def _safely(name: str, look: Callable[[], Line]) -> Line:
    """A look that fails is itself a finding, never the end of the visit."""
    try:
        return look()
    except Exception as error:  # noqa: BLE001 - the other lines must still be told
        return Line(name, Health.MISSING, told(error)[0])


def _python() -> Line:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Line("Python", Health.GOOD, f"{version}（{sys.executable}）")


def _sqlite_file(ledger: str) -> list[Path]:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(ledger)
    except ArgumentError:
        return []
    return [Path(url.database)] if url.get_backend_name() == "sqlite" and url.database else []


def _ledger(ledger: str) -> Line:
    from ledger.store import Ledger

    files = _sqlite_file(ledger)
    if files and not files[0].exists():
        folder = files[0].absolute().parent
        if not folder.is_dir():
            return Line("台账", Health.MISSING, f"目录 {folder} 不存在", f"mkdir -p {folder}")
        if not os.access(folder, os.W_OK):
            return Line("台账", Health.MISSING, f"目录 {folder} 不可写", f"chmod u+w {folder}")
        return Line("台账", Health.GOOD, f"{files[0]} 尚未建立，首次巡查时自动建立")
    with Ledger.open(ledger) as opened:
        keys = opened.site_keys()
        held = f"，已有 {len(keys)} 个站点的巡查" if keys else "，还没有巡查"
        return Line("台账", Health.GOOD, f"{opened.label} 可以打开{held}")


def _out(out: Path) -> Line:
    folder = _existing(out)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return Line(
            "报表目录",
            Health.MISSING,
            f"{folder} 不可写",
            f"chmod u+w {folder}，或用 --out 换一个目录",
        )
    if out.exists() and not out.is_dir():
        return Line("报表目录", Health.MISSING, f"{out} 是一个文件", "用 --out 换一个目录")
    return Line("报表目录", Health.GOOD, f"{out.absolute()} 可写")


def _existing(path: Path) -> Path:
    """The path itself, or the nearest folder above it that exists."""
    path = path.absolute()
    while not path.is_dir() and path != path.parent:
        path = path.parent
    return path


def _disk(paths: list[Path]) -> Line:
    free = min(shutil.disk_usage(_existing(path)).free for path in paths)
    size = f"剩余 {free / 1024**3:.1f} GB"
    if free < _LOW_DISK:
        return Line("磁盘空间", Health.MISSING, f"{size}，不够一次巡查", "df -h，清理后再运行")
    if free < _SCARCE_DISK:
        return Line("磁盘空间", Health.NOTICE, f"{size}，偏少", "df -h，及时清理")
    return Line("磁盘空间", Health.GOOD, size)


def _clock() -> Line:
    now = clock.now()
    said = f"北京时间 {now:%Y-%m-%d %H:%M:%S}（判定一律按此时区）"
    if now.date() < _BUILT:
        return Line("时钟", Health.MISSING, f"{said}，明显不对", "sudo timedatectl set-ntp true")
    return Line("时钟", Health.GOOD, said)


def _encoding() -> Line:
    encoding = (sys.stdout.encoding or locale.getpreferredencoding()).lower().replace("-", "")
    if encoding == "utf8":
        return Line("字符编码", Health.GOOD, "UTF-8")
    return Line(
        "字符编码",
        Health.NOTICE,
        f"终端编码是 {encoding}，个别汉字可能显示不出",
        "export LANG=C.UTF-8",
    )


def _browser() -> Line:
    from crawler.rendering.chromium import find_chromium

    path = find_chromium()
    named = os.environ.get("XUNCHA_CHROMIUM", "").strip()
    if path is None and named:
        return Line(
            "浏览器",
            Health.NOTICE,
            f"环境变量 XUNCHA_CHROMIUM 所指的 {named} 不存在或不能执行，"
            "由脚本生成内容的栏目将记为“未检查”",
            "改正 XUNCHA_CHROMIUM，或执行 unset XUNCHA_CHROMIUM 后使用系统自带的 Chromium",
        )
    if path is None:
        return Line(
            "浏览器",
            Health.NOTICE,
            "没有 Chromium：由脚本生成内容的栏目将记为“未检查”，其余不受影响",
            "sudo apt-get install -y chromium",
        )
    return Line("浏览器", Health.GOOD, str(path))


def _fonts() -> Line:
    mend = "sudo apt-get install -y fontconfig fonts-noto-cjk"
    if shutil.which("fc-list") is None:
        return Line("中文字体", Health.NOTICE, "没有 fc-list，无法查看字体；只影响截图和打印", mend)
    listed = subprocess.run(
        ["fc-list", ":lang=zh", "family"], capture_output=True, timeout=20, check=False
    )
    names = sorted(set(listed.stdout.decode("utf-8", "replace").splitlines()))
    if not names:
        return Line("中文字体", Health.NOTICE, "没有中文字体：截图和打印中的汉字会是方框", mend)
    return Line("中文字体", Health.GOOD, names[0])


def _ocr_look(sites: list[Site]) -> list[tuple[str, Callable[[], Line]]]:
    """Recognising words in pictures is an extra: where nobody has it or asks for it, no word."""
    from crawler.attaching.recognising import has_ocr

    asking = [site.key for site in sites if site.attachments.ocr]
    return [("文字识别", lambda: _ocr(asking))] if asking or has_ocr() else []


def _ocr(asking: list[str]) -> Line:
    from crawler.attaching.recognising import has_ocr

    if not has_ocr():
        return Line(
            "文字识别",
            Health.NOTICE,
            f"{'、'.join(asking)} 的 site.toml 开启了文字识别（[text] ocr = true），"
            "但没有安装识别组件，扫描件仍记为“未检查”",
            "pip install 'xuncha[ocr]'，或把 ocr 改为 false",
        )
    engine = f"rapidocr {version('rapidocr')}"
    if not asking:
        return Line("文字识别", Health.GOOD, f"{engine} 已安装，没有站点开启（[text] ocr = true）")
    return Line("文字识别", Health.GOOD, f"{engine}，{len(asking)} 个站点开启")


def _no_network() -> Line:
    return Line("网络", Health.GOOD, "未检查：没有给出站点；可运行 xuncha doctor 站点文件夹")


def _network(site: Site, day: date) -> Line:
    from crawler.fetch import fetch_one

    # The reactor behind a fetch starts once a process, and there may be many sites.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        fetched = pool.submit(fetch_one, site.home, as_of=day, timeout=_PATIENCE).result()
    if fetched.outcome is Outcome.OK:
        return Line(f"网络 {site.key}", Health.GOOD, f"{site.home} 可以打开")
    detail = f"（{fetched.detail}）" if fetched.detail else ""
    return Line(
        f"网络 {site.key}",
        Health.NOTICE,
        f"{site.home}：{fetched.outcome.label}{detail}",
        f"在浏览器中核对网址，或运行 xuncha try {site.home}",
    )
