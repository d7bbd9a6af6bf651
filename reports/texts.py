"""How much text was looked at (文字检查范围), and which attachments were not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.findings import TextTally
from reports.base import Model, PaperError
from reports.safe import line, long_line

SHADOW = "本站巡查未满两周，统计疑点只列入待核"

Row = dict[str, Any]


def text_model(tally: TextTally | None) -> Model | None:
    """What the nightly page says of the texts; None where none were looked at."""
    if tally is None:
        return None
    rows = [
        {
            "reason": line(missed.reason).removeprefix("未检查："),
            "count": missed.count,
            "places": [
                {"url": long_line(place.url), "name": line(place.excerpt)}
                for place in missed.places
            ],
        }
        for missed in tally.unchecked
    ]
    model: Model = {
        "pages": tally.pages,
        "characters": tally.characters,
        "attachments": tally.attachments,
        "faulty": len(tally.faulty),
        "unchecked": rows,
        "unchecked_total": _total(rows),
        "shadow": SHADOW if tally.shadow else None,
    }
    return model | {"sentence": _sentence(model)}


def verify_texts(model: Model | None) -> None:
    """Refuse a model whose totals or sentence differ from its rows."""
    if model is None:
        return
    if model["unchecked_total"] != _total(model["unchecked"]):
        raise PaperError("报表自检未通过：未检查的附件合计与清单不一致，报表未生成。")
    if model["sentence"] != _sentence(model):
        raise PaperError("报表自检未通过：文字检查范围的说明与数字不一致，报表未生成。")


def _total(rows: Sequence[Row]) -> int:
    return sum(row["count"] for row in rows)


def _sentence(model: Model) -> str:
    """Every number of the model, in words."""
    read = (
        f"文字检查共读 {model['pages']:,} 个页面、{model['characters']:,} 字"
        f"（几个页面相同的文字只计一次），含附件 {model['attachments']:,} 个"
    )
    missed = model["unchecked_total"]
    rest = f"；另有 {missed:,} 个附件没有检查或没有读全，见“未检查”" if missed else ""
    found = f"。有疑点的页面 {model['faulty']:,} 个，下次巡查会重新读取" if model["faulty"] else ""
    shadow = f"。{model['shadow']}" if model["shadow"] else ""
    return f"{read}{rest}{found}{shadow}。"
