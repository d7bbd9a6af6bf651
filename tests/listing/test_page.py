"""List or article: the one with lists around it, the other with texts inside it."""

from __future__ import annotations

from datetime import date, timedelta

from crawler.reading.document import Document
from crawler.reading.page import newest_item, read_page
from ledger.facts import Item

PROSE = (
    "<p>各镇人民政府、街道办事处，区政府各部门：</p>"
    "<p>经区人民政府同意，现将有关事项通知如下。各单位要提高认识，加强领导，明确责任，确保各项工作落到实处，"
    "并于2031年5月31日前将落实情况报送区政府办公室。</p>"
    "<p>一、总体要求。坚持问题导向，统筹推进，压实责任，按期完成年度目标任务，切实维护人民群众合法权益。</p>"
)


def side(count: int = 8, heading: str = "最新信息") -> str:
    rows = "".join(
        f'<li><a href="/xw/203104/t2031041{n}_1{n}.html">旁边栏目的一条较长标题{n}</a>'
        f"<span>2031-04-1{n}</span></li>"
        for n in range(count)
    )
    return f'<div class="r"><h3>{heading}</h3><ul>{rows}</ul></div>'


def read(html: str, url: str, today: date) -> tuple[str, str | None, int]:
    reading = read_page(Document(html, url), today)
    published = reading.article.published if reading.article else None
    return (
        reading.kind,
        published.day.isoformat() if published else None,
        len(reading.list.items) if reading.list else 0,
    )


def test_an_article_with_side_lists(today: date) -> None:
    html = (
        "<title>关于开展检查的通知_柳河区</title><h1>关于开展检查的通知</h1>"
        f"<div>发布时间：2031-03-08 10:20 来源：区政府办 【打印】</div><div>{PROSE}</div>{side()}"
    )
    url = "https://www.lh.example/zwgk/203103/t20310308_77.html"
    assert read(html, url, today) == ("article", "2031-03-08", 0)


def test_an_article_with_many_attachments(today: date) -> None:
    papers = "".join(
        f'<p><a href="./P02031{n}.docx">附件{n}：柳河区年度工作任务分解表（第{n}部分）.docx</a></p>'
        for n in range(1, 9)
    )
    html = (
        "<title>关于印发任务分解表的通知</title><h1>关于印发任务分解表的通知</h1>"
        f"<div>发布日期：2031-02-11</div><div>{PROSE}{papers}</div>"
    )
    url = "https://www.lh.example/zwgk/content_4411.html"
    assert read(html, url, today) == ("article", "2031-02-11", 0)


def test_a_document_with_its_table_of_fields(today: date) -> None:
    html = (
        "<title>关于成立领导小组的通知</title><table><tr><td>索引号：</td><td>009/2031-00012</td>"
        "<td>发文机关：</td><td>区政府办</td></tr><tr><td>成文日期：</td><td>2031-02-01</td>"
        "<td>发布日期：</td><td>2031-02-09</td></tr></table><h1>关于成立领导小组的通知</h1>"
        f"<div>{PROSE}</div>{side(5, '相关文件')}"
    )
    url = "https://www.lh.example/gk/a1b2c3d4e5f60718293a4b5c6d7e8f90.shtml"
    assert read(html, url, today) == ("article", "2031-02-09", 0)


def test_a_tagged_article_at_an_address_that_says_nothing(today: date) -> None:
    html = (
        '<meta name="ArticleTitle" content="区情简介"><meta name="PubDate" '
        'content="2031-01-05 09:00">'
        f"<title>区情简介</title><h1>区情简介</h1>{PROSE}{side()}"
    )
    assert read(html, "https://www.lh.example/zjlh/index.html", today)[:2] == (
        "article",
        "2031-01-05",
    )


def test_a_list_with_long_summaries(today: date) -> None:
    rows = "".join(
        f'<li><h3><a href="./t2031040{n}_9{n}.html">区领导调研重点项目建设情况之{n}</a></h3>'
        f"<p>{'区领导先后来到项目现场，详细了解工程进展，强调要抢抓工期、确保质量安全。' * 4}</p>"
        f"<span>2031-04-0{n}</span></li>"
        for n in range(1, 9)
    )
    html = f"<title>要闻_柳河区</title><ul>{rows}</ul>{side()}"
    assert read(html, "https://www.lh.example/yw/", today) == ("list", None, 8)


def test_a_list_page_has_no_day_of_its_own(today: date) -> None:
    rows = "".join(
        f'<li><a href="./t2031040{n}_9{n}.html">区领导调研重点项目建设情况之{n}</a>'
        f"<span>2031-04-0{n}</span></li>"
        for n in range(1, 9)
    )
    html = (
        '<meta name="PubDate" content="2031-04-20 02:00"><meta name="ColumnName" content="要闻">'
        f"<title>要闻</title><ul>{rows}</ul><div>发布时间：2031-04-20</div>"
    )
    assert read(html, "https://www.lh.example/yw/index.html", today) == ("list", None, 8)


def test_a_text_without_day_is_a_single_page(today: date) -> None:
    html = f"<title>机构职能</title><h1>机构职能</h1><div>{PROSE}</div>"
    assert read(html, "https://www.lh.example/jgzn/", today) == ("single", None, 0)


def test_a_home_page_is_a_channel(today: date) -> None:
    def box(name: str, newest: date) -> str:
        rows = "".join(
            f'<li><a href="/{name}/c{n}00.html">{name}栏目的一条较长标题{n}</a>'
            f"<span>{newest - timedelta(days=n):%m-%d}</span></li>"
            for n in range(6)
        )
        return (
            f'<div class="b"><h2>{name}</h2><a class="more" href="/{name}/">更多</a>'
            f"<ul>{rows}</ul></div>"
        )

    html = "<title>柳河区人民政府</title>" + "".join(
        box(name, date(2031, 4, day)) for name, day in (("要闻", 11), ("公告", 17), ("部门", 9))
    )
    reading = read_page(Document(html, "https://www.lh.example/"), today)
    assert reading.kind == "channel"
    assert reading.newest is not None
    assert reading.newest.day == date(2031, 4, 17)


def test_the_newest_is_the_first_of_its_day(today: date) -> None:
    items = tuple(
        Item(url=name, title=name, day=day)
        for name, day in (
            ("a", date(2031, 4, 1)),
            ("b", None),
            ("c", date(2031, 4, 9)),
            ("d", date(2031, 4, 9)),
            ("e", date(2031, 4, 21)),
        )
    )
    found = newest_item(items, today)
    assert found is not None
    assert found.url == "c"
    assert newest_item((), today) is None


def test_a_short_document_with_its_day_is_an_article(today: date) -> None:
    html = (
        "<title>行政处罚决定书（柳市监罚〔2031〕8号）</title><div class='article'>"
        "<h1>行政处罚决定书（柳市监罚〔2031〕8号）</h1><p>2031-02-20 17:00:00 市场监管局</p></div>"
    )
    assert read(html, "https://www.lh.example/b/14.html", today)[:2] == ("article", "2031-02-20")


def test_an_article_filled_by_scripts_keeps_the_day_its_data_names(today: date) -> None:
    html = (
        '<title>一节音乐课</title><div id="root"></div><script>window.__STATE__='
        '{"article":{"title":"一节音乐课","publish_time":1930000000}};</script>'
    )
    url = "https://www.lh.example/article/7012345678901234567/"
    assert read(html, url, today)[:2] == ("article", "2031-02-28")
