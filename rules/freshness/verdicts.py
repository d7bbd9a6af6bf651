"""How each column stands on a day (结论), and one sentence that says why.

Never an accusation without a publication day that was read: what could not be read is not checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.facts import ColumnFacts, ColumnReading, SiteFacts
from ledger.findings import ColumnVerdict, Evidence
from ledger.words import ColumnKind, Frequency, Outcome, Verdict
from rules.freshness.deadline import Deadline, deadline, owes
from rules.freshness.newest import (
    Newest,
    distinct,
    newest_of,
    published_day,
    reaches,
    usable_day,
)
from rules.standards import Standards
from rules.wording import as_seen, clip, day_words, sentence

_DEAD = frozenset({Outcome.GONE, Outcome.SOFT_GONE})
_SAYS_NOTHING = _DEAD | {Outcome.OK}
_BARE = frozenset({ColumnKind.EMPTY, ColumnKind.BUILDING})


@dataclass(frozen=True, slots=True)
class _Standing:
    """A verdict in the making: all that is not copied from the column itself."""

    verdict: Verdict
    explain: str
    reason: Outcome | None = None
    newest: Newest | None = None
    due: date | None = None
    evidence: Evidence | None = None
    soon: bool = False


def column_verdict(
    column: ColumnFacts, facts: SiteFacts, day: date, numbers: Standards
) -> ColumnVerdict:
    """How `column` stands on `day`, judged from what the run of `facts` saw."""
    standing = _stand(column, facts, day, numbers)
    reading, newest = column.reading, standing.newest
    owner = column.column
    return ColumnVerdict(
        path=owner.path,
        unit=owner.unit,
        units=owner.units,
        frequency=owner.frequency,
        frequency_text=owner.frequency_text,
        url=(reading.url if reading else None) or owner.url,
        kind=reading.kind if reading else ColumnKind.UNKNOWN,
        verdict=standing.verdict,
        reason=standing.reason,
        last_updated=newest.day if newest else None,
        last_title=newest.title if newest else "",
        due=standing.due,
        age=(day - newest.day).days if newest else None,
        items=len(distinct(column.items)),
        evidence=standing.evidence or (newest.evidence if newest else None),
        explain=as_seen(standing.explain, facts.run.as_of, day),
        soon=standing.soon,
        cut=bool(reading and reading.cut),
        note=owner.note,
    )


def _stand(column: ColumnFacts, facts: SiteFacts, day: date, numbers: Standards) -> _Standing:
    reading = column.reading
    if reading is None:
        return _never_read(facts)
    if reading.found.how == "none":
        return _not_found(reading)
    if column.column.frequency is Frequency.JUMP:
        return _jump(reading)
    if reading.outcome in _DEAD:
        return _Standing(
            Verdict.UNREACHABLE, _dead_words("栏目网址", reading), evidence=_seen(reading)
        )
    if reading.outcome is not Outcome.OK:
        return _unchecked(reading, reading.outcome)
    # Items outweigh a word like 建设中 somewhere on the page.
    if reading.kind in _BARE and not column.items:
        return _Standing(Verdict.BLANK, _blank_words(reading), evidence=_seen(reading))
    if reading.kind is ColumnKind.SHELL:
        return _unchecked(reading, Outcome.NOT_RENDERED)
    if not owes(column.column.frequency, numbers):
        return _as_needed(column, day, numbers)
    return _periodic(column, reading, facts, day, numbers)


def _never_read(facts: SiteFacts) -> _Standing:
    spent = any(v.outcome is Outcome.BUDGET for v in facts.visits) or any(
        c.reading is not None and c.reading.outcome is Outcome.BUDGET for c in facts.columns
    )
    if spent:
        words = "未检查：本次巡查的页数已用完，没有读到该栏目。"
        return _Standing(Verdict.NOT_CHECKED, words, reason=Outcome.BUDGET)
    why = (
        "本次巡查没有读到该栏目"
        if facts.run.state == "finished"
        else "巡查没有完成，还没有读到该栏目"
    )
    return _Standing(Verdict.NOT_CHECKED, f"未检查：{why}。", reason=Outcome.EXCLUDED)


def _not_found(reading: ColumnReading) -> _Standing:
    """No address was found: whatever else is dead, it is not the column's own page."""
    reason = Outcome.EXCLUDED if reading.outcome in _SAYS_NOTHING else reading.outcome
    detail = clip(reading.detail, 120) or (
        "栏目表没有填写网址，在网站的菜单、面包屑和频道页里也没有找到该栏目"
    )
    return _Standing(Verdict.NOT_CHECKED, sentence(f"未检查：{detail}"), reason=reason)


