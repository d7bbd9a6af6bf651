"""Inspecting one site from start to end; runs the reactor, so once a process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from crawler.ask import Asker
from crawler.guard import Guard
from crawler.inspection import Inspection, Progress
from crawler.render import Renderer
from crawler.running import CrawlError, run_spider
from crawler.settings import user_agent
from crawler.spiders.portal import PortalSpider
from ledger import clock
from ledger.site import Site
from ledger.store import Ledger
from ledger.versions import version_of

__all__ = ["CrawlError", "CrawlSummary", "Progress", "crawl"]

_LEASE_WAIT = 15.0
"""Seconds a restarted inspection waits for its dying predecessor to let go of the site."""


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What an inspection came to. `resumed` counts columns an interrupted run had finished."""

    run_id: int
    columns: int
    pages: int
    items: int
    resumed: int


def crawl(
    site: Site, ledger_url: str, as_of: date, *, progress: Callable[[Progress], None] | None = None
) -> CrawlSummary:
    """Inspect `site` as of a day and keep every fact in the ledger at `ledger_url`.

    An interrupted inspection of the same site and day is carried on where it stopped. Raises
    `CrawlError` when the crawl cannot be finished and `ledger.errors.LedgerError` when the ledger
    cannot be used; what was committed until then stays.
    """
    with Ledger.open(ledger_url) as ledger, ledger.lease(site.key, wait=_LEASE_WAIT) as lease:
        run = ledger.begin_run(site, as_of, clock.now(), version_of("crawler"))
        box: list[Inspection] = []

        async def work(spider: PortalSpider) -> None:
            guard, agent = Guard.of_site(site), user_agent(site.crawl)
            asker = Asker(
                spider.download,
                site.crawl,
                guard,
                agent,
                # The page budget is the site's, not the process's.
                spent=ledger.spent(run.id),
                pace=spider.pace,
            )
            renderer = Renderer(site.crawl, guard, agent)
            inspection = Inspection(
                site,
                run,
                ledger,
                asker,
                renderer=renderer,
                progress=progress,
                renew=lease.renew,
            )
            box.append(inspection)
            try:
                await inspection.inspect()
            finally:
                await renderer.close()

        run_spider(work, site.crawl, Guard.of_site(site))
        ledger.finish_run(run.id, clock.now(), note=_left(box[0].unread, box[0].unread_files))
        items = ledger.item_counts(run.id)
        return CrawlSummary(
            run_id=run.id,
            columns=len(site.columns),
            pages=box[0].asker.spent,
            items=sum(items.get(column.path, 0) for column in site.columns),
            resumed=box[0].resumed,
        )


def _left(unread: int, files: int) -> str:
    """What the paper says of documents and files this run did not come to."""
    counts = ((unread, "篇正文本次未读"), (files, "个附件本次未下载"))
    said = "、".join(f"{count}{what}" for count, what in counts if count)
    if not said:
        return ""
    return f"另有{said}（页数已达 [crawl] max_pages 上限，或网站连续拒绝访问），以后各次巡查接着读"
