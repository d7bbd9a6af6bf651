"""The sites a command was given: found, checked, and refused as a whole where one is faulty."""

from __future__ import annotations

from pathlib import Path

from console.errors import Misused
from console.output import say
from ledger.problems import Problem
from ledger.roster import find_sites, read_roster
from ledger.site import Site

_SHOWN = 5


def load_sites(path: Path) -> list[Site]:
    """Every site at `path`. Faults of any of them end the command before anything is fetched."""
    sites: list[Site] = []
    faults: list[str] = []
    for folder in find_sites(path):
        roster = read_roster(folder)
        name = folder.resolve().name
        if roster.errors or roster.site is None:
            faults.append(_faults(name, roster.errors))
            continue
        if roster.warnings:
            say(f"站点 {name}：有 {len(roster.warnings)} 处提醒，详见 xuncha check {folder}")
        sites.append(roster.site)
    if faults:
        raise Misused("\n".join(faults) + f"\n请改正后再运行；全部问题见 xuncha check {path}。")
    return sites


def _faults(name: str, errors: tuple[Problem, ...]) -> str:
    head = f"站点 {name} 的配置有 {len(errors)} 处错误："
    lines = [f"  {place(problem)}{problem.message}{_hint(problem)}" for problem in errors[:_SHOWN]]
    if len(errors) > _SHOWN:
        lines.append(f"  ……另有 {len(errors) - _SHOWN} 处")
    return "\n".join([head, *lines])


def place(problem: Problem) -> str:
    """Where a problem stands: file and row."""
    row = f" 第 {problem.row} 行" if problem.row else ""
    return f"{problem.file}{row}："


def _hint(problem: Problem) -> str:
    return f"（最接近的是“{problem.nearest}”）" if problem.nearest else ""
