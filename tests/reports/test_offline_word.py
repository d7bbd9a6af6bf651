"""What ended because its page was taken down is called 已下线, never 已解决."""

from dataclasses import replace

from reports.base import PaperCase
from reports.problems import problems


def test_a_page_taken_down_is_not_said_to_be_mended(case: PaperCase) -> None:
    words = {row["state_word"] for row in problems(case) if row["state"] == "resolved"}
    assert words == {"已解决"}
    gone = tuple(replace(f, offline=f.resolved_on is not None) for f in case.findings)
    rows = [r for r in problems(replace(case, findings=gone)) if r["state"] == "resolved"]
    assert {row["state_word"] for row in rows} == {"已下线"}
    again = tuple(replace(f, offline=True) for f in case.findings)
    still = [r for r in problems(replace(case, findings=again)) if r["state"] != "resolved"]
    assert "已下线" not in {row["state_word"] for row in still}
