"""What must be done: the second half of the self-check report, kind by kind and step by step.

Every number is counted from the report's lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ledger.rectification import Outcome
from reports.base import Model
from reports.counting import counted, rows
from reports.kinds import KINDS
from reports.safe import line
from reports.self_check_rows import DONE, OPEN
from reports.self_check_words import CLIP, FIRST, has, listed, plain, some, stop, subject, units_of

Row = dict[str, Any]

# Where one clause ends and the next begins in what a finding rests on.
_CLAUSE = re.compile("；(?=《|内部核查规则)")
_DUTIES = (
    ("mended", "已整改"),
    ("mended_late", "超期整改"),
    ("offline", "已下线"),
    ("open", "整改中"),
    ("overdue", "超期未整改"),
    ("deferred", "暂予保留"),
)


def kinds(model: Model) -> list[Model]:
    """Each kind of problem with its number, places, basis, cause and measure (存在的主要问题)."""
    held = {row["kind"] for row in model["problems"]}
    return [_kind(model, name) for name in KINDS if name in held]


def _kind(model: Model, name: str) -> Model:
    mine = [row for row in model["problems"] if row["kind"] == name]
    many = len(mine) > FIRST
    units = any(row["named_units"] for row in mine)
    return {
        "name": name,
        "said": counted(
            f"共 {{n}} 个问题{'，涉及 {units} 个责任单位' if units else ''}："
            f"{{names}}{'等 {n} 个，见附件1' if many else ''}。",
            {
                "n": rows("problems", kind=name),
                "units": rows("problems", kind=name, distinct="named_units"),
            },
            model,
            texts={"names": listed(mine)},
        ),
        "basis": _told("依据", (one for row in mine for one in _CLAUSE.split(row["basis"]))),
        "cause": _cause(model, name, mine),
        "measure": _told("措施", (row["advice"] for row in mine)),
    }


def _told(head: str, words: Iterable[str]) -> str:
    """Different words behind their heading; empty where there are none."""
    told = some(words, "；", 3)
    return f"{head}：{told}。" if told else ""


def _cause(model: Model, name: str, mine: Sequence[Row]) -> Model:
    """What people said of it; a cause nobody gave is asked for, never guessed."""
    noted = [row for row in mine if row["noted"]]
    told = "；".join(f"{subject(row)}：{stop(line(row['note'], CLIP))}" for row in noted[:FIRST])
    rest = "，其余的原因待责任单位说明" if len(noted) < len(mine) else ""
    more = "等" if len(noted) > FIRST else ""
    return counted(
        f"原因：有说明的 {{n}} 个（{{told}}{more}）{rest}。",
        {"n": rows("problems", kind=name, noted=True)},
        model,
        none="原因待责任单位说明。",
        texts={"told": told},
    )


def rectification(model: Model) -> list[Model]:
    """How many of the problems have been mended (整改情况)."""
    held = {row["outcome"] for row in model["problems"]}
    parts = "、".join(f"{word} {{{key}}} 个" for key, word in _DUTIES if key in held)
    said = [
        counted(
            f"本期纳入整改的问题共 {{n}} 个，涉及 {{units}} 个责任单位，其中{parts}。",
            {
                "n": rows("problems"),
                "units": rows("problems", distinct="named_units"),
                **{key: rows("problems", outcome=key) for key, _ in _DUTIES},
            },
            model,
            none="本期没有需要整改的问题。",
        )
    ]
    if any(row["assumed"] for row in model["problems"]):
        said.append(
            counted(
                "其中 {n} 个问题的整改期限跨入放假安排尚未公布的年份，暂按周一至周五计算工作日。",
                {"n": rows("problems", assumed=True)},
                model,
            )
        )
    return said


def staying(model: Model) -> list[Model]:
    """What has not been mended, in one sentence; the table below it says why (尚未整改)."""
    kept = Outcome.DEFERRED.value
    if not has(model, outcome=[*OPEN, kept]):
        return [
            counted("没有尚未整改的问题。", {"n": rows("problems", outcome=[*OPEN, kept])}, model)
        ]
    parts = [(word, key) for key, word in _DUTIES if key not in DONE and has(model, outcome=[key])]
    listed = "、".join(f"{word} {{{key}}} 个" for word, key in parts)
    return [
        counted(
            f"尚未整改的问题共 {{n}} 个，其中{listed}。",
            {
                "n": rows("problems", outcome=[*OPEN, kept]),
                **{key: rows("problems", outcome=key) for _, key in parts},
            },
            model,
        )
    ]


def next_steps(model: Model, following: str) -> list[Model]:
    """What is to be done, told from what there is (下一步工作); `following` is the next period."""
    steps = [
        _late(model),
        _on_time(model),
        _ask(
            model,
            "为 {n} 个没有明确责任单位的未整改问题确定责任单位。",
            "problems",
            assigned=False,
            whole=False,
            open=True,
        ),
        _ask(model, "对 {n} 个可能涉及单项否决的严重问题组织人工认定。", "problems", asked=True),
        _ask(model, "核实 {n} 个待核的疑似问题和核查线索。", "pending"),
        *_unseen(model),
        _ask(
            model,
            "人工查看 {n} 个没有读到或者没有读全的附件。",
            "unread",
            sum_of="count",
        ),
        _ask(
            model,
            "对检查情况表中尚未检查的 {n} 行指标组织人工核查。",
            "indicators",
            state="unseen",
        ),
        plain(f"继续开展巡查，下一期自查期间为{following}。"),
    ]
    return [step for step in steps if step is not None]


def _late(model: Model) -> Model | None:
    late = [
        row for row in model["problems"] if row["outcome"] == Outcome.OVERDUE and row["assigned"]
    ]
    if not late:
        return None
    return counted(
        "督促{units}尽快整改已超期的 {n} 个问题，逐个说明超期原因。",
        {"n": rows("problems", outcome=Outcome.OVERDUE.value, assigned=True)},
        model,
        texts={"units": units_of(late)},
    )


def _on_time(model: Model) -> Model | None:
    running = [row for row in model["problems"] if row["outcome"] == Outcome.OPEN]
    if not running:
        return None
    first = date.fromisoformat(min(row["due"] for row in running))
    return counted(
        "跟踪整改期限内的 {n} 个问题，最近的期限是{due}。",
        {"n": rows("problems", outcome=Outcome.OPEN.value)},
        model,
        texts={"due": f"{first.month}月{first.day}日"},
    )


def _unseen(model: Model) -> Iterable[Model]:
    """For each reason why columns were not checked: how many, and what helps."""
    for group in model["reasons"]:
        yield counted(
            "对“{why}”的 {n} 个栏目，{mend}。",
            {"n": rows("columns", reason_word=group["word"])},
            model,
            texts={"why": group["word"], "mend": group["mend"]},
        )


def _ask(model: Model, pattern: str, of: str, *, sum_of: str = "", **where: Any) -> Model | None:
    said = counted(pattern, {"n": rows(of, sum_of=sum_of, **where)}, model)
    return said if said["counts"][0]["n"] else None
