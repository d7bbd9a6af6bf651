from __future__ import annotations

import pytest

from crawler.guard import Guard, host_of, is_private
from ledger.site import Column, CrawlPolicy, Site
from ledger.words import Frequency


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.9", "169.254.169.254", "::1", "fd00::1",
     "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "::ffff:10.0.0.1", "printer.local",
     "0.0.0.0"],
)  # fmt: skip
def test_private(host: str) -> None:
    assert is_private(host)
    assert not Guard(["www.example.gov.cn"]).permits_name(host)


@pytest.mark.parametrize(
    "host", ["www.example.gov.cn", "8.8.8.8", "2001:4860:4860::8888", "1.example.cn"]
)
def test_public(host: str) -> None:
    assert not is_private(host)
    assert Guard().permits_name(host)


def test_roster_opens_its_own_hosts_alone() -> None:
    column = Column(("甲",), "", (), Frequency.MONTHLY, "按月更新", url="http://10.1.1.2/a/")
    site = Site(
        "k", "n", "http://10.1.1.1/", (column,), crawl=CrawlPolicy(allow_hosts=("10.1.1.3",))
    )
    guard = Guard.of_site(site)
    assert [guard.permits_name(f"10.1.1.{n}") for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert not guard.permits_name("127.0.0.1")


def test_loopback_portal_answers_under_every_loopback_name() -> None:
    guard = Guard(["127.0.0.1"])
    assert guard.permits_name("localhost")
    assert guard.permits_address("portal.test", "127.0.0.2")
    assert not guard.permits_name("169.254.169.254")


def test_name_that_turns_out_private_is_remembered() -> None:
    guard = Guard(["www.example.gov.cn"])
    assert not guard.permits_address("evil.example", "192.168.0.1")
    assert guard.refused == {"evil.example"}
    assert guard.permits_address("www.example.gov.cn", "192.168.0.1")


def test_host_of_nonsense() -> None:
    assert host_of("http://[broken/") == ""
