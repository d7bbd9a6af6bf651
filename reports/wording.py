"""How the papers say things: words, orders and advice, in one place."""

from __future__ import annotations

from datetime import date, datetime

from ledger.clock import ZONE
from ledger.words import ColumnKind, Frequency, How, Outcome, Verdict

SOON = "soon"
"""The key of 临近: in time, but close to the limit."""

SOON_WORD = "临近"

# Problems first, in the order in which an operator deals with them.
VERDICT_ORDER: tuple[Verdict, ...] = (
    Verdict.OVERDUE,
    Verdict.BLANK,
    Verdict.UNREACHABLE,
    Verdict.JUMP_BROKEN,
    Verdict.NOT_CHECKED,
    Verdict.ON_TIME,
    Verdict.AS_NEEDED,
    Verdict.JUMP_OK,
)

PROBLEMS: tuple[Verdict, ...] = (
    Verdict.OVERDUE,
    Verdict.BLANK,
    Verdict.UNREACHABLE,
    Verdict.JUMP_BROKEN,
)

NO_UNIT = "（未填责任单位）"

MEANINGS: dict[str, str] = {
    Verdict.OVERDUE: "最近一次更新距基准日已超过更新要求的时限",
    Verdict.BLANK: "栏目能打开，但没有一条信息，或页面显示建设中",
    Verdict.UNREACHABLE: "栏目页面不存在或已被删除",
    Verdict.JUMP_BROKEN: "跳转链接的目标页面不存在或已被删除",
    Verdict.NOT_CHECKED: "这次没有条件得出结论，原因见备注；不计入正常，也不计入问题",
    Verdict.ON_TIME: "最近一次更新在时限之内",
    SOON: "尚在时限之内，但已临近截止日",
    Verdict.AS_NEEDED: "适时、按需更新或未填要求，不计时限，只列最近更新日期",
    Verdict.JUMP_OK: "跳转链接的目标能打开",
}

ADVICE: dict[Outcome, str] = {
    Outcome.OK: "页面能打开，但没有读到可用来判断的日期或内容，请人工查看一次。",
    Outcome.GONE: "请核对栏目表中的网址；栏目已改版或合并的，更新栏目表后重新巡查。",
    Outcome.SOFT_GONE: "请核对栏目表中的网址；栏目已改版或合并的，更新栏目表后重新巡查。",
    Outcome.BLOCKED: "被网站防护拦截，本程序不绕过。请商请网站技术单位将巡查出口地址加入白名单。",
    Outcome.TIMEOUT: "可能一时繁忙，下次巡查会再试；连续出现时请人工核实，或调大 [crawl] timeout。",
    Outcome.DNS: "请检查巡查机器的域名解析，并用其他网络打开该网址核实。",
    Outcome.REFUSED: "请用浏览器打开核实；能打开时，检查巡查机器的网络出口或请对方加入白名单。",
    Outcome.CERTIFICATE: "请通知网站技术单位更新证书或补全证书链；处理前请人工查看该栏目。",
    Outcome.SERVER_ERROR: "网站服务端出错。下次巡查会自动重试；连续出现时请通知网站技术单位。",
    Outcome.TOO_LARGE: "页面超过大小上限。请人工查看；确需读取时调大 [crawl] max_bytes。",
    Outcome.NOT_RENDERED: "内容由脚本生成，没有读到。请人工查看，或在栏目表中改填静态列表的网址。",
    Outcome.ROBOTS: "网站 robots.txt 不允许访问。请商请网站技术单位放行巡查程序，或人工查看。",
    Outcome.BUDGET: "页数不够。请调大 [crawl] 的 max_pages 或 max_list_pages，再巡查一次。",
    Outcome.EXCLUDED: "这次没有读到，或设为不检查。请核对 [crawl] exclude，或再巡查一次。",
}

NO_REASON = "没有记录原因"

NO_ADDRESS = "没有找到栏目网址"

NO_ADDRESS_ADVICE = "请在栏目表的“网址”一列填写栏目地址；栏目已撤并的，请从栏目表中删去。"

FOUND_WORDS = {
    "roster": "栏目表所填网址",
    "home": "网站首页",
    "menu": "按网站菜单匹配",
    "breadcrumb": "按面包屑匹配",
    "channel": "按上级栏目页匹配",
    "none": "没有找到网址",
}

KIND_WORDS = {
    ColumnKind.HOME: "首页",
    ColumnKind.LIST: "列表",
    ColumnKind.CHANNEL: "频道页",
    ColumnKind.SINGLE: "单页",
    ColumnKind.JUMP: "跳转",
    ColumnKind.EMPTY: "空列表",
    ColumnKind.BUILDING: "建设中",
    ColumnKind.SHELL: "脚本页面",
    ColumnKind.UNKNOWN: "未打开",
}

MODE_WORDS = {
    "rolling": "滚动计时：从最近一次更新之日起，按整天计算到基准日，不超过时限为正常",
    "calendar": "自然周期计时：基准日所在的周、月、季度、半年或年度内有更新为正常",
}

RUN_WORDS = {"running": "未结束", "finished": "已完成", "failed": "中断"}

_PERIODIC = (
    Frequency.WEEKLY,
    Frequency.MONTHLY,
    Frequency.QUARTERLY,
    Frequency.HALF_YEARLY,
    Frequency.YEARLY,
)


def verdict_word(verdict: Verdict) -> str:
    """The short word of a verdict, fit for a badge or a cell."""
    return "按需" if verdict is Verdict.AS_NEEDED else verdict.label


def reason_word(reason: Outcome) -> str:
    """Why a column was not checked; a page that opened says too little with 正常打开."""
    return "能打开，但得不出结论" if reason is Outcome.OK else reason.label


def how_word(how: str) -> str:
    """The word for where a text was read; what is not in the closed list stays as it is."""
    try:
        return How(how).label
    except ValueError:
        return how


def owes(frequency: Frequency) -> bool:
    """True where the column owes a publication within a limit."""
    return frequency in _PERIODIC


def moment(at: datetime | None) -> str | None:
    """A time in Asia/Shanghai to the minute; one without a zone is taken to be there already."""
    if at is None:
        return None
    local = at if at.tzinfo is None else at.astimezone(ZONE)
    return f"{local:%Y-%m-%d %H:%M}"


def day(value: date | None) -> str | None:
    """A day as ISO text, None kept."""
    return None if value is None else value.isoformat()


def span(start: date, end: date) -> str:
    """Two days as a reader says them: 3月2日—3月8日, with their years where these differ."""
    if start.year != end.year:
        return f"{day_words(start)}—{day_words(end)}"
    return f"{start.month}月{start.day}日—{end.month}月{end.day}日"


def day_words(value: date) -> str:
    """A day as prose says it: 2026年3月8日."""
    return f"{value.year}年{value.month}月{value.day}日"


def seconds_word(seconds: int) -> str:
    """A duration: 45秒, 3分20秒, 1小时5分."""
    if seconds < 60:
        return f"{seconds}秒"
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes}分{rest}秒" if rest else f"{minutes}分"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}小时{minutes}分" if minutes else f"{hours}小时"
