"""Cases made by hand: a small portal that holds every verdict and every kind of hostile text."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger.clock import ZONE
from ledger.facts import ColumnReading, Found, Run, Visit
from ledger.findings import (
    ColumnPeriods,
    ColumnVerdict,
    Evidence,
    Finding,
    Judgement,
    PeriodCount,
    Place,
    RuleCard,
)
from ledger.site import Column, FreshnessPolicy, Site
from ledger.words import (
    ColumnKind,
    Frequency,
    How,
    Outcome,
    Severity,
    State,
    Verdict,
)
from reports.base import PaperCase

AS_OF = date(2026, 3, 20)
BEFORE = date(2026, 3, 19)
HOME = "https://www.shahe.example.gov.cn/"
GOLDEN = Path(__file__).parent / "golden"

SCRIPT = "<script>document.title='owned'</script>"
ATTRIBUTE = '"><img src=x onerror="document.title=\'owned\'">'
FORMULA = '=HYPERLINK("http://evil.example/","点我")'
BIDI = "关于表彰的通知\u202eexe.cod\u202c"
LONG_NAME = "关于进一步做好公共企事业单位信息公开与政务服务便民热线办理结果公示工作" * 3

LIMITS = {
    Frequency.WEEKLY: 7,
    Frequency.MONTHLY: 31,
    Frequency.QUARTERLY: 92,
    Frequency.HALF_YEARLY: 183,
    Frequency.YEARLY: 366,
}


def made(
    names: str,
    verdict: Verdict,
    frequency: Frequency = Frequency.MONTHLY,
    last: date | None = None,
    unit: str = "区政府办",
    **more: Any,
) -> ColumnVerdict:
    """A verdict with the fields a rule would fill, `more` replacing any of them."""
    path = tuple(names.split("/"))
    limit = LIMITS.get(frequency)
    url = f"{HOME}zwgk/{len(names)}-{sum(map(ord, names)) % 997}/"
    due = last + timedelta(days=limit) if last and limit else None
    age = (AS_OF - last).days if last else None
    title = f"{path[-1]}最新一期公示" if last else ""
    plain = ColumnVerdict(
        path=path,
        unit=unit,
        units=tuple(unit.split("、")) if unit else (),
        frequency=frequency,
        frequency_text=frequency.label if frequency is not Frequency.UNSPECIFIED else "",
        url=url,
        kind=ColumnKind.LIST,
        verdict=verdict,
        reason=None,
        last_updated=last,
        last_title=title,
        due=due,
        age=age,
        items=20 if last else 0,
        evidence=Evidence(f"{url}t1.html", last.isoformat(), How.LIST.value, title)
        if last
        else None,
        explain=_explain(verdict, age, limit),
    )
    return replace(plain, **more)


def _explain(verdict: Verdict, age: int | None, limit: int | None) -> str:
    return {
        Verdict.ON_TIME: f"最近更新距今{age}天，时限{limit}天。",
        Verdict.OVERDUE: f"最近更新距今{age}天，超过时限{limit}天。",
        Verdict.BLANK: "栏目能打开，列表中没有一条信息。",
        Verdict.UNREACHABLE: "栏目页面返回404。",
        Verdict.AS_NEEDED: "按需更新，不计时限。",
        Verdict.JUMP_OK: "跳转目标能打开。",
        Verdict.JUMP_BROKEN: "跳转目标返回404。",
        Verdict.NOT_CHECKED: "没有得出结论。",
    }[verdict]


def _verdicts() -> tuple[ColumnVerdict, ...]:
    v, f, o = Verdict, Frequency, Outcome
    return (
        made("首页/国务院要闻", v.ON_TIME, f.WEEKLY, date(2026, 3, 19), "区政府办政务公开办"),
        made("首页/区政务要闻", v.OVERDUE, f.WEEKLY, date(2026, 3, 6), "区政府办政务公开办"),
        made("首页/通知公告", v.ON_TIME, f.WEEKLY, date(2026, 3, 14), "区政府办", soon=True),
        made("走进沙河", v.ON_TIME, f.YEARLY, date(2025, 6, 30), "区文体旅游局"),
        made("政务公开/法定公开内容/统计信息", v.ON_TIME, f.MONTHLY, date(2026, 3, 8), "区统计局"),
        made("政务公开/法定公开内容/领导之窗", v.AS_NEEDED, f.TIMELY, date(2025, 11, 3)),
        made(
            "政务公开/法定公开内容/行政许可和其他对外管理服务/政府采购",
            v.JUMP_OK,
            f.JUMP,
            unit="",
            frequency_text="链接自治区政府采购网",
            kind=ColumnKind.JUMP,
            url="https://zfcg.example.org/",
        ),
        made(
            "政务公开/法定公开内容/行政许可和其他对外管理服务/公务员招考",
            v.JUMP_BROKEN,
            f.JUMP,
            unit="",
            frequency_text="链接人事考试中心",
            kind=ColumnKind.JUMP,
            url="http://rsks.example.org/old.html",
        ),
        made("政务公开/重点领域/疫情防控", v.OVERDUE, f.MONTHLY, date(2026, 1, 15), "区卫健委"),
        made(
            "政务公开/重点领域/食品药品监督", v.OVERDUE, f.MONTHLY, date(2025, 9, 1), "区市场监管局"
        ),
        made(
            "政务公开/重点领域/重大建设项目",
            v.OVERDUE,
            f.QUARTERLY,
            date(2025, 11, 30),
            "区发改委、区住建局",
            cut=True,
        ),
        made("政务公开/重点领域/涉农补贴", v.BLANK, unit="区农业农村局", kind=ColumnKind.EMPTY),
        made(
            "政务公开/重点领域/养老服务",
            v.BLANK,
            unit="区民政局",
            kind=ColumnKind.BUILDING,
            explain="页面显示“栏目建设中”。",
        ),
        made("政务公开/重点领域/医疗卫生", v.UNREACHABLE, unit="区卫健委", kind=ColumnKind.UNKNOWN),
        made("政务公开/重点领域/义务教育", v.NOT_CHECKED, unit="区教育局", reason=o.TIMEOUT),
        made("政务公开/重点领域/生态环境", v.NOT_CHECKED, unit="生态环境分局", reason=o.BLOCKED),
        made("政务公开/重点领域/社会救助", v.NOT_CHECKED, unit="区民政局", reason=o.TIMEOUT),
        made(
            "政务公开/依申请公开",
            v.NOT_CHECKED,
            f.ON_DEMAND,
            reason=o.EXCLUDED,
            url=None,
            explain="菜单和栏目页中都没有找到这个栏目的网址。",
        ),
        made("政务公开/政府文件", v.AS_NEEDED, f.UNSPECIFIED, date(2026, 2, 1), unit=""),
        made(
            "测试",
            v.OVERDUE,
            f.MONTHLY,
            date(2026, 1, 1),
            unit=FORMULA,
            path=(f"测试{SCRIPT}", ATTRIBUTE),
            url="javascript:document.title='owned'",
            last_title=FORMULA,
            explain=f"说明{SCRIPT}",
            note="@SUM(1+1)*cmd|' /C calc'!A0",
            evidence=Evidence("data:text/html,x", "-2+3\x07\x00", "list", BIDI),
        ),
        made(
            LONG_NAME,
            v.ON_TIME,
            f.MONTHLY,
            date(2026, 3, 18),
            unit="区" + "某" * 60 + "管理委员会",
            last_title=BIDI,
            url=f"{HOME}{'a' * 400}/",
            note="备" * 400,
        ),
    )


def _cards() -> tuple[RuleCard, ...]:
    return (
        RuleCard(
            "freshness.overdue",
            "栏目逾期",
            1,
            Severity.GENERAL,
            "栏目责任分工表所定更新要求",
            "栏目最近一次更新是否在更新要求的时限内",
            "发布新信息，或说明无信息可发的原因。",
        ),
        RuleCard(
            "freshness.blank",
            "空白栏目",
            1,
            Severity.GENERAL,
            "《政府网站与政务新媒体检查指标》单项否决指标“栏目不更新”",
            "栏目是否一条信息都没有",
            "补充内容，或经批准后撤下栏目。",
        ),
        RuleCard(
            "freshness.jump",
            "跳转链接失效",
            2,
            Severity.LIGHT,
            "《政府网站与政务新媒体检查指标》扣分指标“功能设计”",
            "跳转链接的目标是否能打开",
            "改正链接地址。",
        ),
    )


def _finding(code: str, number: int, verdict: ColumnVerdict, state: State, **more: Any) -> Finding:
    card = next(card for card in _cards() if card.code == code)
    places = (Place(verdict.url or HOME, verdict.explain),)
    plain = Finding(
        fingerprint=f"{number:016x}",
        site="shahe",
        code=code,
        name=card.name,
        severity=card.severity,
        state=state,
        subject=" > ".join(verdict.path),
        message=verdict.explain,
        basis=card.basis,
        unit=verdict.unit,
        first_seen=date(2026, 3, 1),
        last_seen=AS_OF,
        count=1,
        places=places,
        advice=card.mend,
    )
    return replace(plain, **more)


def _findings(verdicts: tuple[ColumnVerdict, ...]) -> tuple[Finding, ...]:
    codes = {
        Verdict.OVERDUE: "freshness.overdue",
        Verdict.BLANK: "freshness.blank",
        Verdict.JUMP_BROKEN: "freshness.jump",
    }
    found = [
        _finding(codes[verdict.verdict], number, verdict, State.CONFIRMED)
        for number, verdict in enumerate(verdicts, start=1)
        if verdict.verdict in codes
    ]
    found[0] = replace(found[0], first_seen=AS_OF)
    found[1] = replace(
        found[1],
        count=14,
        places=tuple(Place(f"{HOME}old/{n}.html", f"第{n}处<b>失效</b>") for n in range(12)),
    )
    found[2] = replace(found[2], state=State.RECURRED)
    mended = _finding("freshness.blank", 900, verdicts[4], State.RESOLVED, resolved_on=AS_OF)
    ancient = _finding(
        "freshness.blank", 901, verdicts[5], State.RESOLVED, resolved_on=date(2025, 1, 1)
    )
    return (*found, mended, ancient)


def _before(verdicts: tuple[ColumnVerdict, ...]) -> tuple[ColumnVerdict, ...]:
    """The day before: one column then in time, one then blank, one then checked, one unknown."""
    held = list(verdicts)
    held[1] = replace(held[1], verdict=Verdict.ON_TIME)
    held[4] = replace(held[4], verdict=Verdict.BLANK, last_updated=None)
    held[14] = replace(held[14], verdict=Verdict.ON_TIME, last_updated=date(2026, 3, 1))
    held[0] = replace(held[0], last_updated=date(2026, 3, 18))
    del held[3]
    held.append(made("政务公开/旧栏目", Verdict.ON_TIME, last=date(2026, 3, 1)))
    return tuple(held)


def _readings(verdicts: tuple[ColumnVerdict, ...]) -> dict[tuple[str, ...], ColumnReading]:
    at = datetime(2026, 3, 20, 2, 10, tzinfo=ZONE)
    held = {}
    for number, verdict in enumerate(verdicts):
        found = Found("roster") if number % 3 else Found("menu", 0.9, verdict.path[-1], HOME)
        if verdict.url is None:
            found = Found("none", 0.0)
        held[verdict.path] = ColumnReading(
            path=verdict.path,
            url=verdict.url,
            outcome=verdict.reason or Outcome.OK,
            kind=verdict.kind,
            found=found,
            at=at,
            adapter="trs" if number % 2 else "html",
            pages_read=1 + number % 3,
            cut=verdict.cut,
            detail="30秒内没有响应" if verdict.reason is Outcome.TIMEOUT else "",
        )
    return held


def _periods(verdicts: tuple[ColumnVerdict, ...]) -> tuple[ColumnPeriods, ...]:
    held = []
    for verdict in verdicts:
        if verdict.frequency is Frequency.WEEKLY:
            held.append(ColumnPeriods(verdict.path, _weeks(verdict)))
        elif verdict.frequency is Frequency.MONTHLY:
            counted = {
                Verdict.NOT_CHECKED: None,
                Verdict.UNREACHABLE: None,
                Verdict.ON_TIME: 3,
            }.get(verdict.verdict, 0)
            month = PeriodCount("3月", date(2026, 3, 1), date(2026, 3, 31), counted, False)
            held.append(ColumnPeriods(verdict.path, (month,)))
    return tuple(held)


def _weeks(verdict: ColumnVerdict) -> tuple[PeriodCount, ...]:
    late = verdict.verdict is Verdict.OVERDUE
    first = date(2026, 3, 2)
    counts = (4, 0 if late else 5, 0 if late else 3, 0, 0)
    weeks = []
    for number, count in enumerate(counts):
        start = first + timedelta(days=7 * number)
        end = start + timedelta(days=6)
        weeks.append(PeriodCount("", start, end, count, end <= AS_OF))
    return (
        PeriodCount("", date(2026, 2, 23), date(2026, 3, 1), None, True),
        *weeks,
    )


def _visits() -> tuple[Visit, ...]:
    at = datetime(2026, 3, 20, 2, 5, tzinfo=ZONE)
    outcomes = [Outcome.OK] * 60 + [Outcome.GONE] * 2 + [Outcome.TIMEOUT] * 2 + [Outcome.BLOCKED]
    return tuple(
        Visit(f"{HOME}{n}", outcome, at, 200, size=30_000, attempts=3 if n > 61 else 1)
        for n, outcome in enumerate(outcomes)
    )


def _site(verdicts: tuple[ColumnVerdict, ...]) -> Site:
    columns = tuple(
        Column(v.path, v.unit, v.units, v.frequency, v.frequency_text, v.url, row=n)
        for n, v in enumerate(verdicts, start=2)
    )
    return Site(
        key="shahe",
        name="沙河区人民政府网",
        home=HOME,
        columns=columns,
        id_code="6502050001",
        folder=Path("sites/shahe"),
        freshness=FreshnessPolicy(limits={Frequency.WEEKLY: 7}),
    )


def clue_case() -> PaperCase:
    """The same night with a rule that only asks a person to look: one new clue, one laid aside."""
    case = build_case()
    card = RuleCard(
        "P001",
        "发布日期早于首次看到的日期",
        0,
        Severity.INFO,
        "内部核查规则（本工具自定，不是法规条款）发布日期与首次看到的日期：列出供核实",
        "列表已经读到某一天、当时没有这条信息。",
        "请核对实际上网的日期。",
    )
    clue = Finding(
        fingerprint="00000000000c1e00",
        site="shahe",
        code="P001",
        name=card.name,
        severity=Severity.INFO,
        state=State.SUSPECTED,
        subject="政务公开 > 法定公开内容 > 统计信息",
        message="栏目“统计信息”有1条信息，需核实：《补登的公报》列表日期“2026-03-01”。",
        basis=card.basis,
        unit="区统计局",
        first_seen=AS_OF,
        last_seen=AS_OF,
        count=1,
        places=(Place(f"{HOME}a.html", f"《补登的公报》列表日期“2026-03-01” {SCRIPT}"),),
        advice=card.mend,
    )
    aside = replace(
        clue,
        fingerprint="00000000000c1e01",
        subject="走进沙河",
        state=State.RESOLVED,
        first_seen=BEFORE,
        resolved_on=AS_OF,
    )
    judgement = replace(case.judgement, cards=(*case.judgement.cards, card))
    return replace(
        case,
        judgement=judgement,
        findings=(*case.findings, clue, aside),
        previous_findings=(
            *case.previous_findings,
            replace(aside, state=State.SUSPECTED, resolved_on=None),
        ),
    )


def build_case() -> PaperCase:
    """The case every test starts from."""
    verdicts = _verdicts()
    findings = _findings(verdicts)
    earlier = tuple(
        replace(f, state=State.CONFIRMED, resolved_on=None)
        if f.resolved_on == AS_OF
        else replace(f, state=State.RESOLVED)
        if f.state is State.RECURRED
        else f
        for f in findings
        if f.first_seen != AS_OF
    )
    run = Run(
        id=42,
        site="shahe",
        as_of=AS_OF,
        state="finished",
        started=datetime(2026, 3, 20, 2, 0, tzinfo=ZONE),
        finished=datetime(2026, 3, 20, 2, 14, 30, tzinfo=ZONE),
    )
    judgement = Judgement("shahe", 42, AS_OF, verdicts, (), (), _cards(), "9f2c41d07be1")
    return PaperCase(
        site=_site(verdicts),
        run=run,
        judgement=judgement,
        findings=findings,
        previous=Judgement(
            "shahe", 41, BEFORE, _before(verdicts), (), (), _cards(), "9f2c41d07be1"
        ),
        previous_findings=earlier,
        periods=_periods(verdicts),
        month=date(2026, 3, 1),
        new_items=17,
        visits=_visits(),
        readings=_readings(verdicts),
    )


@pytest.fixture
def case() -> PaperCase:
    """The hand-made case."""
    return build_case()


@pytest.fixture
def clued() -> PaperCase:
    """The hand-made case with clues."""
    return clue_case()


@pytest.fixture
def make() -> Callable[..., ColumnVerdict]:
    """The maker of single verdicts."""
    return made


@pytest.fixture
def golden() -> Callable[[str, dict[str, Any]], None]:
    """Compare a model with its golden file, or write it where XUNCHA_UPDATE_GOLDEN=1 is set."""

    def check(name: str, model: dict[str, Any]) -> None:
        path = GOLDEN / name
        text = json.dumps(model, ensure_ascii=False, indent=2) + "\n"
        if os.environ.get("XUNCHA_UPDATE_GOLDEN") == "1":
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, (
            f"{name} differs; look at the change, then run the test again with "
            "XUNCHA_UPDATE_GOLDEN=1 and review the diff"
        )

    return check


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium; without one the tests are skipped, except on CI."""
    executable = os.environ.get("XUNCHA_CHROMIUM", "/usr/bin/chromium")
    if not Path(executable).exists():
        message = "Chromium is missing; install it with: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as engine:
        opened = engine.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()
