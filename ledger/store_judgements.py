"""Judgements in the ledger.

A judgement is kept whole (verdicts, claims, clears). Beside that, two thin tables answer what a
finding's life needs: `claims` has every claim under its fingerprint, `clears` the clears of those
fingerprints that have ever fired for the site. A clear before the first claim changes nothing, so
the many subjects that were always in order cost no row. When a judgement brings a fingerprint that
never fired before, the clears of judgements of later days are added from their whole form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    or_,
    select,
)
from sqlalchemy.engine import Row

from ledger.codec import CARDS, CLAIM, CLEARS, PATH, TALLY, VERDICTS, pack, unpack
from ledger.engine import Database, upsert
from ledger.errors import LedgerError
from ledger.findings import Claim, Clear, Judgement
from ledger.life import fingerprint, subject_of
from ledger.schema import claims, clears, contents, judgements
from ledger.store_runs import keep_contents, run_of

_NEWEST_FIRST = (judgements.c.as_of.desc(), judgements.c.run_id.desc())
_KEY = (judgements.c.run_id, judgements.c.as_of)


class JudgementStore:
    """The judgements of a ledger, keyed by run and day, in the order of day, then of run."""

    _database: Database

    def save_judgement(self, judgement: Judgement) -> None:
        """Keep a judgement in place of any earlier one of the same run and day."""
        fired = [_fingerprint(judgement.site, claim) for claim in judgement.claims]
        clear = _prints(judgement.site, judgement.clears)
        with self._database.writing() as connection:
            _check_site(connection, judgement)
            upsert(connection, judgements, [_row(connection, judgement)])
            for table in (claims, clears):
                connection.execute(
                    delete(table).where(
                        table.c.run_id == judgement.run_id, table.c.as_of == judgement.as_of
                    )
                )
            known = _ever_fired(connection, judgement.site)
            upsert(connection, claims, _claim_rows(judgement, fired))
            known_now = known.union(fired)
            relevant = {mark: gone for mark, gone in clear.items() if mark in known_now}
            upsert(connection, clears, _clear_rows(judgement.site, judgement, relevant))
            _add_later_clears(connection, judgement, set(fired) - known)

    def judgement(self, run_id: int, as_of: date) -> Judgement | None:
        """What the rules said of a run on a day."""
        return _first(
            self._database,
            select(*_KEY).where(judgements.c.run_id == run_id, judgements.c.as_of == as_of),
        )

    def newest_judgement(self, site_key: str, as_of: date | None = None) -> Judgement | None:
        """The judgement of the latest day up to `as_of`, of the latest run if there are several."""
        query = select(*_KEY).where(judgements.c.site == site_key)
        if as_of is not None:
            query = query.where(judgements.c.as_of <= as_of)
        return _first(self._database, query.order_by(*_NEWEST_FIRST))

    def previous_judgement(self, judgement: Judgement) -> Judgement | None:
        """The last judgement before this one that is not of the same run."""
        return _first(
            self._database,
            select(*_KEY)
            .where(
                judgements.c.site == judgement.site,
                judgements.c.run_id != judgement.run_id,
                or_(
                    judgements.c.as_of < judgement.as_of,
                    and_(
                        judgements.c.as_of == judgement.as_of,
                        judgements.c.run_id < judgement.run_id,
                    ),
                ),
            )
            .order_by(*_NEWEST_FIRST),
        )


def _fingerprint(site: str, entry: Claim | Clear) -> str:
    return fingerprint(site, entry.code, entry.subject, entry.term)


def _check_site(connection: Connection, judgement: Judgement) -> None:
    run = run_of(connection, judgement.run_id)
    if run.site != judgement.site:
        raise LedgerError(
            f"第 {run.id} 次巡查属于站点 {run.site}，不能记下站点 {judgement.site} 的研判结果。"
            "请核对站点后重新运行 xuncha judge。"
        )


def _row(connection: Connection, judgement: Judgement) -> dict[str, Any]:
    subjects = tuple(subject_of(verdict.path) for verdict in judgement.verdicts)
    tally = () if judgement.texts is None else (TALLY.dump(judgement.texts),)
    cards, paths, *texts = keep_contents(
        connection, [CARDS.dump(judgement.cards), PATH.dump(subjects), *tally]
    )
    return {
        "run_id": judgement.run_id,
        "as_of": judgement.as_of,
        "site": judgement.site,
        "rule_set": judgement.rule_set,
        "cards": cards,
        "paths": paths,
        "verdicts": pack(VERDICTS.dump(judgement.verdicts)),
        "clears": pack(CLEARS.dump(judgement.clears)),
        "texts": texts[0] if texts else None,
    }


def _claim_rows(judgement: Judgement, prints: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "run_id": judgement.run_id,
            "as_of": judgement.as_of,
            "ordinal": ordinal,
            "site": judgement.site,
            "fingerprint": mark,
            "payload": CLAIM.dump(claim),
        }
        for ordinal, (claim, mark) in enumerate(zip(judgement.claims, prints, strict=True))
    ]


def _clear_rows(
    site: str, key: Judgement | Row[*tuple[Any, ...]], prints: Mapping[str, bool]
) -> list[dict[str, Any]]:
    return [
        {
            "run_id": key.run_id,
            "as_of": key.as_of,
            "fingerprint": mark,
            "site": site,
            "offline": gone,
        }
        for mark, gone in sorted(prints.items())
    ]


def _prints(site: str, entries: Iterable[Clear]) -> dict[str, bool]:
    """The fingerprints that are clear, and whether for want of a page to look at."""
    return {_fingerprint(site, entry): entry.offline for entry in entries}


def _ever_fired(connection: Connection, site: str) -> set[str]:
    query = select(claims.c.fingerprint).where(claims.c.site == site).distinct()
    return set(connection.execute(query).scalars())


def _add_later_clears(connection: Connection, judgement: Judgement, fresh: set[str]) -> None:
    """The clears of later judgements that mattered to nobody until these fingerprints fired."""
    if not fresh:
        return
    later = connection.execute(
        select(*_KEY, judgements.c.clears).where(
            judgements.c.site == judgement.site, _after(judgement)
        )
    ).all()
    for row in later:
        entries = _prints(judgement.site, CLEARS.load(unpack(row.clears)))
        prints = {mark: gone for mark, gone in entries.items() if mark in fresh}
        upsert(connection, clears, _clear_rows(judgement.site, row, prints), keep=True)


def _after(judgement: Judgement) -> ColumnElement[bool]:
    return or_(
        judgements.c.as_of > judgement.as_of,
        and_(judgements.c.as_of == judgement.as_of, judgements.c.run_id > judgement.run_id),
    )


def _first(database: Database, query: Select[*tuple[Any, ...]]) -> Judgement | None:
    with database.reading() as connection:
        key = connection.execute(query.limit(1)).first()
        return None if key is None else _judgement(connection, *key)


def _judgement(connection: Connection, run_id: int, as_of: date) -> Judgement:
    row = connection.execute(
        select(judgements, contents.c.body)
        .join(contents, contents.c.digest == judgements.c.cards)
        .where(judgements.c.run_id == run_id, judgements.c.as_of == as_of)
    ).one()
    texts = connection.execute(
        select(contents.c.body).where(contents.c.digest == row.texts)
    ).scalar_one_or_none()
    payloads = connection.execute(
        select(claims.c.payload)
        .where(claims.c.run_id == run_id, claims.c.as_of == as_of)
        .order_by(claims.c.ordinal)
    ).scalars()
    return Judgement(
        site=row.site,
        run_id=row.run_id,
        as_of=row.as_of,
        verdicts=VERDICTS.load(unpack(row.verdicts)),
        claims=tuple(CLAIM.load(payload) for payload in payloads),
        clears=CLEARS.load(unpack(row.clears)),
        cards=CARDS.load(unpack(row.body)),
        rule_set=row.rule_set,
        texts=None if texts is None else TALLY.load(unpack(texts)),
    )