def _jump(reading: ColumnReading) -> _Standing:
    if reading.outcome in _DEAD:
        words = _dead_words("跳转目标", reading)
        return _Standing(Verdict.JUMP_BROKEN, words, evidence=_seen(reading))
    if reading.outcome is not Outcome.OK:
        return _unchecked(reading, reading.outcome)
    target = clip(reading.final_url or reading.url or "", 120)
    words = f"跳转链接可以打开（{target}）。" if target else "跳转链接可以打开。"
    return _Standing(Verdict.JUMP_OK, words, evidence=_seen(reading))


def _unchecked(reading: ColumnReading, reason: Outcome) -> _Standing:
    detail = clip(reading.detail, 120)
    if reason is Outcome.EXCLUDED and detail:
        words = f"未检查：{detail}"
    else:
        status = f"（HTTP {reading.status}）" if reading.status and reading.status != 200 else ""
        words = f"未检查：{reason.label}{status}" + (f"，{detail}" if detail else "")
    return _Standing(Verdict.NOT_CHECKED, sentence(words), reason=reason)


def _as_needed(column: ColumnFacts, day: date, numbers: Standards) -> _Standing:
    frequency = column.column.frequency
    form = (
        "栏目表没有填写发布形式"
        if frequency is Frequency.UNSPECIFIED
        else f"发布形式为“{frequency.label}”"
    )
    newest = newest_of(column, day, numbers)
    if not reaches(column, newest, day):
        return _Standing(
            Verdict.AS_NEEDED, f"{form}，不计时限；列表没有读到{day_words(day)}那么早。"
        )
    if newest is None:
        return _Standing(Verdict.AS_NEEDED, f"{form}，不计时限；没有读到发布日期。")
    if column.reading is not None and _cut_unordered(column, column.reading):
        words = f"{form}，不计时限；列表不按日期先后排列，又没有读全，最近的发布日期不明。"
        return _Standing(Verdict.AS_NEEDED, words)
    age = (day - newest.day).days
    words = f"{form}，不计时限；{_last_words(newest, day)}"
    ask = numbers.limits[frequency].ask_after
    if ask is not None and age > ask:
        words += f"，已超过{ask}天，请确认内容是否仍然有效"
    return _Standing(Verdict.AS_NEEDED, sentence(words), newest=newest)


def _periodic(
    column: ColumnFacts, reading: ColumnReading, facts: SiteFacts, day: date, numbers: Standards
) -> _Standing:
    newest = newest_of(column, day, numbers)
    if not reaches(column, newest, day):
        return _not_read_back(day)
    if newest is None:
        return _undated(column, reading, day, numbers)
    limit = deadline(column.column.frequency, newest.day, facts.site.freshness, numbers)
    if day <= limit.due:
        return _on_time(newest, limit, day)
    if day < facts.run.as_of and _unsure_of_past(column, reading):
        return _not_read_back(day)
    if _cut_unordered(column, reading):
        words = "未检查：列表不按日期先后排列，又没有读全，没有读到的各页可能有更新的信息。"
        return _Standing(Verdict.NOT_CHECKED, words, reason=Outcome.BUDGET)
    late = (day - limit.due).days
    words = (
        f"{_last_words(newest, day)}，超过{limit.words}，"
        f"最迟应于{day_words(limit.due)}更新，已逾期{late}天。"
    )
    return _Standing(Verdict.OVERDUE, words, newest=newest, due=limit.due)


