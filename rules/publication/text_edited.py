"""P005: pages whose text was changed after publication."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.facts import PageCheck, TextChange
from ledger.findings import Claim, Clear, Place
from ledger.words import PageState, Severity
from rules.base import Case, Rule
from rules.publication import FAMILY
from rules.publication.pages import is_mass, on_columns, unit_of
from rules.publication.shown import is_recent, title_words, watch_words
from rules.standards import Standards
from rules.text.privacy.masks import veiled
from rules.wording import clip, day_words

_EXCERPT = 100
_WHOLE = 0.9


def look(case: Case) -> Iterator[Claim | Clear]:
    """One claim a page; nothing where most pages have changed at once."""
    read = [c for c in case.facts.checks if c.state in (PageState.SAME, PageState.CHANGED)]
    edited = {check.url for check in read if _is_edited(check, case)}
    mass = is_mass(len(edited), len(read), case.standards)
    for check in read:
        if check.url not in edited:
            yield RULE.clear(check.url)
        elif not mass and check.change is not None:
            yield _claim(case, check, check.change)


def _is_edited(check: PageCheck, case: Case) -> bool:
    return check.state is PageState.CHANGED and is_recent(check.found, case)


def _claim(case: Case, check: PageCheck, change: TextChange) -> Claim:
    return RULE.claim(
        case,
        check.url,
        f"{title_words(check.title)}{on_columns(check)}发布后正文有改动（{_share(change)}），"
        f"需核实：{day_words(check.seen)}和{day_words(check.found)}两次巡查读到的内容不同。",
        unit=unit_of(check, case),
        places=(
            Place(check.url, f"{day_words(check.seen)}：{_excerpt(change.before)}"),
            Place(check.url, f"{day_words(check.found)}：{_excerpt(change.after)}"),
        ),
    )


def _share(change: TextChange) -> str:
    if change.share >= _WHOLE:
        return "几乎全部不同"
    return f"涉及约{max(1, round(change.share * 100))}%的文字"


def _excerpt(text: str) -> str:
    # A number is masked whole before the text is cut: mending often consists in masking it.
    return clip(veiled(text), _EXCERPT) or "（没有这部分内容）"


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """What counts as a change of the text."""
    watching = numbers.watching
    return (
        "空白、换行、访问次数、页面上下篇链接、来源和日期行的变化不算",
        f"重新读取的页面（{watching.mass_pages}页及以上）中有{watching.mass_share:.0%}及以上变化的，"
        "视为网站改版，不列",
        watch_words(numbers),
    )


RULE = Rule(
    code="P005",
    name="正文在发布后改动",
    family=FAMILY,
    severity=Severity.INFO,
    clauses=("own-changed",),
    checks="已经读过的页面再次访问时，正文与上次读到的不同；每个页面30天内至少再看一次。"
    "多个页面同样增减的文字属于模板，不算改动。",
    why="更正错误是应当的；政策文件、公示等发布后的改动应有审批和记录，网页被篡改也会表现为正文变化。",
    mend="请核对改动是否经过审批：更正的留存记录，来历不明的立即恢复并检查网站安全。",
    look=look,
    thresholds=thresholds,
    confirm_after=0,
)
