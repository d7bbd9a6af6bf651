"""`xuncha review`: a person's word on a finding, kept for good."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from console.errors import Exit, Misused
from console.judged_commands import existing_ledger
from console.output import emit, say
from console.sites import load_sites
from ledger import clock
from ledger.findings import Finding
from ledger.reviews import Review, spans_of
from ledger.site import Site
from ledger.store import Ledger
from ledger.words import ReviewWord

_MARK = 16


def review(
    word: ReviewWord, marks: Sequence[str], path: Path, url: str, day: date, by: str, note: str
) -> Exit:
    """Keep the word on each of the findings; all of them must be known, or none is kept."""
    sites = load_sites(path)
    with existing_ledger(url) as ledger:
        found = [_finding(ledger, sites, mark, day) for mark in marks]
        for finding in found:
            ledger.save_review(_review(finding, word, by or getpass.getuser(), note, day))
            emit(f"{finding.fingerprint} {finding.name} {finding.subject}：已记为{word.label}\n")
    _advise(word, found)
    return Exit.FINE


def _finding(ledger: Ledger, sites: Sequence[Site], mark: str, day: date) -> Finding:
    """The finding whose fingerprint is, or begins with, `mark`."""
    wanted = mark.strip().lower()
    near = [
        finding
        for site in sites
        for finding in ledger.findings(site.key, day)
        if wanted and finding.fingerprint.startswith(wanted)
    ]
    if len(near) == 1:
        return near[0]
    if not near:
        raise Misused(f"没有编号为 {mark} 的问题。编号见 xuncha findings 的最后一列。")
    raise Misused(f"编号 {mark} 对应 {len(near)} 个问题，请写全 {_MARK} 位。")


def _review(finding: Finding, word: ReviewWord, by: str, note: str, day: date) -> Review:
    suggest = finding.term.rpartition("→")[2] if "→" in finding.term else ""
    spans = spans_of(finding.places, suggest, word) if "→" in finding.term else ()
    return Review(
        site=finding.site,
        fingerprint=finding.fingerprint,
        word=word,
        at=clock.now(),
        day=day,
        by=by,
        note=note,
        spans=spans,
    )


def _advise(word: ReviewWord, found: Sequence[Finding]) -> None:
    terms = [finding.subject for finding in found if "→" in finding.term]
    if word is ReviewWord.DISMISSED and terms:
        listed = "、".join(f'"{term}"' for term in dict.fromkeys(terms))
        say(
            "同一上下文以后不再提示。若这些写法在本站一律正确，可在 site.toml 写上："
            f"[text] terms = [{listed}]"
        )
    if terms:
        say("下次判定（xuncha judge 或每晚巡查）起生效。")
