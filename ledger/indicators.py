"""Rows of the inspection indicators (检查指标) and how each stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Machine(StrEnum):
    """How far a program can decide a row of the indicators."""

    AUTO = "auto"  # looked at in full, where everything could be looked at
    ASSISTED = "assisted"  # may show that there is a fault, never that there is none
    MANUAL = "manual"  # people only

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return _MACHINE_LABELS[self]


_MACHINE_LABELS = {
    Machine.AUTO: "机器检查",
    Machine.ASSISTED: "机器辅助，人工核查",
    Machine.MANUAL: "人工检查",
}


@dataclass(frozen=True, slots=True)
class IndicatorStand:
    """How one row of the indicators stands (检查情况): found, not found, or not checked.

    `part` is 单项否决指标, 扣分指标 or 加分指标, `group` the heading below it. `found` is None
    where it was not checked; `why` says in Chinese sentences what could not be looked at, or what
    else bears on the row. `decided` is False where a fault was found and only a person can say
    that the row is fulfilled by it. `evidence` names what was found, with addresses;
    `fingerprints` are the findings it counts. `verified` says that text and points were read in
    the standard; `points` is empty where they are not known.
    """

    id: str
    part: str
    name: str
    text: str
    basis: str
    verified: bool
    veto: bool
    found: bool | None
    why: str = ""
    evidence: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    group: str = ""
    level: Machine = Machine.MANUAL
    points: str = ""
    decided: bool = True
