"""What the papers of a month cost: five sites, two thousand findings, each paper by one command."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import process, synthetic
from bench.paper import Section
from ledger.clock import ZONE
from ledger.findings import Claim, Clear, Judgement, Place, RuleCard
from ledger.site import Site
from ledger.store import Ledger
from ledger.words import Severity
from reports import load
from rules.engine import judge

SITES = 5
FINDINGS = 2000
_COLUMNS = 66
_ALL = "all"
_LAST = date(2026, 3, 31)
_NIGHTS = 31
_CARD = RuleCard(
    "T201", "常见错别字", 1, Severity.GENERAL, "本单位用字规范", "错别字", "改正后重新发布"
)
_TOML = (
    'name = "某区人民政府网{n}"\nhome = "{home}"\ncolumns = "columns.csv"\n[crawl]\ncontact = "x"\n'
)


def measure(runs: int) -> list[Section]:
    """Every paper once, each in a process of its own; `runs` changes nothing."""
    del runs
    with tempfile.TemporaryDirectory(prefix="xuncha-bench-") as place:
        home = Path(place)
        _fill(home)
        costs = {name: process.run("bench.papers", place, name) for name in (*load(), _ALL)}
    return [_section(costs)]


def _fill(home: Path) -> None:
    with Ledger.open(f"sqlite:///{home}/bench.db") as ledger:
        for number in range(SITES):
            site = _site(home, number)
            _live(ledger, site)


def _site(home: Path, number: int) -> Site:
    """One site and its folder, so that the command finds it."""
    whole = synthetic.site()
    key = f"site{number}"
    site = replace(whole, key=key, columns=whole.columns[:_COLUMNS])
    folder = home / "sites" / key
    folder.mkdir(parents=True)
    (folder / "site.toml").write_text(_TOML.format(n=number, home=site.home), encoding="utf-8")
    lines = ["一级栏目,二级栏目,三级栏目,责任单位,发布形式,网址"]
    lines += [
        ",".join((*column.path, column.unit, column.frequency_text, column.url or ""))
        for column in site.columns
    ]
    (folder / "columns.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return site


def _live(ledger: Ledger, site: Site) -> None:
    """A month of nights; of the last one all facts are kept."""
    first = _LAST - timedelta(days=_NIGHTS - 1)
    verdicts: Judgement | None = None
    for night in reversed(range(_NIGHTS)):
        day = first + timedelta(days=night)
        moment = datetime(day.year, day.month, day.day, 2, tzinfo=ZONE)
        run = ledger.begin_run(site, day, moment)
        if verdicts is None:
            for number, column in enumerate(site.columns):
                seen = synthetic.reading(column, number, day)
                found = synthetic.items(column, seen, number, day)
                ledger.save_column(run.id, seen, found, [synthetic.visit(column, seen)])
        ledger.finish_run(run.id, moment)
        if verdicts is None:
            verdicts = judge(ledger.facts(run.id), day)
        claims, clears = _wording(site, night)
        ledger.save_judgement(
            replace(
                verdicts,
                run_id=run.id,
                as_of=day,
                claims=(*verdicts.claims, *claims),
                clears=(*verdicts.clears, *clears),
                cards=(*verdicts.cards, _CARD),
            )
        )


def _wording(site: Site, night: int) -> tuple[list[Claim], list[Clear]]:
    """Wrong wordings that appear through the month, a third of them mended ten nights later."""
    claims, clears = [], []
    for number in range(FINDINGS // SITES):
        if number % _NIGHTS > night:
            continue
        column = site.columns[number % _COLUMNS]
        wrong = f"秸杆{number}→秸秆{number}"
        if number % 3 == 0 and night - number % _NIGHTS >= 10:
            clears.append(Clear(_CARD.code, f"秸杆{number}", wrong))
            continue
        excerpt = f"各乡镇要做好秋收后【秸杆{number}】还田和禁烧工作，确保不着一把火、不冒一处烟"
        claims.append(
            Claim(
                _CARD.code,
                f"秸杆{number}",
                f"“秸杆{number}”应为“秸秆{number}”。",
                Severity.GENERAL,
                _CARD.basis,
                wrong,
                column.unit,
                2,
                (Place(f"{column.url}t{number}.html", excerpt),),
                _CARD.mend,
            )
        )
    return claims, clears


def _section(costs: Mapping[str, process.Cost]) -> Section:
    rows = [
        (
            name,
            str(cost.answer["files"]),
            f"{cost.cpu:.1f}",
            f"{cost.peak / 1e6:,.0f}",
            f"{cost.answer['bytes'] / 1e6:.1f}",
        )
        for name, cost in costs.items()
    ]
    return Section(
        title="The papers of a month",
        how=(
            f"{SITES} sites of {_COLUMNS} columns, {_NIGHTS} nights, {FINDINGS:,} findings; every "
            "paper in all its formats by one `xuncha report`, each in a process of its own, "
            "interpreter and imports included; `all` writes them all in one. CPU time."
        ),
        header=("paper", "files", "CPU s", "peak MB", "MB written"),
        rows=tuple(rows),
    )


def main(home: Path, name: str) -> Mapping[str, Any]:
    """In the child: one paper for all sites."""
    from console import cli

    out = home / "papers" / name
    covers = "month" if name == _ALL else load()[name].covers.value
    span = {"month": "2026-03", "quarter": "2026-Q1", "year": "2026"}.get(covers)
    period = [f"--{covers}", span] if span else []
    ledger = f"sqlite:///{home}/bench.db"
    args = ["report", name, str(home / "sites"), *period, "--as-of", _LAST.isoformat()]
    code = cli.run([*args, "--ledger", ledger, "--out", str(out)])
    if code:
        raise RuntimeError(f"report {name} ended with {code}")
    files = [file for file in out.iterdir() if file.is_file()]
    return {"files": len(files), "bytes": sum(file.stat().st_size for file in files)}


if __name__ == "__main__":
    import sys

    process.tell(lambda: main(Path(sys.argv[1]), sys.argv[2]))
