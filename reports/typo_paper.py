"""The two papers on wording findings: the notice of them (错别字通报) and the answer to it."""

from __future__ import annotations

from abc import abstractmethod

from reports import typo_rows
from reports.base import Model, Need, PaperCase, PaperError
from reports.counting import verify_counts
from reports.judged import run_model, site_model
from reports.official import Official
from reports.proof import proof
from reports.typo_rows import Row
from reports.typo_sheet import Head, workbook
from reports.word import marked
from reports.wording import day


class TypoPaper(Official):
    """A list of wording findings by severity, with how many of them each unit has."""

    formats = ("html", "docx", "xlsx", "json")
    needs = frozenset({Need.DUTIES, Need.NOTICES})
    wide = True
    named: str
    """What the heading calls the paper."""
    heads: tuple[Head, ...]
    """The columns of the workbook."""
    said_first: tuple[str, ...] = ()
    """What the paper says of itself before it says how much text was looked at."""

    @abstractmethod
    def rows(self, case: PaperCase) -> list[Row]:
        """The rows, the gravest first."""

    @abstractmethod
    def units(self, model: Model) -> list[Row]:
        """A row for each unit."""

    @abstractmethod
    def summary(self, model: Model) -> Model:
        """The first sentence, counted."""

    def build(self, case: PaperCase) -> Model:
        """The model of one day."""
        model: Model = {
            "paper": self.name,
            "title": self.title,
            "heading": typo_rows.heading(case, self.named),
            "site": site_model(case.site),
            "as_of": day(case.judgement.as_of),
            "run": run_model(case.run),
            "scope": [*self.said_first, *typo_rows.scope(case)],
            "rows": self.rows(case),
            "proof": proof(case, self.name),
        }
        model["units"] = self.units(model)
        model["summary"] = self.summary(model)
        model["groups"] = typo_rows.groups(model, "rows", "个")
        self.check(model)
        return model

    def check(self, model: Model) -> None:
        """Refuse too where the groups or the sums of the units differ from the rows."""
        verify_counts(model)
        grouped = [row for group in model["groups"] for row in group["rows"]]
        if model["units"] != self.units(model) or grouped != model["rows"]:
            raise PaperError("报表自检未通过：分组或责任单位合计与清单不一致，报表未生成。")

    def for_word(self, model: Model) -> Model:
        """With the wrong wording set off in its sentence."""
        return model | {
            "groups": [
                group
                | {"rows": [row | {"marked": marked(row["excerpt"])} for row in group["rows"]]}
                for group in model["groups"]
            ]
        }

    def other(self, model: Model, format: str) -> bytes:
        """The workbook."""
        return workbook(model, self.heads, self.title)
