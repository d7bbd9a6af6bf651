"""The hosts a site's own list calls bad, however they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.roster import read_roster


@pytest.mark.parametrize(
    ("written", "hosts"),
    [
        ('["lost.example.com"]', ("lost.example.com",)),
        ('"http://www.Lost.example.com/a?b=1"', ("lost.example.com",)),
        ('["www.lost.example.com/", "other.example.cn"]', ("lost.example.com", "other.example.cn")),
        ('""', ()),
    ],
)
def test_hosts_and_addresses_are_understood(
    tmp_path: Path, written: str, hosts: tuple[str, ...]
) -> None:
    (tmp_path / "site.toml").write_text(
        f'name = "某区"\nhome = "http://127.0.0.1/"\n[text]\nbad_hosts = {written}\n',
        encoding="utf-8",
    )
    (tmp_path / "columns.csv").write_text("一级栏目,发布形式\n要闻,按周\n", encoding="utf-8")
    roster = read_roster(tmp_path)
    assert roster.errors == ()
    assert roster.site is not None
    assert roster.site.bad_hosts == hosts
