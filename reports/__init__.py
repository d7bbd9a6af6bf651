"""The reports: one file a paper; they tell what was judged and judge nothing."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import date

from ledger.period import Period
from ledger.site import Site
from reports.base import Paper, PaperCase, PaperError

__all__ = ["Paper", "PaperCase", "PaperError", "file_name", "load"]

_UNSAFE = re.compile(r"[^\w.-]+")


def load() -> dict[str, Paper]:
    """Every paper by its name: each module of this room that holds a `PAPER`."""
    papers: dict[str, Paper] = {}
    homes: dict[str, str] = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{__name__}.{info.name}")
        paper: Paper | None = getattr(module, "PAPER", None)
        if paper is None:
            continue
        if paper.name in papers:
            raise PaperError(
                f"报表名称“{paper.name}”重复：{homes[paper.name]} 与 {info.name}.py，请改其中一个。"
            )
        papers[paper.name] = paper
        homes[paper.name] = f"{info.name}.py"
    return papers


def file_name(paper: Paper, site: Site, day: date, format: str, part: str = "") -> str:
    """The name of a paper's file: site, paper, the period that holds `day`, and the part."""
    stamp = Period.holding(paper.covers, day).label
    key = _safe(site.key) or "site"
    added = f"-{_safe(part)[:40]}" if part else ""
    return f"{key}-{paper.name}-{stamp}{added}.{format}"


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", name).strip("._")
