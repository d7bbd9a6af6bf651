"""Figures show the numbers they are given, in Chinese letters, in colours that survive print."""

import io
import itertools
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from PIL import Image

from reports import charts, drawing
from reports.base import TrendPoint
from reports.page import _environment

LAST = date(2026, 3, 20)
TREND = charts.trend_rows(
    [TrendPoint(LAST - timedelta(days=7 * n), 31 + n, 71 + n, 51 + n) for n in (4, 3, 1, 0)]
)
UNITS = [
    {"unit": "区统计局", "open": 3, "overdue": 0, "closed": 8},
    {"unit": "区教育局", "open": 1, "overdue": 6, "closed": 2},
]
AGES = [{"name": "通知公告", "age": 79, "limit": 31}, {"name": "政务要闻", "age": 19, "limit": 7}]
DAYS = {LAST: 2, LAST - timedelta(days=30): 13, LAST - timedelta(days=364): 1}


def year(since=None):
    return charts.update_calendar(
        charts.calendar_rows(DAYS), LAST.isoformat(), name="通知公告", since=since
    )


MADE = {
    "trend": lambda: charts.trend(TREND),
    "units": lambda: charts.by_unit(UNITS),
    "ages": lambda: charts.ages(AGES),
    "year": lambda: year("2025-06-01"),
}


@pytest.fixture(scope="module")
def made():
    assert drawing.face(), "no Chinese typeface; install one with: apt-get install fonts-noto-cjk"
    return {name: make() for name, make in MADE.items()}


@pytest.fixture
def faceless(monkeypatch):
    """A machine without Chinese typefaces."""
    drawing.face.cache_clear()
    monkeypatch.setattr(drawing, "FACES", ("No Such Face",))
    yield
    drawing.face.cache_clear()


def words(chart):
    held = ET.fromstring(chart.svg)
    return [
        "".join(node.itertext()).strip() for node in held.iter("{http://www.w3.org/2000/svg}text")
    ]


def test_the_trend_shows_its_numbers(made):
    shown = words(made["trend"])
    for row in TREND:
        for key in ("open", "opened", "closed"):
            assert str(row[key]) in shown
            assert f"{row[key]} 个" in made["trend"].alt
    assert "合计新增 292 个、解决 212 个" in made["trend"].alt


def test_a_gap_between_inspections_is_no_line(made):
    # Four points in two stretches: two lines beside those of axes and legend.
    at = [date.fromisoformat(row["day"]).toordinal() for row in TREND]
    assert charts._stretches(at, 7) == [(0, 2), (2, 4)]


def test_units_stand_in_the_order_of_what_they_owe(made):
    shown = words(made["units"])
    assert shown.index("区教育局") < shown.index("区统计局")
    assert "超期6个、整改中1个、已办结2个" in shown
    assert "整改中3个、已办结8个" in shown
    assert "区教育局：超期 6 个、整改中 1 个、已办结 2 个；区统计局：整改中 3 个、已办结 8 个" in (
        made["units"].alt
    )


def test_ages_stand_against_their_limits(made):
    assert {"79天（时限31天）", "19天（时限7天）"} <= set(words(made["ages"]))
    assert "通知公告 79 天（时限 31 天）；政务要闻 19 天（时限 7 天）" in made["ages"].alt


def test_a_year_shows_every_day_with_its_count(made):
    assert {"2", "13", "1"} <= set(words(made["year"]))
    assert "共发布 16 条，有更新的 3 天" in made["year"].alt
    assert "2025年3月 1 条、2026年2月 13 条、2026年3月 2 条" in made["year"].alt


def test_days_nobody_read_are_not_called_silent(made):
    assert "2025-06-01 以前的列表没有读到，不作结论。" in made["year"].alt
    assert "没有读到" in words(made["year"])
    assert "没有读到" not in words(year())
    assert "没有读到" not in year().alt


@pytest.mark.parametrize("name", MADE)
def test_the_picture_for_word_opens_and_shows_something(name, made):
    with Image.open(io.BytesIO(made[name].png)) as picture:
        assert picture.width == pytest.approx(charts.WIDTH / 25.4 * 200, abs=2)
        assert len(picture.convert("L").getcolors(1 << 20)) > 20


@pytest.mark.parametrize("name", MADE)
def test_the_same_numbers_are_the_same_bytes(name, made):
    again = MADE[name]()
    assert (made[name].svg, made[name].png) == (again.svg, again.png)


@pytest.mark.parametrize("name", MADE)
def test_every_letter_is_in_the_typeface(name, made):
    for said in words(made[name]):
        assert all(drawing._has(char) for char in said), said
    assert b"'Microsoft YaHei'" in made[name].svg


def test_colours_differ_in_print_without_colour():
    def light(colour):
        red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    shades = [light(colour) for colour in (charts._DARK, charts._MIDDLE, charts._LIGHT)]
    assert all(abs(a - b) > 0.15 for a, b in itertools.combinations(shades, 2))


def test_names_from_elsewhere_stay_names():
    rows = [{"unit": "$\\frac{x}$<b>\u202e\x07甲\U0001f600" + "长" * 40, "open": 1, "overdue": 0}]
    chart = charts.by_unit([row | {"closed": 0} for row in rows])
    (name,) = [said for said in words(chart) if "frac" in said]
    assert name == "$\\frac{x}$<b>甲□…"
    assert chart.png


def test_beyond_the_most_bars_the_rest_is_told():
    rows = [{"unit": f"第{n}局", "open": n, "overdue": 0, "closed": 0} for n in range(1, 31)]
    chart = charts.by_unit(rows)
    assert "列出问题最多的 20 个单位，另有 10 个单位未列" in chart.caption
    assert "第30局" in chart.alt
    assert "第10局" not in chart.alt


def test_without_a_typeface_the_numbers_stand_in_words(faceless):
    chart = charts.by_unit(UNITS)
    assert (chart.drawn, chart.svg, chart.png) == (False, b"", b"")
    assert chart.missing.startswith("本机没有可用的中文字体，未能绘图")
    assert "超期 6 个" in chart.missing
    context, pictures = charts.for_word({"units": chart})
    assert pictures == {}
    assert context["figures"]["units"]["missing"] == chart.missing


@pytest.mark.parametrize("make", [lambda: charts.trend([]), lambda: charts.by_unit([])])
def test_nothing_to_show_is_drawn_and_said(make):
    assert make().png
    assert make().alt.endswith("。")


def test_a_page_holds_the_figure_and_its_words(made):
    template = _environment().from_string(
        '{% from "charts.html" import figure %}{{ figure(chart) }}'
    )
    shown = template.render(chart=made["units"])
    assert 'src="data:image/svg+xml;base64,' in shown
    assert f'alt="{made["units"].alt}"' in shown
    assert f"<figcaption>{made['units'].caption}</figcaption>" in shown
