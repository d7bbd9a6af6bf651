"""The life of a finding across runs: suspected, confirmed, resolved, recurred.

Nothing here is stored. A state follows from the history of judgements alone, so judging again
after a rule changed, or a day in the past, needs no repair of what was written before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger.codec import clean
from ledger.reviews import Standing
from ledger.site import ColumnPath
from ledger.words import ReviewWord, State


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """What one judgement said of one fingerprint: it fired, or it was looked at and clear.

    `offline` says of a clear that the page is gone, `removed` that nobody looked because the
    column has left the roster.
    """

    as_of: date
    run_id: int
    fired: bool
    offline: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """Where a finding stands after its history. The days are as-of days of judgements.

    `confirmed_on` is the day of its first confirmation, or of its last return; kept when resolved.
    `began` is the day it was first seen, or seen again after it had been resolved.
    """

    state: State
    first_seen: date
    last_seen: date
    resolved_on: date | None = None
    confirmed_on: date | None = None
    offline: bool = False
    began: date | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Roll:
    """Which judgement looked at which columns; `columns` holds subjects, not paths."""

    as_of: date
    run_id: int
    columns: frozenset[str]


def fingerprint(site: str, code: str, subject: str, term: str = "") -> str:
    """What stays of a finding across runs: 16 hex digits of site, rule, subject and term."""
    # JSON keeps the four apart whatever characters a portal put into them; cleaned, because the
    # text comes back from the ledger that way.
    parts = [clean(part) for part in (site, code, subject, term)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def subject_of(path: ColumnPath) -> str:
    """A column as the subject of a claim."""
    return " > ".join(path)


def advance(history: Iterable[Event], confirm_after: int) -> Life | None:
    """The life that follows from `history`, given in the order of (as_of, run_id).

    A finding is suspected until it has fired in `confirm_after` different runs; one run judged on
    several days counts once. With 0 it stays suspected: the rule only asks a person to look. A
    clear resolves it, suspected or not. Firing after that makes it recurred, or suspected once more
    while it has not yet fired in enough runs: a link that failed in one night only is no fault that
    came back. None where it never fired.
    """
    state: State | None = None
    runs: set[int] = set()
    first = last = resolved = confirmed = began = None
    returned = offline = removed = False
    for event in history:
        if event.fired:
            if state is State.RESOLVED:
                returned, confirmed, began = True, None, None
            runs.add(event.run_id)
            first, began = first or event.as_of, began or event.as_of
            last, resolved, offline, removed = event.as_of, None, False, False
            if not confirm_after or len(runs) < confirm_after:
                state = State.SUSPECTED
            else:
                state = State.RECURRED if returned else State.CONFIRMED
                confirmed = confirmed or event.as_of
        elif state not in (None, State.RESOLVED):
            state, resolved = State.RESOLVED, event.as_of
            offline, removed = event.offline, event.removed
    if state is None or first is None or last is None:
        return None
    return Life(state, first, last, resolved, confirmed, offline, began, removed)


def reviewed(life: Life, said: Standing) -> Life:
    """The life with a person's last word: a false alarm is none, a true one needs no more proof.

    What has been mended stays mended, and what was put off is nobody's duty until its day.
    """
    if said.word is ReviewWord.DISMISSED:
        return replace(life, state=State.DISMISSED)
    if said.word is None:
        return life
    # What came back is nobody's fault on the days it was gone, whoever confirmed it before.
    began = life.began or life.first_seen
    day = max(said.since or began, began)
    if life.state is State.RESOLVED:
        # A person's word counts where it came before the end.
        if life.confirmed_on or life.resolved_on is None or life.resolved_on < day:
            return life
        return replace(life, confirmed_on=day)
    if said.word is ReviewWord.ACCEPTED:
        return replace(life, state=State.ACCEPTED, confirmed_on=life.confirmed_on or day)
    if life.state is State.SUSPECTED:
        return replace(life, state=State.CONFIRMED, confirmed_on=life.confirmed_on or day)
    return life


def histories(
    events: Mapping[str, Sequence[Event]],
    subjects: Mapping[str, str],
    rolls: Sequence[Roll],
) -> Iterator[tuple[str, list[Event]]]:
    """Each fingerprint with its events in order, departures from the roster included.

    `subjects` gives the subject of a fingerprint. A subject that some roll lists as a column and a
    later roll does not has left the roster: nobody owes that column any more, which ends its
    findings, though nobody mended them. Subjects no roll ever listed are addresses, and only the
    rule itself can clear them. An empty roll says nothing.
    """
    told = [roll for roll in rolls if roll.columns]
    ever: frozenset[str] = frozenset().union(*{roll.columns for roll in told})
    always: frozenset[str] = ever.intersection(*{roll.columns for roll in told})
    for key, seen in events.items():
        subject = subjects.get(key, "")
        departed = _departures(subject, told) if subject in ever - always else ()
        yield key, _in_order([*seen, *departed])


def _departures(subject: str, rolls: Sequence[Roll]) -> Collection[Event]:
    gone = [roll for roll in rolls if subject not in roll.columns]
    return [Event(roll.as_of, roll.run_id, False, removed=True) for roll in gone]


def _in_order(events: Iterable[Event]) -> list[Event]:
    """By judgement; where one judgement says both, that it fired is what counts."""
    best: dict[tuple[date, int], Event] = {}
    for event in events:
        key = (event.as_of, event.run_id)
        if key not in best or event.fired:
            best[key] = event
    return [best[key] for key in sorted(best)]
