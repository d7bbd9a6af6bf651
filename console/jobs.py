"""What a worker is asked to do and what it answers; plain data, so that it travels anywhere."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from console.errors import Exit
from ledger.site import Site
from ledger.words import Severity, Verdict

CRAWL = "crawl"
NIGHTLY = "nightly"


@dataclass(frozen=True, slots=True)
class Job:
    """One site to inspect. `task` is crawl or nightly; `lane` names the shared platform."""

    task: str
    key: str
    name: str
    lane: str
    folder: str
    ledger: str
    as_of: str
    out: str = ""

    def to_line(self) -> str:
        """The job as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=True) + "\n"

    @classmethod
    def from_line(cls, line: str) -> Job:
        """The job a parent wrote with `to_line`."""
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Summary:
    """How one site's job ended.

    `error` is empty when all went well, `code` the exit code it asks for. `verdicts` counts columns
    by verdict, `findings` the open findings by severity; `changed` says in words what is new since
    the inspection before; `papers` are the files written.
    """

    site: str
    name: str
    as_of: str
    error: str = ""
    code: int = int(Exit.FINE)
    lost: bool = False
    run: int | None = None
    columns: int = 0
    pages: int = 0
    items: int = 0
    resumed: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    changed: str = ""
    papers: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The summary for JSON; whether a process was lost on the way is our own affair."""
        data = asdict(self)
        del data["lost"]
        data["papers"] = list(self.papers)
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Summary:
        """The summary a worker sent with `to_dict`."""
        return cls(**{**data, "papers": tuple(data["papers"])})

    def reaches(self, severity: Severity) -> bool:
        """True where an open finding is at least as grave as `severity`."""
        return any(
            count and Severity(word).rank >= severity.rank for word, count in self.findings.items()
        )


def job_for(site: Site, task: str, ledger: str, as_of: date, out: Path | None = None) -> Job:
    """The job of inspecting `site`."""
    return Job(
        task=task,
        key=site.key,
        name=site.name,
        lane=_lane(site),
        folder=str(site.folder),
        ledger=ledger,
        as_of=as_of.isoformat(),
        out=str(out) if out else "",
    )


def _lane(site: Site) -> str:
    """The platform a site shares; by default its server, and two ports are two servers."""
    home = urlsplit(site.home)
    return home.netloc.lower() if site.lane in ("", home.hostname) else site.lane


def failed(job: Job, sentence: str, code: Exit = Exit.FAILED, *, lost: bool = False) -> Summary:
    """The summary of a job that came to nothing."""
    return Summary(job.key, job.name, job.as_of, error=sentence, code=int(code), lost=lost)


def total_line(summary: Summary) -> str:
    """One line for one site: totals by verdict, open findings by severity."""
    if summary.error:
        return f"{summary.site}（{summary.name}）：未完成。{summary.error}"
    parts = [f"栏目 {summary.columns} 个"]
    parts += [
        f"{verdict.label} {summary.verdicts[verdict]}"
        for verdict in Verdict
        if summary.verdicts.get(verdict)
    ]
    if not summary.verdicts:
        parts += [f"请求 {summary.pages} 次", f"信息 {summary.items} 条"]
    line = f"{summary.site}（{summary.name}）{summary.as_of}：" + "，".join(parts)
    if summary.verdicts:
        line += "；" + _findings_words(summary)
    if summary.resumed:
        line += f"；接续上次中断的巡查，{summary.resumed} 个栏目未重复检查"
    return line


def _findings_words(summary: Summary) -> str:
    total = sum(summary.findings.values())
    if not total:
        return "没有未解决的问题"
    grave = "，".join(
        f"{severity.label} {summary.findings[severity]}"
        for severity in reversed(Severity)
        if summary.findings.get(severity)
    )
    return f"未解决的问题 {total} 个（{grave}）"
