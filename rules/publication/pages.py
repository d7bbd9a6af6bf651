"""What the rules about pages share: whom a page belongs to, and when a change is everybody's."""

from __future__ import annotations

from ledger.facts import PageCheck
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
