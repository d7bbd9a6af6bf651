"""Reviews at their end (到期或不再命中的意见), as the nightly page tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.spent_reviews import Spent, SpentReview, spent
from reports.base import Model, PaperCase, PaperError
from reports.safe import line, long_line
from reports.wording import day

Row = dict[str, Any]


def ended_reviews(case: PaperCase) -> Model:
    """Acceptances that are over, and the dismissals that match nothing since the last inspection.

    Dismissals that matched nothing before are only counted: they have been told.
    """
    now = spent(case.findings, case.reviews, case.judgement, case.judgement.as_of)
    known = _known(case)
    unmatched = [end for end in now if end.how is Spent.UNMATCHED]
    fresh = [end for end in unmatched if end.finding.fingerprint not in known]
    model: Model = {
        "run_out": [_row(end) for end in now if end.how is Spent.RUN_OUT],
        "unmatched": [_row(end) for end in fresh],
        "unmatched_before": len(unmatched) - len(fresh),
    }
    return model | {"sentence": _sentence(model)}


def verify_ended(model: Model) -> None:
    """Refuse a model whose sentence differs from its rows."""
    if model["sentence"] != _sentence(model):
        raise PaperError("报表自检未通过：复核提醒的说明与清单不一致，报表未生成。")


def _known(case: PaperCase) -> set[str]:
    """The dismissals that had come to their end by the inspection before."""
    if case.previous is None:
        return set()
    before = case.previous.as_of
    said = [review for review in case.reviews if review.day <= before]
    then = spent(case.previous_findings, said, case.previous, before)
    return {end.finding.fingerprint for end in then if end.how is Spent.UNMATCHED}


def _row(end: SpentReview) -> Row:
    finding, review = end.finding, end.review
    return {
        "fingerprint": line(finding.fingerprint),
        "name": line(finding.name),
        "subject": long_line(finding.subject),
        "unit": line(finding.responsible),
        "by": line(review.by),
        "day": day(review.day),
        "until": day(review.until),
        "note": long_line(review.note),
        "sentence": end.sentence,
    }


def _sentence(model: Model) -> str:
    """Every number of the model, in words; empty where there is nothing to tell."""
    run_out: Sequence[Row] = model["run_out"]
    unmatched: Sequence[Row] = model["unmatched"]
    told = []
    if run_out:
        told.append(f"暂予保留已到期、重新计入的问题 {len(run_out)} 个")
    if unmatched:
        told.append(f"新近不再命中的误报 {len(unmatched)} 条")
    if model["unmatched_before"]:
        told.append(f"以前就不再命中的误报 {model['unmatched_before']} 条")
    return "，".join(told) + "。" if told else ""
