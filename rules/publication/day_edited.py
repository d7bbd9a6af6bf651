"""P004: publication days that were changed after publication, in lists and on pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.facts import DaySeen
from ledger.findings import Claim, Clear, Place
from ledger.words import PageState, Severity
from rules.base import Case, Rule
from rules.publication import FAMILY
from rules.publication.pages import is_mass, on_columns, unit_of
from rules.publication.shown import day_of, edits, is_recent, quoted, title_words, watch_words
from rules.standards import Standards
from rules.wording import day_words, subject_of

_Edit = tuple[DaySeen, DaySeen]


def look(case: Case) -> Iterator[Claim | Clear]:
    """One claim a column for the days of its list, one a page for days only the page shows."""
    units = {verdict.path: verdict.unit for verdict in case.verdicts}
    told: set[str] = set()
    for history in case.facts.histories:
        if history.path not in units:
            continue
        subject = subject_of(history.path)
        found = [
            (item, edit) for item in history.items if (edit := _last(item.days, case)) is not None
        ]
        if not found:
            yield RULE.clear(subject)
            continue
        told.update(item.url for item, _ in found)
        found.sort(key=lambda pair: (-pair[1][1].seen.toordinal(), pair[0].url))
        words = [_told(item.title, edit) for item, edit in found]
        more = "等" if len(found) > 1 else ""
        yield RULE.claim(
            case,
            subject,
            f"栏目“{subject}”有{len(found)}条信息的发布日期在发布后有改动，"
            f"需核实：{words[0]}{more}。",
            unit=units[history.path],
            count=len(found),
            places=tuple(
                Place(item.url, word) for (item, _), word in zip(found, words, strict=True)
            ),
        )
    yield from _pages(case, told)


def _pages(case: Case, told: set[str]) -> Iterator[Claim | Clear]:
    """The days of pages, where no list goes on showing the old one."""
    read = [c for c in case.facts.checks if c.state in (PageState.SAME, PageState.CHANGED)]
    edited = {check.url: edit for check in read if (edit := _last(check.days, case)) is not None}
    if is_mass(len(edited), len(read), case.standards):
        return
    shown = _days_in_lists(case)
    for check in read:
        edit = edited.get(check.url)
        if edit is None:
            yield RULE.clear(check.url)
        elif check.url not in told and not _stands(edit, shown.get(check.url)):
            words = _told(check.title, edit)
            yield RULE.claim(
                case,
                check.url,
                f"页面的发布日期在发布后有改动，需核实：{words}{on_columns(check)}。",
                unit=unit_of(check, case),
                places=(Place(check.url, words),),
            )


def _stands(edit: _Edit, shown: set[date] | None) -> bool:
    """Whether a list still shows the old day: then only the page was made anew."""
    before = edit[0].reading
    return shown is not None and before is not None and before.day in shown


def _days_in_lists(case: Case) -> dict[str, set[date]]:
    found: dict[str, set[date]] = {}
    for column in case.facts.columns:
        for item in column.items:
            if item.day is not None:
                found.setdefault(item.url, set()).add(item.day)
    return found


def _last(days: tuple[DaySeen, ...], case: Case) -> _Edit | None:
    """The last change that somebody made, if it is recent."""
    made = [pair for pair in edits(days, case.standards) if is_recent(pair[1].seen, case)]
    return made[-1] if made else None


def _told(title: str, edit: _Edit) -> str:
    before, after = edit
    if before.reading is None or after.reading is None:
        return title_words(title)
    return (
        f"{title_words(title)}{day_words(before.seen)}起显示{day_of(before.reading)}，"
        f"{day_words(after.seen)}改为{day_of(after.reading)}（{quoted(after.reading)}）"
    )


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """What counts as a changed day."""
    return (
        "前后两次都写明月、日，且读取方式相同；“3天前”一类的写法不作比较",
        f"重新读取的页面中有{numbers.watching.mass_share:.0%}及以上日期改动的，视为整站重新生成，不列",
        watch_words(numbers),
    )


RULE = Rule(
    code="P004",
    name="发布日期在发布后改动",
    family=FAMILY,
    severity=Severity.INFO,
    clauses=("own-redated", "A1-date"),
    checks="同一条信息在前后两次巡查中显示的发布日期不同：列表中的，和只在正文页显示的。",
    why="改正写错的日期是应当的；没有来由的改动，检查时可能被问到发布日期是否真实。",
    mend="请核对改动的来由，写错后改正的留存记录即可，其他的改回实际发布日期。",
    look=look,
    thresholds=thresholds,
    confirm_after=0,
)
