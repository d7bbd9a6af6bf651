"""Fetching one address on an operator's word, with the caps of an inspection; once a process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crawler.ask import Answer, Asker
from crawler.guard import Guard, host_of
from crawler.running import run_spider
from crawler.settings import user_agent
from crawler.spiders.portal import PortalSpider
from ledger.site import CrawlPolicy
from ledger.words import Outcome


@dataclass(frozen=True, slots=True)
class Fetched:
    """One address and what came back."""

    url: str
    final_url: str
    status: int | None
    outcome: Outcome
    body: bytes
    content_type: str
    detail: str


def fetch_one(
    url: str, *, as_of: date, timeout: float = 30.0, allow_private: bool = True
) -> Fetched:
    """Ask for `url` once and say how it ended; redirects may not lead to other private hosts.

    `as_of` is the day the caller takes for today; the request itself does not depend on it.
    """
    policy = CrawlPolicy(delay=0.0, timeout=timeout, retries=1, robots=False)
    guard = Guard([host_of(url)] if allow_private else [])
    answers: list[Answer] = []

    async def work(spider: PortalSpider) -> None:
        asker = Asker(spider.download, policy, guard, user_agent(policy))
        answers.append(await asker.ask(url))

    run_spider(work, policy, guard)
    answer = answers[0]
    visit = answer.visit
    return Fetched(
        url=url,
        final_url=answer.url,
        status=visit.status,
        outcome=visit.outcome,
        body=answer.body,
        content_type=answer.content_type,
        detail=visit.detail,
    )
