"""The days a list does not show, read from the articles it lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from crawler.ask import Asker
from crawler.documents import page_of, take
from crawler.outcome import is_lasting
from crawler.reading.address import nameless
from crawler.recall import Recall
from crawler.retold import retold
from ledger.facts import Item, Page, Visit
from ledger.known import Known, Told
from ledger.words import How, Role

MAX_ARTICLES = 15
"""Articles opened for the days a list does not show, a column a run."""
_OLD_IN_A_ROW = 3


class OpenedDays:
    """Opens articles of one list. An article opened on an earlier night has told its day.

    `home` is the home page's canonical address. `covers_from` is, for a list without any day of
    its own, the day from which on it is known.
    """

    def __init__(self, asker: Asker, as_of: date, home: str, recall: Recall | None) -> None:
        self.asker = asker
        self.as_of = as_of
        self.home = home
        self.recall = recall
        self.visits: list[Visit] = []
        self.pages: list[Page] = []
        self.known: list[Known] = []
        self.covers_from: date | None = None
        self.detail = ""
        self._told: Mapping[str, Told] = {}

    async def complete(self, listed: Sequence[Item], back_to: date) -> list[Item]:
        """The items with the days their articles tell, the newest opened first."""
        items = list(listed)
        bare = [n for n, item in enumerate(items) if _bare(item)]
        if not bare:
            return items
        if all(items[n].day is not None for n in bare):
            bare.sort(key=lambda n: items[n].day or date.min, reverse=True)
        if self.recall:
            self._told = self.recall.told([items[n].url for n in bare])
        old = 0
        days: list[date | None] = []
        for n in bare:
            told = await self._dated(items[n])
            if told is None:
                break
            items[n] = told
            days.append(told.day)
            old = old + 1 if told.day is not None and told.day < back_to else 0
            if old >= _OLD_IN_A_ROW:
                break
        if len(bare) == len(items):
            self._cover(days, back_to if old >= _OLD_IN_A_ROW else None)
            if len(days) < len(bare) and old < _OLD_IN_A_ROW:
                self.detail = f"列表不显示日期，打开了{MAX_ARTICLES}篇正文读取日期"
        return items

    async def _dated(self, item: Item) -> Item | None:
        """The item with its article's day, where there is one; None where no more is opened."""
        told = self._told.get(item.url)
        if told is not None:
            return _with(item, told)
        if len(self.visits) >= MAX_ARTICLES:
            return None
        return await self._with_article_day(item)

    def _cover(self, days: Sequence[date | None], reached: date | None) -> None:
        """How far back the opened articles of a list without days reach."""
        known = [d for d in days if d is not None]
        if reached is not None:
            self.covers_from = reached
        elif known:
            self.covers_from = min(known) + timedelta(days=1)

    async def _with_article_day(self, item: Item) -> Item:
        answer = await self.asker.ask(item.url)
        article, outcome, detail = take(item.url, answer, self.as_of, self.home)
        visit = answer.visit
        if outcome is not visit.outcome:
            visit = replace(visit, outcome=outcome, detail=detail)
        self.visits.append(visit)
        if article is None:
            if self.recall and is_lasting(outcome):
                self.known.append(self.recall.missed(item.url, None, outcome))
            return item
        self.pages.append(page_of(item.url, article))
        if self.recall:
            self.known.append(self.recall.note(item.url, Role.PAGE, answer))
        return _with(item, Told(article.title, article.published, article.others))


def _with(item: Item, told: Told) -> Item:
    """The item as its article tells of it."""
    # A site map names no titles.
    item = replace(item, title=item.title or told.title)
    return item if told.published is None else retold(item, told.published, told.others)


def _bare(item: Item) -> bool:
    """Whether the list itself shows no day of an item that can be opened."""
    undated = (item.day is None and not item.fault) or item.how is How.ADDRESS
    return undated and not nameless(item)
