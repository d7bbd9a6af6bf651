"""`xuncha check --online`: the sheet held against the portal's own menus."""

import socket

import pytest

LISTED = "".join(
    f'<li><a href="/i/content_{n}.html">某县召开第{n}次经济运行分析工作会议</a>'
    f"<span>2026-03-0{n}</span></li>"
    for n in range(1, 9)
)
NAV = (
    '<div class="nav"><ul><li><a href="/">首页</a></li>'
    '<li><a href="/xw/">新闻中心</a></li><li><a href="/zw/">政务公开</a><ul>'
    '<li><a href="/zw/gg2/">公告公示</a></li><li><a href="/zw/tj/">统计信息</a></li>'
    '<li><a href="/zw/zcjdhy/">政策解读回应</a></li></ul></li>'
    '<li><a href="/hd/">政民互动</a></li><li><a href="/sj/">数据开放</a></li></ul></div>'
)


def page(*more):
    return f"<html><head><title>某县人民政府</title></head><body>{NAV}{''.join(more)}</body></html>"


LIST = page(f'<div class="list"><ul>{LISTED}</ul></div>')
ROOMS = ("xw", "zw", "zw/gg2", "zw/gg", "zw/tj", "zw/zcjdhy", "hd", "sj", "zw/qz")
PAGES = dict.fromkeys(["/", *(f"/{room}/" for room in ROOMS)], LIST)


def rows(root):
    return [
        f"新闻中心,,,,县府办,按周更新,{root}/xw/",  # as it is
        f"政务公开,公告公示,,,县府办,按月更新,{root}/zw/gg/",  # moved
        "政务公开,统计信息,,,统计局,按月更新,",  # found by its path
        "政务公开,政策解读,,,县府办,按月更新,",  # renamed
        "政务公开,人事任免,,,人社局,按需更新,",  # not there
        f"政务公开,财政预决算,,,财政局,按年更新,{root}/zw/cz/",  # address gone
        f"政务公开,权责清单,,,编办,按年更新,{root}/zw/qz/",  # opens, in no menu
        f"政民互动交流,,,,信访局,按月更新,{root}/hd/",  # another name for the same page
    ]


@pytest.fixture
def compared(xuncha, serving, make_site):
    """Compares the site with the portal; `more` are further options."""

    def compare(*more, pages=PAGES):
        with serving(pages) as root:
            make_site(xuncha.home / "a", root, rows(root))
            return xuncha("check", "a", "--online", "--as-of", "2026-03-20", *more), root

    return compare


def test_every_kind_of_difference(compared):
    ran, root = compared("--format", "json")
    assert ran.code == 0, ran.err
    online = ran.json()["online"]
    assert online["compared"]
    found = {(d["kind"], d["path"][-1]): d for d in online["differences"]}
    assert set(found) == {
        ("moved", "公告公示"),
        ("similar", "政策解读"),
        ("not_on_site", "人事任免"),
        ("not_on_site", "财政预决算"),
        ("unlisted", "权责清单"),
        ("similar", "政民互动交流"),
        ("not_in_sheet", "数据开放"),
    }
    moved = found["moved", "公告公示"]
    assert (moved["row"], moved["site_url"]) == (3, f"{root}/zw/gg2/")
    assert moved["sheet_url"] == f"{root}/zw/gg/"
    assert "原网址仍能打开" in moved["message"]
    assert found["similar", "政策解读"]["nearest"] == ["政务公开", "政策解读回应"]
    assert found["similar", "政民互动交流"]["nearest"] == ["政民互动"]
    assert found["not_in_sheet", "数据开放"]["row"] is None
    assert online["agreed"] == 2


def test_in_words(compared):
    ran, _ = compared()
    assert ran.code == 0
    assert "提醒　表中有、网站上没有　columns.csv 第 6 行：“政务公开 > 人事任免”" in ran.out
    assert "提醒　网站上有、表中没有　“数据开放”" in ran.out
    assert "提醒　已移动　columns.csv 第 3 行" in ran.out
    assert "一致 2 个" in ran.out
    assert "可以巡查" in ran.out


def test_as_rows_for_programs(compared):
    ran, _ = compared("--format", "csv")
    assert ran.code == 0
    assert "表中有、网站上没有" in ran.out
    assert "政务公开 > 政策解读回应" in ran.out


