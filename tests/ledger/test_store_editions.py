"""Editions are kept for good, in order, each with its own content."""

from dataclasses import replace

import pytest

from ledger.editions import Edition
from ledger.errors import LedgerError


def test_editions_come_back_in_order_and_whole(ledger, make):
    first = Edition("a", "month", "2026-03", 1, make.start, "张三", "", '{"n": 1}\n')
    second = replace(first, number=2, reason="更名", model='{"n": 2}\n')
    ledger.save_editions([first])
    ledger.save_editions([second, replace(first, period="2026-04")])
    assert ledger.editions("a", "month", "2026-03") == [first, second]
    assert ledger.editions("b", "month", "2026-03") == []


def test_an_edition_is_never_replaced(ledger, make):
    first = Edition("a", "month", "2026-03", 1, make.start, "张三", "", "{}")
    ledger.save_editions([first])
    with pytest.raises(LedgerError):
        ledger.save_editions([replace(first, number=2), replace(first, model="[]")])
    assert ledger.editions("a", "month", "2026-03") == [first]
