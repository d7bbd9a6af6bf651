"""What the text rules are told of a site: its own wording, and what its people have answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.facts import SiteFacts
from ledger.findings import Clear, Finding
from ledger.reviews import answers
from ledger.site import Site
from ledger.store import Ledger
from ledger.texts import PassageKind, SiteTexts, TextPolicy
from ledger.words import State
from rules.publication.pages import lost_at_once
from rules.standards import standards
from rules.text.shadow import in_shadow

_LISTED = f"［{PassageKind.ENTRY.label}］"


def texts_of(ledger: Ledger, site: Site, facts: SiteFacts, day: date) -> SiteTexts:
    """All texts of the site as last read by the run, and what stood open of them before it.

    Before it: judged once more, the run must clear again what it has cleared.
    """
    return SiteTexts(
        pages=tuple(ledger.page_texts(facts.run.id)),
        policy=policy_of(ledger, site, day),
        before=tuple(_before(ledger, site, facts, day)),
    )


def _before(ledger: Ledger, site: Site, facts: SiteFacts, day: date) -> Iterator[Clear]:
    """What stood open, as offline where every page it is known to stand on is gone.

    Where most pages are gone in one night the portal has failed; what hangs on pages that nobody
    has found gone before is left as it was until another run has seen them so.
    """
    findings = ledger.findings(site.key, day, facts.run.id - 1)
    pages = {f.fingerprint: _pages(f) for f in findings if f.state is not State.RESOLVED}
    gone = ledger.nights_gone(facts.run.id, {url for urls in pages.values() for url in urls})
    failed = lost_at_once(facts.checks, standards())
    for finding in findings:
        if finding.fingerprint not in pages:
            continue
        nights = [gone.get(url, 0) for url in pages[finding.fingerprint]]
        offline = bool(nights) and all(nights)
        if not (offline and failed and min(nights) == 1):
            yield Clear(finding.code, finding.subject, finding.term, offline)


def _pages(finding: Finding) -> set[str]:
    """The pages a finding stands on; a list only repeats the title of one."""
    own = {p.url for p in finding.places if not p.excerpt.startswith(_LISTED)}
    return own or {place.url for place in finding.places}


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