def _on_time(newest: Newest, limit: Deadline, day: date) -> _Standing:
    soon = day >= limit.warn_from
    left = (limit.due - day).days
    close = f"，还剩{left}天" if soon and left else "，当天到期" if soon else ""
    words = (
        f"{_last_words(newest, day)}，没有超过{limit.words}，"
        f"下次最迟应于{day_words(limit.due)}更新{close}。"
    )
    return _Standing(Verdict.ON_TIME, words, newest=newest, due=limit.due, soon=soon)


def _unsure_of_past(column: ColumnFacts, reading: ColumnReading) -> bool:
    """Whether newer items by a day before the run may stand on pages that were not read."""
    return (
        bool(column.items)
        and reading.kind is not ColumnKind.SINGLE
        and not reading.complete
        and reading.covers_from is None
    )


def _cut_unordered(column: ColumnFacts, reading: ColumnReading) -> bool:
    """Whether newer items may stand behind the last page that was read."""
    return bool(column.items) and reading.cut and reading.covers_from is None


def _not_read_back(day: date) -> _Standing:
    words = f"未检查：列表没有读到{day_words(day)}那么早，不知道到那天为止最近的一次更新。"
    return _Standing(Verdict.NOT_CHECKED, words, reason=Outcome.BUDGET)


def _undated(
    column: ColumnFacts, reading: ColumnReading, day: date, numbers: Standards
) -> _Standing:
    """The page opened, but no publication day up to `day` is known."""
    later = [d for d in (usable_day(item, numbers) for item in column.items) if d is not None]
    own = published_day(reading, numbers)
    if own is not None:
        later.append(own)
    if reading.cut and not later:
        words = "未检查：读到页数上限为止，没有读到发布日期。"
        return _Standing(Verdict.NOT_CHECKED, words, reason=Outcome.BUDGET)
    if later and column.items and not reading.complete:
        return _not_read_back(day)
    if later:
        first = day_words(min(later))
        words = f"页面能打开，读到的发布日期都晚于{day_words(day)}（最早为{first}），不下结论。"
    else:
        words = f"页面能打开，但没有可读的发布日期{_undated_detail(column, reading)}，不下结论。"
    return _Standing(Verdict.NOT_CHECKED, words, reason=Outcome.OK)


def _undated_detail(column: ColumnFacts, reading: ColumnReading) -> str:
    count = len(distinct(column.items))
    if count:
        return f"（列表有{count}条信息）"
    if reading.kind is ColumnKind.JUMP:
        return f"（栏目跳转到{clip(reading.final_url or reading.url or '别处', 120)}）"
    if reading.kind is ColumnKind.SINGLE:
        return "（单页）"
    return "（没有识别出列表或正文）"


def _last_words(newest: Newest, day: date) -> str:
    how = f"（{newest.how.label}）" if newest.how else ""
    age = (day - newest.day).days
    since = f"，到{day_words(day)}已{age}天" if age else ""
    return f"最近一次更新是{day_words(newest.day)}{how}{since}"


def _dead_words(what: str, reading: ColumnReading) -> str:
    excerpt = clip(reading.excerpt, 40)
    shown = f"，页面文字：“{excerpt}”" if excerpt else ""
    if reading.outcome is Outcome.SOFT_GONE:
        return f"{what}打不开：页面返回200，但内容是页面不存在或已删除{shown}。"
    return f"{what}打不开：页面不存在（HTTP {reading.status or 404}）{shown}。"


def _blank_words(reading: ColumnReading) -> str:
    excerpt = clip(reading.excerpt, 40)
    shown = f"（页面文字：“{excerpt}”）" if excerpt else ""
    if reading.kind is ColumnKind.BUILDING:
        return f"栏目能打开，但页面说正在建设{shown}。"
    return f"栏目能打开，但没有一条信息{shown}。"


def _seen(reading: ColumnReading) -> Evidence:
    """The page itself as evidence, for verdicts that do not rest on a day."""
    status = f"HTTP {reading.status}" if reading.status else reading.outcome.label
    url = reading.final_url or reading.url or ""
    return Evidence(url, clip(reading.excerpt, 120) or status, "", reading.title)
