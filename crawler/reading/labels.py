"""The words that stand before a date and say what kind of date it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from crawler.reading.numerals import fold


class Rank(IntEnum):
    """What a label promises, the better the smaller."""

    PUBLISHED = 0  # 发布时间
    ANNOUNCED = 1  # 公告时间, or a mere 时间 / 日期
    ISSUED = 2  # 发文日期, 生成日期
    SIGNED = 3  # 成文日期
    CHANGED = 4  # 更新时间: the article's or only the page's, nobody knows
    NONE = 5  # no label
    NEVER = 6  # 截止, 有效期至, 开标时间 …: a date, but not of publication


@dataclass(frozen=True, slots=True)
class Label:
    """A label found right before a date."""

    rank: Rank
    word: str
    start: int


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PUBLISHED = _words(
    "发布时间 发布日期 发布于 发布年月日 发表时间 发表日期 发表于 公开时间 公开日期 "
    "公布时间 公布日期 发稿时间 发稿日期 上网时间 上网日期 信息时间 信息日期 新闻时间 "
    "添加时间 添加日期 录入时间 录入日期 加入时间 登载时间 登载日期 刊登时间 刊发时间 "
    "刊发日期 上传时间 上传日期 上线时间 投稿时间 挂网时间 挂网日期 推送时间 推送日期 "
    "播发时间 播出时间 入库时间 创建时间 创建日期 提交时间 文章日期 文章时间 发布 发表"
)
_ANNOUNCED = _words("公告时间 公告日期 公示日期 公告发布 时间 日期")
_ISSUED = _words(
    "发文日期 发文时间 生成日期 生成时间 印发日期 印发时间 制发日期 制发时间 发文 "
    "产生日期 颁布日期 颁布时间"
)
_SIGNED = _words(
    "成文日期 成文时间 签发日期 签发时间 落款日期 落款时间 起草日期 形成日期 制定日期 通过日期"
)
_CHANGED = _words(
    "更新 修改 编辑于 修改于 "
    "更新时间 更新日期 更新于 修改时间 修改日期 编辑时间 变更时间 审核时间 审核日期"
)
_NEVER = _words(
    "生效日期 生效时间 失效日期 失效时间 废止日期 废止时间 施行日期 实施日期 执行日期 "
    "截止日期 截止时间 截至 截止到 截止至 截止 有效期至 有效期 有效日期 页面生成时间 "
    "页面更新时间 最后更新 最后更新时间 网站更新时间 最近更新 页面更新 服务器时间 "
    "系统时间 当前时间 现在时间 北京时间 今天是 现在是 建站时间 开通时间 起始时间 "
    "下一篇 上一篇 公示时间 公示期 公示期限 自 至 到 从 于"
)
# Before 发布时间 these make another thing of it.
_OTHER_OWNER = re.compile(
    r"(?:成绩|结果|榜单|指标|版本|软件|产品|标准|专利|预计|计划|下次|报名|查询|职位|岗位|论文|作品|公报)\Z"
)
_ENGLISH = re.compile(
    r"(?:publish(?:ed)?(?:\s?(?:date|time|on|at))?|post(?:ed)?(?:\s?(?:date|time|on))?|"
    r"pub\s?(?:date|time)|release(?:d)?\s?(?:date|time)|date|time)$",
    re.I,
)
_ENGLISH_CHANGED = re.compile(r"(?:updated?|modified)(?:\s?(?:date|time|on|at))?$", re.I)

_GAP = r"[ \n\r]{0,4}"
_LABELS = tuple(
    (rank, word, re.compile(_GAP.join(map(re.escape, word)) + "$"))
    for rank, words in (
        (Rank.PUBLISHED, _PUBLISHED),
        (Rank.ANNOUNCED, _ANNOUNCED),
        (Rank.ISSUED, _ISSUED),
        (Rank.SIGNED, _SIGNED),
        (Rank.CHANGED, _CHANGED),
        (Rank.NEVER, _NEVER),
    )
    for word in sorted(words, key=len, reverse=True)
)
_BY_LENGTH = tuple(sorted(_LABELS, key=lambda entry: -len(entry[1])))
_BY_LAST: dict[str, tuple[tuple[Rank, str, re.Pattern[str]], ...]] = {
    last: tuple(entry for entry in _BY_LENGTH if entry[1][-1] == last)
    for last in {word[-1] for _, word, _ in _LABELS}
}
# A bare word such as 时间 counts only when nothing Chinese is glued before it (报名时间, 会议日期).
_BARE = frozenset(_words("时间 日期 发布 发表 发文"))
_BARE_NEVER = frozenset(_words("自 至 到 从 于 截至 截止"))
_FILLER = " \n\r:|>[(（【〔「『]】)）〕」』,，;；*@\"“”'"
_LOOK = 32


def label_before(text: str, start: int) -> Label | None:
    """The label that ends right before `start`, blanks, colons and brackets between them allowed.

    A word ending in 时间 or 日期 which is none of the known labels (开标时间) ranks NEVER.
    """
    first = max(0, start - _LOOK)
    if not _may_end_label(text, first, start):
        return None
    window = fold(text[first:start])
    trimmed = window.rstrip(_FILLER)
    if not trimmed:
        return None
    gap = window[len(trimmed) :]
    found = _chinese(trimmed, gap) or _english(trimmed, gap)
    if found is None:
        return None
    rank, word, offset = found
    return Label(rank, word, first + offset)


def _may_end_label(text: str, first: int, start: int) -> bool:
    """False where the last character before the date is one that no label ends with."""
    for at in range(start - 1, first - 1, -1):
        char = text[at]
        if char not in _FILLER:
            han = "\u4e00" <= char <= "\u9fff"
            return fold(char) in _BY_LAST if han else not "0" <= char <= "9"
    return False


def _chinese(trimmed: str, gap: str) -> tuple[Rank, str, int] | None:
    for rank, word, pattern in _BY_LAST.get(trimmed[-1], ()):
        match = pattern.search(trimmed, max(0, len(trimmed) - 4 * len(word) - 4))
        if match is None:
            continue
        before = trimmed[: match.start()]
        if word in _BARE_NEVER:
            # 「自 2026年…」 speaks of a span only when the date follows at once.
            return (rank, word, match.start()) if "\n" not in gap else None
        glued = bool(before) and "\u4e00" <= before[-1] <= "\u9fff"
        if word in ("发布", "发表") and "\n" in gap and before.rpartition("\n")[2]:
            return None  # 2026-03-08 发布 closes its own line
        if word in _BARE and glued:
            if word in ("发布", "发表", "发文"):
                return None
            return Rank.NEVER, word, match.start()
        if rank is Rank.PUBLISHED and _OTHER_OWNER.search(before):
            return Rank.NEVER, word, match.start()
        if rank is Rank.CHANGED and re.search(r"(?:页面|网站|最后|最近|数据)\Z", before):
            return Rank.NEVER, word, match.start()
        return rank, word, match.start()
    return None


def _english(trimmed: str, gap: str) -> tuple[Rank, str, int] | None:
    if not trimmed[-1].isascii():
        return None
    match = _ENGLISH.search(trimmed)
    if match and (match.start() == 0 or not trimmed[match.start() - 1].isalpha()):
        short = match.group().lower() in ("date", "time")
        if short and ":" not in gap:
            return None
        return (Rank.ANNOUNCED if short else Rank.PUBLISHED), match.group(), match.start()
    match = _ENGLISH_CHANGED.search(trimmed)
    if match and (match.start() == 0 or not trimmed[match.start() - 1].isalpha()):
        return Rank.CHANGED, match.group(), match.start()
    return None


def without_labels(text: str) -> str:
    """`text` without label words, used to see whether anything but a date stands in a cell."""
    # 发 布 时 间: letters are spaced out for looks.
    return _ANY_LABEL.sub("", re.sub(r"\s+", "", text))


_ANY_LABEL = re.compile(
    "|".join(re.escape(word) for _, word, _ in _BY_LENGTH if word not in _BARE_NEVER)
    + r"|published|publish|posted|update[d]?|date|time|on|发稿|来稿",
    re.I,
)
