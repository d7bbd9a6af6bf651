"""What every variant is played with: items with days, whole pages around them, articles, truths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from demo import prose
from demo.frame import cn, cut
from demo.limits import standing
from demo.reply import Reply, Request, html
from demo.variants.base import Route, Told, Variant
from demo.variants.dresses import DRESSES, ORDER, Dress
from ledger.words import Frequency

_SIDE_TOPICS = ("district", "region", "notice", "reading")


@dataclass(frozen=True, slots=True)
class Notice:
    """One item: `at` is its address path, `day` the day it was published, `token` its number."""

    title: str
    at: str
    day: date
    token: int
    source: str

    @property
    def short(self) -> str:
        """The title as narrow lists cut it."""
        return cut(self.title, 18)


class Stage:
    """One variant on one day. Contents depend on the variant and the day alone."""

    def __init__(self, variant: Variant, as_of: date, dress: str | None = None) -> None:
        self.variant = variant
        self.folder = variant.folder
        self.as_of = as_of
        self.routes: dict[str, Route] = {}
        self.dress: Dress = DRESSES[dress or ORDER[variant.number % len(ORDER)]]
        self._taken: set[str] = set()
        self._token = 20_000 * variant.number
        # Newer than any list: what is taken from a side box is taken wrongly, and shows.
        self.latest = self._beside(7, age=0)
        self.hot = self._beside(6, age=9)

    def at(self, path: str) -> str:
        """The address of `path` inside the variant's folder; a path from the root and an address
        of another host stay.
        """
        return path if path.startswith(("/", "http://", "https://")) else self.folder + path

    def ago(self, days: int) -> date:
        """The day so many days before the as-of day."""
        return self.as_of - timedelta(days=days)

    def rng(self, name: str) -> Random:
        """Chance that stays the same for a name."""
        return Random(f"{self.variant.slug}|{name}|{self.as_of.isoformat()}")

    def notices(
        self,
        topic: str,
        count: int,
        *,
        age: int,
        every: int,
        at: str | Callable[[date, int], str] = "content_{token}.html",
        article: bool = True,
    ) -> tuple[Notice, ...]:
        """Items of one column, newest first; the newest is `age` days old, the next follow about
        `every` days apart. `at` makes their addresses of `day`, `ym`, `ymd` and `token`. Each has
        a page of its own unless `article` is False.
        """
        rng = self.rng(f"{topic}{count}{age}{every}")
        found: list[Notice] = []
        days = age
        for _ in range(count):
            day = self.ago(days)
            found.append(self.notice(prose.title(topic, day, rng, self._taken), day, at, topic))
            days += rng.randint(max(1, every // 2), max(1, every + every // 2))
        if article:
            self.publish(found)
        return tuple(found)

    def notice(
        self,
        title: str,
        day: date,
        at: str | Callable[[date, int], str] = "content_{token}.html",
        topic: str = "notice",
    ) -> Notice:
        """One item with an address, without a page."""
        self._token += 1
        token = self._token
        path = (
            at.format(day=day, ym=f"{day:%Y%m}", ymd=f"{day:%Y%m%d}", token=token)
            if isinstance(at, str)
            else at(day, token)
        )
        return Notice(title, self.at(path), day, token, prose.source(topic))

    def publish(self, notices: Iterable[Notice]) -> None:
        """Give items a page of their own at their addresses."""
        for notice in notices:
            self.routes[notice.at] = partial(self._article, notice)

    def _article(self, notice: Notice, request: Request) -> Reply:
        return self.article(notice)

    def article(self, notice: Notice) -> Reply:
        """The page of one item."""
        rng = self.rng(f"article{notice.token}")
        text = "\n".join(f"<p>　　{p}</p>" for p in prose.paragraphs(notice.day, rng, 3))
        body = (
            f'<div class="article"><h1>{notice.title}</h1>'
            f'<div class="xx">发布时间：{notice.day} {rng.randint(9, 18):02d}:'
            f"{rng.randint(0, 59):02d}　来源：{notice.source}　"
            f"浏览次数：{rng.randint(20, 900)}</div>"
            f'<div class="TRS_Editor">{text}<p style="text-align:right">{notice.source}</p>'
            f'<p style="text-align:right">{cn(notice.day - timedelta(days=2))}</p></div></div>'
        )
        return html(self.page(notice.title, body, crumbs=("正文",)))

    def page(
        self,
        title: str,
        content: str,
        *,
        crumbs: Sequence[str | tuple[str, str]] = (),
        tree: Sequence[tuple[str, str]] = (),
        head: str = "",
        dress: str | None = None,
        charset: str = "utf-8",
        side: bool = True,
    ) -> str:
        """A whole page around `content`: clock, menu, breadcrumb, column tree, side boxes, footer.

        `crumbs` follow 首页, names or (name, address); `tree` are sibling columns in the side menu;
        `head` goes into the head. The dress is the variant's own unless another is named.
        """
        chosen = DRESSES[dress] if dress else self.dress
        return chosen(
            stage=self,
            title=title,
            content=content,
            crumbs=[(c, "") if isinstance(c, str) else c for c in crumbs],
            tree=tree,
            head=head,
            charset=charset,
            side=side,
        )

    def one(self, text: str) -> Route:
        """A route that always answers with the same page."""
        reply = html(text)
        return lambda request: reply

    def paged(
        self,
        notices: Sequence[Notice],
        size: int,
        at: Callable[[int], str],
        page: Callable[[Sequence[Notice], int, int], str],
    ) -> dict[str, Route]:
        """A list over as many pages as it needs: `at` says where page `number` (from 1) lies and
        `page` prints its items, given its number and how many pages there are.
        """
        parts = [notices[n : n + size] for n in range(0, len(notices), size)]
        return {
            at(number): self.one(page(part, number, len(parts)))
            for number, part in enumerate(parts, 1)
        }

    def told(
        self,
        name: str,
        at: str,
        frequency: Frequency,
        notices: Sequence[Notice],
        **known: Any,
    ) -> Told:
        """The truth of a column that holds `notices`; `known` overrides or adds to it."""
        seen = [n for n in notices if n.day <= self.as_of]
        last = max((n.day for n in seen), default=None)
        truth: dict[str, Any] = {
            "path": (self.variant.name, name),
            "at": self.at(at),
            "frequency": frequency,
            "verdict": standing(frequency, last, self.as_of),
            "last_updated": last,
            "newest": tuple(n.title for n in seen if n.day == last),
            "items": len(notices),
        }
        return Told(**{**truth, **known})

    def _beside(self, count: int, *, age: int) -> tuple[Notice, ...]:
        rng = self.rng(f"beside{age}")
        found = []
        for place in range(count):
            topic = rng.choice(_SIDE_TOPICS)
            day = self.ago(age + place // 3)
            title = prose.title(topic, day, rng, self._taken)
            found.append(self.notice(title, day, "qt/{ym}/content_{token}.html", topic))
        self.publish(found)
        return tuple(found)


def contents(listed: Sequence[tuple[Variant, Sequence[Told]]]) -> Reply:
    """A list of all variants, for people."""
    rows = "".join(
        f"<li>{variant.number:02d} {variant.name}："
        + "　".join(f'<a href="{told.at}">{told.path[-1]}</a>' for told in columns)
        + "</li>"
        for variant, columns in listed
    )
    return html(f"<title>列表版式</title><h1>列表版式</h1><ul>{rows}</ul>")
