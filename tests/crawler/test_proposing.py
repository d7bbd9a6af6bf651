"""What becomes a column of a proposal, where it stands, and what it may owe."""

from __future__ import annotations

import pytest

from crawler.proposing import MAX_CHILDREN, Tree, Where, Why, folded, refusal
from crawler.proposing_duty import copied_types, guess
from crawler.proposing_home import id_code, site_name
from crawler.reading.document import Document
from ledger.words import Frequency

HOME = "http://www.mou.gov.cn/"


@pytest.fixture
def tree() -> Tree:
    return Tree((HOME,), ("mou.gov.cn",))


def paths(tree: Tree) -> list[str]:
    return [" > ".join(node.path) for node in tree]


COLUMNS = (
    "通知公告 政策-地方性法规 行政处罚、行政强制 自然资源(原国土资源) 工作报告 我要写信 返乡创业 "
    "重大决策预公开（民意征集） 公共企事业单位信息公开-服务信息 政府网站年度报表 网上服务"
)


@pytest.mark.parametrize("name", COLUMNS.split())
def test_names_of_columns(name: str):
    assert refusal(name, f"{HOME}a/") is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("首页", Why.TOOL),
        ("English", Why.TOOL),
        ("长者版", Why.TOOL),
        ("搜索", Why.TOOL),
        ("用户登录", Why.TOOL),
        ("网站地图", Why.TOOL),
        ("友情链接", Why.TOOL),
        ("繁體", Why.TOOL),
        ("更多>>", Why.TOOL),
        ("下一页", Why.TOOL),
        ("下页", Why.TOOL),
        ("2", Why.NAME),
        ("2024年", Why.NAME),
        ("关于做好防汛工作的通知", Why.NAME),
        ("我县召开经济工作会议", Why.NAME),
        ("石桥镇营商环境走出“新路子”", Why.NAME),
        ("云泽区人民政府", Why.NAME),
    ],
)
def test_names_of_no_column(name: str, why: Why):
    assert refusal(name, f"{HOME}a/") is why


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("zwgk/", None),
        ("zwgk/c104502/common_list.shtml", None),
        ("hb/default.asp?classid=5", None),
        ("bm/iList.jsp?cat_id=1", None),
        ("xwzx/content_1040160.html", Why.ITEM),
        ("xwzx/202603/t20260313_1030090.shtml", Why.ITEM),
        ("files/nb.pdf", Why.ITEM),
        ("mobile/zwgk/", Why.TOOL),
    ],
)
def test_addresses_of_columns(url: str, why: Why | None):
    assert refusal("政务公开", HOME + url) is why


def test_parents_before_children_in_the_order_of_the_menu(tree: Tree):
    for names, url in (
        (("政务公开",), "zw/"),
        (("政民互动",), "hd/"),
        (("政务公开", "通知公告"), "zw/tz/"),
        (("首页", "今日要闻"), "yw/"),
        (("政务公开", "政策", "文件"), "zw/wj/"),
        (("政务公开", "年报"), "zw/nb/"),
    ):
        tree.offer(names, HOME + url, Where.MENU)
    assert paths(tree) == [
        "首页 > 今日要闻",
        "政务公开",
        "政务公开 > 通知公告",
        "政务公开 > 政策 > 文件",
        "政务公开 > 年报",
        "政民互动",
    ]


def test_one_address_stands_once_below_a_parent(tree: Tree):
    tree.offer(("政务公开",), f"{HOME}zw/", Where.MENU)
    tree.offer(("政务公开", "通知"), f"{HOME}zw/tz/", Where.MENU)
    tree.offer(("政务公开", "公告"), f"{HOME}zw/tz/index.html", Where.MENU)
    tree.offer(("政务公开", "本栏首页"), f"{HOME}zw/", Where.MENU)
    tree.offer(("政务公开", "通 知"), f"{HOME}zw/other/", Where.MENU)
    tree.offer(("专题", "通知"), f"{HOME}zw/tz/", Where.MENU)
    assert paths(tree) == ["政务公开", "政务公开 > 通知", "专题 > 通知"]
    assert [name for name, _ in tree.left_out[Why.AGAIN]] == ["公告", "本栏首页", "通知"]


