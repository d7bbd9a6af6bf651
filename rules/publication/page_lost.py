"""P006: pages that an earlier inspection read and that are not there any more."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.facts import PageCheck
from ledger.findings import Claim, Clear, Place
from ledger.words import PageState, Severity
from rules.base import Case, Rule
from rules.publication import FAMILY
from rules.publication.pages import lost_at_once, unit_of
from rules.publication.shown import is_recent, title_words
from rules.standards import Standards
from rules.wording import clip, day_words, subject_of


def look(case: Case) -> Iterator[Claim | Clear]:
    """One claim a page, graver where a list still leads to it; nothing where most are gone."""
    answered = [c for c in case.facts.checks if c.state is not PageState.UNREADABLE]
    mass = lost_at_once(answered, case.standards)
    for check in answered:
        if check.state is not PageState.LOST:
            yield RULE.clear(check.url)
        elif check.paths:
            if not mass:
                yield _listed(case, check)
        elif not is_recent(check.seen, case):
            # Taken down and off the lists: told for a while, then it is simply gone.
            yield RULE.clear(check.url)
        elif not mass:
            yield _unlisted(case, check)


def _listed(case: Case, check: PageCheck) -> Claim:
    column = subject_of(check.paths[0])
    return RULE.claim(
        case,
        check.url,
        f"{title_words(check.title)}在{day_words(check.seen)}的巡查中读到过，"
        f"{day_words(check.found)}再次访问时{check.outcome.label}，"
        f"而栏目“{column}”的列表中仍有它的链接，需核实。",
        severity=Severity.LIGHT,
        basis=tuple(case.standards.clauses[key] for key in ("own-lost", "B-link")),
        unit=unit_of(check, case),
        places=(Place(check.url, _excerpt(check)),),
    )


def _unlisted(case: Case, check: PageCheck) -> Claim:
    return RULE.claim(
        case,
        check.url,
        f"{title_words(check.title)}在{day_words(check.seen)}的巡查中读到过，"
        f"{day_words(check.found)}再次访问时{check.outcome.label}，"
        "列表中也没有读到它，可能已撤下，需核实是否经过审批。",
        unit=unit_of(check, case),
        places=(Place(check.url, _excerpt(check)),),
    )


def _excerpt(check: PageCheck) -> str:
    return f"{clip(check.title, 40)} {check.outcome.label}".strip()


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """What counts as lost."""
    watching = numbers.watching
    return (
        "只有页面不存在（404、410）和返回200但写明已删除的算；超时、被拦截等不作判断",
        "第二晚优先再看一次，两次巡查都如此才确认",
        f"再次访问的页面（{watching.mass_pages}页及以上）中有{watching.mass_share:.0%}及以上打不开的，"
        "视为网站故障或换了网址，不列",
        f"列表中已经没有的，只在最后一次读到后的{watching.watch_days}天内列出",
    )


RULE = Rule(
    code="P006",
    name="已发布的页面打不开",
    family=FAMILY,
    severity=Severity.INFO,
    clauses=("own-lost",),
    checks="以前读到过正文的页面，再次访问时明确答复不存在；每个页面30天内至少再看一次。",
    why="列表中仍有链接的是错误链接，检查时按个数扣分；已公开的信息撤下应有审批和记录。",
    mend="误删的恢复；确需撤下的，同时从列表中去掉，并留存审批记录。",
    look=look,
    thresholds=thresholds,
    confirm_after=2,
)
