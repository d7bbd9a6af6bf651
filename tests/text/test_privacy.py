"""Laws of the privacy rules: what counts as a number, and that nothing printed gives it away."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.findings import Claim
from ledger.texts import PageText, Passage, PassageKind, SiteTexts, TextPolicy, Tier
from rules.text.catalog import text_rules
from rules.text.corpus import gather
from rules.text.judging import judge_texts
from rules.text.privacy.masks import masked_address, veiled
from rules.text.privacy.numbers import check_digit, citizen, luhn
from rules.text.proofing import Proof, proofs

DAY = date(2026, 3, 20)
PRIVACY = ("T601", "T602", "T603", "T604")
ALLOWED = {"T601": 6, "T602": 7, "T603": 8, "T604": 0}
# The lists are read when first asked for.
unhurried = settings(deadline=None)
digits = st.text("0123456789", min_size=1, max_size=1)


def _proofs(*texts: str, kind: PassageKind = PassageKind.BODY) -> list[Proof]:
    pages = [
        PageText(f"http://a.gov.cn/{n}", passages=(Passage(kind, text),))
        for n, text in enumerate(texts)
    ]
    rules = [rule for rule in text_rules() if rule.code in PRIVACY]
    return proofs(gather(pages, TextPolicy(), DAY), rules)


@unhurried
@given(st.text("0123456789", min_size=17, max_size=17), st.sampled_from("0123456789X"))
def test_a_citizens_number_checks(first: str, last: str) -> None:
    assert not citizen(first + last, DAY) or check_digit(first) == last


@unhurried
@given(st.dates(date(1900, 1, 1), DAY), st.integers(1, 999), st.integers(0, 16), digits)
def test_one_wrong_digit_never_passes(born: date, order: int, place: int, digit: str) -> None:
    first = f"650102{born:%Y%m%d}{order:03}"
    number = first + check_digit(first)
    assert citizen(number, DAY)
    other = number[:place] + digit + number[place + 1 :]
    assert other == number or not citizen(other, DAY)


@unhurried
@given(st.text("0123456789", min_size=12, max_size=18))
def test_one_last_digit_in_ten_passes_luhn(first: str) -> None:
    assert sum(luhn(f"{first}{digit}") for digit in range(10)) == 1


@unhurried
@given(st.text("0123456789", min_size=18, max_size=18))
def test_random_digits_are_reported_only_as_citizens_numbers(number: str) -> None:
    reported = [p for p in _proofs(f"说明{number}完") if p.rule.code == "T601"]
    assert bool(reported) == citizen(number, DAY)


_PEOPLE = st.tuples(
    st.dates(date(1900, 1, 1), date(1910, 1, 1)),
    st.integers(1, 999),
    st.integers(0, 99_999_999),
    st.integers(0, 10**12 - 1),
)


def _row(born: date, order: int, mobile: int, card: int) -> tuple[str, str, str]:
    first = f"650102{born:%Y%m%d}{order:03}"
    start = f"622202{card:012}"
    last = next(d for d in range(10) if luhn(f"{start}{d}"))
    return first + check_digit(first), f"199{mobile:08}", f"{start}{last}"


@unhurried
@given(_PEOPLE)
def test_nothing_said_of_a_number_gives_it_away(person: tuple[date, int, int, int]) -> None:
    numbers = _row(*person)
    door = "东镇幸福小区13号楼2单元501室"
    head = "姓名\t身份证号\t手机号\t银行卡号\t家庭住址"
    text = f"临时救助公示\n{head}\n甲某某\t" + "\t".join([*numbers, door])
    found = _proofs(text, kind=PassageKind.TABLE)
    assert [proof.rule.code for proof in found] == list(PRIVACY)
    for proof in found:
        for said in (proof.hit.why, proof.hit.suggest, proof.hit.shown):
            assert proof.wrong not in said
            assert not any(number in said for number in numbers)
        assert proof.hit.shown
        assert len(re.findall(r"\d", proof.hit.shown)) <= ALLOWED[proof.rule.code]


@unhurried
@given(_PEOPLE)
def test_no_claim_of_a_site_gives_a_number_away(person: tuple[date, int, int, int]) -> None:
    numbers = _row(*person)
    rows = "\n".join("\t".join(["甲某某", *numbers, "东镇西村3组12号"]) for _ in range(2))
    text = f"临时救助公示\n姓名\t身份证号\t手机号\t银行卡号\t家庭住址\n{rows}"
    page = PageText("http://a.gov.cn/1", passages=(Passage(PassageKind.TABLE, text),))
    claims = [c for c in judge_texts(SiteTexts((page,)), DAY).said if isinstance(c, Claim)]
    assert {claim.code for claim in claims} >= set(PRIVACY)
    for claim in claims:
        told = [claim.subject, claim.term, claim.message, claim.advice]
        told += [place.excerpt for place in claim.places]
        for said in told:
            assert not any(number in said for number in numbers), said
            assert not re.search(r"\d{9}", said), said
            assert "3组" not in said
            assert "12号" not in said


@unhurried
@given(_PEOPLE, st.sampled_from(["", " ", "，", "\n", "："]))
def test_a_veiled_text_shows_no_number(person: tuple[date, int, int, int], between: str) -> None:
    numbers = _row(*person)
    text = f"甲{between}{numbers[0]}，乙{between}{numbers[1]}、{numbers[2]}{between}丙"
    shown = veiled(text)
    assert len(shown) == len(text)
    assert not any(number in shown for number in numbers)
    assert not re.search(r"\d{8}", shown)
    assert shown.startswith("甲")
    assert shown.endswith("丙")


def test_veiling_leaves_everything_else_alone() -> None:
    text = "2024年1月15日，新政办发〔2024〕12号，0991-1234567，金额1234567.89元，6501************16"
    assert veiled(text) == text


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("东镇人民路12号3-201", "东镇人民路**号***"),
        ("东镇西村三组", "东镇西村*组"),
        ("东镇四平村", "东镇四平村"),
        ("A座12楼", "*座**楼"),
    ],
)
def test_an_address_keeps_only_its_names(address: str, masked: str) -> None:
    assert masked_address(address) == masked


@pytest.mark.parametrize("kind", sorted(set(PassageKind) - {PassageKind.OCR}))
def test_numbers_are_found_wherever_a_page_has_them(kind: PassageKind) -> None:
    found = _proofs("身份证号650102190001010016", kind=kind)
    assert [proof.hit.shown for proof in found] == ["6501************16"]


def test_a_drafts_table_is_a_table_though_each_cell_stands_alone() -> None:
    cells = ["姓名", "手机号", "家庭住址", "甲某某", "19900000001", "东镇西村3组12号"]
    page = PageText(
        "草稿.docx",
        passages=(
            Passage(PassageKind.BODY, "临时救助对象公示"),
            *(Passage(PassageKind.TABLE, cell) for cell in cells),
        ),
    )
    rules = [rule for rule in text_rules() if rule.code in PRIVACY]
    found = proofs(gather([page], TextPolicy(), DAY), rules)
    assert [(proof.rule.code, proof.tier) for proof in found] == [
        ("T602", Tier.REPORT),
        ("T604", Tier.REVIEW),
    ]


def test_line_ends_survive_trailing_blanks() -> None:
    found = _proofs("姓名\t身份证号\t备注\t\n甲某某\t650102190001010016\t\t\n")
    assert len(found) == 1


@pytest.mark.parametrize("size", [20_000])
def test_hostile_text_is_read_in_no_time(size: int) -> None:
    for piece in ("1", "1 ", "1-", "6222 ", "199", "姓名\t", "住址：", "家住1号楼", "一" * 3):
        assert _proofs(piece * (size // len(piece))) is not None


_PIECES = st.sampled_from(
    [
        *"\t\n \r　，。",
        "姓名",
        "身份证号",
        "手机号",
        "银行卡号",
        "家庭住址",
        "救助公示",
        "住址：",
        "650102190001010016",
        "６５０１０２１９０００１０１００１６",
        "65010219000101001643",
        "650102 19000101 0016",
        "19900000001",
        "199-0000-0001",
        "6222020000000000000",
        "6222 0200 0000 0000 000",
        "东镇西村3组12号",
        "幸福小区3号楼2单元501室",
        "甲某某",
        "1",
        "X",
    ]
)


@unhurried
@given(st.lists(_PIECES, max_size=40).map("".join), st.sampled_from(PassageKind))
def test_whatever_a_page_throws_together_is_read_and_masked(text: str, kind: PassageKind) -> None:
    for proof in _proofs(text, kind=kind):
        assert proof.wrong
        assert "\n" not in proof.wrong
        assert proof.hit.shown == proof.hit.suggest
        for said in (proof.hit.why, proof.hit.shown):
            assert len(re.findall(r"\d", said)) <= ALLOWED[proof.rule.code] + 3
        assert not re.search(r"\d{5}", proof.hit.shown)


def test_what_stands_behind_a_whole_number_is_left_alone() -> None:
    number = "65010219900307" + "1233"
    assert veiled(f"甲某某 {number} 1200 因病") == "甲某某 6501************33 1200 因病"
    assert veiled("13800001234 1200") == "138****1234 1200"
    assert "1200" not in veiled("6222 0212 0012 0012 003")
