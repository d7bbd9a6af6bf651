"""What the rules are told of vendors' notices: their entries, and what we saw where they point."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ledger.addresses import canonical
from ledger.notices import Sight, SiteNotices
from ledger.site import Site
from ledger.store import Ledger
from ledger.texts import PageText, PassageKind, SiteTexts
from ledger.words import State


def notices_of(
    ledger: Ledger, site: Site, run_id: int, day: date, texts: SiteTexts | None
) -> SiteNotices:
    """The notices of the site up to the day, and what the runs up to this one saw."""
    notices = tuple(ledger.notices(site.key, day))
    items = [item for notice in notices for item in notice.items]
    urls = list(dict.fromkeys(item.url for item in items if item.url))
    if not urls:
        return SiteNotices(notices)
    wanted = {canonical(url) for url in urls}
    read = {
        name: page
        for page in (texts.pages if texts is not None else ())
        if (name := canonical(page.url)) in wanted
    }
    sights = ledger.sights(run_id, urls)
    told = {url: _with_texts(sight, read.get(canonical(url))) for url, sight in sights.items()}
    ended = tuple(
        finding
        for finding in ledger.findings(site.key, day)
        if finding.state is State.RESOLVED and finding.code.startswith("T")
    )
    return SiteNotices(notices, told, ended)


def _with_texts(sight: Sight, page: PageText | None) -> Sight:
    """The sight with all that the page's passages say: entries of lists and attachments too."""
    if page is None:
        return sight
    unread = f"附件“{page.unread[0].place}”没有读到" if page.unread else ""
    if any(passage.kind is PassageKind.OCR for passage in page.passages):
        unread = unread or "附件的文字是从图片识别的，不足为凭"
    words = (page.title, *(passage.text for passage in page.passages))
    return replace(sight, words=words, unread=unread, units=page.units)
