"""Editions (版次): papers of closed periods as they were handed over, kept for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a paper. `period` is the label of its period, `number` counts from 1.

    `reason` says why it replaces the edition before; `model` is the paper's model as JSON.
    """

    site: str
    paper: str
    period: str
    number: int
    at: datetime
    by: str
    reason: str
    model: str
