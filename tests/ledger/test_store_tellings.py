"""A channel is remembered by a hash; its address, a secret, is nowhere in the ledger."""

from dataclasses import replace
from datetime import date, timedelta

from ledger.notify import NotifyPolicy

SECRET = "wecombot://SECRET-KEY"


def test_the_last_message_that_arrived_counts(ledger, make):
    assert ledger.last_told(SECRET) is None
    first, second = date(2026, 3, 19), date(2026, 3, 20)
    later = make.start + timedelta(days=1)
    ledger.save_telling(SECRET, first, make.start, "一", sent=True)
    ledger.save_telling(SECRET, second, later, "二", sent=False, detail="拒绝")
    assert ledger.last_told(SECRET) == (first, make.start)
    ledger.save_telling(SECRET, second, later, "二", sent=True)
    assert ledger.last_told(SECRET) == (second, later)
    assert ledger.last_told("wecombot://OTHER") is None


def test_a_run_does_not_keep_whom_the_site_tells(ledger, make):
    site = replace(make.site(), notify=NotifyPolicy((SECRET,)))
    run = ledger.begin_run(site, date(2026, 3, 20), make.start)
    assert SECRET not in repr(ledger.facts(run.id))
    assert ledger.facts(run.id).site.notify == NotifyPolicy()
