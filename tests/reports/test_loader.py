from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import reports
from reports import PaperCase, PaperError, file_name, load


def test_the_papers_are_found_by_their_names() -> None:
    papers = load()
    assert papers["nightly"].formats == ("html", "json")
    assert papers["month"].formats == ("html", "docx", "xlsx", "json")
    assert all(name == paper.name and paper.title for name, paper in papers.items())


def test_a_name_used_twice_is_refused_with_both_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zz_copy.py").write_text("from reports.nightly import PAPER\n", encoding="utf-8")
    monkeypatch.setattr(reports, "__path__", [*reports.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, "reports.zz_copy", raising=False)
    with pytest.raises(PaperError, match=r"nightly.*重复：nightly\.py 与 zz_copy\.py"):
        load()
    sys.modules.pop("reports.zz_copy", None)


def test_file_names_carry_site_paper_and_time(case: PaperCase) -> None:
    papers = load()
    day = date(2026, 3, 20)
    assert file_name(papers["nightly"], case.site, day, "html") == "shahe-nightly-2026-03-20.html"
    assert file_name(papers["month"], case.site, day, "xlsx") == "shahe-month-2026-03.xlsx"


def test_a_site_key_cannot_leave_the_folder(case: PaperCase) -> None:
    site = replace(case.site, key="../../etc/x")
    name = file_name(load()["nightly"], site, date(2026, 3, 20), "html")
    assert "/" not in name
    assert not name.startswith(".")


@pytest.mark.parametrize("name", ["nightly", "month"])
def test_an_unknown_format_names_those_there_are(name: str, case: PaperCase) -> None:
    paper = load()[name]
    with pytest.raises(PaperError, match="没有 pdf 格式，可选：html"):
        paper.render(paper.build(case), "pdf")
