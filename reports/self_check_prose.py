"""What was looked at and what came of it: the first half of the self-check report.

Every number is counted from the report's lists.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.words import Severity, Verdict
from reports.base import Model
from reports.counting import counted, rows
from reports.indicators import STATES
from reports.self_check_words import FIRST, has, named, plain, some, stretches
from reports.wording import VERDICT_ORDER, verdict_word

Row = dict[str, Any]


def coverage(model: Model) -> list[Model]:
    """How much was looked at, and what was not and why (自查方法和覆盖情况)."""
    said = [
        counted(
            "自查由程序按栏目表逐个打开栏目网址，读取信息的发布日期，对照约定的更新要求判定；"
            "共使用检查规则 {n} 条。",
            {"n": rows("rules")},
            model,
        ),
        _days(model),
        counted(
            "最近一次巡查共请求页面 {all} 次，其中正常打开 {fine} 次。",
            {
                "all": rows("asked", sum_of="count"),
                "fine": rows("asked", sum_of="count", outcome="ok"),
            },
            model,
            none="没有最近一次巡查的访问记录。",
        ),
        _columns(model),
        *_doubts(model),
    ]
    if any(row["cut"] for row in model["columns"]):
        said.append(
            counted(
                "有 {n} 个栏目的列表因页数上限没有读全，结论以读到的部分为准。",
                {"n": rows("columns", cut=True)},
                model,
            )
        )
    return [*said, *_texts(model)]


def _days(model: Model) -> Model:
    missed = [date.fromisoformat(row["day"]) for row in model["days"] if not row["inspected"]]
    return counted(
        "自查期间共 {all} 天，其中 {n} 天没有完成巡查（{days}），当天的情况不作结论。",
        {"n": rows("days", inspected=False), "all": rows("days")},
        model,
        none="自查期间共 {all} 天，每天都完成了巡查。",
        texts={"days": stretches(missed)},
    )


def _columns(model: Model) -> Model:
    """The columns that came to no conclusion, by their reasons."""
    held = {row["reason_word"] for row in model["columns"] if row["verdict"] == "not_checked"}
    reasons = [group["word"] for group in model["reasons"] if group["word"] in held]
    slots = {f"r_{chr(ord('a') + n)}": word for n, word in enumerate(reasons[:FIRST])}
    listed = "，".join(f"{{w{slot[1:]}}}的 {{{slot}}} 个" for slot in slots)
    more = "等" if len(reasons) > FIRST else ""
    return counted(
        f"栏目表共 {{all}} 个栏目，其中 {{n}} 个未能检查：{listed}{more}，"
        "不计入正常，也不计入问题，见附件2。",
        {
            "n": rows("columns", verdict="not_checked"),
            "all": rows("columns"),
            **{slot: rows("columns", reason_word=word) for slot, word in slots.items()},
        },
        model,
        none="栏目表共 {all} 个栏目，全部得出结论。" if model["columns"] else "栏目表中没有栏目。",
        texts={f"w{slot[1:]}": f"“{word}”" for slot, word in slots.items()},
    )


def _doubts(model: Model) -> list[Model]:
    """What a reader must know before trusting the totals."""
    said = []
    run, as_of = model["run"], model["as_of"]
    if run["state"] != "finished":
        said.append(plain(f"最近一次巡查{run['state_word']}，本报告只包含已经取得的部分。"))
    if run["as_of"] != as_of:
        said.append(plain(f"栏目的结论依据 {run['as_of']} 的巡查，按基准日 {as_of} 判定。"))
    unseen = sum(row["verdict"] == Verdict.NOT_CHECKED for row in model["columns"])
    if unseen and unseen * 2 >= len(model["columns"]):
        said.append(
            counted(
                "{all} 个栏目中有 {n} 个未能检查，本报告不能代表网站的整体情况。",
                {"n": rows("columns", verdict="not_checked"), "all": rows("columns")},
                model,
            )
        )
    return said


def _texts(model: Model) -> list[Model]:
    if not model["texts"]:
        return [plain("本期没有检查文字，对错别字、个人信息等不作结论。")]
    said = [
        _read(model),
        *_unread(model),
    ]
    if model["shadow"]:
        said.append(plain(f"{model['shadow']}，不计入问题。"))
    return said


def _read(model: Model) -> Model:
    attached = any(row["attachments"] for row in model["texts"])
    return counted(
        "文字检查共读 {pages} 个页面、{characters} 字"
        + ("，含附件 {attachments} 个。" if attached else "，没有读到附件。"),
        {key: rows("texts", sum_of=key) for key in ("pages", "characters", "attachments")},
        model,
        none="文字检查没有读到任何页面，对文字不作结论。",
    )


def _unread(model: Model) -> list[Model]:
    if not model["unread"]:
        return []
    return [
        counted(
            "有 {n} 个附件没有读到或者没有读全（{why}），其中的文字不作结论。",
            {"n": rows("unread", sum_of="count")},
            model,
            texts={"why": some(row["reason"] for row in model["unread"])},
        )
    ]


def result(model: Model) -> list[Model]:
    """The result in numbers, what may fail the whole site apart (自查结果)."""
    return [
        _verdicts(model),
        _severities(model),
        *_reviewed(model),
        counted(
            "经人工认定计入单项否决的问题有 {n} 个：{names}。",
            {"n": rows("problems", veto=True)},
            model,
            none="没有经人工认定计入单项否决的问题。",
            texts={"names": named(r for r in model["problems"] if r["veto"])},
        ),
        counted(
            "可能涉及单项否决、待人工认定的严重问题有 {n} 个：{names}。",
            {"n": rows("problems", asked=True)},
            model,
            none="没有等待人工认定是否涉及单项否决的严重问题。",
            texts={"names": named(r for r in model["problems"] if r["asked"])},
        ),
        *_pending(model),
        _indicators(model),
    ]


def _indicators(model: Model) -> Model:
    held = {row["state"] for row in model["indicators"]}
    parts = "、".join(f"{word} {{{state}}} 行" for state, word in STATES.items() if state in held)
    return counted(
        f"对照检查指标 {{all}} 行，其中{parts}，见附件4；网站是否合格不由本报告认定。",
        {"all": rows("indicators"), **{s: rows("indicators", state=s) for s in STATES}},
        model,
        none="本期没有对照检查指标。",
    )


def _verdicts(model: Model) -> Model:
    held = {row["verdict"] for row in model["columns"]}
    parts = "、".join(
        f"{verdict_word(verdict)} {{{verdict.value}}} 个"
        for verdict in VERDICT_ORDER
        if verdict.value in held
    )
    counts = {verdict.value: rows("columns", verdict=verdict.value) for verdict in Verdict}
    return counted(
        f"栏目更新方面，{{all}} 个栏目中，{parts}。",
        {"all": rows("columns"), **counts},
        model,
        none="栏目更新方面没有可检查的栏目。",
    )


def _severities(model: Model) -> Model:
    grades = [grade for grade in reversed(Severity) if has(model, severity=grade.value)]
    parts = "、".join(f"{grade.label} {{{grade.value}}} 个" for grade in grades)
    unseen = any(row["verdict"] == Verdict.NOT_CHECKED for row in model["columns"])
    rest = "；未检查的部分不作结论" if unseen or not model["texts"] or model["unread"] else ""
    return counted(
        f"本期已确认的问题共 {{n}} 个（含期内已整改的），其中{parts}。",
        {
            "n": rows("problems"),
            **{grade.value: rows("problems", severity=grade.value) for grade in grades},
        },
        model,
        none=f"已检查的部分没有已确认的问题{rest}。",
    )


def _reviewed(model: Model) -> list[Model]:
    """How many of the problems a person has looked at; nothing where there are none."""
    if not model["problems"]:
        return []
    everyone = all(row["reviewed"] for row in model["problems"])
    said = (
        "以上 {n} 个问题均经人工复核。" if everyone else "其中 {n} 个经人工复核，其余由程序确认。"
    )
    return [
        counted(
            said,
            {"n": rows("problems", reviewed=True)},
            model,
            none="以上问题由程序确认，尚未经人工复核。",
        )
    ]


def _pending(model: Model) -> list[Model]:
    counts = {"n": rows("pending", clue=False), "clues": rows("pending", clue=True)}
    if not model["pending"]:
        return [counted("没有待核的疑似问题和核查线索。", counts, model)]
    listed = []
    if any(not row["clue"] for row in model["pending"]):
        listed.append("疑似问题 {n} 个")
    if any(row["clue"] for row in model["pending"]):
        listed.append("核查线索 {clues} 条")
    said = f"另有{'、'.join(listed)}待核实，未计入以上数字。"
    return [counted(said, counts, model)]
