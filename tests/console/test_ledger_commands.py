"""What the ledger alone can tell: columns, findings, judge, report. The portal is not asked."""

import json
import shutil

import pytest

DAY = "2026-03-20"
KEYS = ["path", "unit", "frequency", "url", "verdict", "reason", "last_updated", "due", "items"]
FINDING_KEYS = [
    "fingerprint", "site", "code", "name", "severity", "state", "subject", "message", "basis",
    "unit", "first_seen", "last_seen", "count", "places", "advice",
]  # fmt: skip


@pytest.fixture
def own(quiet, tmp_path):
    """A copy of the inspected folder, for tests that judge other days."""
    shutil.copytree(quiet.home, tmp_path / "own")
    quiet.home = tmp_path / "own"
    return quiet


def test_columns_tell_the_truth(quiet, portal):
    from demo.truth import truth

    told = quiet("columns", "site", "--as-of", DAY, "--format", "json").json()
    assert list(told) == ["site", "as_of", "columns"]
    assert (told["site"], told["as_of"]) == ("site", DAY)
    known = truth(portal)
    for column in told["columns"]:
        assert list(column)[:10] == [*KEYS, "evidence"]
        true = known[tuple(column["path"])]
        assert column["verdict"] == true.verdict
        assert column["last_updated"] == true.last_updated.isoformat()
        assert list(column["evidence"]) == ["url", "text", "how"]


def test_findings(quiet):
    told = quiet("findings", "site", "--as-of", DAY, "--format", "json").json()
    assert len(told) >= 3
    for finding in told:
        assert list(finding)[:15] == FINDING_KEYS
        assert all(list(place) == ["address", "excerpt"] for place in finding["places"])


@pytest.mark.parametrize(
    "args", ["columns table", "columns json", "columns csv", "findings jsonl", "findings table"]
)
def test_the_same_bytes_every_time(quiet, inspected, args):
    command, form = args.split()
    one, two = (
        run(command, "site", "--as-of", DAY, "--format", form) for run in (quiet, inspected)
    )
    assert one.code == 0
    assert one.out
    assert one.out == two.out


def test_jsonl_and_csv_have_a_line_for_each_column(quiet, few_rows):
    lines = quiet("columns", "site", "--as-of", DAY, "--format", "jsonl").out.splitlines()
    assert len(lines) == len(few_rows)
    assert all(json.loads(line)["site"] == "site" for line in lines)
    sheet = quiet("columns", "site", "--as-of", DAY, "--format", "csv").out
    assert sheet.startswith("\ufeffsite,as_of,path,unit,")
    assert len(sheet.splitlines()) == len(few_rows) + 1


def test_judging_another_day(own):
    ran = own("judge", "site", "--as-of", "2026-12-31", "--format", "json")
    assert ran.code == 0
    assert ran.json()["verdicts"].get("on_time", 0) == 0
    told = own("columns", "site", "--as-of", "2026-12-31", "--format", "json").json()
    assert told["as_of"] == "2026-12-31"
    again = own("columns", "site", "--as-of", DAY, "--format", "json").json()
    assert again["as_of"] == DAY


def test_judging_a_day_without_an_inspection_says_so(own):
    ran = own("judge", "site", "--as-of", "2026-12-31")
    assert "按 2026-03-20 的巡查判定" in ran.err
    assert own("judge", "site", "--as-of", DAY).err == ""


def test_judging_a_day_before_the_first_run_says_so(own):
    ran = own("judge", "site", "--as-of", "2026-03-01")
    assert ran.code == 0
    assert "改用 2026-03-20 的巡查" in ran.err


def test_judging_twice_changes_nothing(own):
    one = own("judge", "site", "--as-of", DAY, "--format", "json").out
    before = own("findings", "site", "--as-of", DAY, "--format", "json").out
    assert own("judge", "site", "--as-of", DAY, "--format", "json").out == one
    assert own("findings", "site", "--as-of", DAY, "--format", "json").out == before


def test_columns_before_any_run(quiet):
    ran = quiet("columns", "site", "--as-of", "2025-01-01")
    assert ran.code == 2
    assert "xuncha nightly site" in ran.err


def test_report_of_a_past_month_is_the_same_twice(quiet):
    for out in ("one", "two"):
        ran = quiet(
            "report", "month", "site", "--month", "2026-02", "--as-of", DAY, "--out", out,
            "--formats", "json,xlsx,html",
        )  # fmt: skip
        assert ran.code == 0, ran.err
    files = [quiet.home / out / "site-month-2026-02.json" for out in ("one", "two")]
    assert files[0].read_bytes() == files[1].read_bytes()
    model = json.loads(files[0].read_text("utf-8"))
    assert (model["month"], model["as_of"]) == ("2026-02", "2026-02-28")
    for form in ("html", "xlsx"):
        one, two = (path.with_suffix(f".{form}").read_bytes() for path in files)
        assert one == two


def test_report_of_the_night(quiet):
    ran = quiet("report", "site", "--as-of", DAY, "--out", "night", "--formats", "json")
    assert ran.code == 0
    assert ran.out.strip().endswith(f"night/site-nightly-{DAY}.json")
    night = (quiet.home / "xuncha-out" / f"site-nightly-{DAY}.json").read_bytes()
    assert (quiet.home / "night" / f"site-nightly-{DAY}.json").read_bytes() == night


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (["month", "site", "--month", "2027-01", "--as-of", DAY], 3, "晚于基准日"),
        (["nightly", "site", "--month", "2026-01"], 3, "按日出具"),
        (["nightly", "site", "--formats", "docx"], 3, "没有格式 docx"),
        (["nightly", "site", "--as-of", DAY, "--out", "site/site.toml"], 2, "用 --out 换一个目录"),
        (["nightly", "site", "--ledger", "sqlite:///none.db"], 2, "台账 none.db 不存在"),
    ],
)
def test_report_misused(quiet, args, code, sentence):
    ran = quiet("report", *args)
    assert ran.code == code
    assert sentence in ran.err
    assert ran.out == ""
    assert not (quiet.home / "none.db").exists()
