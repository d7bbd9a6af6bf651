"""The text rules, measured on a folder of text: sets, a site with errors, peers, speed."""

from __future__ import annotations

from pathlib import Path

from bench import text_peers, text_sets, text_site, text_speed
from bench.paper import Section
from bench.text_folder import Slice
from bench.text_model import said_of, use

HELD = Slice(1, 10)
"""The part of the text that stands for a site; `text-split` parts it from the rest."""


def measure(folder: Path | None, model: str = "") -> list[Section]:
    """All the sections, or one that says nothing was measured."""
    if folder is None:
        return [_unmeasured()]
    use(model)
    found = [text_sets.section(folder)]
    site = text_site.site(folder, HELD)
    if site is not None:
        found.append(text_site.section(site, HELD, said_of(model)))
    return [*found, text_peers.section(folder), text_speed.section(folder, model=model)]


def _unmeasured() -> Section:
    return Section(
        title="Text",
        how=(
            "Measured on text that is not part of this project: `python -m bench --text FOLDER`, a "
            "folder of official text, one sentence a line, with sets of sentences in its `dev`."
        ),
        header=("figure", "value"),
        rows=(("all of them", "not measured"),),
    )
