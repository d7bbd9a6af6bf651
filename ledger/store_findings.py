"""Findings: the claims of all judgements, each with its life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.engine import Row

from ledger.codec import CARDS, CLAIM, PATH, unpack
from ledger.engine import Database
from ledger.findings import Claim, Finding, RuleCard
from ledger.life import Event, Life, Roll, advance, histories, reviewed
from ledger.reviews import Standing
from ledger.schema import claims, clears, contents, judgements
from ledger.store_notices import merged_marks
from ledger.store_reviews import standings
from ledger.trend import FindingCount, finding_counts

_Rows = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class _Until:
    """The last judgement that counts: of a day, and on that day of the runs up to one."""

    day: date
    run: int | None

    def holds(self, table: Table) -> ColumnElement[bool]:
        """Whether a row of a table keyed by day and run counts."""
        if self.run is None:
            return table.c.as_of <= self.day
        last = and_(table.c.as_of == self.day, table.c.run_id <= self.run)
        return or_(table.c.as_of < self.day, last)


_UNSAID = Standing()


class FindingStore:
    """The findings of a ledger. None is stored: they follow from the judgements."""

    _database: Database

    def findings(
        self, site_key: str, as_of: date | None = None, run_id: int | None = None
    ) -> list[Finding]:
        """Every finding of a site as it stood after the judgements up to `as_of`.

        A site may be inspected twice a day: with `run_id` the later runs of that day do not count.
        The gravest come first, then by rule, subject and fingerprint. A finding's name and the
        number of runs that confirm it come from the newest judgement that knows its rule. What a
        vendor's notice found and one of our own findings speaks for is not told twice.
        """
        until = _Until(date.max if as_of is None else as_of, run_id)
        with self._database.reading() as connection:
            judged = _judged(connection, site_key, until)
            latest = _latest_claims(connection, site_key, until)
            events = _events(connection, site_key, until)
            cards = _cards(connection, judged)
            rolls = _rolls(connection, judged)
            words = standings(connection, site_key, until.day)
            merged = merged_marks(connection, site_key, until.day)
        subjects = {mark: claim.subject for mark, claim in latest.items()}
        found: list[Finding] = []
        for mark, history in histories(events, subjects, rolls):
            if mark in merged:
                continue
            claim = latest[mark]
            card = cards.get(claim.code) or _card_of(claim)
            life = advance(history, 0 if claim.doubtful else card.confirm_after)
            if life is not None:
                said = words.get(mark, _UNSAID)
                if not said.holds(life.last_seen):
                    said = replace(said, word=None, until=None)
                found.append(_finding(mark, site_key, claim, card, reviewed(life, said), said))
        return sorted(found, key=_order)

    def finding_counts(self, site_key: str, days: Sequence[date]) -> list[FindingCount]:
        """How many confirmed findings stood open at the end of `days`, given in order.

        The first day only begins the counting; days since whose forerunner nothing was judged are
        left out.
        """
        if not days:
            return []
        until = _Until(days[-1], None)
        with self._database.reading() as connection:
            judged = _judged(connection, site_key, until)
            latest = _latest_claims(connection, site_key, until)
            events = _events(connection, site_key, until)
            cards = _cards(connection, judged)
            rolls = _rolls(connection, judged)
            said = {day: standings(connection, site_key, day) for day in days}
        subjects = {mark: claim.subject for mark, claim in latest.items()}
        tracks = (
            (mark, history, _confirm_after(latest[mark], cards))
            for mark, history in histories(events, subjects, rolls)
        )
        return finding_counts(tracks, [row.as_of for row in judged], days, said)


def _confirm_after(claim: Claim, cards: Mapping[str, RuleCard]) -> int:
    """How many runs confirm a claim; 0 where only a person can."""
    return 0 if claim.doubtful else (cards.get(claim.code) or _card_of(claim)).confirm_after


def _judged(connection: Connection, site: str, until: _Until) -> _Rows:
    """The judgements, oldest first, without their bodies."""
    return connection.execute(
        select(judgements.c.run_id, judgements.c.as_of, judgements.c.cards, judgements.c.paths)
        .where(judgements.c.site == site, until.holds(judgements))
        .order_by(judgements.c.as_of, judgements.c.run_id)
    ).all()


def _events(connection: Connection, site: str, until: _Until) -> dict[str, list[Event]]:
    """By fingerprint, for those that fired; a clear that follows a clear is left in the database.

    Most subjects are in order most nights, so this spares reading nearly every row.
    """
    said = union_all(
        _marks(claims, literal(False), True, site, until),
        _marks(clears, clears.c.offline, False, site, until),
    ).subquery()
    before = func.lag(said.c.fired).over(
        partition_by=said.c.fingerprint, order_by=(said.c.as_of, said.c.run_id, said.c.fired)
    )
    told = select(said, before.label("before")).subquery()
    rows = connection.execute(
        select(told.c.fingerprint, told.c.as_of, told.c.run_id, told.c.fired, told.c.offline).where(
            or_(told.c.fired, told.c.before)
        )
    )
    events: dict[str, list[Event]] = {}
    for mark, day, run, fired, offline in rows:
        events.setdefault(mark, []).append(Event(day, run, fired, offline))
    return events


def _marks(
    table: Table, offline: ColumnElement[bool], fired: bool, site: str, until: _Until
) -> Select[*tuple[Any, ...]]:
    return select(
        table.c.fingerprint,
        table.c.as_of,
        table.c.run_id,
        literal(fired).label("fired"),
        offline.label("offline"),
    ).where(table.c.site == site, until.holds(table))


def _latest_claims(connection: Connection, site: str, until: _Until) -> dict[str, Claim]:
    """What was last claimed under each fingerprint."""
    rank = func.rank().over(
        partition_by=claims.c.fingerprint,
        order_by=(claims.c.as_of.desc(), claims.c.run_id.desc()),
    )
    ranked = (
        select(claims.c.fingerprint, claims.c.ordinal, claims.c.payload, rank.label("rank"))
        .where(claims.c.site == site, until.holds(claims))
        .subquery()
    )
    rows = connection.execute(
        select(ranked.c.fingerprint, ranked.c.payload)
        .where(ranked.c.rank == 1)
        .order_by(ranked.c.fingerprint, ranked.c.ordinal)
    )
    latest: dict[str, Claim] = {}
    for mark, payload in rows:
        claim = CLAIM.load(payload)
        latest[mark] = _merged(latest[mark], claim) if mark in latest else claim
    return latest


def _merged(first: Claim, again: Claim) -> Claim:
    """One claim of two a judgement made of the same thing: places add up, the gravest speaks."""
    speaker = max(first, again, key=lambda claim: claim.severity.rank)
    return replace(speaker, count=first.count + again.count, places=first.places + again.places)


def _cards(connection: Connection, judged: _Rows) -> dict[str, RuleCard]:
    """The rules by code, as the newest judgement that knows each describes it."""
    bodies = _bodies(connection, {row.cards for row in judged})
    cards: dict[str, RuleCard] = {}
    for key in dict.fromkeys(row.cards for row in reversed(judged)):
        for card in CARDS.load(bodies[key]):
            cards.setdefault(card.code, card)
    return cards


def _rolls(connection: Connection, judged: _Rows) -> list[Roll]:
    """Which judgement looked at which columns; a roster rarely changes, so few sets are read."""
    bodies = _bodies(connection, {row.paths for row in judged})
    columns = {key: frozenset(PATH.load(body)) for key, body in bodies.items()}
    return [Roll(row.as_of, row.run_id, columns[row.paths]) for row in judged]


def _bodies(connection: Connection, keys: set[bytes]) -> dict[bytes, str]:
    query = select(contents.c.digest, contents.c.body).where(contents.c.digest.in_(sorted(keys)))
    return {key: unpack(body) for key, body in connection.execute(query)}


def _card_of(claim: Claim) -> RuleCard:
    """Stands in for the card of a rule no judgement described."""
    return RuleCard(claim.code, claim.code, 1, claim.severity, claim.basis)


def _finding(
    mark: str, site: str, claim: Claim, card: RuleCard, life: Life, said: Standing
) -> Finding:
    return Finding(
        fingerprint=mark,
        site=site,
        code=claim.code,
        name=card.name,
        severity=claim.severity,
        state=life.state,
        subject=claim.subject,
        message=claim.message,
        basis=claim.basis,
        unit=claim.unit,
        first_seen=life.first_seen,
        last_seen=life.last_seen,
        count=claim.count,
        places=claim.places,
        advice=claim.advice,
        resolved_on=life.resolved_on,
        term=claim.term,
        doubtful=claim.doubtful,
        review=said.word,
        confirmed_on=life.confirmed_on,
        offline=life.offline,
        accepted_until=said.until,
        assigned=said.unit,
        in_report=said.in_report,
        veto=said.veto,
        note=said.note,
        recognised=claim.recognised,
        removed=life.removed,
    )


def _order(finding: Finding) -> tuple[int, str, str, str]:
    return (-finding.severity.rank, finding.code, finding.subject, finding.fingerprint)
