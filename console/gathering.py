"""What some papers ask for beside the judgement, fetched only where a paper needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from console.judging import Judged
from ledger.months import MonthStand, ScoreSheet
from ledger.period import Period
from ledger.site import Site
from ledger.store import Ledger
from reports.base import Need
from rules.checklist import stands
from rules.rectification.duties import duties
from rules.scoring import score_sheet
from rules.text.catalog import text_rules

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
    )


def _scoring(ledger: Ledger, site: Site, judged: Judged, span: Period) -> ScoreSheet:
    codes = frozenset(rule.code for rule in text_rules())
    return score_sheet(_months(ledger, site, judged, span), codes)


_FETCH: dict[Need, Fetch] = {
    Need.MONTHS: _months,
    Need.SCORING: _scoring,
    Need.DUTIES: _duties,
    Need.INDICATORS: _indicators,
    Need.INSPECTED: _inspected,
    Need.REVIEWS: _reviews,
}
