"""The closed lists of the trade, each with the word an operator reads."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """How one request to the portal ended."""

    OK = "ok"
    GONE = "gone"
    SOFT_GONE = "soft_gone"
    BLOCKED = "blocked"
    TIMEOUT = "timeout"
    DNS = "dns"
    REFUSED = "refused"
    CERTIFICATE = "certificate"
    SERVER_ERROR = "server_error"
    TOO_LARGE = "too_large"
    NOT_RENDERED = "not_rendered"
    ROBOTS = "robots"
    BUDGET = "budget"
    EXCLUDED = "excluded"

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return _OUTCOME_LABELS[self]


_OUTCOME_LABELS = {
    Outcome.OK: "正常打开",
    Outcome.GONE: "页面不存在（404/410）",
    Outcome.SOFT_GONE: "页面已删除（返回200但内容为不存在）",
    Outcome.BLOCKED: "被拦截",
    Outcome.TIMEOUT: "超时",
    Outcome.DNS: "域名无法解析",
    Outcome.REFUSED: "拒绝连接或连接中断",
    Outcome.CERTIFICATE: "证书错误",
    Outcome.SERVER_ERROR: "服务器错误",
    Outcome.TOO_LARGE: "页面过大",
    Outcome.NOT_RENDERED: "内容由脚本生成，未能读取",
    Outcome.ROBOTS: "robots.txt 不允许访问",
    Outcome.BUDGET: "超出本次巡查的页数上限",
    Outcome.EXCLUDED: "未纳入检查",
}


class Role(StrEnum):
    """What an address is asked for.

    A list, a document, a page whose list comes from elsewhere, a file for download.
    """

    LIST = "list"
    PAGE = "page"
    SHELL = "shell"
    FILE = "file"


class Way(StrEnum):
    """How a list is come by that its page does not show by itself."""

    INLINE = "inline"
    CALL = "call"
    RENDER = "render"


class PageState(StrEnum):
    """What became of a page that an earlier run had read."""

    SAME = "same"
    CHANGED = "changed"
    LOST = "lost"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return _PAGE_STATE_LABELS[self]


_PAGE_STATE_LABELS = {
    PageState.SAME: "没有变化",
    PageState.CHANGED: "内容有变化",
    PageState.LOST: "打不开了",
    PageState.UNREADABLE: "没有读到",
}


class Verdict(StrEnum):
    """How a column stands on a day (结论)."""

    ON_TIME = "on_time"
    OVERDUE = "overdue"
    BLANK = "blank"
    UNREACHABLE = "unreachable"
    AS_NEEDED = "as_needed"
    JUMP_OK = "jump_ok"
    JUMP_BROKEN = "jump_broken"
    NOT_CHECKED = "not_checked"

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return _VERDICT_LABELS[self]


_VERDICT_LABELS = {
    Verdict.ON_TIME: "正常",
    Verdict.OVERDUE: "逾期",
    Verdict.BLANK: "空白",
    Verdict.UNREACHABLE: "打不开",
    Verdict.AS_NEEDED: "按需（不计时限）",
    Verdict.JUMP_OK: "链接正常",
    Verdict.JUMP_BROKEN: "链接失效",
    Verdict.NOT_CHECKED: "未检查",
}


class How(StrEnum):
    """Where a publication day was read from."""

    META = "meta"
    LIST = "list"
    ARTICLE = "article"
    ADDRESS = "address"
    ATTACHMENT = "attachment"
    API = "api"

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return _HOW_LABELS[self]


_HOW_LABELS = {
    How.META: "页面标签",
    How.LIST: "列表日期",
    How.ARTICLE: "正文页日期",
    How.ADDRESS: "网址中的日期",
    How.ATTACHMENT: "附件",
    How.API: "数据接口",
}


class ColumnKind(StrEnum):
    """What a column's page turned out to be."""

    HOME = "home"
    LIST = "list"
    CHANNEL = "channel"  # several blocks of children's items, no list of its own
    SINGLE = "single"  # one page of text
    JUMP = "jump"  # leads to another column or site
    EMPTY = "empty"  # a list without a single item
    BUILDING = "building"  # 建设中
    SHELL = "shell"  # filled by scripts, nothing to read without a browser
    UNKNOWN = "unknown"  # never opened


class Frequency(StrEnum):
    """What a column owes (发布形式 / 更新频率)."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    TIMELY = "timely"
    ON_DEMAND = "on_demand"
    JUMP = "jump"
    UNSPECIFIED = "unspecified"

    @property
    def label(self) -> str:
        """The trade's own spelling."""
        return _FREQUENCY_LABELS[self]


_FREQUENCY_LABELS = {
    Frequency.WEEKLY: "按周更新",
    Frequency.MONTHLY: "按月更新",
    Frequency.QUARTERLY: "按季度更新",
    Frequency.HALF_YEARLY: "按半年更新",
    Frequency.YEARLY: "按年更新",
    Frequency.TIMELY: "适时更新",
    Frequency.ON_DEMAND: "按需更新",
    Frequency.JUMP: "跳转链接",
    Frequency.UNSPECIFIED: "（未填写）",
}


class State(StrEnum):
    """Where a finding stands in its life across runs."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    RESOLVED = "resolved"
    RECURRED = "recurred"
    DISMISSED = "dismissed"  # a person has found nothing wrong
    ACCEPTED = "accepted"  # a person has put it off until a day

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return _STATE_LABELS[self]

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self not in (State.RESOLVED, State.DISMISSED, State.ACCEPTED)


REMOVED = "已移出栏目表"
"""How a finding ended whose column has left the roster: nobody mended it, nobody owes it."""

_STATE_LABELS = {
    State.SUSPECTED: "疑似",
    State.CONFIRMED: "确认",
    State.RESOLVED: "已解决",
    State.RECURRED: "再次出现",
    State.DISMISSED: "误报",
    State.ACCEPTED: "暂予保留",
}


class ReviewWord(StrEnum):
    """What a person says of a finding (复核)."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    ACCEPTED = "accepted"  # true, but left as it is until a day
    ASSIGNED = "assigned"  # another unit than the column's must mend it
    NOTED = "noted"  # a remark or a switch; the verdict on the finding stays
    REOPENED = "reopened"  # takes back what was said before

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return _REVIEW_LABELS[self]


_REVIEW_LABELS = {
    ReviewWord.CONFIRMED: "属实",
    ReviewWord.DISMISSED: "误报",
    ReviewWord.ACCEPTED: "暂予保留",
    ReviewWord.ASSIGNED: "指派",
    ReviewWord.NOTED: "备注",
    ReviewWord.REOPENED: "重新打开",
}


class Severity(StrEnum):
    """How grave a finding is; the order is from light to grave."""

    INFO = "info"
    LIGHT = "light"
    GENERAL = "general"
    SEVERE = "severe"

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return _SEVERITY_LABELS[self]

    @property
    def rank(self) -> int:
        """0 for the lightest."""
        return list(Severity).index(self)


_SEVERITY_LABELS = {
    Severity.INFO: "提示",
    Severity.LIGHT: "轻微",
    Severity.GENERAL: "一般",
    Severity.SEVERE: "严重",
}
