"""What some papers ask for beside the judgement, fetched only where a paper needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from console.judging import Judged
from ledger.months import MonthStand, ScoreSheet
from ledger.period import Period, PeriodKind, year_before
from ledger.site import Site
from ledger.store import Ledger
from reports.base import Need, TrendPoint
from rules.checklist import stands
from rules.rectification.duties import duties
from rules.scoring import score_sheet
from rules.text.catalog import text_rules

_POINTS = 12

Fetch = Callable[[Ledger, Site, Judged, Period], Any]


def gather(
    needs: Iterable[Need], ledger: Ledger, site: Site, judged: Judged, span: Period
) -> dict[str, Any]:
    """The fields of a case that `needs` name, by their names."""
    return {
        need.value: _FETCH[need](ledger, site, judged, span) for need in needs if need in _FETCH
    }


def _reviews(ledger: Ledger, site: Site, judged: Judged, span: Period) -> Any:
    return tuple(ledger.reviews(site.key, judged.judgement.as_of))


def _inspected(ledger: Ledger, site: Site, judged: Judged, span: Period) -> Any:
    """Days after the judged one are not told of: nobody knew them when it was judged."""
    days = {run.as_of for run in ledger.runs(site.key) if run.state == "finished"}
    return tuple(sorted(d for d in days if d in span and d <= judged.judgement.as_of))


def _duties(ledger: Ledger, site: Site, judged: Judged, span: Period) -> Any:
    return duties(judged.findings, judged.judgement.as_of, site.rectify)


def _indicators(ledger: Ledger, site: Site, judged: Judged, span: Period) -> Any:
    return stands(judged.judgement, judged.findings, judged.judgement.as_of)


def _notices(ledger: Ledger, site: Site, judged: Judged, span: Period) -> Any:
    """Those of the period and of the month before it, as far as the judged day knew them."""
    before = Period.holding(PeriodKind.MONTH, span.start - timedelta(days=1))
    last = min(span.end, judged.judgement.as_of)
    return tuple(ledger.notices(site.key, last, before.start))


def _months(ledger: Ledger, site: Site, judged: Judged, span: Period) -> tuple[MonthStand, ...]:
    """The months of the period up to the judged day; the running one as it stands on that day."""
    last = judged.judgement.as_of
    runs = [run.as_of for run in ledger.runs(site.key) if run.state == "finished"]
    return tuple(
        _month(ledger, site, month, min(month.end, last), runs)
        for month in span.months()
        if month.start <= last
    )


def _month(
    ledger: Ledger, site: Site, month: Period, day: date, runs: Sequence[date]
) -> MonthStand:
    judgement = ledger.newest_judgement(site.key, day)
    if judgement is not None and judgement.as_of < month.start:
        judgement = None
    findings = tuple(ledger.findings(site.key, day)) if judgement is not None else ()
    return MonthStand(
        period=month,
        judgement=judgement,
        findings=findings,
        duties=duties(findings, day, site.rectify),
        runs=sum(month.start <= run <= day for run in runs),
        notices=tuple(ledger.notices(site.key, day, month.start)),
    )


def _scoring(ledger: Ledger, site: Site, judged: Judged, span: Period) -> ScoreSheet:
    codes = frozenset(rule.code for rule in text_rules())
    return score_sheet(_months(ledger, site, judged, span), codes)


def _updates(ledger: Ledger, site: Site, judged: Judged, span: Period) -> Any:
    """Of the year that ends on the judged day, as far as its run saw it."""
    return ledger.item_days(judged.facts.run.id, year_before(judged.judgement.as_of))


def _trend(ledger: Ledger, site: Site, judged: Judged, span: Period) -> Any:
    """By weeks for papers of a day or a month, by months for longer ones, a dozen of either."""
    day = judged.judgement.as_of
    if span.kind in (PeriodKind.DAY, PeriodKind.MONTH):
        days = [day - timedelta(days=7 * number) for number in range(_POINTS, -1, -1)]
    else:
        days = [*_month_ends(day, _POINTS), day]
    counted = ledger.finding_counts(site.key, days)
    return tuple(TrendPoint(c.day, c.open, c.opened, c.closed) for c in counted)


def _month_ends(day: date, count: int) -> list[date]:
    """The last days of so many months before the one that holds `day`, oldest first."""
    found: list[date] = []
    while len(found) < count:
        day = day.replace(day=1) - timedelta(days=1)
        found.append(day)
    return found[::-1]


_FETCH: dict[Need, Fetch] = {
    Need.MONTHS: _months,
    Need.SCORING: _scoring,
    Need.DUTIES: _duties,
    Need.INDICATORS: _indicators,
    Need.INSPECTED: _inspected,
    Need.NOTICES: _notices,
    Need.REVIEWS: _reviews,
    Need.TREND: _trend,
    Need.UPDATES: _updates,
}
