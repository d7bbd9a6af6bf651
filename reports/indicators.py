"""检查情况表: every row of the indicators with 发现, 未发现 or 未检查."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.indicators import IndicatorStand, Machine
from ledger.period import PeriodKind
from reports.base import Model, Need, PaperCase, PaperError
from reports.citing import documents
from reports.counting import counted, rows
from reports.indicators_sheet import workbook
from reports.judged import run_model, site_model
from reports.official import Official
from reports.proof import proof
from reports.safe import line, long_line
from reports.wording import day, day_words

Row = dict[str, Any]

FOUND, ASKED, CLEAN, UNSEEN = "found", "asked", "clean", "unseen"
STATES = {FOUND: "发现", ASKED: "待人工认定", CLEAN: "未发现", UNSEEN: "未检查"}
"""How a row can stand, with its word."""

_BY_HAND = "未检查（需人工核查）"
NO_POINTS = "扣分待人工核定"


class Indicators(Official):
    """检查情况表 of one month, as an inspection keeps it."""

    name = "indicators"
    title = "检查情况表"
    formats = ("html", "docx", "xlsx", "json")
    headed = "titled"
    wide = True
    covers = PeriodKind.MONTH
    needs = frozenset({Need.INDICATORS})

    def build(self, case: PaperCase) -> Model:
        """The model of one judged month."""
        if case.span is None:
            raise PaperError("检查情况表需要月份，请用 --month YYYY-MM 指定。")
        as_of = case.judgement.as_of
        model: Model = {
            "paper": self.name,
            "title": self.title,
            "titled": f"{line(case.site.name)}检查情况表（{case.span.words}）",
            "site": site_model(case.site),
            "run": run_model(case.run),
            "as_of": day(as_of),
            "period": f"{day_words(case.span.start)}至{day_words(as_of)}",
            "rows": stand_rows(case.indicators),
        }
        model["documents"] = documents(row["basis"] for row in model["rows"])
        model["parts"] = _parts(model)
        model["said"] = result(model)
        model["proof"] = proof(case, self.name)
        self.check(model)
        return model

    def for_word(self, model: Model) -> Model:
        """With a table for each part."""
        return model | {"tables": _tables(model)}

    def other(self, model: Model, format: str) -> bytes:
        """The workbook."""
        return workbook(model)


def stand_rows(stands: Sequence[IndicatorStand]) -> list[Row]:
    """A row for each indicator, numbered from 1, with the word for how it stands."""
    return [_row(number, stand) for number, stand in enumerate(stands, start=1)]


def _row(number: int, stand: IndicatorStand) -> Row:
    state = _state(stand)
    evidence = [long_line(words) for words in stand.evidence]
    points = line(stand.points) or (NO_POINTS if not stand.veto and state == FOUND else "")
    why = long_line(stand.why)
    told = [why, *evidence, f"{points}。" if points and state == FOUND else ""]
    return {
        "no": number,
        "id": line(stand.id),
        "part": line(stand.part),
        "group": line(stand.group),
        "name": line(stand.name),
        "text": long_line(stand.text),
        "basis": long_line(stand.basis),
        "verified": stand.verified,
        "verified_word": "已核对" if stand.verified else "待核对",
        "veto": stand.veto,
        "level": stand.level.value,
        "level_word": stand.level.label,
        "state": state,
        "word": _word(state, stand.level),
        "why": why,
        "evidence": evidence,
        "points": points,
        "told": [words for words in told if words],
    }


def _state(stand: IndicatorStand) -> str:
    if not stand.decided:
        return ASKED
    if stand.found is None:
        return UNSEEN
    return FOUND if stand.found else CLEAN


def _word(state: str, level: Machine) -> str:
    return _BY_HAND if state == UNSEEN and level is not Machine.AUTO else STATES[state]


def result(model: Model) -> list[Model]:
    """The result in sentences. That a site passes is never said here: that is not for a program."""
    vetoes = [row for row in model["rows"] if row["veto"]]
    return [
        counted(
            "发现单项否决情形 {n} 项：{names}。",
            {"n": rows("rows", veto=True, state=FOUND)},
            model,
            none="没有经人工认定的单项否决情形。",
            texts={"names": _names(vetoes, FOUND)},
        ),
        counted(
            "另有 {n} 项需要人工认定是否属于单项否决情形：{names}。",
            {"n": rows("rows", veto=True, state=ASKED)},
            model,
            none="没有等待人工认定的单项否决疑点。",
            texts={"names": _names(vetoes, ASKED)},
        ),
        counted(
            "共 {all} 行指标，尚有 {n} 行未检查；网站是否合格，待人工核查这些指标后核定。",
            {"n": rows("rows", state=UNSEEN), "all": rows("rows")},
            model,
            none="网站是否合格，待人工核定。",
        ),
    ]


def _names(listed: Sequence[Row], state: str) -> str:
    return "、".join(row["name"] for row in listed if row["state"] == state)


def _parts(model: Model) -> list[Model]:
    """Each part of the standard with its rows counted."""
    return [
        {"name": name, "said": _part_said(model, name)}
        for name in dict.fromkeys(row["part"] for row in model["rows"])
    ]


def _part_said(model: Model, part: str) -> Model:
    """How many rows of a part stand how; what stands nowhere is not spoken of."""
    held = {row["state"] for row in model["rows"] if row["part"] == part}
    spoken = "，".join(f"{STATES[state]} {{{state}}} 行" for state in STATES if state in held)
    counts = {state: rows("rows", part=part, state=state) for state in STATES}
    return counted(f"共 {{all}} 行：{spoken}。", {"all": rows("rows", part=part), **counts}, model)


def _tables(model: Model) -> list[Model]:
    """For Word: each part with its rows, what is told of a row on lines of one cell."""
    return [
        part
        | {
            "rows": [
                row | {"told": "\n".join(row["told"])}
                for row in model["rows"]
                if row["part"] == part["name"]
            ]
        }
        for part in model["parts"]
    ]


PAPER = Indicators()