def test_a_side_box_does_not_take_a_column_from_its_parent(tree: Tree):
    tree.offer(("新闻",), f"{HOME}xw/", Where.MENU)
    tree.offer(("公开",), f"{HOME}zw/", Where.MENU)
    tree.offer(("新闻", "政策解读"), f"{HOME}zw/jd/", Where.SIDE)
    tree.offer(("公开", "政策解读"), f"{HOME}zw/jd/", Where.TREE)
    tree.offer(("新闻", "政策解读"), f"{HOME}zw/jd/", Where.SIDE)
    assert paths(tree) == ["新闻", "公开", "公开 > 政策解读"]


def test_depth_hosts_and_faulty_addresses(tree: Tree):
    tree.offer(tuple("甲乙丙丁戊"), f"{HOME}a/", Where.MENU)
    tree.offer(("公开一", "公开二", "公开三", "公开四", "公开五"), f"{HOME}b/", Where.MENU)
    tree.offer(("政务服务",), "https://zwfw.sheng.gov.cn/", Where.MENU)
    tree.offer(("教育局",), "http://jyj.mou.gov.cn/", Where.MENU)
    tree.offer(("坏网址",), "http://a b/", Where.MENU)
    tree.offer(("某县门户",), HOME, Where.MENU)
    assert {node.path: node.jump for node in tree} == {("政务服务",): True, ("教育局",): False}
    assert tree.left_out[Why.DEEP]


def test_a_menu_without_end_is_cut(tree: Tree):
    for n in range(10_000):
        tree.offer((f"栏目第{n}号",), f"{HOME}{n}/", Where.MENU)
    assert len(tree) == MAX_CHILDREN
    assert tree.left_out[Why.MANY]


def test_a_leading_home_page_is_no_level():
    assert folded(("首页", "要闻")) == folded(("要闻",))
    assert folded(("首页",)) == ("首页",)


@pytest.mark.parametrize(
    ("name", "kind", "frequency"),
    [
        ("国务院要闻", "", Frequency.WEEKLY),
        ("工作动态", "", Frequency.WEEKLY),
        ("政府信息公开年报", "政策文件", Frequency.YEARLY),
        ("预决算公开", "", Frequency.YEARLY),
        ("依申请公开", "", Frequency.ON_DEMAND),
        ("领导之窗", "", Frequency.TIMELY),
        ("政府文件", "政策文件", Frequency.HALF_YEARLY),
        ("统计信息", "数据发布", None),
        ("专题专栏", "", None),
        ("动态平衡", "", None),
    ],
)
def test_what_speaks_for_a_class(name: str, kind: str, frequency: Frequency | None):
    found, reason = guess(name, kind)
    assert found is frequency
    assert bool(reason) == (frequency is not None)


def test_a_type_every_page_bears_says_nothing():
    assert copied_types("政策文件", ["政策文件"]) == {"政策文件"}
    assert copied_types("首页", ["政策文件"] * 9 + ["工作动态"]) == {"政策文件"}
    assert copied_types("首页", ["政策文件"] * 3 + ["工作动态"] * 4) == frozenset()


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta name="SiteName" content="某县人民政府"><title>首页</title>', "某县人民政府"),
        ("<title>首页_某县人民政府网</title>", "某县人民政府网"),
        ("<title>欢迎访问某县人民政府门户网站-首页</title>", "某县人民政府门户网站"),
        ("<title></title>", ""),
    ],
)
def test_the_portals_name(head: str, name: str):
    assert site_name(Document(f"<html><head>{head}</head><body></body></html>", HOME)) == name


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ('<meta name="SiteIDCode" content=" 6500000001 ">', "6500000001"),
        ('<meta name="SiteIDCode" content="null"><p>网站标识码：bm01000001</p>', "bm01000001"),
        ("<p>网站标识码 6500000001　新ICP备20053018号</p>", "6500000001"),
        ("<p>新ICP备20053018号　电话 0990-6962017</p>", ""),
    ],
)
def test_the_identity_code(page: str, code: str):
    assert id_code(Document(f"<html><body>{page}</body></html>", HOME)) == code
