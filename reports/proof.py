"""How a paper can be made again and checked (复现与核对); every paper ends with it."""

from __future__ import annotations

import shlex

from reports.base import Model, PaperCase
from reports.judged import folder_of
from reports.safe import line
from reports.wording import day

_OPTIONS = {"month": "--month", "quarter": "--quarter", "year": "--year"}


def proof(case: PaperCase, paper: str) -> Model:
    """The commands, the digest of the ledger and the version of the rules, with sentences."""
    as_of = day(case.judgement.as_of)
    rule_set = line(case.judgement.rule_set) or "未记录"
    digest = line(case.ledger_digest) or "未记录"
    folder = shlex.quote(folder_of(case.site))
    span = ""
    if case.span is not None and case.span.kind in _OPTIONS:
        span = f" {_OPTIONS[case.span.kind]} {case.span.label}"
    return {
        "as_of": as_of,
        "rule_set": rule_set,
        "ledger": digest,
        "run": case.judgement.run_id,
        "words": [
            f"本文按基准日 {as_of} 由台账生成，台账摘要 {digest}，规则集 {rule_set}，"
            f"巡查编号 {case.judgement.run_id}。台账和规则不变，用下面的命令可得到同样的内容。",
        ],
        "commands": [f"xuncha report {paper} {folder} --as-of {as_of}{span}"],
    }
