"""How it was judged (判定说明): the clock, the rules and what was asked of the portal."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ledger.facts import Run, Visit
from ledger.findings import RuleCard
from ledger.site import FreshnessPolicy, Site
from ledger.words import Frequency, How, Outcome
from reports.base import Model, PaperCase
from reports.columns import Row, limits
from reports.safe import line, long_line
from reports.wording import (
    FOUND_WORDS,
    MODE_WORDS,
    RUN_WORDS,
    day,
    how_word,
    moment,
    owes,
    seconds_word,
)


def site_model(site: Site) -> Model:
    """The site as every paper's head names it."""
    return {
        "key": line(site.key),
        "name": line(site.name),
        "home": long_line(site.home),
        "id_code": line(site.id_code),
    }


def run_model(run: Run) -> Model:
    """The inspection as every paper's head names it."""
    seconds = int((run.finished - run.started).total_seconds()) if run.finished else None
    return {
        "id": run.id,
        "as_of": day(run.as_of),
        "state": run.state,
        "state_word": RUN_WORDS.get(run.state, line(run.state)),
        "started": moment(run.started),
        "finished": moment(run.finished),
        "took": seconds_word(max(0, seconds)) if seconds is not None else None,
        "note": long_line(run.note),
    }


def notices(case: PaperCase, table: Sequence[Row], counted: Model) -> list[str]:
    """What a reader must know before trusting the totals."""
    said: list[str] = []
    if case.run.state != "finished":
        word = RUN_WORDS.get(case.run.state, line(case.run.state))
        said.append(f"本次巡查{word}，以下只包含已经取得的部分。")
    if case.run.as_of != case.judgement.as_of:
        seen, judged_on = day(case.run.as_of), day(case.judgement.as_of)
        said.append(f"巡查在 {seen} 进行，本表按基准日 {judged_on} 判定。")
    if case.run.note:
        said.append(long_line(case.run.note))
    missing = counted["by_verdict"]["not_checked"]
    if missing and missing * 2 >= counted["all"]:
        said.append(
            f"{counted['all']} 个栏目中有 {missing} 个未能检查，本表不能代表网站的整体情况。"
        )
    cut = sum(1 for row in table if row["cut"])
    if cut:
        said.append(f"{cut} 个栏目的列表因页数上限未读全，表中已注明“列表未读全”。")
    return said


def judged(case: PaperCase, table: Sequence[Row]) -> Model:
    """Clock, limits, rules, and how much of the portal was asked."""
    policy = case.site.freshness
    return {
        "mode": policy.mode,
        "mode_words": MODE_WORDS.get(policy.mode, line(policy.mode)),
        "limits": limits(case.judgement, table, lambda f: _by_calendar(policy, f)),
        "overrides": [
            {"word": frequency.label, "days": days}
            for frequency, days in sorted(policy.limits.items())
        ],
        "rule_set": line(case.judgement.rule_set),
        "rules": [_card(card) for card in case.judgement.cards],
        "dates_read": _dates_read(table),
        "found": _counted((row["read"]["found_word"] for row in table if row["read"]), FOUND_WORDS),
        "adapters": _counted(row["read"]["adapter"] for row in table if row["read"]),
        "asked": asked_of(case.visits),
        "cut": [row["no"] for row in table if row["cut"]],
    }


def _by_calendar(policy: FreshnessPolicy, frequency: Frequency) -> bool:
    # A limit in days that a site sets itself holds in calendar mode too.
    return policy.mode == "calendar" and owes(frequency) and frequency not in policy.limits


def _card(card: RuleCard) -> Model:
    return {
        "code": line(card.code),
        "name": line(card.name),
        "severity": card.severity.value,
        "severity_word": card.severity.label,
        "confirm_after": card.confirm_after,
        "basis": long_line(card.basis),
        "checks": long_line(card.checks),
        "mend": long_line(card.mend),
    }


def _dates_read(table: Sequence[Row]) -> list[Row]:
    words = (
        row["evidence"]["how_word"] for row in table if row["evidence"] and row["last_updated"]
    )
    return _counted(words, {how: how_word(how) for how in How})


def _counted(words: Iterable[str], order: dict[Any, str] | None = None) -> list[Row]:
    """Words with their counts: the known ones in their own order, then the rest by name."""
    known = list((order or {}).values())
    counted = Counter(word for word in words if word)
    listed = [word for word in known if word in counted]
    listed += sorted(word for word in counted if word not in known)
    return [{"word": word, "count": counted[word]} for word in listed]


def asked_of(visits: Sequence[Visit]) -> Model:
    """How often the portal was asked, and how that ended."""
    counted = Counter(visit.outcome for visit in visits)
    return {
        "pages": len(visits),
        "bytes": sum(visit.size for visit in visits),
        "retried": sum(1 for visit in visits if visit.attempts > 1),
        "outcomes": [
            {"outcome": outcome.value, "word": outcome.label, "count": counted[outcome]}
            for outcome in Outcome
            if outcome in counted
        ],
    }


def commands(case: PaperCase, paper: str) -> list[str]:
    """The commands that make the same paper again from the ledger, without the network."""
    folder = shlex.quote(folder_of(case.site))
    as_of = day(case.judgement.as_of)
    month = f" --month {case.month:%Y-%m}" if case.month else ""
    return [
        f"xuncha judge {folder} --as-of {as_of}",
        f"xuncha report {paper} {folder} --as-of {as_of}{month}",
    ]


def folder_of(site: Site) -> str:
    """The site's folder as the operator typed it; an absolute one by its last name."""
    path = site.folder
    if path.is_absolute() or not path.parts:
        return line(path.name or site.key)
    return line(path.as_posix())
