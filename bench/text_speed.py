"""How fast the text rules read official text, and in how much memory."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.paper import Section
from bench.process import Cost, run, tell
from bench.text_folder import sliced
from bench.text_judge import judge

SIZE = 15_000_000
"""Characters: about ten thousand pages."""

_PATIENCE = 3_600.0
_STEPS = {"gather": "making text comparable, sentences held once", "settle": "overlaps, reviews"}


def section(folder: Path, size: int = SIZE, model: str = "") -> Section:
    """One table: all of it, and the share of every rule."""
    cost = run("bench.text_speed", str(folder), str(size), model, patience=_PATIENCE)
    done = cost.answer["size"]
    return Section(
        title="Text: speed and memory",
        how=(
            f"{done / 1e6:.1f} million characters of official text judged as one site's by all "
            "rules, in a process of its own; CPU time, loading of tables and lists included. Peak "
            f"memory of that process, which holds all the text: {cost.peak / 1e6:,.0f} MB."
        ),
        header=("step", "CPU s", "characters a CPU second"),
        rows=(
            ("all", f"{_spent(cost):.1f}", f"{done / _spent(cost):,.0f}"),
            *(
                (_STEPS.get(step, step), f"{spent:.1f}", f"{done / max(spent, 1e-3):,.0f}")
                for step, spent in cost.answer["seconds"].items()
            ),
        ),
    )


def _spent(cost: Cost) -> float:
    """What judging took; reading the files is not part of it."""
    return float(sum(cost.answer["seconds"].values()))


def _work(folder: Path, size: int) -> Mapping[str, Any]:
    judged = judge(sliced(folder, most=size))
    return {"size": judged.size, "seconds": judged.seconds, "flags": len(judged.flags)}


if __name__ == "__main__":
    from bench.text_model import use

    use(sys.argv[3])
    tell(lambda: _work(Path(sys.argv[1]), int(sys.argv[2])))
