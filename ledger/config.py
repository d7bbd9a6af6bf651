"""site.toml: what an operator may write there, and what to say where he wrote something else."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ledger.addresses import host_of, plain_form, web_fault
from ledger.config_tables import SECTIONS, SiteTable
from ledger.frequencies import read_frequency, valid_spellings
from ledger.naming import clean_text
from ledger.notify import NotifyPolicy, read_quiet
from ledger.problems import Log, nearest, reason
from ledger.rectification import RectifyPolicy
from ledger.site import AttachmentPolicy, CrawlPolicy, FreshnessPolicy
from ledger.words import Frequency

FILE = "site.toml"
_MAX_FILE = 1024 * 1024
_OF_FILES = ("attachment", "ocr")
_MODES = {"rolling": "rolling", "滚动": "rolling", "calendar": "calendar", "自然周期": "calendar"}
_THIS_MACHINE = re.compile(r"localhost|127\.[\d.]+|::1")
_ID_CODE = re.compile(r"\d{10}|bm\d{8}|N\d{9}")


class SiteFile:
    """site.toml as far as it is sound. `home` is empty where nothing can be asked of the portal."""

    def __init__(self, model: SiteTable, limits: Mapping[Frequency, int]) -> None:
        self.name = clean_text(model.name)
        self.home = "" if web_fault(model.home) else model.home
        self.id_code = model.id_code
        self.lane = model.lane
        self.sheet = model.columns
        crawl = model.crawl.model_dump()
        crawl |= {key: tuple(crawl[key]) for key in ("exclude", "allow_hosts")}
        self.crawl = CrawlPolicy(**crawl)
        self.freshness = FreshnessPolicy(_MODES.get(model.freshness.mode, "rolling"), limits)
        wording = model.text
        told = _strings(wording)
        self.text = {key: said for key, said in told.items() if not key.startswith(_OF_FILES)}
        self.leaders = wording.leaders
        self.terms = _several(wording.terms)
        self.bad_hosts = tuple(map(_bare_host, _several(wording.bad_hosts)))
        self.attachments = AttachmentPolicy(
            wording.attachments,
            wording.attachment_bytes,
            wording.attachment_seconds,
            wording.ocr,
            wording.ocr_pages,
            wording.ocr_minutes,
        )
        self.report = _strings(model.report)
        self.rectify = RectifyPolicy(**model.rectify.model_dump())
        channels = tuple(dict.fromkeys(model.notify.channels))
        self.notify = NotifyPolicy(channels, *(read_quiet(model.notify.quiet) or ("", "")))


def read_site_file(path: Path, log: Log) -> SiteFile | None:
    """The content of site.toml, or None where it cannot be read at all; faults go to `log`."""
    text = _read(path, log)
    if text is None:
        return None
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _syntax(text, str(error), log)
        return None
    except RecursionError:
        log.error("括号嵌套过深；请检查方括号和花括号", field=FILE)
        return None
    rows = _key_rows(text)
    try:
        model = SiteTable.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors():
            _explain(detail, rows, log)
        model = _salvage(raw, error)
    return SiteFile(model, _check(model, rows, log))


def _read(path: Path, log: Log) -> str | None:
    try:
        if path.stat().st_size > _MAX_FILE:
            log.error("文件超过 1 MB，不像是站点配置；请检查是否放错文件", field=FILE)
            return None
        data = path.read_bytes()
    except OSError as error:
        log.error(f"文件无法读取（{reason(error)}）；请检查文件权限", field=FILE)
        return None
    if data.startswith(codecs.BOM_UTF8):
        log.warn("文件带有 UTF-8 BOM 标记，已忽略；建议另存为不带 BOM 的 UTF-8", 1, FILE)
        data = data[len(codecs.BOM_UTF8) :]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        log.error("文件是 UTF-16（“Unicode”）编码；请用记事本另存为 UTF-8", 1, FILE)
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        log.error("文件不是 UTF-8 文本；请用记事本另存为 UTF-8", row, FILE)
        return None
    log.error("文件是 GBK 编码，TOML 必须是 UTF-8；请用记事本“另存为”，编码选 UTF-8", row, FILE)
    return text


_SYNTAX = (
    ("Invalid value", "等号右边的值写法不对；文字要放在英文双引号里，真假写 true / false"),
    ("Expected '=' after a key", "键名后面应是英文等号 =；以 # 开头的才是说明文字"),
    ("Invalid statement", "这一行既不是“键 = 值”也不是 [表名]；键名请用英文，符号请用英文半角"),
    ("Cannot overwrite a value", "同一个键写了两次；请删除其中一个"),
    ("Cannot declare", "同一个 [表名] 写了两次；请合并成一个"),
    ("Unterminated string", "双引号没有成对"),
    ("Illegal character", "引号里有换行或不可见字符，或双引号没有成对"),
    ("Unclosed array", "方括号没有成对"),
    ("Unescaped", "引号里的反斜杠要写成两个 \\\\，或改用单引号"),
    ("Expected newline or end of document", "值的后面还有多余的文字；一行只写一个“键 = 值”"),
    ("Expected ']'", "[表名] 的方括号没有成对"),
)
_AT = re.compile(r"at line (\d+), column (\d+)")


def _syntax(text: str, reason: str, log: Log) -> None:
    lines = text.splitlines() or [""]
    place = _AT.search(reason)
    row = int(place[1]) if place else len(lines)
    line = lines[min(row, len(lines)) - 1].strip()
    said = next((chinese for english, chinese in _SYNTAX if reason.startswith(english)), "写法不对")
    if re.search("[“”＝‘’［］]", line):
        said = "用了中文引号、等号或方括号；请改成英文半角符号"
    elif re.match(r"[\u4e00-\u9fff]+\s*=", line):
        said = '中文键名要放在英文双引号里，例如 "按周更新" = 10'
    log.error(f"TOML 语法错误：{said}", row, FILE, line)


_SECTION = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_PART = r"(?:[\w-]+|\"[^\"]*\"|'[^']*')"
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")


def _key_rows(text: str) -> dict[tuple[str, ...], int]:
    """The line on which each key and table stands, as far as plain lines show it."""
    rows: dict[tuple[str, ...], int] = {}
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if match := _SECTION.match(line):
            section = _dotted(match[1])
            rows.setdefault(section, number)
        elif match := _KEY.match(line):
            rows.setdefault(section + _dotted(match[1]), number)
    return rows


def _dotted(key: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


_SAYINGS = {
    "missing": "缺少必填的 {key}；请补上",
    "string_type": "{key} 应是文字；请放在英文双引号里",
    "int_type": "{key} 应是整数，不加引号",
    "int_from_float": "{key} 应是整数",
    "float_type": "{key} 应是数字，不加引号",
    "bool_type": "{key} 应是 true 或 false，不加引号",
    "list_type": "{key} 应是列表，例如 [\"甲\", \"乙\"]",
    "dict_type": "{key} 应是一个表，例如 [{key}]",
    "model_type": "{key} 应是一个表，例如 [{key}]",
    "greater_than_equal": "{key} 不能小于 {ge}",
    "greater_than": "{key} 必须大于 {gt}",
    "less_than_equal": "{key} 不能大于 {le}",
    "finite_number": "{key} 应是普通数字",
    "string_too_short": "{key} 不能为空",
    "string_too_long": "{key} 过长，最多 {max_length} 个字符",
}  # fmt: skip


def _explain(detail: ErrorDetails, rows: Mapping[tuple[str, ...], int], log: Log) -> None:
    place = [str(part) for part in detail["loc"]]
    if detail["type"] == "extra_forbidden":
        _unknown_key(place, rows, log)
        return
    # A union reports each of its members; they stand below the key they belong to.
    known = [part for part in place if not re.fullmatch(r"(?:constrained-)?str|list\[.*", part)]
    key = ".".join(known)
    pattern = _SAYINGS.get(detail["type"], "{key} 的值不合要求")
    shown = "" if detail["type"] == "missing" else str(detail["input"])
    message = pattern.format(key=key, **detail.get("ctx", {}))
    if known[:1] == ["text"] and detail["type"] in ("string_type", "list_type"):
        message = f"{key} 应是文字，或文字的列表"
    row = _row(known, rows)
    if not any(p.row == row and p.field == key and p.message == message for p in log.problems):
        log.error(message, row, key, shown)


def _unknown_key(place: Sequence[str], rows: Mapping[tuple[str, ...], int], log: Log) -> None:
    valid = _keys(place[:-1])
    near = nearest(place[-1].lower(), valid)
    section = f"[{'.'.join(place[:-1])}] 中" if place[:-1] else ""
    elsewhere = [name for name in SECTIONS if place[-1] in _keys([name])]
    if not place[:-1] and elsewhere:
        message = f"不认识的键 {place[-1]}；它应写在 [{elsewhere[0]}] 里"
        near = f"[{elsewhere[0]}] {place[-1]}"
    else:
        message = f"{section}不认识的键 {place[-1]}；可用的键：{'、'.join(valid)}"
    log.error(message, _row(place, rows), ".".join(place), place[-1], near)


def _keys(section: Sequence[str]) -> list[str]:
    model = SECTIONS.get(section[0], SiteTable) if section else SiteTable
    return list(model.model_fields)


def _row(place: Sequence[str], rows: Mapping[tuple[str, ...], int]) -> int | None:
    for length in range(len(place), 0, -1):
        row = rows.get(tuple(place[:length]))
        if row:
            return row
    return None


def _salvage(raw: Mapping[str, Any], error: ValidationError) -> SiteTable:
    """The file without its faulty top-level entries, so that the sheet can be read all the same."""
    faulty = {str(detail["loc"][0]) for detail in error.errors()}
    sound = {key: value for key, value in raw.items() if key not in faulty}
    return SiteTable.model_validate({"name": "-", "home": "-"} | sound)


def _check(
    model: SiteTable, rows: Mapping[tuple[str, ...], int], log: Log
) -> Mapping[Frequency, int]:
    fault = web_fault(model.home)
    if fault and not any(p.field == "home" for p in log.problems):
        log.error(
            f"home 不是有效的网址：{fault}；请写完整的首页地址，例如 https://www.example.gov.cn/",
            rows.get(("home",)), "home", model.home, plain_form(model.home),
        )  # fmt: skip
    if model.id_code and not _ID_CODE.fullmatch(model.id_code):
        log.warn(
            "网站标识码的写法不常见（应为 10 位数字、bm 加 8 位数字或 N 加 9 位数字）；请核对",
            rows.get(("id_code",)), "id_code", model.id_code,
        )  # fmt: skip
    _check_contact(model, rows, log)
    if model.notify.quiet and read_quiet(model.notify.quiet) is None:
        log.error(
            "notify.quiet 是免打扰的起止时刻，应写成 22:00-07:30 这样的形式",
            _row(("notify", "quiet"), rows), "notify.quiet", model.notify.quiet,
        )  # fmt: skip
    mode = model.freshness.mode
    if mode not in _MODES:
        log.error(
            "freshness.mode 只能是 rolling（滚动）或 calendar（自然周期）",
            _row(("freshness", "mode"), rows), "freshness.mode", mode,
            nearest(mode, _MODES) or "rolling",
        )  # fmt: skip
    return _limits(model.freshness.limits, rows, log)


def _check_contact(model: SiteTable, rows: Mapping[tuple[str, ...], int], log: Log) -> None:
    """Whoever watches the portal must find us; on a rehearsal on this machine nobody does."""
    local = not model.home or _THIS_MACHINE.fullmatch(host_of(model.home))
    # A faulty [crawl] was put aside as a whole, and may well have said it.
    faulty = any(p.field.partition(".")[0] in ("crawl", "home") for p in log.problems)
    if not (local or faulty or model.crawl.contact or model.crawl.user_agent):
        log.warn(
            "没有写联系方式，网站管理方在访问记录里看到巡查时不知道找谁，可能当作攻击拦截；"
            '请在 [crawl] 下写一行 contact = "单位的邮箱或电话"',
            rows.get(("crawl",)), "crawl.contact",
        )  # fmt: skip


def _limits(
    written: Mapping[str, int], rows: Mapping[tuple[str, ...], int], log: Log
) -> Mapping[Frequency, int]:
    limits: dict[Frequency, int] = {}
    for key, days in written.items():
        row, field = _row(("freshness", "limits", key), rows), f"freshness.limits.{key}"
        frequency = _frequency(key)
        if frequency is None:
            codes = [f.value for f in Frequency if _limited(f)]
            near = nearest(key.lower(), [*codes, *valid_spellings()])
            message = f"不认识的更新频率；可用：{'、'.join(codes)}，或按周更新、按月更新等写法"
            log.error(message, row, field, key, near)
        elif not _limited(frequency):
            log.error("这种栏目不计更新时限，不能设天数；请删除这一项", row, field, key)
        elif frequency in limits:
            log.error(f"“{frequency.label}”的天数写了两次；请删除其中一个", row, field, key)
        else:
            limits[frequency] = days
    return limits


def _frequency(key: str) -> Frequency | None:
    if key in set(Frequency):
        return Frequency(key)
    spoken = read_frequency(key)
    return spoken.frequency if spoken and spoken.whole else None


def _limited(frequency: Frequency) -> bool:
    return frequency not in (Frequency.JUMP, Frequency.UNSPECIFIED)


def _several(said: str | Sequence[str]) -> tuple[str, ...]:
    """One entry or a list of them, each once."""
    return tuple(dict.fromkeys(filter(None, [said] if isinstance(said, str) else said)))


def _bare_host(written: str) -> str:
    """The host of what may be a host or an address."""
    return host_of(written) or written.lower().removeprefix("www.").split("/")[0].rstrip(".")


def _strings(table: BaseModel) -> dict[str, str]:
    """The entries somebody filled in, lists joined by 、 and numbers as written."""
    said: dict[str, str] = {}
    for key, value in table.model_dump().items():
        if value is None or value == "" or value == []:
            continue
        said[key] = "、".join(value) if isinstance(value, list) else str(value)
    return said
