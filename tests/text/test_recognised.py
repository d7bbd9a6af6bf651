"""Text recognised from pictures: whatever is found there is a question for a person."""

from __future__ import annotations

from datetime import date

from ledger.findings import Claim
from ledger.texts import PageText, Passage, PassageKind, SiteTexts, Tier
from ledger.words import Severity
from rules.text.corpus import gather
from rules.text.judging import TextJudgement, judge_texts
from rules.text.proofing import proofs
from rules.text.recognised import recognised_proofs

DAY = date(2026, 3, 20)
GRAVE = "中华人民共合国成立以来，各项事业发展很快。"
SLIP = "各村要做好秸杆禁烧工作。"


def page(name: str, kind: PassageKind, *texts: str) -> PageText:
    passages = tuple(Passage(kind, text, "全文.pdf") for text in texts)
    return PageText(f"http://demo.test/{name}", day=DAY, passages=passages)


def judged(*pages: PageText) -> TextJudgement:
    return judge_texts(SiteTexts(pages), DAY)


def claims(*pages: PageText) -> list[Claim]:
    return [claim for claim in judged(*pages).said if isinstance(claim, Claim)]


def test_the_gravest_finding_is_a_question() -> None:
    [claim] = claims(page("a", PassageKind.OCR, GRAVE))
    assert claim.severity is Severity.SEVERE
    assert (claim.doubtful, claim.recognised) == (True, True)
    assert "先对照原图核实。" in claim.message
    assert claim.places[0].excerpt.startswith("［附件图片识别：全文.pdf］")
    [plain] = claims(page("a", PassageKind.ATTACHMENT, GRAVE))
    assert (plain.doubtful, plain.recognised) == (False, False)
    assert "原图" not in plain.message


def test_what_also_stands_in_text_is_a_finding_as_any_other() -> None:
    [claim] = claims(page("a", PassageKind.OCR, SLIP), page("b", PassageKind.BODY, SLIP))
    assert (claim.doubtful, claim.recognised, claim.count) == (False, False, 2)
    assert "原图" not in claim.message
    # Of the two it is the text that is shown first.
    assert [place.url[-1] for place in claim.places] == ["b", "a"]


def test_no_tier_but_its_own() -> None:
    corpus = gather(
        [page("a", PassageKind.OCR, GRAVE, SLIP)], SiteTexts(()).policy, DAY, recognised=True
    )
    found = recognised_proofs(corpus)
    assert {proof.rule.code for proof in found} == {"T101", "T201"}
    assert {proof.tier for proof in found} == {Tier.OCR}


def test_misread_text_is_no_evidence_for_other_text() -> None:
    pages = (page("a", PassageKind.BODY, SLIP), page("b", PassageKind.OCR, GRAVE))
    corpus = gather(pages, SiteTexts(()).policy, DAY)
    assert [text.plain.text for text in corpus.texts] == [SLIP]
    assert {proof.rule.code for proof in proofs(corpus)} == {"T201"}


def test_single_characters_are_not_suspected_by_statistics() -> None:
    wrong = "各级税务机关要严格落实税收优惠政策，切实减轻企业负但，推动经济高质量发展。"
    assert [claim.code for claim in claims(page("a", PassageKind.BODY, wrong))] == ["T301"]
    assert claims(page("a", PassageKind.OCR, wrong)) == []


def test_an_attachment_read_in_part_and_recognised_in_part_counts_once() -> None:
    both = (
        Passage(PassageKind.ATTACHMENT, "能读的话。", "全文.pdf"),
        Passage(PassageKind.OCR, "图里的话。", "全文.pdf"),
        Passage(PassageKind.OCR, "另一份里的话。", "扫描件.pdf"),
    )
    tally = judged(PageText("http://demo.test/a", passages=both)).tally
    assert (tally.attachments, tally.characters) == (2, 17)
