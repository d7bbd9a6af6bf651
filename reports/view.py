"""What the pages of every paper need besides their model, derived from it alone."""

from __future__ import annotations

from typing import Any

from reports.base import Model
from reports.wording import MEANINGS, PROBLEMS, VERDICT_ORDER, verdict_word


def common_view(model: Model) -> dict[str, Any]:
    """The model as `m` with its rows by number, its tiles and the units to filter by."""
    counted = model["totals"]["by_verdict"]
    return {
        "m": model,
        "by_no": {row["no"]: row for row in model["columns"]},
        "tiles": [
            {
                "key": verdict.value,
                "word": verdict_word(verdict),
                "count": counted[verdict.value],
                "meaning": MEANINGS[verdict],
            }
            for verdict in VERDICT_ORDER
        ],
        "problem_verdicts": [verdict.value for verdict in PROBLEMS],
        "unit_names": sorted(unit["unit"] for unit in model["units"]),
    }
