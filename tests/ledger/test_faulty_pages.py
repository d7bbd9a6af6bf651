"""Pages with faults of wording are asked for again the next night, with the files they offer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.facts import Attachment
from ledger.findings import Place, TextTally, Unchecked
from ledger.known import Known
from ledger.words import Outcome, Role

PAGE, CLEAN, FILE = (f"http://demo.test/{name}" for name in ("a.html", "b.html", "a.pdf"))


def begin(ledger, make, days=0):
    run = ledger.begin_run(make.site(), make.day + timedelta(days=days), make.start)
    ledger.finish_run(run.id, make.start)
    return run


def judged(ledger, make, run, *faulty):
    tally = TextTally(pages=2, characters=9, attachments=1, faulty=faulty)
    ledger.save_judgement(replace(make.judgement(run.id, run.as_of), texts=tally))


@pytest.fixture
def first(ledger, make):
    run = begin(ledger, make)
    page = replace(make.page(PAGE), attachments=(Attachment(FILE, "全文.pdf"),))
    roles = {PAGE: Role.PAGE, CLEAN: Role.PAGE, FILE: Role.FILE}
    known = [Known(url, role, run.as_of, run.id) for url, role in roles.items()]
    ledger.save_pages(run.id, [page, make.page(CLEAN)], [], known)
    return run


def urls(ledger, run, role=Role.PAGE):
    return [known.url for known in ledger.blamed(run.id, role, 300)]


def test_only_faulty_pages_and_their_files_are_asked_again(ledger, make, first):
    judged(ledger, make, first, PAGE)
    later = begin(ledger, make, 1)
    assert urls(ledger, later) == [PAGE]
    assert urls(ledger, later, Role.FILE) == [FILE]


def test_a_file_a_list_leads_to_is_asked_again_itself(ledger, make, first):
    judged(ledger, make, first, FILE)
    later = begin(ledger, make, 1)
    assert urls(ledger, later) == []
    assert urls(ledger, later, Role.FILE) == [FILE]


def test_the_last_judgement_counts(ledger, make, first):
    judged(ledger, make, first, PAGE, CLEAN)
    judged(ledger, make, begin(ledger, make, 1), CLEAN)
    assert urls(ledger, begin(ledger, make, 2)) == [CLEAN]


def test_never_twice_on_a_day_nor_before_the_judgement(ledger, make, first):
    judged(ledger, make, first, PAGE)
    assert urls(ledger, begin(ledger, make, 0)) == []
    assert urls(ledger, begin(ledger, make, -1)) == []


def test_nothing_is_asked_again_without_a_judgement(ledger, make, first):
    assert urls(ledger, begin(ledger, make, 1)) == []


def test_how_much_was_read_comes_back_with_the_judgement(ledger, make, first):
    missed = Unchecked("扫描件（图片）", 3, (Place(PAGE, "名单.pdf"),))
    tally = TextTally(2, 1_234, 1, (missed,), shadow=True, faulty=(CLEAN, PAGE))
    whole = replace(make.judgement(first.id, first.as_of), texts=tally)
    ledger.save_judgement(whole)
    assert ledger.judgement(first.id, first.as_of) == whole
    ledger.save_judgement(replace(whole, texts=None))
    assert ledger.judgement(first.id, first.as_of).texts is None


def test_how_many_nights_in_a_row_a_page_was_gone(ledger, make, first):
    outcomes = (
        (Outcome.OK, Outcome.GONE),
        (Outcome.GONE, Outcome.OK),
        (Outcome.TIMEOUT, Outcome.BLOCKED),
        (Outcome.SOFT_GONE, Outcome.OK),
    )
    told = []
    for days, pair in enumerate(outcomes, start=1):
        run = begin(ledger, make, days)
        seen = [make.visit(url, word) for url, word in zip((PAGE, CLEAN), pair, strict=True)]
        ledger.save_pages(run.id, [], seen, [])
        told.append(ledger.nights_gone(run.id, [PAGE, CLEAN, FILE]))
    # Who is blocked or gets no answer says nothing.
    assert told == [{CLEAN: 1}, {PAGE: 1}, {PAGE: 1}, {PAGE: 2}]
