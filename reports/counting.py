"""Sentences whose numbers are counted from the rows they speak of (数字自检).

A paper never writes a number into a sentence by hand. It says which list of its model the number
counts and which rows of it, and the sentence is refused wherever the rows say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reports.base import Model, PaperError

Row = Mapping[str, Any]

_SLOT = re.compile(r"\{([a-z_]+)\}")


def counted(
    pattern: str,
    counts: Mapping[str, Model],
    model: Model,
    *,
    none: str = "",
    texts: Mapping[str, str] | None = None,
) -> Model:
    """A sentence with each `{name}` of `pattern` replaced by what `counts[name]` counts.

    Use `rows` to say what a number counts. Where the first of `counts` is 0 the sentence is
    `none`, if there is one. `texts` fills slots with words; nothing in them is taken for a slot.
    """
    held = {name: _count(rule, model) for name, rule in counts.items()}
    spoken = none if none and not held[next(iter(counts))] else pattern
    return {
        "words": _fill(spoken, held, texts or {}),
        "pattern": spoken,
        "counts": [{"name": name, "n": held[name], **counts[name]} for name in counts],
        **({"texts": dict(texts)} if texts else {}),
    }


def rows(of: str, *, sum_of: str = "", distinct: str = "", **where: Any) -> Model:
    """What a number counts: the rows of the list at `of` in the model that match `where`.

    `of` is a key, or keys joined by dots; a list of values in `where` matches any of them. With
    `sum_of` that field of the rows is added up, with `distinct` its different values are counted
    (the members of a list one by one).
    """
    return {"of": of, "where": where, "sum_of": sum_of, "distinct": distinct}


def verify_counts(model: Model) -> None:
    """Refuse a model in which any counted sentence, at any depth, differs from its rows."""
    for said in _sentences(model):
        held = {}
        for entry in said["counts"]:
            found = _count(entry, model)
            if found != entry["n"]:
                raise PaperError(
                    f"报表自检未通过：“{said['words']}”中写的是 {entry['n']}，"
                    f"清单中实有 {found}，报表未生成。"
                )
            held[entry["name"]] = found
        if _fill(said["pattern"], held, said.get("texts", {})) != said["words"]:
            raise PaperError(f"报表自检未通过：“{said['words']}”与清单的数字不一致，报表未生成。")


def _sentences(value: object) -> Iterable[Model]:
    if isinstance(value, dict):
        if {"words", "pattern", "counts"} <= value.keys():
            yield value
            return
        for part in value.values():
            yield from _sentences(part)
    elif isinstance(value, list):
        for part in value:
            yield from _sentences(part)


def _fill(pattern: str, held: Mapping[str, int], texts: Mapping[str, str]) -> str:
    return _SLOT.sub(
        lambda slot: texts[slot[1]] if slot[1] in texts else str(held[slot[1]]), pattern
    )


def _count(rule: Row, model: Model) -> int:
    listed: Any = model
    for key in rule["of"].split("."):
        listed = listed[key]
    chosen = [row for row in listed if _matches(row, rule["where"])]
    if rule["sum_of"]:
        return sum(int(row[rule["sum_of"]] or 0) for row in chosen)
    if rule["distinct"]:
        return len(_values(chosen, rule["distinct"]))
    return len(chosen)


def _matches(row: Row, where: Row) -> bool:
    return all(
        row[key] in wanted if isinstance(wanted, list) else row[key] == wanted
        for key, wanted in where.items()
    )


def _values(chosen: Sequence[Row], key: str) -> set[Any]:
    found: set[Any] = set()
    for row in chosen:
        held = row[key]
        found.update(held if isinstance(held, list) else [held])
    return found
