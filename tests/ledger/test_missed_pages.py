"""A page that was missed is asked for again the next night, ahead of its turn."""

from datetime import timedelta

from ledger.known import Known
from ledger.words import Outcome, Role


def test_a_missed_page_is_due_the_next_night_and_after_two_in_its_turn(ledger, make):
    urls = [f"http://demo.test/{n}.html" for n in range(60)]
    run = ledger.begin_run(make.site(), make.day, make.start)
    answers = [Known(url, Role.PAGE, make.day, run.id) for url in urls]
    ledger.save_pages(run.id, [], [], answers)
    ledger.finish_run(run.id, make.start)
    due = None
    for night, misses in ((1, 1), (2, 2)):
        run = ledger.begin_run(make.site(), make.day + timedelta(days=night), make.start)
        due = [known.url for known in ledger.due_pages(run.id, 29)]
        assert len(due) == 3
        assert night == 1 or due[0] == urls[50]
        lost = Known(urls[50], Role.PAGE, run.as_of, run.id, outcome=Outcome.GONE, misses=misses)
        ledger.save_pages(run.id, [], [], [lost])
        ledger.finish_run(run.id, make.start)
    run = ledger.begin_run(make.site(), make.day + timedelta(days=3), make.start)
    assert urls[50] not in [known.url for known in ledger.due_pages(run.id, 29)]
    ledger.finish_run(run.id, make.start)
    run = ledger.begin_run(make.site(), make.day + timedelta(days=40), make.start)
    assert urls[50] in [known.url for known in ledger.due_pages(run.id, 29)]
