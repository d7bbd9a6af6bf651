"""The lists of unsafe words and hosts: in order, in force, and silent where somebody warns."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.texts import OutLink, PageText, Passage, PassageKind, TextPolicy, Tier
from rules.standards import standards
from rules.text.catalog import text_rules
from rules.text.corpus import gather
from rules.text.proofing import Proof, proofs
from rules.text.unsafe.hosts import bad, foreign
from rules.text.unsafe.lexicon import CATEGORIES, lowered

DAY = date(2026, 3, 20)
FOLDER = files("rules") / "data" / "text" / "unsafe"
LISTS = {
    name: tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for name in CATEGORIES
}
KEYS = ("ads", "words", "weak", "services", "lawful")
unhurried = settings(deadline=None)


def _proofs(pages: list[PageText], code: str, policy: TextPolicy | None = None) -> list[Proof]:
    rules = [rule for rule in text_rules() if rule.code == code]
    return proofs(gather(pages, policy or TextPolicy(), DAY), rules)


def _page(text: str, kind: PassageKind = PassageKind.BODY, title: str = "") -> PageText:
    return PageText(f"http://a.gov.cn/{text}", title=title, passages=(Passage(kind, text),))


@pytest.mark.parametrize("name", CATEGORIES)
def test_a_list_is_in_order(name: str) -> None:
    table = LISTS[name]
    assert table["clause"] in standards().clauses
    assert set(table["false_alarms"]) == {"alone", "report", "review"}
    assert table["false_alarms"]["report"] == 0
    for key in KEYS:
        for word in table.get(key, []):
            assert word == lowered(word).strip()
            assert len(word) >= 2


def test_no_word_stands_in_two_places() -> None:
    counted = Counter(w for table in LISTS.values() for key in KEYS for w in table.get(key, []))
    assert [word for word, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", CATEGORIES)
def test_every_ad_is_reported_and_every_warning_of_it_is_not(name: str) -> None:
    ads = LISTS[name]["ads"]
    found = {proof.wrong for proof in _proofs([_page(ad) for ad in ads], "T501")}
    missed = [ad for ad in ads if not any(wrong in ad or ad in wrong for wrong in found)]
    assert missed == []
    warned = [_page(f"公安机关提醒，“{ad}”都是骗局") for ad in ads]
    assert _proofs(warned, "T501") == []


def test_a_title_that_warns_silences_the_text_below() -> None:
    assert _proofs([_page("注册送彩金", title="公安机关提醒")], "T501") == []
    assert _proofs([_page("注册送彩金", title="首页")], "T501")[0].tier is Tier.REPORT


def test_the_paragraph_before_may_warn() -> None:
    said = ("警方提醒广大群众", "注册送彩金")
    page = PageText("草稿.docx", passages=tuple(Passage(PassageKind.BODY, words) for words in said))
    assert [proof.tier for proof in _proofs([page], "T501")] == [Tier.REVIEW]


def test_one_word_for_search_engines_is_no_spam_on_a_page_that_warns() -> None:
    said = (Passage(PassageKind.HIDDEN, "六合彩", "Keywords"),)
    quiet = PageText("http://a.gov.cn/1", passages=(*said, Passage(PassageKind.BODY, "警方通报")))
    assert [proof.tier for proof in _proofs([quiet], "T501")] == [Tier.REVIEW]
    bare = PageText("http://a.gov.cn/2", passages=said)
    assert [proof.tier for proof in _proofs([bare], "T501")] == [Tier.REPORT]


def test_one_finding_a_sentence_and_kind_names_the_others() -> None:
    found = _proofs([_page("真人荷官在线发牌，注册送彩金，一肖一码")], "T501")
    assert len(found) == 1
    assert "一肖一码" in found[0].hit.why


def test_a_list_of_the_agency_counts() -> None:
    link = OutLink("http://www.lost-domain.example/a", "专题")
    page = PageText("http://a.gov.cn/", links=(link,))
    assert _proofs([page], "T502") == []
    policy = TextPolicy(bad_hosts=frozenset({"lost-domain.example"}))
    assert [proof.tier for proof in _proofs([page], "T502", policy)] == [Tier.REPORT]


@unhurried
@given(st.text(max_size=60))
def test_any_address_can_be_judged(url: str) -> None:
    for whole in (url, f"http://{url}", f"http://xn--{url}.cn/"):
        host = foreign(whole, {"a.gov.cn"})
        assert not host or "." in host
        assert bad(host, {host}) is not None


@unhurried
@given(st.text(max_size=80))
def test_any_text_can_be_judged(text: str) -> None:
    for proof in _proofs([_page(text + "网赌六合彩" + text)], "T501"):
        assert proof.wrong
