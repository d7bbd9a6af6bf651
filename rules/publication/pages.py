"""What the rules about pages share: whom a page belongs to, and when a change is everybody's."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.facts import PageCheck
from ledger.words import PageState
from rules.base import Case
from rules.standards import Standards
from rules.wording import subject_of


def unit_of(check: PageCheck, case: Case) -> str:
    """The unit of the first column that lists the page."""
    units = {verdict.path: verdict.unit for verdict in case.verdicts}
    return next((units[path] for path in check.paths if path in units), "")


def on_columns(check: PageCheck) -> str:
    """`（栏目“甲”）`, or nothing where no list holds the page."""
    if not check.paths:
        return ""
    more = f"等{len(check.paths)}个栏目" if len(check.paths) > 1 else ""
    return f"（栏目“{subject_of(check.paths[0])}”{more}）"


def is_mass(changed: int, read: int, numbers: Standards) -> bool:
    """Whether so many of the pages read again have changed that it is not for each its own."""
    watching = numbers.watching
    return read >= watching.mass_pages and changed >= read * watching.mass_share


def lost_at_once(checks: Iterable[PageCheck], numbers: Standards) -> bool:
    """Whether so many pages are gone that the portal has failed or moved, not each page ended."""
    answered = [check.state for check in checks if check.state is not PageState.UNREADABLE]
    return is_mass(answered.count(PageState.LOST), len(answered), numbers)
