"""`xuncha text`: the text rules on anything, before publication (三审三校)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from console.errors import Exit, Misused
from console.output import Format, Heading, emit, on_terminal, say, to_csv, to_json, to_jsonl
from console.output import to_table as table_of
from console.sites import load_sites
from console.text_reading import Draft, read_draft
from ledger.texts import TextPolicy, Tier
from ledger.words import Severity
from rules.text.corpus import Corpus, gather
from rules.text.proofing import Proof, proofs
from rules.text.saying import basis_of, message_of, severity_of

Row = dict[str, Any]

_KEYS = (
    "line", "start", "end", "wrong", "suggest", "code", "severity", "tier", "category", "message",
    "basis",
)  # fmt: skip
_HEADINGS = (
    Heading("line", "行"),
    Heading("start", "起"),
    Heading("wrong", "原文"),
    Heading("suggest", "建议"),
    Heading("severity_word", "程度"),
    Heading("tier_word", "处理"),
    Heading("code", "规则"),
    Heading("message", "说明"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A proof in the draft: `line` counts from 1, `start` and `end` in the characters of it.

    `wrong` is what may be printed of the words themselves.
    """

    line: int
    start: int
    end: int
    page: int
    passage: int
    wrong: str
    proof: Proof


def check(
    target: str,
    day: date,
    form: Format,
    *,
    told: bool,
    policy: TextPolicy,
    tier: Tier | None,
    fail_on: Severity | None,
    annotated: Path | None,
) -> Exit:
    """Judge the text of `target` and print what was found, in the order of its lines.

    `told` says that somebody named the day, which is today otherwise.
    """
    if annotated is not None and Path(target).suffix.lower() != ".docx":
        raise Misused(f"--annotate 只能用于 DOCX 文件，{target} 不是。请把稿件另存为 DOCX。")
    draft = read_draft(target, day, told=told)
    marks = [mark for mark in marks_of(draft, policy, day) if tier in (None, mark.proof.tier)]
    if annotated is not None:
        _annotate(Path(target), marks, annotated)
    _print(marks, form)
    reported = [mark.proof for mark in marks if mark.proof.tier is Tier.REPORT]
    if fail_on is not None and any(severity_of(p).rank >= fail_on.rank for p in reported):
        return Exit.FOUND
    return Exit.FINE


def policy_of(folder: Path | None) -> TextPolicy:
    """What the site in `folder` says of its wording; nothing where no site is named."""
    if folder is None:
        return TextPolicy()
    sites = load_sites(folder)
    if len(sites) != 1:
        raise Misused(f"--site 应指明一个站点的文件夹，{folder} 里有 {len(sites)} 个站点。")
    return TextPolicy(terms=frozenset(sites[0].terms), leaders=sites[0].leaders)


def marks_of(draft: Draft, policy: TextPolicy, day: date) -> list[Mark]:
    """What the text rules find in the draft, every place of it, by line."""
    corpus = gather(draft.pages, policy, day)
    found = [mark for proof in proofs(corpus) for mark in _places(draft, corpus, proof)]
    return sorted(found, key=lambda mark: (mark.line, mark.start, mark.end))


def _places(draft: Draft, corpus: Corpus, proof: Proof) -> Iterator[Mark]:
    if proof.link >= 0:
        # A link stands on no line; the first speaks for the document.
        out = corpus.links[proof.link].out
        yield Mark(1, 0, 0, 0, 0, proof.hit.shown or out.url, proof)
        return
    text = corpus.texts[proof.text]
    first, last = text.plain.span(proof.start, proof.end)
    for page, passage in text.holders:
        raw = corpus.pages[page].passages[passage].text
        begin = raw.rfind("\n", 0, first) + 1
        yield Mark(
            line=draft.line(page, passage) + raw.count("\n", 0, first),
            start=first - begin,
            end=last - begin,
            page=page,
            passage=passage,
            wrong=proof.hit.shown or raw[first:last],
            proof=proof,
        )


def _annotate(source: Path, marks: Sequence[Mark], out: Path) -> None:
    """Write the findings into a copy as comments; the passages of a draft are its paragraphs."""
    from console.word_file import Remark, annotate

    if out.resolve() == source.resolve():
        raise Misused(f"--annotate 不能写回原稿 {source}，请另取一个文件名。")
    annotate(
        source,
        [
            Remark(mark.passage, mark.start, mark.end, f"[{_words(mark)}] {message_of(mark.proof)}")
            for mark in marks
        ],
        out,
    )
    say(f"已把 {len(marks)} 处疑点作为批注写入 {out}。")


def _words(mark: Mark) -> str:
    return f"{severity_of(mark.proof).label}·{mark.proof.tier.label}·{mark.proof.rule.code}"


def _row(mark: Mark) -> Row:
    severity = severity_of(mark.proof)
    return {
        "line": mark.line,
        "start": mark.start,
        "end": mark.end,
        "wrong": mark.wrong,
        "suggest": mark.proof.hit.suggest,
        "code": mark.proof.rule.code,
        "severity": severity.value,
        "tier": mark.proof.tier.value,
        "category": mark.proof.hit.category or mark.proof.rule.name,
        "message": message_of(mark.proof),
        "basis": basis_of(mark.proof),
    }


def _print(marks: Sequence[Mark], form: Format) -> None:
    rows = [_row(mark) for mark in marks]
    if form is Format.JSON:
        emit(to_json(rows), form)
    elif form is Format.JSONL:
        emit(to_jsonl(rows), form)
    elif form is Format.CSV:
        emit(to_csv(rows, _KEYS), form)
    elif rows:
        shown = [
            row | {"severity_word": severity_of(m.proof).label, "tier_word": m.proof.tier.label}
            for row, m in zip(rows, marks, strict=True)
        ]
        emit(table_of(shown, _HEADINGS, terminal=on_terminal()))
        emit(_total(marks))
    else:
        emit("没有发现疑点。\n")


def _total(marks: Sequence[Mark]) -> str:
    reported = sum(mark.proof.tier is Tier.REPORT for mark in marks)
    return (
        f"\n共 {len(marks)} 处：有把握的 {reported} 处，待人核实的 {len(marks) - reported} 处。\n"
    )
