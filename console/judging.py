"""From facts to a judgement: which run, which roster, and what is kept. Never the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from console.errors import Failed
from console.jobs import Summary
from console.noticed import notices_of
from console.text_policy import texts_of
from ledger.facts import Run, SiteFacts
from ledger.findings import Finding, Judgement
from ledger.life import fingerprint
from ledger.reviews import last_verdicts
from ledger.site import Site
from ledger.store import Ledger
from ledger.words import ReviewWord
from reports.changes import is_clue
from rules.engine import judge


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged run: what was seen, what the rules say, and how the findings stand on that day.

    `remark` is a sentence for the operator where the run is not of the day asked for.
    """

    facts: SiteFacts
    judgement: Judgement
    findings: tuple[Finding, ...]
    remark: str = ""


def judge_run(ledger: Ledger, site: Site, day: date) -> Judged:
    """Judge the run that speaks for `day` by the site's present roster, and keep the judgement."""
    run, remark = run_for(ledger, site, day)
    facts = ledger.facts(run.id, site)
    texts = texts_of(ledger, site, facts, day)
    judgement = judge(facts, day, texts, notices_of(ledger, site, run.id, day, texts))
    judgement = _with_dismissed(ledger, judgement)
    ledger.save_judgement(judgement)
    ledger.settle_notices(site.key, day, dict(judgement.matched), judgement.seen)
    return Judged(facts, judgement, tuple(ledger.findings(site.key, day)), remark)


def _with_dismissed(ledger: Ledger, judgement: Judgement) -> Judgement:
    """The judgement with what it said the last time and a person has found nothing wrong with.

    Such wording is silent from then on; judged once more, the run would forget that it was found.
    """
    earlier = ledger.judgement(judgement.run_id, judgement.as_of)
    last = last_verdicts(ledger.reviews(judgement.site, judgement.as_of))
    dismissed = {mark for mark, review in last.items() if review.word is ReviewWord.DISMISSED}
    if earlier is None or not dismissed:
        return judgement
    said = {(claim.code, claim.subject, claim.term) for claim in judgement.claims}
    kept = [
        claim
        for claim in earlier.claims
        if (claim.code, claim.subject, claim.term) not in said
        and fingerprint(judgement.site, claim.code, claim.subject, claim.term) in dismissed
    ]
    keys = {(claim.code, claim.subject, claim.term) for claim in kept}
    return replace(
        judgement,
        claims=(*judgement.claims, *kept),
        clears=tuple(c for c in judgement.clears if (c.code, c.subject, c.term) not in keys),
    )


def judge_unsaved(ledger: Ledger, site: Site, run: Run, day: date, remark: str = "") -> Judged:
    """Judge a run and leave the ledger as it is."""
    facts = ledger.facts(run.id, site)
    return Judged(facts, judge(facts, day), tuple(ledger.findings(site.key, day)), remark)


def run_after(ledger: Ledger, site: Site, day: date) -> tuple[Run, str]:
    """The run that saw a period ending on `day` whole: the first on that day or later.

    Where there is none yet the newest before it must do. An earlier run cannot know what was
    published between itself and `day`, and would accuse columns of being silent.
    """
    later = [r for r in ledger.runs(site.key) if r.state == "finished" and r.as_of >= day]
    return (later[0], "") if later else run_for(ledger, site, day)


def run_for(ledger: Ledger, site: Site, day: date) -> tuple[Run, str]:
    """The newest finished run up to `day`, else the earliest after it.

    With a remark where it is not of that very day: what it could not see must be known.
    """
    run = ledger.newest_run(site.key, day)
    if run is not None and run.as_of == day:
        return run, ""
    if run is not None:
        return run, (
            f"站点 {site.key} 在 {day} 没有巡查，按 {run.as_of} 的巡查判定；"
            f"此后发布的信息没有读到，逾期的结论请先重新巡查再用。"
        )
    run = ledger.earliest_run(site.key)
    if run is None:
        raise Failed(
            f"台账里没有站点 {site.key} 已完成的巡查。请先运行 xuncha nightly {site.folder}。"
        )
    return run, (
        f"站点 {site.key} 在 {day} 及以前没有巡查，改用 {run.as_of} 的巡查来判定；"
        f"当时列表上已经没有的信息无从知道。"
    )


def stored(ledger: Ledger, site: Site, day: date) -> Judged:
    """What was judged of the newest run up to `day`, on that day itself or the last before it."""
    run = ledger.newest_run(site.key, day)
    judgement = ledger.judgement(run.id, day) if run else None
    judgement = judgement or ledger.newest_judgement(site.key, day)
    if judgement is None:
        if run is not None:
            raise Failed(
                f"站点 {site.key} 的巡查还没有判定。"
                f"请运行 xuncha judge {site.folder} --as-of {day}。"
            )
        raise Failed(
            f"台账里没有站点 {site.key} 在 {day} 及以前的巡查。"
            f"请先运行 xuncha nightly {site.folder}，或用 --as-of 换一个基准日。"
        )
    remark = ""
    if run is not None and run.id != judgement.run_id and run.as_of > judgement.as_of:
        remark = (
            f"站点 {site.key} 在 {run.as_of} 的巡查还没有判定，以下是 {judgement.as_of} 的结论；"
            f"判定请运行 xuncha judge {site.folder} --as-of {run.as_of}。"
        )
    facts = ledger.facts(judgement.run_id, site)
    findings = tuple(ledger.findings(site.key, judgement.as_of))
    return Judged(facts, judgement, findings, remark)


def counted(summary: Summary, judged: Judged, papers: Sequence[Path] = ()) -> Summary:
    """The summary with what was judged."""
    verdicts = Counter(str(v.verdict) for v in judged.judgement.verdicts)
    findings = Counter(str(finding.severity) for finding in faults(judged))
    return replace(
        summary,
        run=judged.judgement.run_id,
        columns=len(judged.judgement.verdicts),
        verdicts=dict(sorted(verdicts.items())),
        findings=dict(sorted(findings.items())),
        papers=tuple(str(path) for path in papers),
    )


def faults(judged: Judged) -> list[Finding]:
    """The open findings that count as faults: what only asks a person to look does not."""
    clues = frozenset(card.code for card in judged.judgement.cards if card.confirm_after == 0)
    return [f for f in judged.findings if is_open(f) and not is_clue(f, clues)]


def is_open(finding: Finding) -> bool:
    """True until the finding is resolved, or a person has found nothing wrong."""
    return finding.state.open
