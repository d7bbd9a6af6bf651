"""The monthly column table as a Word file: landscape, its header on every page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from reports.base import Model
from reports.charts import Chart, for_word
from reports.columns import spread
from reports.safe import line
from reports.word import document
from reports.wording import MEANINGS, SOON, SOON_WORD, VERDICT_ORDER, verdict_word

LEVELS = 4
"""The levels a sheet of paper has room for; what lies deeper stands in the last."""

# A row longer than a page cannot be kept together; the page and the workbook hold all of it.
_CELL = 120


def word_file(model: Model, charts: Mapping[str, Chart], templates: Path | None) -> bytes:
    """The model as a DOCX file."""
    told, pictures = for_word(charts)
    titled = f"{model['site']['name']}{model['month_word']}{model['title']}"
    return document(
        model["paper"],
        model | told | {"heading": titled, **_view(model)},
        title=titled,
        made=model["run"]["finished"],
        pictures=pictures,
        templates=templates,
    )


def _view(model: Model) -> dict[str, Any]:
    names = spread(model["columns"], LEVELS)
    return {
        "rows": [
            row
            | {
                "levels": [name for name, _ in cells],
                "periods_words": _periods(row),
                "last_title": line(row["last_title"], _CELL),
                "remark": line(row["remark"], _CELL),
            }
            for row, cells in zip(model["columns"], names, strict=True)
        ],
        "tallies": [
            {"unit": "全部栏目（每个栏目计一次）", **model["totals"]},
            *model["units"],
        ],
        "legend": [
            *(
                {"word": verdict_word(verdict), "meaning": MEANINGS[verdict]}
                for verdict in VERDICT_ORDER
            ),
            {"word": SOON_WORD, "meaning": MEANINGS[SOON]},
        ],
    }


def _periods(row: Mapping[str, Any]) -> str:
    """The periods in as few characters as a narrow cell asks for, a line each."""
    return "\n".join(
        f"{_span(period)}：{period['words'].partition('：')[2]}" for period in row["periods"]
    )


def _span(period: Mapping[str, Any]) -> str:
    if not period["label"].endswith("日"):
        return str(period["label"])
    start, end = (date.fromisoformat(period[key]) for key in ("start", "end"))
    return f"{start.month}.{start.day}—{end.month}.{end.day}"
