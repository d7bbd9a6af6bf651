"""The nightly page: what stands how this morning, column by column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ledger.words import Verdict
from reports import columns as table
from reports.base import Model, Need, OneFile, PaperCase, refuse_format, to_json
from reports.changes import changes
from reports.ended import ended_reviews, verify_ended
from reports.judged import commands, judged, notices, run_model, site_model
from reports.page import page
from reports.problems import grouped, problem_totals, problems, verify_problems
from reports.proof import proof
from reports.texts import text_model, verify_texts
from reports.view import common_view
from reports.wording import day, verdict_word


class Nightly(OneFile):
    """栏目巡查日报: one HTML file for the operator who opens it in the morning."""

    name = "nightly"
    title = "栏目巡查日报"
    formats = ("html", "json")
    needs = frozenset({Need.BEFORE, Need.REVIEWS})

    def build(self, case: PaperCase) -> Model:
        """The model of one judged inspection."""
        rows = table.rows(case.judgement, case.readings)
        counted = table.totals(rows)
        listed = problems(case)
        model: Model = {
            "paper": self.name,
            "title": self.title,
            "site": site_model(case.site),
            "as_of": day(case.judgement.as_of),
            "run": run_model(case.run),
            "notices": notices(case, rows, counted),
            "summary": table.sentence(counted),
            "totals": counted,
            "changes": changes(case),
            "units": table.units(rows),
            "columns": rows,
            "findings": listed,
            "finding_totals": problem_totals(listed),
            "reviews": ended_reviews(case),
            "texts": text_model(case.judgement.texts),
            "not_checked": table.unchecked(rows),
            "judged": judged(case, rows),
            "reproduce": commands(case, self.name),
            "proof": proof(case, self.name),
        }
        _verify(model)
        return model

    def render(self, model: Model, format: str, templates: Path | None = None) -> bytes:
        """The model as `html` or `json`."""
        _verify(model)
        if format == "json":
            return to_json(model)
        if format == "html":
            return page("nightly.html", ("page.css", "nightly.css"), ("page.js",), **_view(model))
        raise refuse_format(self, format)


def _verify(model: Model) -> None:
    table.verify(model)
    verify_problems(model)
    verify_ended(model["reviews"])
    verify_texts(model["texts"])


def _view(model: Model) -> dict[str, Any]:
    return common_view(model) | {
        "sorted_rows": table.by_gravity(model["columns"]),
        "groups": grouped(model["findings"], model["judged"]["rules"]),
        "calm": not model["totals"]["problems"],
        "unchecked_word": verdict_word(Verdict.NOT_CHECKED),
    }


PAPER = Nightly()
