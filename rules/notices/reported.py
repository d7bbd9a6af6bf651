"""The entries of notices fault by fault: the same one in several notices is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.findings import Place
from ledger.notices import UNVERIFIED, Notice, NoticeItem, NoticeKind, Sight
from ledger.words import Severity
from rules.base import Case
from rules.notices.naming import key_of, own_mark
from rules.wording import clip, day_words

_GRAVE = (("严重", Severity.SEVERE), ("轻微", Severity.LIGHT), ("提示", Severity.LIGHT))


@dataclass(frozen=True, slots=True)
class Reported:
    """One fault as the newest notice tells it.

    `since` is the last day on which a vendor saw it: only a later look can show it is mended.
    `ours` says that a finding of our own speaks for it, `doubtful` that no vendor was sure.
    """

    notice: Notice
    item: NoticeItem
    since: date
    times: int
    ours: bool
    doubtful: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Subject and term of the finding."""
        _, subject, term = key_of(self.item)
        return subject, term

    @property
    def severity(self) -> Severity:
        """As grave as the vendor calls it."""
        said = f"{self.item.severity_text}{self.item.kind_text}"
        return next((grave for word, grave in _GRAVE if word in said), Severity.GENERAL)

    def opening(self) -> str:
        """Who told it, in which file, of which day."""
        vendor, name = clip(self.notice.vendor, 40), clip(self.notice.name, 60)
        more = f"（共 {self.times} 次通报）" if self.times > 1 else ""
        return f"{vendor}{day_words(self.notice.day)}的通报《{name}》{more}指出"

    def said(self) -> str:
        """What the newest notice says of how it stands, as sentences."""
        doubt = "通报写明存疑，由人工判断。" if self.doubtful else ""
        mended = clip(self.item.said_mended, 40)
        return doubt + (f"通报写明“{mended}”，以巡查核实为准。" if mended else "")

    def place(self, sight: Sight | None) -> tuple[Place, ...]:
        """Where it stands, as the portal spells the address where it is known."""
        url = sight.url if sight is not None else self.item.url
        return (Place(url, _excerpt(self.item)),) if url else ()


def reported(case: Case, *kinds: NoticeKind) -> Iterator[Reported]:
    """The faults of these kinds, in the order in which they were first told."""
    told: dict[tuple[str, str, str], list[tuple[Notice, NoticeItem]]] = {}
    for notice in case.notices.notices:
        for item in notice.items:
            if item.kind in kinds:
                told.setdefault(key_of(item), []).append((notice, item))
    site = case.facts.site.key
    for found in told.values():
        notice, item = found[-1]
        days = [min(i.found_on or n.day, n.day) for n, i in found]
        marks = {own_mark(site, i) for _, i in found}
        settled = any(i.matched_on is not None and i.matched_on <= case.day for _, i in found)
        yield Reported(
            notice=notice,
            item=item,
            since=max(days),
            times=len({n.digest for n, _ in found}),
            doubtful=all(i.doubtful for _, i in found),
            ours=settled or bool(marks & case.matched.keys()),
        )


def unseen(sight: Sight | None, since: date) -> str:
    """Why we cannot say whether it still stands, as a sentence."""
    if sight is None or sight.last_on is None:
        return f"本次{UNVERIFIED}：巡查还没有读到这个地址。"
    if sight.outcome is not None and sight.last_on > since and sight.last_on != sight.read_on:
        return f"本次{UNVERIFIED}：{day_words(sight.last_on)}访问时{sight.outcome.label}。"
    return f"本次{UNVERIFIED}：{day_words(since)}以后还没有重新读到这个地址。"


def _excerpt(item: NoticeItem) -> str:
    """The sentence with the wrong part marked, or the wrong part alone."""
    if not item.wrong:
        return clip(item.context or item.title or item.kind_text, 120)
    before, found, after = item.context.partition(item.wrong)
    if not found:
        return f"【{item.wrong}】"
    return f"{clip(before[-24:])}【{item.wrong}】{clip(after[:24])}"
