"""What some papers ask for beside the judgement, fetched only where a paper needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from console.judging import Judged
from ledger.period import Period
from ledger.site import Site
from ledger.store import Ledger
from reports.base import Need
from rules.checklist import stands
from rules.rectification.duties import duties

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


_FETCH: dict[Need, Fetch] = {
    Need.DUTIES: _duties,
    Need.INDICATORS: _indicators,
    Need.INSPECTED: _inspected,
    Need.REVIEWS: _reviews,
}
