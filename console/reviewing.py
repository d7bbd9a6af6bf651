"""`xuncha review`: a person's word on findings, kept for good."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from console.errors import Exit, Misused
from console.judged_commands import existing_ledger
from console.output import clean, emit, on_terminal, say
from console.review_choosing import Filters, Reviewed, filtered, look, named
from console.sites import load_sites
from ledger import clock
from ledger.findings import Finding
from ledger.naming import clean_text
from ledger.problems import nearest
from ledger.reviews import Review, last_verdicts, spans_of
from ledger.site import Site
from ledger.texts import WordReview
from ledger.words import ReviewWord

_VERDICTS = (ReviewWord.CONFIRMED, ReviewWord.DISMISSED, ReviewWord.ACCEPTED)
_SHOWN = 20
"""Findings named before a bulk word; more than these must be meant expressly."""

_TERMS = 10
"""Wordings named in the advice how to allow them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says, of whatever finding."""

    word: ReviewWord
    by: str = ""
    note: str = ""
    until: date | None = None
    unit: str = ""
    in_report: bool | None = None
    veto: bool | None = None


def answer(
    path: Path,
    url: str,
    day: date,
    said: Answer,
    *,
    marks: Sequence[str],
    filters: Filters,
    sure: bool,
) -> Exit:
    """Keep the word on each of the findings; all of them must be known, or none is kept."""
    _sound(said, day)
    if marks and filters.given:
        raise Misused("编号和筛选条件只能用一种：写编号，或写 --code、--unit 等条件。")
    if not marks and not filters.given:
        raise Misused(
            "缺少参数 FINGERPRINT：请写问题的编号（见 xuncha findings 的最后一列），"
            "或写筛选条件，如 --code、--unit、--where。"
        )
    sites = load_sites(path)
    with existing_ledger(url) as ledger:
        reviewed = [look(ledger, site, day) for site in sites]
        if marks:
            found = named(reviewed, marks)
        else:
            found = filtered(reviewed, filters, said.word)
            _meant(found, said.word, filters, sure=sure)
        if said.word is ReviewWord.REOPENED:
            _spoken_of(found, reviewed)
        ledger.save_reviews(review_of(finding, said, day) for finding in found)
    emit("".join(_done(finding, said) for finding in found))
    advise(sites, [(finding, said) for finding in found])
    return Exit.FINE


def _sound(said: Answer, day: date) -> None:
    """Refuse a word that lacks what it cannot be understood without."""
    if said.word is ReviewWord.ACCEPTED:
        if said.until is None:
            raise Misused("暂予保留要有期限，请加 --until YYYY-MM-DD，写明保留到哪一天。")
        if said.until <= day:
            raise Misused(f"--until {said.until} 不晚于基准日 {day}，应写之后的日子。")
    if said.word is ReviewWord.ASSIGNED and not said.unit:
        raise Misused("请用 --to 写明改由哪个单位负责。")
    unturned = said.in_report is None and said.veto is None
    if said.word is ReviewWord.NOTED and not said.note and unturned:
        raise Misused("没有要记的内容，请写 --note、--in-report 或 --veto。")


def _meant(found: Sequence[Finding], word: ReviewWord, filters: Filters, *, sure: bool) -> None:
    """Say what a bulk word would speak of; go on only where that is what was meant."""
    if not found:
        raise Misused(f"没有符合条件的问题（{filters.words}），什么都没有记。")
    say(f"符合条件的问题 {len(found)} 个，将记为{word.label}：")
    for finding in found[:_SHOWN]:
        say(f"  {_told(finding)}（{finding.state.label}）")
    if len(found) > _SHOWN:
        say(f"  ……另有 {len(found) - _SHOWN} 个")
    if not sure and (len(found) > _SHOWN or not on_terminal()):
        raise Misused("还没有记下。核对无误后，在同一条命令后面加 --yes 再运行。")


def _spoken_of(found: Iterable[Finding], reviewed: Iterable[Reviewed]) -> None:
    judged = {mark for one in reviewed for mark in last_verdicts(one.said)}
    for finding in found:
        if finding.fingerprint not in judged:
            raise Misused(f"{_told(finding)}：没有可以撤回的复核意见，无须重新打开。什么都没有记。")


def review_of(finding: Finding, said: Answer, day: date) -> Review:
    """The word on one finding; a verdict on wording speaks of the places it stands in."""
    spans: tuple[WordReview, ...] = ()
    if said.word in _VERDICTS and "→" in finding.term:
        spans = spans_of(finding.places, finding.term.rpartition("→")[2], said.word)
    return Review(
        site=finding.site,
        fingerprint=finding.fingerprint,
        word=said.word,
        at=clock.now(),
        day=day,
        by=said.by or user(),
        note=said.note,
        spans=spans,
        until=said.until,
        unit=said.unit,
        in_report=said.in_report,
        veto=said.veto,
    )


def user() -> str:
    """Who is at the keyboard."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        raise Misused("认不出当前用户，请用 --by 写明复核人。") from None


def _told(finding: Finding) -> str:
    return clean(f"{finding.fingerprint} {finding.name} {finding.subject}")


def _done(finding: Finding, said: Answer) -> str:
    return f"{_told(finding)}：已记为{outcome(said)}\n"


def outcome(said: Answer) -> str:
    """The word in words, with what it holds."""
    told = said.word.label
    if said.until is not None:
        told += f"（至 {said.until}）"
    if said.unit:
        told += f"：{clean(said.unit)}"
    switches = [
        f"{name}：{'是' if turned else '否'}"
        for name, turned in (("纳入报告", said.in_report), ("计入单项否决", said.veto))
        if turned is not None
    ]
    return "，".join([told, *switches])


def advise(sites: Iterable[Site], answers: Sequence[tuple[Finding, Answer]]) -> None:
    """What else to do after these words."""
    advise_terms(answers)
    units = {fold for site in sites for column in site.columns for fold in column.units}
    for unit in dict.fromkeys(said.unit for _, said in answers if said.unit):
        if units and clean_text(unit) not in units:
            near = nearest(unit, units)
            hint = f"，最接近的是“{near}”" if near else ""
            say(f"栏目表里没有单位“{unit}”{hint}；已照所写记下，写错了请再指派一次。")


def advise_terms(answers: Sequence[tuple[Finding, Answer]]) -> None:
    """Say from when words on wording count, and how to allow a wording once and for all."""
    words = [(f.subject, said.word) for f, said in answers if "→" in f.term]
    right = [term for term, word in words if word is ReviewWord.DISMISSED]
    if right:
        terms = list(dict.fromkeys(right))
        listed = ", ".join(f'"{term}"' for term in terms[:_TERMS])
        more = f"（共 {len(terms)} 种写法，只列前 {_TERMS} 种）" if len(terms) > _TERMS else ""
        say(
            "同一上下文以后不再提示。若这些写法在本站一律正确，可在 site.toml 写上："
            f"[text] terms = [{listed}]{more}"
        )
    if any(word in (*_VERDICTS, ReviewWord.REOPENED) for _, word in words):
        say("下次判定（xuncha judge 或每晚巡查）起生效。")
