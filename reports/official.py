"""Formal papers (公文版式): one way from a model to a page, a Word file, a workbook and JSON."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reports.base import Model, OneFile, PaperCase, refuse_format, to_json
from reports.charts import Chart, for_word
from reports.counting import verify_counts
from reports.page import page
from reports.word import document


class Official(OneFile, ABC):
    """What formal papers share; each says only where it differs.

    A paper of the name `x` has a page `templates/x.html`, which extends `official.html` and fills
    its block `body`, and a Word template `x.docx`.
    """

    name: str
    title: str
    formats: tuple[str, ...]
    headed = "heading"
    """Where the model holds the heading, which is the title of the file too."""
    wide = False
    """Whether the page is as wide as tables of many columns ask for."""

    @abstractmethod
    def build(self, case: PaperCase) -> Model:
        """The model of the case."""

    def check(self, model: Model) -> None:
        """Raise `PaperError` where a sentence or a table counts otherwise than its rows."""
        verify_counts(model)

    def charts(self, model: Model) -> Mapping[str, Chart]:
        """The figures that have something to show, by the names templates know them by."""
        return {}

    def for_word(self, model: Model) -> Mapping[str, Any]:
        """What the Word file is filled with."""
        return model

    def other(self, model: Model, format: str) -> bytes:
        """The model in a format that is neither JSON, page nor Word file."""
        raise refuse_format(self, format)

    def render(self, model: Model, format: str, templates: Path | None = None) -> bytes:
        """The model in one of `formats`; refused where its counts are wrong."""
        self.check(model)
        if format not in self.formats:
            raise refuse_format(self, format)
        if format == "json":
            return to_json(model)
        if format == "html":
            return self._page(model)
        if format == "docx":
            return self._word(model, templates)
        return self.other(model, format)

    def _page(self, model: Model) -> bytes:
        return page(
            f"{self.name}.html",
            ("official.css",),
            (),
            m=model,
            titled=model[self.headed],
            wide=self.wide,
            charts=self.charts(model),
        )

    def _word(self, model: Model, templates: Path | None) -> bytes:
        told, pictures = for_word(self.charts(model))
        return document(
            self.name,
            {**self.for_word(model), **told},
            title=model[self.headed],
            made=model["run"]["finished"] or model["run"]["started"],
            pictures=pictures,
            templates=templates,
        )
