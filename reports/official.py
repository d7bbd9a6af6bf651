"""Formal papers as pages (公文版式): one frame, one style, a body template for each paper."""

from __future__ import annotations

from collections.abc import Mapping

from reports.base import Model
from reports.charts import Chart
from reports.page import page


def official_page(
    template: str,
    model: Model,
    titled: str,
    *,
    wide: bool = False,
    charts: Mapping[str, Chart] | None = None,
) -> bytes:
    """The page a body template makes of `model`; `wide` suits tables of many columns.

    The template extends `official.html` and fills its block `body`. It places `charts` with
    `{% from "charts.html" import figure %}` and `{{ figure(charts.trend) }}`.
    """
    return page(
        template, ("official.css",), (), m=model, titled=titled, wide=wide, charts=charts or {}
    )
