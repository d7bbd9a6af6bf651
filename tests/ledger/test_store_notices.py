"""Vendors' notices on both databases: kept once, settled for good, their pages asked for again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger.findings import Claim
from ledger.known import Known
from ledger.life import fingerprint
from ledger.notices import Notice, NoticeItem, NoticeKind
from ledger.words import Outcome, Role, Severity

DAY = date(2026, 3, 20)
PAGE = "http://demo.test/a.html"
OWN = fingerprint("wuerhe", "V101", "demo.test/a.html", "秸杆")


@pytest.fixture
def item():
    return NoticeItem(
        "第 2 行", NoticeKind.WORDING, "错别字", "https://www.demo.test/a.html", "秸杆", "秸秆",
        context="焚烧秸杆\x00", found_on=DAY, fingerprint=OWN, own=OWN,
    )  # fmt: skip


@pytest.fixture
def notice(item, make):
    return Notice("wuerhe", b"d" * 16, "三月.xlsx", "某公司", DAY, make.start, (item,))


def test_a_file_is_kept_once_a_site(ledger, notice):
    assert ledger.save_notice(notice)
    assert not ledger.save_notice(replace(notice, vendor="别家"))
    assert ledger.save_notice(replace(notice, site="other"))
    [kept] = ledger.notices("wuerhe", DAY)
    assert (kept.vendor, kept.digest, kept.at) == ("某公司", notice.digest, notice.at)
    assert kept.items[0].context == "焚烧秸杆\x00"
    assert ledger.notices("wuerhe", DAY - timedelta(days=1)) == []
    assert ledger.notices("wuerhe", DAY, DAY + timedelta(days=1)) == []


def test_what_was_found_the_same_stays_so_and_is_told_once(ledger, notice, make):
    ledger.save_notice(notice)
    run = make.run(ledger, DAY)
    own = Claim("V101", "demo.test/a.html", "通报", Severity.GENERAL, "", term="秸杆")
    ledger.save_judgement(make.judgement(run, DAY, (own,)))
    assert [f.fingerprint for f in ledger.findings("wuerhe", DAY)] == [OWN]
    before = ledger.digest("wuerhe", DAY)
    later = DAY + timedelta(days=1)
    ledger.settle_notices("wuerhe", later, {OWN: "0123456789abcdef"})
    ledger.settle_notices("wuerhe", later + timedelta(days=1), {OWN: "fedcba9876543210"})
    [kept] = ledger.notices("wuerhe", DAY)
    assert (kept.items[0].fingerprint, kept.items[0].matched_on) == ("0123456789abcdef", later)
    # The day before it was found to be the same it still stands for itself.
    assert [f.fingerprint for f in ledger.findings("wuerhe", DAY)] == [OWN]
    assert ledger.findings("wuerhe", later) == []
    assert ledger.digest("wuerhe", DAY) == before


def test_pages_of_open_entries_are_found_however_they_are_spelt(ledger, notice, make):
    ledger.save_notice(notice)
    run = make.run(ledger, DAY)
    known = Known(PAGE, Role.PAGE, DAY, run)
    ledger.save_pages(run, [make.page(PAGE, "焚烧秸杆")], [make.visit(PAGE)], [known])
    own = Claim("V101", "demo.test/a.html", "通报", Severity.GENERAL, "", term="秸杆")
    ledger.save_judgement(make.judgement(run, DAY, (own,)))
    sight = ledger.sights(run, [notice.items[0].url])[notice.items[0].url]
    assert (sight.url, sight.read_on, sight.words) == (PAGE, DAY, ("标题", "焚烧秸杆"))
    later = make.run(ledger, DAY + timedelta(days=1))
    [(url, last)] = ledger.noticed(later, 300)
    assert (url, last) == (PAGE, known)
    ledger.save_pages(later, [], [make.visit(PAGE, Outcome.GONE)], [])
    gone = ledger.sights(later, [notice.items[0].url])[notice.items[0].url]
    assert gone.gone
    assert (gone.read_on, gone.words) == (DAY, ())
    ledger.save_judgement(make.judgement(later, DAY + timedelta(days=1)))
    assert ledger.noticed(make.run(ledger, DAY + timedelta(days=2)), 300) == []
