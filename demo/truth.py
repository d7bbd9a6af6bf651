"""What is true of every column: counted from what was put in, never read back from a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demo.faults import Fault, Passage, faults
from demo.limits import standing
from demo.model import Board
from demo.parts import Standing
from demo.portal import Portal
from ledger.site import ColumnPath
from ledger.words import Outcome, Verdict

_UNSEEN = {
    Standing.BLOCKED: Outcome.BLOCKED,
    Standing.TIMEOUT: Outcome.TIMEOUT,
    Standing.SERVER_ERROR: Outcome.SERVER_ERROR,
    Standing.RESET: Outcome.REFUSED,
    Standing.NOT_RENDERED: Outcome.NOT_RENDERED,
}
_GONE = {Standing.GONE, Standing.SOFT_GONE}
_EMPTY = {Standing.BLANK, Standing.BUILDING}


@dataclass(frozen=True, slots=True)
class Truth:
    """How a column really stands. `items` counts its whole list, None where it has no list."""

    path: ColumnPath
    verdict: Verdict
    reason: Outcome | None
    last_updated: date | None
    items: int | None
    url_path: str


def truth(portal: Portal) -> dict[ColumnPath, Truth]:
    """The truth of every column of the table, in its order."""
    return {path: _of(portal, board) for path, board in portal.boards.items()}


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault of wording that stands on the portal, with the address paths of all pages with it."""

    fault: Fault
    unit: str
    pages: tuple[str, ...]


def planted(portal: Portal) -> list[Planted]:
    """The faults of wording on the portal, in the order in which they were put in."""
    return [] if portal.mended else [_planted(portal, fault) for fault in faults()]


def _planted(portal: Portal, fault: Fault) -> Planted:
    board = portal.boards[fault.path]
    pages = (e.at for e in board.entries if any(_holds(p, fault) for p in e.planted))
    return Planted(fault, board.part.row.unit, tuple(pages))


def _holds(passage: Passage, fault: Fault) -> bool:
    return fault.wrong in passage.text or fault.wrong == passage.address


def home_newest(portal: Portal) -> date | None:
    """The newest publication day among the items the home page shows."""
    shown = portal.frame.node(("首页",)).children
    return _newest(portal, [node.path for node in shown])


def _of(portal: Portal, board: Board) -> Truth:
    verdict, reason = _verdict(portal, board)
    judged = verdict in (Verdict.ON_TIME, Verdict.OVERDUE, Verdict.AS_NEEDED)
    return Truth(
        path=board.path,
        verdict=verdict,
        reason=reason,
        last_updated=_last(portal, board) if judged else None,
        items=len(board.entries) if _has_list(board) else None,
        url_path=board.part.at,
    )


def _has_list(board: Board) -> bool:
    return board.part.family not in ("single", "channel", "jump") and (
        board.live or board.part.state is Standing.BLANK
    )


def _verdict(portal: Portal, board: Board) -> tuple[Verdict, Outcome | None]:
    part = board.part
    if not portal.allows(part.at):
        return Verdict.NOT_CHECKED, Outcome.ROBOTS
    if part.state.jumps:
        return _jump(portal, part.to)
    if part.state in _UNSEEN:
        return Verdict.NOT_CHECKED, _UNSEEN[part.state]
    if part.state in _GONE:
        return Verdict.UNREACHABLE, None
    if part.state in _EMPTY:
        return Verdict.BLANK, None
    return standing(part.row.frequency, _last(portal, board), portal.as_of), None


def _jump(portal: Portal, to: str) -> tuple[Verdict, Outcome | None]:
    """A jump is as good as what it leads to."""
    if not portal.allows(to):
        return Verdict.NOT_CHECKED, Outcome.ROBOTS
    target = next((b for b in portal.boards.values() if b.part.at == to and b.part.to != to), None)
    if target is None:
        there = any(page.at == to for page in portal.cast.outside)
        return (Verdict.JUMP_OK if there else Verdict.JUMP_BROKEN), None
    if target.part.state in _UNSEEN:
        return Verdict.NOT_CHECKED, _UNSEEN[target.part.state]
    return (Verdict.JUMP_BROKEN if target.part.state in _GONE else Verdict.JUMP_OK), None


def _last(portal: Portal, board: Board) -> date | None:
    if board.part.family != "channel":
        return board.newest(portal.as_of)
    return _newest(portal, [node.path for node in portal.frame.node(board.path).children])


def _newest(portal: Portal, paths: list[ColumnPath]) -> date | None:
    """The newest day among columns, as a page that gathers their items shows it."""
    shown = [portal.boards[path] for path in paths if path in portal.boards]
    days = [board.newest(portal.as_of) for board in shown if board.live and board.entries]
    return max((day for day in days if day is not None), default=None)
