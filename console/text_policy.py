"""What the text rules are told of a site: its own wording, and what its people have answered."""

from __future__ import annotations

from datetime import date

from ledger.findings import Clear
from ledger.reviews import answers
from ledger.site import Site
from ledger.store import Ledger
from ledger.texts import SiteTexts, TextPolicy
from ledger.words import State
from rules.text.shadow import in_shadow


def texts_of(ledger: Ledger, site: Site, run_id: int, day: date) -> SiteTexts:
    """All texts of the site as last read by the run, and what stood open of them before it.

    Before it: judged once more, the run must clear again what it has cleared.
    """
    return SiteTexts(
        pages=tuple(ledger.page_texts(run_id)),
        policy=policy_of(ledger, site, day),
        before=tuple(
            Clear(finding.code, finding.subject, finding.term)
            for finding in ledger.findings(site.key, day, run_id - 1)
            if finding.state is not State.RESOLVED
        ),
    )


def policy_of(ledger: Ledger, site: Site, day: date) -> TextPolicy:
    """The site's own wording, the last words of its people, and whether it is new."""
    answered = answers(ledger.reviews(site.key, day))
    first = ledger.earliest_run(site.key)
    return TextPolicy(
        terms=frozenset(site.terms),
        bad_hosts=frozenset(site.bad_hosts),
        leaders=site.leaders,
        reviews=tuple(dict.fromkeys(s for spans in answered.values() for s in spans)),
        shadow=in_shadow(first.as_of if first else None, day),
    )
