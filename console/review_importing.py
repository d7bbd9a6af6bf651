"""`xuncha review import`: keeps what a filled sheet says, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from console import review_sheet as head
from console.errors import Exit, Misused
from console.judged_commands import existing_ledger
from console.output import clean, emit, say
from console.review_reading import Faults, Filled, read_filled
from console.reviewing import Answer, advise_terms, outcome, review_of, user
from ledger.findings import Finding
from ledger.reviews import Review
from ledger.store import Ledger
from ledger.words import ReviewWord

_LISTED = 20


@dataclass(frozen=True, slots=True)
class _Understood:
    """A row with its finding, and what of it is not in the ledger yet."""

    row: Filled
    finding: Finding
    fresh: tuple[Answer, ...]
    since: tuple[Review, ...]
    """What others have said of it after the export."""


def take_in(path: Path, url: str, day: date, by: str, *, dry_run: bool) -> Exit:
    """Show what the sheet says, then keep it; one fault anywhere, and nothing is kept."""
    faults = Faults(path.name)
    rows, blank = read_filled(path, faults)
    rows = _once(rows, faults)
    with existing_ledger(url) as ledger:
        understood = _Books(ledger, day, faults).look_up(rows)
        _refuse(faults)
        _show(path.name, understood, blank, everything=dry_run)
        fresh = [(one, said) for one in understood for said in one.fresh]
        if dry_run:
            say("这次只是试读，什么都没有记。去掉 --dry-run 再运行一次才会记入台账。")
            return Exit.FINE
        ledger.save_reviews(_reviews(fresh, day, by))
    if not fresh:
        say("没有新的意见，台账没有变化。")
        return Exit.FINE
    say(f"已记入台账：{len(fresh)} 条意见。")
    advise_terms([(one.finding, said) for one, said in fresh])
    return Exit.FINE


def _reviews(fresh: Sequence[tuple[_Understood, Answer]], day: date, by: str) -> list[Review]:
    name = by or (user() if any(not said.by for _, said in fresh) else "")
    return [
        review_of(one.finding, said if said.by else replace(said, by=name), day)
        for one, said in fresh
    ]


def _refuse(faults: Faults) -> None:
    if not faults.told:
        return
    listed = [f"  {told}" for told in faults.told[:_LISTED]]
    if len(faults.told) > _LISTED:
        listed.append(f"  ……另有 {len(faults.told) - _LISTED} 处")
    raise Misused(
        f"复核表有 {len(faults.told)} 处看不懂或有矛盾，整张表都没有记入台账：\n"
        + "\n".join(listed)
        + "\n请改好后再读一次。"
    )


def _once(rows: Iterable[Filled], faults: Faults) -> list[Filled]:
    """Every finding once; one that stands there twice must be answered alike."""
    kept: dict[str, Filled] = {}
    for row in rows:
        first = kept.setdefault(row.mark, row)
        if first.answers != row.answers:
            faults.add(
                row.where,
                f"编号 {row.mark} 在{first.where}已经填过，两处的意见不同；请只留一行。",
            )
    return list(kept.values())


class _Books:
    """What the ledger holds of the findings a sheet speaks of."""

    def __init__(self, ledger: Ledger, day: date, faults: Faults) -> None:
        self._ledger = ledger
        self._day = day
        self._faults = faults
        self._sites = frozenset(ledger.site_keys())
        self._findings: dict[tuple[str, date], dict[str, Finding]] = {}
        self._said: dict[str, dict[str, list[Review]]] = {}

    def look_up(self, rows: Iterable[Filled]) -> list[_Understood]:
        """The rows with their findings; those without become faults."""
        found = []
        for row in rows:
            one = self._one(row)
            if isinstance(one, str):
                self._faults.add(row.where, one)
            else:
                found.append(one)
        return found

    def _one(self, row: Filled) -> _Understood | str:
        """The row with its finding, or what is wrong with it."""
        if row.site not in self._sites:
            known = "、".join(sorted(self._sites)) or "还没有站点"
            return f"台账里没有站点 {row.site}（有：{known}）；请核对 --ledger 和这一格。"
        if row.day > self._day:
            return f"导出时的基准日 {row.day} 晚于现在的基准日 {self._day}；请核对 --as-of。"
        finding = self._known(row.site, row.day).get(row.mark)
        if finding is None:
            return self._unknown(row)
        said = self._spoken(row.site).get(row.mark, [])
        if len(said) < row.times:
            return (
                f"“{head.TIMES}”写的是 {row.times}，台账里只有 {len(said)} 次；"
                "这张表不是从这个台账导出的，或这一格改过，请核对 --ledger 或重新导出。"
            )
        since = tuple(said[row.times :])
        fresh = tuple(answer for answer in row.answers if not _kept(answer, since))
        for answer in fresh:
            if answer.until is not None and answer.until <= self._day:
                return (
                    f"“{head.UNTIL}”写的是“{answer.until}”，不晚于基准日 {self._day}；"
                    "请写之后的日子。"
                )
        return _Understood(row, finding, fresh, since)

    def _unknown(self, row: Filled) -> str:
        others = [key for key in sorted(self._sites) if row.mark in self._known(key, row.day)]
        if others:
            return (
                f"编号 {row.mark} 是站点 {others[0]} 的问题，“{head.SITE}”写的却是 {row.site}；"
                "请从原来的复核表抄回这一行。"
            )
        return f"站点 {row.site} 没有编号为 {row.mark} 的问题；请从原来的复核表抄回编号。"

    def _known(self, site: str, day: date) -> dict[str, Finding]:
        """The findings as they stood when the sheet was made: these people have looked at."""
        key = (site, day)
        if key not in self._findings:
            found = self._ledger.findings(site, day)
            self._findings[key] = {finding.fingerprint: finding for finding in found}
        return self._findings[key]

    def _spoken(self, site: str) -> dict[str, list[Review]]:
        if site not in self._said:
            said = self._said[site] = {}
            for review in self._ledger.reviews(site, date.max):
                said.setdefault(review.fingerprint, []).append(review)
        return self._said[site]


def _kept(answer: Answer, since: Iterable[Review]) -> bool:
    """Whether just this was said after the export: the same sheet was read before."""
    return any(
        (said.word, said.note, said.until, said.unit, said.in_report, said.veto)
        == (
            answer.word,
            answer.note,
            answer.until,
            answer.unit,
            answer.in_report,
            answer.veto,
        )
        and answer.by in ("", said.by)
        for said in since
    )


def _show(name: str, understood: Sequence[_Understood], blank: int, *, everything: bool) -> None:
    """What was understood, counted and row by row."""
    words = Counter(said.word for one in understood for said in one.row.answers)
    counted = "、".join(f"{word.label} {words[word]} 条" for word in ReviewWord if words[word])
    filled = f"{len(understood)} 行有意见（{counted}）" if understood else "没有一行填了意见"
    say(f"{name}：{filled}，{blank} 行没有填，略过。")
    shown = understood if everything else understood[:_LISTED]
    emit("".join(_line(one) for one in shown))
    if len(shown) < len(understood):
        say(f"……另有 {len(understood) - len(shown)} 行；全部列出请加 --dry-run。")
    for one in understood:
        if one.fresh and (others := _others(one)):
            say(f"{one.row.where}：导出之后{others}，现以这张表为准，以前的都保留。")


def _line(one: _Understood) -> str:
    told = "；".join(outcome(said) for said in one.row.answers)
    note = next((said.note for said in one.row.answers if said.note), "")
    before = "" if one.fresh else "（以前已经记过，不重复记）"
    what = f"{one.finding.fingerprint} {one.finding.name} {one.finding.subject}"
    reason = f"，理由：{note}" if note else ""
    return clean(f"{one.row.where} {what}：{told}{reason}{before}") + "\n"


def _others(one: _Understood) -> str:
    """What somebody else has said since the sheet was made."""
    told = [
        f"{said.by} 在 {said.day} 又记过{said.word.label}"
        for said in one.since
        if said.word not in (ReviewWord.NOTED, ReviewWord.ASSIGNED)
    ]
    return clean("，".join(told))