@pytest.mark.parametrize(("limit", "code"), [("severe", 0), ("general", 1)])
def test_fail_on(compared, limit, code):
    assert compared("--fail-on", limit)[0].code == code


def test_a_sheet_that_agrees(xuncha, serving, make_site):
    with serving(PAGES) as root:
        names = (
            "新闻中心 政务公开,公告公示 政务公开,统计信息 政务公开,政策解读回应 政民互动 数据开放"
        )
        filled = [(name + ",,,,").split(",")[:4] for name in names.split()]
        make_site(
            xuncha.home / "a", root, [",".join([*n, "县府办", "按月更新", ""]) for n in filled]
        )
        ran = xuncha("check", "a", "--online", "--fail-on", "info")
    assert ran.code == 0, ran.out
    assert "一致 6 个，没有差别" in ran.out


@pytest.mark.parametrize(
    ("home", "why"), [(403, "被拦截"), (502, "服务器错误"), ("<p>x</p>", "菜单")]
)
def test_a_portal_that_tells_nothing_is_not_compared(compared, home, why):
    ran, _ = compared("--format", "json", pages={"/": home})
    assert ran.code == 0
    online = ran.json()["online"]
    assert (online["compared"], online["differences"]) == (False, [])
    assert why in online["reason"]


def test_nobody_answers(xuncha, make_site):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        root = f"http://127.0.0.1:{free.getsockname()[1]}"
    make_site(xuncha.home / "a", root, rows(root), crawl="delay = 0\nretries = 0")
    ran = xuncha("check", "a", "--online")
    assert ran.code == 0
    assert "与网站未比对：首页" in ran.out
    assert "网站上没有" not in ran.out


def test_what_lies_below_a_page_that_could_not_be_read_is_not_compared(compared):
    ran, _ = compared("--format", "json", pages={**PAGES, "/zw/": 403})
    found = {d["path"][-1]: d for d in ran.json()["online"]["differences"]}
    assert found["人事任免"]["kind"] == "not_compared"
    assert "政务公开" in found["人事任免"]["message"]
    assert found["公告公示"]["kind"] == "moved"


def test_a_survey_cut_short_accuses_nothing(xuncha, serving, make_site):
    pages = {**PAGES, **{f"/zw/{n}/": LIST for n in range(40)}}
    links = "".join(f'<li><a href="/zw/{n}/">公开第{n}类</a></li>' for n in "甲乙丙丁戊己庚辛壬癸")
    pages["/"] = page(f'<div class="menu"><ul>{links}</ul></div>')
    with serving(pages) as root:
        make_site(xuncha.home / "a", root, rows(root))
        ran = xuncha("check", "a", "--online", "--max-pages", "10", "--format", "json")
    found = ran.json()["online"]["differences"]
    assert not [d for d in found if d["kind"] == "not_on_site"]
    assert [d for d in found if d["kind"] == "not_compared" and "--max-pages" in d["message"]]


def test_a_faulty_sheet_is_mended_before_anybody_is_asked(xuncha, serving, make_site):
    with serving(PAGES) as root:
        make_site(xuncha.home / "a", root, ["新闻中心,,,,县府办,按旬更新,"])
        ran = xuncha("check", "a", "--online")
        assert serving.moments == []
    assert ran.code == 3
    assert "与网站未比对：配置或栏目表有错误" in ran.out


def test_without_the_option_nobody_is_asked(typed, serving, make_site):
    with serving(PAGES) as root:
        make_site(typed.home / "a", root, rows(root))
        ran = typed("check", "a", "--format", "json")
    assert "online" not in ran.json()
    assert serving.moments == []


def test_fail_on_weighs_the_comparison_alone(typed, make_site):
    make_site(typed.home / "a", "http://a.example", ["新闻中心,,,,县府办,按周更新,"])
    ran = typed("check", "a", "--fail-on", "general")
    assert ran.code == 3
    assert "--online" in ran.err


def test_each_site_is_compared_by_itself(xuncha, serving, make_site):
    with serving(PAGES) as root:
        make_site(xuncha.home / "all/a", root, rows(root))
        make_site(xuncha.home / "all/b", f"{root}/nothing", rows(root))
        ran = xuncha("check", "all", "--online", "--format", "json")
    assert [site["online"]["compared"] for site in ran.json()] == [True, False]
