"""The written forms of a day, each read by one function from folded text.

A reader takes the folded text, today and whether the text is a mere cell (where a shorter form such
as 25-03-12 is believed), and yields candidates; overlaps are settled in `days`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.reading.hours import TIME
from crawler.reading.labels import without_labels
from crawler.reading.numerals import DIGITS, number


@dataclass(frozen=True, slots=True)
class Raw:
    """A candidate before overlaps are settled; `when` is None for an impossible date."""

    start: int
    end: int
    form: str
    order: int
    when: date | None
    clock: str | None = None


_DAY_NUMBER = r"(?:\d{2}(?=\d{1,2}:\d{2})|\d{1,2}(?!\d))"
_HAN_NUMBER = rf"[{DIGITS}十廿卅]{{1,3}}"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_NAME = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)

_YMD = re.compile(
    rf"(?<!\d)(?P<y>\d{{4}})\s{{0,2}}(?P<s>[-/.·])\s{{0,2}}(?P<m>\d{{1,2}})\s{{0,2}}(?P=s)\s{{0,2}}"
    rf"(?P<d>{_DAY_NUMBER})"
)
_HAN_YMD = re.compile(
    rf"(?<![\d{DIGITS}])(?P<y>\d{{4}}|\d{{2}}|[12一二][{DIGITS}\d]{{3}})\s{{0,3}}年\s{{0,3}}"
    rf"(?P<m>元|\d{{1,2}}|{_HAN_NUMBER})\s{{0,3}}月份?\s{{0,3}}"
    rf"(?P<d>{_DAY_NUMBER}|{_HAN_NUMBER})\s{{0,2}}(?P<tail>[日号])?"
)
_HAN_MD = re.compile(
    rf"(?<![\d{DIGITS}十/.\-])(?P<m>元|\d{{1,2}}|{_HAN_NUMBER})\s{{0,2}}月\s{{0,2}}"
    rf"(?P<d>{_DAY_NUMBER}|{_HAN_NUMBER})\s{{0,2}}(?P<tail>[日号])?"
)
_MD = re.compile(
    rf"(?<![A-Za-z0-9_.\-/:\\%+=])(?P<m>\d{{1,2}})(?P<s>[-/.])(?P<d>{_DAY_NUMBER})(?![-/.%]\d|[-/%A-Za-z:_])"
)
_YYMD = re.compile(
    r"(?<![A-Za-z0-9_.\-/:])(\d{2})([-/.])(\d{2})\2(\d{2})(?![\d]|[-/.:]\d|[A-Za-z_])"
)
_MDY = re.compile(r"(?<![A-Za-z0-9_.\-/:])(\d{1,2})([-/])(\d{1,2})\2(\d{4})(?![\dA-Za-z_/-])")
_COMPACT = re.compile(
    r"(?<![A-Za-z0-9_.\-/=#])(?<!\d:)(?P<y>(?:19[89]|20\d)\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:\s?(?P<h>[01]\d|2[0-3])(?P<i>[0-5]\d)(?:[0-5]\d)?)?(?![A-Za-z0-9_\-/]|\.\d)"
)
_EIGHT = re.compile(r"[0-9](?<![0-9]{2})[0-9]{7}")
_EN_MDY = re.compile(
    rf"(?<![A-Za-z])(?P<m>{_MONTH_NAME})\s{{0,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s{{0,2}}"
    rf"(?:(?P<h>\d{{2}}):(?P<i>\d{{2}}):\d{{2}}\s(?:[A-Z]{{3,4}}\s)?)?(?<![\d])(?P<y>\d{{4}})(?!\d)",
    re.I,
)
_EN_DMY = re.compile(
    rf"(?<![\d.])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{0,2}}(?:of\s)?(?P<m>{_MONTH_NAME}),?[\s-]{{0,2}}"
    r"(?P<y>\d{4})(?!\d)",
    re.I,
)
_ZH_MDY = re.compile(
    rf"(?<![\d{DIGITS}十年])(?P<m>\d{{1,2}}|{_HAN_NUMBER})月\s?(?P<d>\d{{1,2}})日?[,，]\s?(?P<y>\d{{4}})(?!\d)"
)
_SPLIT = (
    # 21 2024年02月 · 12 2025-03
    re.compile(
        r"(?<![\w.\-/])(?<!\d:)(?P<d>\d{1,2})日?[\s/|]{1,3}(?P<y>(?:19|20)\d{2})\s?[-/.年]\s?(?P<m>\d{1,2})(?!\d)月?"
        r"(?![-/.:]\d|\w)"
    ),
    # 21 02月 2026年
    re.compile(
        r"(?<![\w.\-/])(?<!\d:)(?P<d>\d{1,2})日?[\s/|]{1,3}(?P<m>\d{1,2})月[\s/|]{1,3}"
        r"(?P<y>(?:19|20)\d{2})年?(?![-/.:]\d|\w)"
    ),
    # 2026 01.16 · 2026 10/07 · 2026年 09-16
    re.compile(
        r"(?<![\w.\-/])(?<!\d:)(?P<y>(?:19|20)\d{2})(?:年\s{0,3}|[\s|]{1,3})(?P<m>\d{1,2})\s?[-/.月]\s?"
        rf"(?P<d>{_DAY_NUMBER})日?(?![-/.]\d|[\u4e00-\u9fff])"
    ),
    # 2024年02月 21 · 2024-02 21 · 2024-02月21日
    re.compile(
        r"(?<![\w.\-/])(?<!\d:)(?P<y>(?:19|20)\d{2})\s?[-/.年]\s?(?P<m>\d{1,2})(?:月\s{0,3}|[\s|]{1,3})"
        rf"(?P<d>{_DAY_NUMBER})日?(?![-/.:]\d|[\u4e00-\u9fff])"
    ),
    # 2026 03 02
    re.compile(
        r"(?<![\w.\-/])(?<!\d:)(?P<y>(?:19|20)\d{2})\s{1,2}(?P<m>\d{2})\s{1,2}(?P<d>\d{2})"
        r"(?![-/.:]?\d|[\u4e00-\u9fff])"
    ),
    # 01-16 2026
    re.compile(
        r"(?<![\w.\-/])(?<!\d:)(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})日?[\s|]{1,3}(?P<y>(?:19|20)\d{2})年?"
        r"(?![-/.:]?\d|[\u4e00-\u9fff])"
    ),
)
_IDENTIFIER = re.compile(
    r"(?:号|号码|编号|代码|电话|手机|传真|邮编|证|QQ|群|ID|No\.?|第|流水号|账号|版本|v)\s?[:]?\s?$",
    re.I,
)
_LUNAR = re.compile(
    r"(?:农历|阴历|旧历|夏历|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?)\S{0,6}$"
)
# Values systems write where no date was entered.
DEFAULTS = frozenset(
    {
        date(1, 1, 1),
        date(1899, 12, 30),
        date(1899, 12, 31),
        date(1900, 1, 1),
        date(1970, 1, 1),
        date(9999, 12, 31),
    }
)
OPENING = "[(（【〔［「<"
CLOSING = "])）】〕］」>"
_CELL = 40


def year_for(month: int, day: int, today: date) -> date | None:
    """The latest such day not after tomorrow, or None where no year has it."""
    limit = today + timedelta(days=1)
    for year in range(limit.year, max(limit.year - 9, 0), -1):
        found = real_date(year, month, day)
        if found is not None and found <= limit:
            return found
    return None


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def numeric(plain: str, today: date, cell: bool) -> Iterator[Raw]:
    """2026-09-16, 2026/9/16, 2026.09.16."""
    last_end = -1
    for match in _YMD.finditer(plain):
        start, end, mark = match.start(), match.end(), match["s"]
        if not _stands_free(plain, start, end, mark, last_end):
            continue
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
        when = real_date(year, month, day)
        if when is None:
            typed = mark != "." and month <= 19 and day <= 39 and (1900 <= year <= 2200 or year < 2)
            if not typed:
                continue
        elif when not in DEFAULTS and not 1800 <= year <= 2200:
            continue
        last_end = end
        yield Raw(start, end, "ymd", 0, when)


def _stands_free(plain: str, start: int, end: int, mark: str, last_end: int) -> bool:
    before = plain[start - 1] if start else ""
    after = plain[end] if end < len(plain) else ""
    beyond = plain[end + 1 : end + 5]
    earlier = plain[start - 2] if start > 1 else ""
    if before in ("=", "_", "\\", "第") or (before == "." and earlier.isdigit()):
        return False
    if before == "/" and earlier.isascii() and (not earlier or earlier.isalnum()):
        return False
    if before == "-" and earlier.isascii() and earlier.isalnum() and last_end != start - 1:
        return False
    if mark == "." and before in ("v", "V"):
        return False
    if after in ("_", "\\") or (after == "号" and mark == "-"):
        return False
    if after == mark and beyond[:1].isdigit():
        return bool(re.match(r"(?:19|20)\d\d|\d\d:\d", beyond))
    if after == "/" and beyond[:1].isascii() and beyond[:1].isalnum():
        return False
    if after == "-" and beyond[:1].isdigit():
        # A span may follow, or in machine stamps the clock: 2026-09-16-07:42.
        return bool(re.match(r"(?:19|20)\d\d|\d\d:\d", beyond))
    return True


def _han(plain: str, today: date, cell: bool) -> Iterator[Raw]:
    """2026年9月16日, 二〇二六年九月十六日 and mixtures."""
    if "年" not in plain or "月" not in plain:
        return
    for match in _HAN_YMD.finditer(plain):
        year, month, day = (number(match[part]) for part in ("y", "m", "d"))
        if year is None or month is None or day is None or _lunar(plain, match.start()):
            continue
        if len(match["y"]) == 2:
            year += 2000 if year <= (today.year + 1) % 100 else 1900
        digits = match["d"].isdigit() and match["d"].isascii()
        if match["tail"] is None and (not digits or _runs_on(plain, match.end())):
            continue
        when = real_date(year, month, day)
        if when is None and not (1900 <= year <= 2200 and month <= 19 and day <= 39):
            continue
        whole = match["y"] + match["m"] + match["d"]
        form = "ymd" if whole.isascii() and whole.isdigit() else "chinese"
        yield Raw(match.start(), match.end(), form, 0, when)


def _runs_on(plain: str, end: int) -> bool:
    after = plain[end] if end < len(plain) else ""
    return "\u4e00" <= after <= "\u9fff" and after not in "至到和及与上下晚凌早中星周来发作编"


def _lunar(plain: str, start: int) -> bool:
    return _LUNAR.search(plain, max(0, start - 12), start) is not None


def _han_md(plain: str, today: date, cell: bool) -> Iterator[Raw]:
    """9月16日, 九月十六日."""
    if "月" not in plain:
        return
    for match in _HAN_MD.finditer(plain):
        start = match.start()
        before = plain[max(0, start - 3) : start].rstrip()
        if before.endswith("年") and not before.endswith(("今年", "本年")):
            continue
        month, day = number(match["m"]), number(match["d"])
        if month is None or day is None or _lunar(plain, start):
            continue
        if match["tail"] is None and not (
            match["d"].isdigit()
            and cell
            and len(plain) <= _CELL
            and not _runs_on(plain, match.end())
        ):
            continue
        if not (1 <= month <= 12 and 1 <= day <= 39):
            continue
        yield Raw(start, match.end(), "md", 4, year_for(month, day, today))


def _md(plain: str, today: date, cell: bool) -> Iterator[Raw]:
    """09-16, [09-16], 09/16 10:30."""
    whole = cell and len(plain) <= _CELL
    for match in _MD.finditer(plain):
        month, day = int(match["m"]), int(match["d"])
        if not (1 <= month <= 12 and 1 <= day <= 31 and _is_month_day(plain, match, whole)):
            continue
        yield Raw(match.start(), match.end(), "md", 5, year_for(month, day, today))


def _is_month_day(plain: str, match: re.Match[str], whole: bool) -> bool:
    start, end, mark = match.start(), match.end(), match["s"]
    before = plain[start - 1] if start else ""
    after = plain[end] if end < len(plain) else ""
    if (before in "第共约¥￥$" and before) or (
        "\u4e00" <= after <= "\u9fff" and not _clock_word(plain, end)
    ):
        return False
    if TIME.match(plain, end):
        return True
    padded = len(match["m"]) == 2 and len(match["d"]) == 2
    if before and after and before in OPENING and after in CLOSING:
        return padded or mark == "-"
    alone = whole and not re.search(r"\w", without_labels(plain[:start] + plain[end:]))
    if mark == "-":
        return padded or alone
    return padded and (
        alone
        or (
            whole
            and bool(re.search(r"\s$", plain[:start]) or not plain[end:].strip())
            and mark == "/"
        )
    )


def _clock_word(plain: str, end: int) -> bool:
    return plain.startswith(("上午", "下午", "晚", "凌晨", "星期", "周", "来源"), end)


def _yymd(plain: str, today: date, cell: bool) -> Iterator[Raw]:
    """25-03-12, only where a cell holds nothing else."""
    if not cell or len(plain) > _CELL:
        return
    for match in _YYMD.finditer(plain):
        when = real_date(2000 + int(match[1]), int(match[3]), int(match[4]))
        rest = without_labels(plain[: match.start()] + plain[match.end() :])
        if when and when <= today + timedelta(days=1) and not re.search(r"[^\W\d]", rest):
            yield Raw(match.start(), match.end(), "yymd", 3, when)


def _mdy(plain: str, today: date, cell: bool) -> Iterator[Raw]:
    """9/16/2026 as .NET writes it; day first only where it can be nothing else."""
    if "-" not in plain and "/" not in plain:
        return
    for match in _MDY.finditer(plain):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if not 1990 <= year <= 2200:
            continue
        if match[2] == "-" and first <= 12 and second <= 12 and first != second:
            continue
        when = real_date(year, second, first) if first > 12 else real_date(year, first, second)
        if when is not None:
            yield Raw(match.start(), match.end(), "mdy", 1, when)


def _compact(plain: str, today: date, cell: bool) -> Iterator[Raw]:
    """20260916, 20260916074200."""
    if _EIGHT.search(plain) is None:
        return
    for match in _COMPACT.finditer(plain):
        start, end = match.span()
        when = real_date(int(match["y"]), int(match["m"]), int(match["d"]))
        if when is None or _IDENTIFIER.search(plain, max(0, start - 8), start):
            continue
        clock = f"{match['h']}:{match['i']}" if match["h"] else None
        follows = plain.startswith("号", end) or re.compile(r" ?\d").match(plain, end) is not None
        if clock is None and follows and not TIME.match(plain, end):
            continue
        yield Raw(start, end, "compact", 2, when, clock)


def _english(plain: str, today: date, cell: bool) -> Iterator[Raw]:
    """Sep 16, 2026; 16 Sep 2026; Wed Sep 16 07:42:00 CST 2026; 9月 16, 2026."""
    lower = plain.lower()
    named = any(month in lower for month in _MONTHS)
    for pattern in (_EN_MDY, _EN_DMY) if named else ():
        for match in pattern.finditer(plain):
            month = _MONTHS.index(match["m"][:3].lower()) + 1
            when = real_date(int(match["y"]), month, int(match["d"]))
            groups = match.groupdict()
            clock = f"{groups['h']}:{groups['i']}" if groups.get("h") else None
            if when is not None and 1800 <= when.year <= 2200:
                yield Raw(match.start(), match.end(), "english", 0, when, clock)
    for match in _ZH_MDY.finditer(plain) if "月" in plain and "," in plain else ():
        wanted = number(match["m"])
        when = real_date(int(match["y"]), wanted, int(match["d"])) if wanted else None
        if when is not None:
            yield Raw(match.start(), match.end(), "english", 0, when)


def _split(plain: str, today: date, cell: bool) -> Iterator[Raw]:
    """21 2024年02月, 2026 01.16: a date whose parts stood in nodes of their own."""
    if "20" not in plain and "19" not in plain:
        return
    for pattern in _SPLIT:
        for match in pattern.finditer(plain):
            when = real_date(int(match["y"]), int(match["m"]), int(match["d"]))
            if when is not None:
                yield Raw(match.start(), match.end(), "split", 3, when)


READERS: tuple[Callable[[str, date, bool], Iterator[Raw]], ...] = (
    numeric,
    _han,
    _mdy,
    _compact,
    _english,
    _split,
    _yymd,
    _han_md,
    _md,
)
