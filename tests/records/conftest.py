"""Answers of interfaces are of an invented district; the day on which they are read is fixed."""

from __future__ import annotations

from datetime import date

import pytest


@pytest.fixture
def today() -> date:
    return date(2031, 4, 20)
