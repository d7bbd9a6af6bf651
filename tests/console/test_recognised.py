"""What was only recognised in a picture, as the command tells it."""

from datetime import date

import pytest

from console.sites import load_sites
from ledger import clock
from ledger.findings import Claim, Judgement, Place
from ledger.store import Ledger
from ledger.words import Severity

DAY = date(2026, 3, 20)


@pytest.mark.parametrize("recognised", [True, False])
def test_what_was_recognised_fails_nothing(xuncha, make_site, recognised):
    folder = make_site(xuncha.home / "a", "http://127.0.0.1:1", ["首页,通知,,,甲局,按周更新,"])
    [site] = load_sites(folder)
    claim = Claim(
        "T101", "人民共合国", "国名写错。", Severity.SEVERE, "",
        places=(Place("http://127.0.0.1:1/a", "［附件图片识别：全文.pdf］人民【共合】国"),),
        doubtful=recognised, recognised=recognised,
    )  # fmt: skip
    with Ledger.open(f"sqlite:///{xuncha.home / 'xuncha.db'}") as ledger:
        run = ledger.begin_run(site, DAY, clock.now())
        ledger.finish_run(run.id, clock.now())
        ledger.save_judgement(Judgement("a", run.id, DAY, (), (claim,), (), (), "r"))
    asked = ("findings", "a", "--as-of", DAY.isoformat(), "--format", "json")
    ran = xuncha(*asked, "--fail-on", "severe")
    assert ran.code == (0 if recognised else 1), ran.err
    assert [one["tier"] for one in ran.json()] == ["ocr" if recognised else "report"]
