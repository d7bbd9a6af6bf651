"""Which link leads to which column, and when to say nothing."""

import random
import string
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.menus import Match, MenuLink, match_columns
from ledger.site import ColumnPath

HOME = "http://www.mou.gov.cn/"


def link(trail: str, url: str, how: str = "menu") -> MenuLink:
    return MenuLink(tuple(trail.split(" > ")), HOME + url, HOME, how)


def path(text: str) -> ColumnPath:
    return tuple(text.split(" > "))


def find(
    wanted: Iterable[str], links: Mapping[str, str] | list[MenuLink], known: Mapping[str, str] = {}
) -> dict[str, str]:
    """What was matched, as texts: column to address."""
    given = links if isinstance(links, list) else [link(t, u) for t, u in links.items()]
    found = match_columns(
        [path(w) for w in wanted], given, {path(k): HOME + u for k, u in known.items()}
    )
    return {" > ".join(m.path): m.url.removeprefix(HOME) for m in found.values()}


def certainty(wanted: str, trail: str, how: str = "menu", also: Iterable[str] = ()) -> float:
    found = match_columns([path(wanted), *map(path, also)], [link(trail, "x/", how)], {})
    match = found.get(path(wanted))
    return match.certainty if match else 0.0


def test_a_match_says_what_it_rests_on():
    given = MenuLink(("政务公开", "统计信息"), HOME + "tj/", HOME + "zw/", "breadcrumb")
    wanted = ("政务公开", "统计信息")
    assert match_columns([wanted], [given], {}) == {
        wanted: Match(wanted, HOME + "tj/", 1.0, "breadcrumb", "政务公开 > 统计信息", HOME + "zw/")
    }


def test_the_same_name_under_several_parents_goes_by_the_full_path():
    wanted = [
        "政务公开 > 基础信息公开 > 财政资金直达基层",
        "财政公开 > 财政资金直达基层",
        "财政公开 > 财政资金直达基层 > 地方债务信息公开",
        "政务公开 > 基础信息公开 > 地方债务信息公开",
        "政务公开 > 法定公开 > 行政许可和其他对外管理服务",
        "政务公开 > 法定公开 > 行政许可和其他对外管理服务 > 行政许可和其他对外管理服务",
    ]
    links = {name: f"{number}/" for number, name in enumerate(reversed(wanted))}
    assert find(wanted, links) == links


def test_levels_the_portal_leaves_out_or_adds_cost_certainty():
    full = certainty("政务公开 > 法定公开 > 统计信息", "政务公开 > 法定公开 > 统计信息")
    absent = certainty("政务公开 > 法定公开 > 统计信息", "政务公开 > 统计信息")
    more = certainty("政务公开 > 统计信息", "政务公开 > 数据 > 统计信息")
    alone = certainty("政务公开 > 法定公开 > 统计信息", "统计信息")
    assert full == 1.0
    assert full > more > absent > alone > 0.4


def test_the_closer_of_two_columns_takes_the_link():
    wanted = ["公开 > 甲 > 行政许可", "公开 > 甲 > 行政许可 > 行政许可"]
    assert find(wanted, {"公开 > 行政许可": "x/"}) == {wanted[0]: "x/"}


def test_two_columns_as_close_get_nothing():
    assert find(["公开 > 甲 > 统计信息", "公开 > 乙 > 统计信息"], {"公开 > 统计信息": "x/"}) == {}


def test_two_addresses_as_good_are_no_match():
    assert (
        find(["公开 > 统计信息"], [link("公开 > 统计信息", "a/"), link("公开 > 统计信息", "b/")])
        == {}
    )
    assert find(["公开 > 统计信息"], [link("统计信息", "a/"), link("统计信息", "b/")]) == {}


def test_two_spellings_of_one_address_are_one():
    links = [
        link("公开 > 统计信息", "a/"),
        MenuLink(path("公开 > 统计信息"), "https://mou.gov.cn/a/index.html", HOME, "menu"),
    ]
    assert find(["公开 > 统计信息"], links) == {"公开 > 统计信息": "a/"}


def test_a_better_trail_beats_the_bare_name():
    links = [link("统计信息", "block/", "channel"), link("公开 > 统计信息", "right/")]
    assert find(["公开 > 统计信息"], links) == {"公开 > 统计信息": "right/"}


@pytest.mark.parametrize(
    ("wanted", "links"),
    [
        (["政务公开 > 统计信息", "走进某区 > 统计信息"], {"统计信息": "x/"}),
        (["政务公开 > 统计信息", "财政公开"], {"财政公开 > 统计信息": "x/"}),
        (["公开 > 甲 > 统计信息", "公开 > 乙"], {"公开 > 乙 > 统计信息": "x/"}),
        (["政务公开 > 统计信息 > 月报"], {"统计信息 > 统计信息": "x/"}),
    ],
)
def test_the_bare_name_is_not_enough_where_something_speaks_against_it(
    wanted: list[str], links: dict[str, str]
):
    assert find(wanted, links) == {}


def test_the_home_page_s_columns_need_no_heading():
    assert find(
        ["首页 > 通知公告", "政务公开 > 通知公告"],
        {"通知公告": "a/", "政务公开 > 通知公告": "b/"},
    ) == {"首页 > 通知公告": "a/", "政务公开 > 通知公告": "b/"}


