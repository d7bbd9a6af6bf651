"""A closed month stays as it was handed over; what would differ is said, and told apart."""

import json
import shutil

import pytest

APRIL = ("--as-of", "2026-04-02")
MARCH = ("--month", "2026-03")


@pytest.fixture
def own(quiet, tmp_path):
    shutil.copytree(quiet.home, tmp_path / "own")
    quiet.home = tmp_path / "own"
    return quiet


def month_model(own):
    ran = own("report", "month", "site", *MARCH, *APRIL, "--formats", "json", "--out", "papers")
    assert ran.code == 0, ran.err
    return json.loads((own.home / "papers/site-month-2026-03.json").read_text()), ran


def rename_unit(own):
    sheet = own.home / "site/columns.csv"
    text = sheet.read_text()
    assert "区政府办" in text
    sheet.write_text(text.replace("区政府办", "区政务公开办"))


def test_a_period_that_is_not_over_is_not_closed(own):
    ran = own("close", "site", *MARCH, "--as-of", "2026-03-31")
    assert ran.code == 3
    assert "2026年3月到 2026-03-31 才结束" in ran.err
    assert own("close", "site").code == 3


def test_a_closed_month_never_changes_silently(own):
    closed = own("close", "site", *MARCH, *APRIL, "--by", "张三")
    assert closed.code == 0, closed.err
    assert "site\tmonth\t2026-03\t第 1 版" in closed.out
    first, ran = month_model(own)
    assert "按封账的第 1 版出具" in ran.err
    assert "内容会与它不同" not in ran.err
    assert "由张三封账" in first["edition"]["words"]

    again = own("close", "site", *MARCH, *APRIL)
    assert again.code == 0
    assert "与第 1 版相同，不另出新版" in again.err

    rename_unit(own)
    kept, ran = month_model(own)
    assert kept == first
    assert "内容会与它不同" in ran.err
    refused = own("close", "site", *MARCH, *APRIL)
    assert refused.code != 0
    assert "需要更正请加 --reason" in refused.err

    mended = own("close", "site", *MARCH, *APRIL, "--reason", "责任单位更名")
    assert "第 2 版" in mended.out
    second, _ = month_model(own)
    assert second["edition"]["number"] == 2
    assert "第 1 版，更正原因：责任单位更名。" in second["edition"]["words"]
    assert any("区政务公开办" in row["unit"] for row in second["columns"])