def test_the_home_page_itself():
    assert find(["首页"], {"首页": "", "首页 > 要闻": "a/"}) == {"首页": ""}


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ("自然资源(原国土资源)", "自然资源（原国土资源）"),
        ("自然资源(原国土资源)", "自然资源〔原国土资源〕"),
        ("行政处罚、行政强制", "行政处罚，行政强制"),
        ("政策-政府规章", "政策—政府规章"),
        ("“双随机”公开", "双随机公开"),
        ("ＰＰＰ项目", "ppp 项目"),
    ],
)
def test_spellings_of_one_name(wanted: str, shown: str):
    assert certainty(f"公开 > {wanted}", f"公开 > {shown}") == 1.0


@pytest.mark.parametrize(
    ("wanted", "shown", "sure"),
    [
        ("公开 > 自然资源(原国土资源)", "公开 > 自然资源", True),
        ("公开 > 自然资源", "公开 > 自然资源（原国土资源）", True),
        ("公开 > 甲(一)", "公开 > 甲(二)", False),
        (
            "公开 > 公共企事业单位信息公开-基础信息",
            "公开 > 公共企事业单位信息公开 > 基础信息",
            True,
        ),
        ("公开 > 区规范性文件(政策—行政规范性文件)", "公开 > 区规范性文件", True),
        ("公开 > 政府信息公开年报", "公开 > 政府信息公开的年报", True),
        ("公开 > 公共企事业单位信息", "公开 > 公共企业事单位信息", False),
        ("公开 > 统计信息", "公开 > 统计的信息", False),
        ("公开 > 政府信息公开年报", "公开 > 政府信息公开专栏", False),
        ("公开 > 政府信息公开", "公开 > 政府信息公开专栏", False),
        ("公开 > 区政务要闻信息", "公开 > 市政务要闻信息", False),
        ("公开 > 2025年预决算", "公开 > 2026年预决算", False),
        ("公开 > 第一批项目清单", "公开 > 第二批项目清单", False),
    ],
)
def test_names_that_are_nearly_the_same(wanted: str, shown: str, sure: bool):
    assert (0.4 < certainty(wanted, shown) < 1.0) is sure


def test_a_letter_apart_is_not_enough_on_a_channel_page():
    assert certainty("公开 > 政府信息公开年报", "公开 > 政府信息公开的年报", "channel") == 0.0


def test_a_letter_apart_is_not_enough_where_the_other_is_a_column_too():
    also = ["公开 > 政府信息公开的年报"]
    assert certainty("公开 > 政府信息公开年报", "公开 > 政府信息公开的年报", also=also) == 0.0


def test_what_is_known_is_neither_looked_for_nor_given_away():
    known = {"公开 > 许可": "xk/"}
    assert find(["公开 > 许可", "公开 > 许可 > 许可"], {"公开 > 许可": "xk/"}, known) == {}
    child = "公开 > 许可 > 许可"
    assert find([child], {child: "xk/"}, known) == {child: "xk/"}


def test_two_names_may_lead_to_one_page():
    links = {"公开 > 行政处罚": "http/", "公开 > 行政强制": "http/"}
    assert find(links, links) == links


def test_nothing_is_found_in_nothing():
    assert find(["公开 > 统计信息"], {}) == {}
    assert find([], {"公开": "a/"}) == {}
    assert match_columns([()], [link("公开", "a/")], {}) == {}


names = st.sampled_from(
    ["公开", "统计", "许可", "财政信息公开", "财政信息的公开", "甲(乙)", "首页"]
)
paths = st.lists(names, min_size=1, max_size=4).map(tuple)


@given(
    st.lists(paths, max_size=12, unique=True),
    st.lists(st.tuples(paths, st.integers(0, 5)), max_size=30),
)
def test_the_order_of_links_and_columns_changes_nothing(
    wanted: list[ColumnPath], given_links: list[tuple[ColumnPath, int]]
):
    links = [MenuLink(trail, f"{HOME}{n}/", HOME, "menu") for trail, n in given_links]
    there = match_columns(wanted, links, {})
    back = match_columns(wanted[::-1], links[::-1], {})
    assert {p: m.url for p, m in there.items()} == {p: m.url for p, m in back.items()}


@given(st.lists(paths, min_size=1, max_size=12, unique=True))
def test_a_menu_that_shows_the_sheet_is_matched_entirely(wanted: list[ColumnPath]):
    plain = [p for p in wanted if p[0] != "首页"]
    links = [MenuLink(p, f"{HOME}{n}/", HOME, "menu") for n, p in enumerate(plain)]
    found = match_columns(plain, links, {})
    assert {p: m.url for p, m in found.items()} == {p: f"{HOME}{n}/" for n, p in enumerate(plain)}


def test_two_thousand_links_and_three_hundred_columns(stopwatch):
    dice = random.Random(7)
    letters = "政务公开统计信息领导之窗预决算规划" + string.ascii_lowercase

    def name() -> str:
        return "".join(dice.choices(letters, k=dice.randint(4, 14)))

    tops = [name() for _ in range(12)]
    wanted = [(dice.choice(tops), name(), name()) for _ in range(300)]
    links = [
        MenuLink((dice.choice(tops), name(), name()), f"{HOME}{n}/", HOME, "menu")
        for n in range(1700)
    ]
    links += [MenuLink(p, f"{HOME}w{n}/", HOME, "menu") for n, p in enumerate(wanted)]
    with stopwatch(2):
        found = match_columns(wanted, links, {})
    assert len(found) == 300
