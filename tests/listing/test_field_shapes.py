"""Ways portals lay out a column that a list reader meets only in the field."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crawler.reading.document import Document
from crawler.reading.listing import survey
from crawler.reading.listing_links import is_article_address
from crawler.reading.page import PageReading, read_page

TODAY = date(2031, 4, 20)
NOTICES = (
    "关于做好春季农业生产工作的通知",
    "柳河区召开安全生产工作推进会议",
    "关于公布行政执法案卷评查结果的通报",
    "柳河区一季度经济运行情况新闻发布会",
)
BESIDE = "".join(
    f'<li><a href="/zx/jrtj/{day}.html">区政府部署防汛抗旱工作{day}</a><i>2031-04-{day}</i></li>'
    for day in range(12, 20)
)


def read(
    body: str, url: str = "https://x.example/zwgk/zd/", title: str = "公开制度"
) -> PageReading:
    return read_page(Document(f"<title>{title}-柳河区</title><body>{body}</body>", url), TODAY)


def days(page: PageReading) -> list[str]:
    assert page.list is not None
    return [str(item.day) for item in page.list.items]


@pytest.mark.parametrize("heading", ["最近更新", "最新公开", "近期热点", "热点信息"])
def test_a_box_of_news_is_not_the_list_of_another_column(heading: str) -> None:
    page = read(f"<p>位置：首页 > 政务公开 > 公开制度</p><h5>{heading}</h5><ul>{BESIDE}</ul>")
    assert page.newest is None


def test_items_in_the_folder_named_like_the_page_are_its_own() -> None:
    own = "".join(
        f'<span><a href="/zwgk/zd/{n}a4.html" title="标题：{t} 发布时间：2030-1{n % 3}-10 10:21 '
        f'点击数：18">{t[:9]}…</a></span>'
        for n, t in enumerate(NOTICES)
    )
    page = read(
        f"<div>{own}</div><h5>最近更新</h5><ul>{BESIDE}</ul>", "https://x.example/zwgk/zd.html"
    )
    assert page.newest is not None
    assert str(page.newest.day) == "2030-12-10"
    assert page.newest.title == NOTICES[2]


def test_a_breadcrumb_heads_no_box() -> None:
    rows = "".join(
        f"<li><span><b>{day:02}</b>/0{month}月</span>"
        f'<a href="https://mp.weixin.qq.com/s/1b6173{day}">{title}</a></li>'
        for (month, day), title in zip([(4, 2), (3, 26), (3, 12), (2, 20)], NOTICES, strict=True)
    )
    page = read(f'<div class="crumb">您当前的位置：首页 > 专题专栏 > 融媒矩阵</div><ul>{rows}</ul>')
    assert days(page) == ["2031-04-02", "2031-03-26", "2031-03-12", "2031-02-20"]


def _yearless(*shown: str) -> PageReading:
    titles = [*NOTICES, *(f"{t}（续）" for t in NOTICES)]
    rows = "".join(
        f'<li><a href="a{n}.html">{title}</a><span>{day}</span></li>'
        for n, (day, title) in enumerate(zip(shown, titles, strict=False))
    )
    return read(f"<ul>{rows}</ul>")


def test_a_year_turns_after_two_rows_where_the_third_follows_as_closely_as_the_rest() -> None:
    page = _yearless("05-02", "04-26", "04-12", "03-20", "02-15", "01-30")
    assert days(page)[:3] == ["2030-05-02", "2030-04-26", "2030-04-12"]


def test_two_old_rows_on_top_turn_no_year() -> None:
    page = _yearless("07-10", "07-02", "04-12", "04-10", "04-05", "04-01")
    assert days(page)[:3] == ["2030-07-10", "2030-07-02", "2031-04-12"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("访谈时间：2031-04-10 10:00-11:00", "发布时间：2031-03-30"), "2031-03-30"),
        (("直播时间：2031-04-10", "发布：2031年03月30日"), "2031-03-30"),
        (("成文日期：2031-04-12", "发布日期：2031-04-08"), "2031-04-08"),
        (("征集时间：2031-04-09 至 2031-05-09", "发布日期：2031-04-07"), "2031-04-07"),
        (("写信时间：2031-04-01", "公开时间：2031-04-06"), "2031-04-06"),
        (("发文单位：区政府办", "时间：2031-04-05"), "2031-04-05"),
        (("来信时间：2031-04-01", "回复时间：2031-04-06"), "2031-04-06"),
        (("访谈时间：2031-04-10",), "2031-04-10"),
        (("实施日期：2031-04-10",), "None"),
    ],
)
def test_the_label_says_which_day_is_that_of_publication(
    labels: tuple[str, ...], expected: str
) -> None:
    rows = "".join(
        f'<div class="wj"><h5><a href="/zwgk/zd/t{n}.html">{title}</a></h5><ul class="attr">'
        + "".join(f"<li>{label}</li>" for label in labels)
        + "</ul></div>"
        for n, title in enumerate(NOTICES)
    )
    assert set(days(read(f"<div>{rows}</div>"))) == {expected}


def test_an_earlier_label_on_the_line_names_no_later_day() -> None:
    rows = "".join(
        f'<li><a href="/zwgk/zd/t{n}.html">{title}</a>'
        "<p>发布机构：区政府办 成文日期：2031-04-12 公开日期：2031-04-08</p></li>"
        for n, title in enumerate(NOTICES)
    )
    assert set(days(read(f"<ul>{rows}</ul>"))) == {"2031-04-08"}


def test_rows_of_plain_text_beside_a_download_are_items() -> None:
    rows = "".join(
        f"<tr><td>柳河区{name}权力清单（2030版）</td><td>515KB</td><td>2030-07-1{n} 15:20</td>"
        f'<td><a href="/files/q{n}.docx">点击下载</a></td></tr>'
        for n, name in enumerate(["发改委", "教育局", "公安局"])
    )
    page = read(
        "<table><tr><th>附件名称</th><th>大小</th><th>上传时间</th><th>下载</th></tr>"
        f"{rows}</table><h5>最近更新</h5><ul>{BESIDE}</ul>"
    )
    assert page.newest is not None
    assert page.newest.title == "柳河区公安局权力清单（2030版）"
    assert page.newest.url == "https://x.example/files/q2.docx"
    assert str(page.newest.day) == "2030-07-12"


def _pane(folder: str, first: int, hidden: str = "") -> str:
    rows = "".join(
        f'<div class="ln"><a href="{folder}f{first + n}.html">{title}</a>'
        f"<span>2031-03-{first + n:02}</span></div>"
        for n, title in enumerate(NOTICES)
    )
    return f'<div class="pane"{hidden}>{rows}</div>'


@pytest.mark.parametrize(
    ("visible", "folded", "expected"),
    [
        ("/zwgk/zd/wz/", "/zwgk/zd/tj/", "2031-03-14"),
        ("/zwgk/zd/", "/zwgk/zd/", "2031-03-14"),
        ("/zwgk/zd/", "/zwgk/zd/child/", "2031-03-04"),  # a child's news is not its parent's
    ],
)
def test_folded_panes_of_the_same_list(visible: str, folded: str, expected: str) -> None:
    panes = _pane(visible, 1) + _pane(folded, 11, " hidden")
    page = read(f'<div class="tabs"><span>文字</span><span>图解</span></div><div>{panes}</div>')
    assert page.newest is not None
    assert str(page.newest.day) == expected


def test_lists_by_month_are_one_list() -> None:
    months = [("2031年3月", ("16", "9")), ("2031年2月", ("21",)), ("2031年1月", ("26", "3"))]
    titles = iter([*NOTICES, "柳河区开展城乡环境整治行动"])
    body = "".join(
        f"<h4>{month}</h4><ul>"
        + "".join(f'<li><b>{d}日</b><a href="a{d}.html">{next(titles)}</a></li>' for d in entries)
        + "</ul>"
        for month, entries in months
    )
    page = read(f"<section>{body}</section>")
    assert page.list is not None
    assert [item.title for item in page.list.items][:2] == list(NOTICES[:2])
    assert len(page.list.items) == 5


def test_a_box_built_like_the_rows_is_none_of_them() -> None:
    rows = "".join(
        f'<div class="ft"><div><h3><a href="/zwgk/zd/f{n}.html">{title}</a></h3>'
        f"<p>发布时间：2030-09-1{n}</p></div></div>"
        for n, title in enumerate(NOTICES)
    )
    box = f'<h3><a href="/zx/">区内要闻动态信息</a></h3><ul>{BESIDE}</ul>'
    page = read(f'<div>{rows}<div class="r1"><div>{box}</div></div></div>')
    assert page.newest is not None
    assert str(page.newest.day) == "2030-09-13"


@pytest.mark.parametrize("comment", ["<!-- <span class='date'>2031-03-03</span> -->", ""])
def test_long_titles_in_the_column_folder_are_its_list_without_any_day(comment: str) -> None:
    rows = "".join(
        f'<div><a href="/zwgk/zd/pic_d2.html?{n}"><b>{title}</b></a>{comment}</div>'
        for n, title in enumerate(NOTICES)
    )
    page = read(f'<div class="wf">{rows}</div>')
    assert page.list is not None
    assert page.kind == "list"
    assert [item.title for item in page.list.items] == list(NOTICES)
    assert set(days(page)) == {"2031-03-03" if comment else "None"}


def test_short_named_children_in_the_column_folder_are_no_list() -> None:
    names = ["机构职能", "领导信息", "政策文件", "财政预算", "重点领域"]
    menu = "".join(f'<li><a href="/zwgk/zd/{n}/">{name}</a></li>' for n, name in enumerate(names))
    assert survey(Document(f"<ul>{menu}</ul>", "https://x.example/zwgk/zd/")).main is None


def test_a_table_of_other_articles_dates_no_article() -> None:
    table = "".join(
        f'<tr><td><a href="/zx/t{n}.html">{title}</a></td><td>2031-04-1{n}</td></tr>'
        for n, title in enumerate(NOTICES)
    )
    text = "<h1>区财政局</h1><p>负责全区财政工作。</p>"
    page = read(
        f"{text}<div>最新公开</div><table>{table}</table>",
        "https://x.example/zwgk/jg/e58f91e60.html",
        "区财政局",
    )
    assert page.newest is None
    assert page.article is None or page.article.published is None


@pytest.mark.parametrize(
    "text",
    [
        "<p>宋绍兴年间属丰乐乡，清康熙五年设青枫岭铺，一九五八年九月成立人民公社。</p>",
        "<table><tr><td>镇值班室</td><td>0000-7651234</td></tr><tr><td>派出所</td>"
        "<td>0000-7650110</td></tr><tr><td>供电所</td><td>0000-7650598</td></tr></table>",
    ],
)
def test_a_text_under_the_own_heading_is_the_page_and_the_box_after_it_is_not(text: str) -> None:
    page = read(f'<h1 class="page-title">公开制度</h1>{text}<b>镇域快讯</b><ul>{BESIDE}</ul>')
    assert page.kind == "single"
    assert page.newest is None


def test_a_list_after_a_word_of_introduction_is_the_list() -> None:
    text = "<p>本栏目公布区政府及各部门制定的各项政府信息公开制度和相关的工作规范文件。</p>"
    page = read(f"<h1>公开制度</h1>{text}<ul>{BESIDE}</ul>")
    assert page.newest is not None


@pytest.mark.parametrize(
    "text",
    [
        "<p>申请人应当填写申请表，当面或邮寄提交。</p><p>答复时限为20个工作日，可以延长。</p>",
        "<p>申请人向区政府办公室提出申请的，应当使用统一格式的申请表；不收费用。</p>",
    ],
)
def test_two_sentences_are_not_a_blank_column(text: str) -> None:
    page = read(f"<h3>说明</h3>{text}<h6>最近公开</h6><ul>{BESIDE}</ul>")
    assert page.kind == "single"


def test_a_program_page_owns_the_items_of_its_folder() -> None:
    rows = "".join(
        f'<tr><td><a href="ArticleShow.aspx?id=44{n}">{title}</a></td><td>admin</td>'
        f"<td>2031/2/2{n} 16:49:00</td></tr>"
        for n, title in enumerate(NOTICES)
    )
    head = "<tr><th>标题</th><th>录入人</th><th>发布时间</th></tr>"
    beside = BESIDE.replace("2031-04-", "4/")
    page = read(
        f"<table>{beside}</table><ul>{beside}</ul><table>{head}{rows}</table>",
        "https://x.example/scjg/ArticleList.aspx?channel=27",
    )
    assert page.newest is not None
    assert str(page.newest.day) == "2031-02-23"


def test_a_page_of_one_year_owns_the_items_of_its_folder() -> None:
    rows = "".join(
        f'<li><a href="/zwgk/yjs/20310{n + 1}/d19{n}.shtml">{title}</a><b>2031-0{n + 1}-09</b></li>'
        for n, title in enumerate(NOTICES[:3])
    )
    page = read(f"<ul>{rows}</ul>", "https://x.example/zwgk/yjs/2031.shtml", "预决算")
    assert page.kind == "list"


def test_a_range_of_days_is_no_day_of_publication() -> None:
    rows = "".join(
        f"<tr><td><a href='/zwgk/zd/7cb{n}.html'>{title}</a></td>"
        f"<td>2031-03-1{n}至2031-03-2{n}</td><td>2031-03-0{n + 1}</td></tr>"
        for n, title in enumerate(NOTICES)
    )
    page = read(f"<table><tr><th>标题</th><th>公示期</th><th>发布日期</th></tr>{rows}</table>")
    assert days(page) == [f"2031-03-0{n}" for n in range(1, 5)]


def test_a_menu_entry_for_the_page_itself_is_not_its_title() -> None:
    menu = '<dt><a href="/zwgk/zn/">公开指南</a></dt>'
    recent = "".join(
        f'<p><a href="/xw/t{n}.html">{title}</a><br><em>2031年04月1{n}日</em></p>'
        for n, title in enumerate(NOTICES)
    )
    page = read(
        f"<dl>{menu}</dl><div><h5>本地要讯</h5>{recent}</div><h2>柳河区信息公开指南</h2>"
        "<div>更新日期：2030-03-21　信息来源：区政府办公室</div><p>为方便公民、法人和其他组织获取"
        "政府信息，特编制本指南，欢迎提出意见建议，并按照指南的说明使用本平台获取信息。</p>",
        "https://x.example/zwgk/zn/",
        "公开指南",
    )
    assert page.article is not None
    assert page.article.published is not None
    assert str(page.article.published.day) == "2030-03-21"


def test_a_list_that_opens_with_a_lead_is_a_list() -> None:
    lead = (
        f'<h2><a href="/content/2031-04/13/content_1.html">{NOTICES[0]}</a></h2>'
        "<p>四月二十日上午，全区农业生产现场会将在柳河镇召开，区直有关部门和各镇负责人参加会议。</p>"
    )
    rows = "".join(
        f'<p><a href="/content/2031-04/1{n}/content_8{n}.html">{title}</a><i>2031-04-1{n}</i></p>'
        for n, title in enumerate(NOTICES)
    )
    page = read(f"<h1>公开制度</h1>{lead}<div>{rows}</div>")
    assert page.kind == "list"


def test_a_breadcrumb_is_no_text() -> None:
    trail = (
        "<div>您所在的位置：政府信息公开平台 -&gt; 重点领域信息公开 -&gt; 征地拆迁信息公开</div>"
    )
    page = read(f'{trail}<ul class="gk-ul"></ul><div>上一页 下一页</div>')
    assert page.kind == "empty"


def test_a_table_of_units_by_years() -> None:
    rows = "".join(
        f"<tr><th>{unit}</th>"
        + "".join(
            f'<td><a href="/info/d6c902178e76{n}{year}.html">预算</a><br>({year}.02.2{n})</td>'
            for year in (2031, 2030, 2029)
        )
        + "</tr>"
        for n, unit in enumerate(["区发改委", "区教育局", "区科技局", "区民政局"])
    )
    page = read(f"<table><tr><th>部门</th><th>2031年</th><th>2030年</th></tr>{rows}</table>")
    assert page.newest is not None
    assert (str(page.newest.day), page.newest.title) == ("2031-02-23", "区民政局 预算")


def test_rows_with_days_of_their_own_are_a_list_at_an_articles_address() -> None:
    titles = [f"{title}（第{n}批）" for n in (1, 2) for title in NOTICES]
    rows = "".join(
        f'<ul><li><a href="/public/43/66{n}.html">{title}</a></li>'
        f'<li style="display:none">000/2031-0{n}</li><li>2031-03-1{n}</li></ul>'
        for n, title in enumerate(titles)
    )
    page = read(f"<div>{rows}</div>", "https://x.example/public/4307001?type=4&catId=6002")
    assert page.kind == "list"
    assert str(page.newest.day if page.newest else "") == "2031-03-17"


def test_the_day_a_short_text_was_updated() -> None:
    page = read(
        '<div><p align="right">更新日期：2030-11-19</p><h3>区政府办公室</h3>'
        "<p>负责区政府会议准备、文电处理、督查督办等工作。</p></div>",
        "https://x.example/xxgk/jgzn.html",
        "机构职能",
    )
    assert page.article is not None
    assert page.article.published is not None
    assert str(page.article.published.day) == "2030-11-19"


def test_related_items_in_every_row_are_not_the_list() -> None:
    rows = "".join(
        f'<li><a href="/wj/2031/c{n}.html">{title}</a><div class="xg"><ul><li>'
        f'<a href="/jd/2031/c{n}.html">一图读懂{title}政策解读</a><i>2031-04-1{n}</i></li></ul>'
        "</div>"
        f"<span>2031-0{3 - n % 2}-0{n + 1}</span></li>"
        for n, title in enumerate(NOTICES)
    )
    page = read(f"<ul>{rows}</ul>", url="https://x.example/zcwj/")
    assert days(page) == ["2031-03-01", "2031-02-02", "2031-03-03", "2031-02-04"]


def test_items_one_a_month_are_the_list_and_not_the_months() -> None:
    rows = "".join(
        f'<li><a href="/yb/2031{n:02d}/">2031年{n}月</a><ul><li>'
        f'<a href="/yb/2031{n:02d}/c1.html">{title}</a><i>2031-0{n}-11</i></li></ul></li>'
        for n, title in enumerate(NOTICES, 1)
    )
    page = read(f"<ul>{rows}</ul>", url="https://x.example/yb/")
    assert page.list is not None
    assert [item.title for item in page.list.items] == list(NOTICES)


BOXED = "".join(
    f'<li><a href="/portal/qt/content_{n}0{n}.html">区政府召开第{n}次全体会议</a>'
    f"<i>2031-04-1{n}</i></li>"
    for n in range(1, 9)
)


def _below_one_folder(folder: str, heading: str) -> PageReading:
    rows = "".join(
        f'<li><a href="{folder}content_30{n}.html">{title}</a><i>2031-03-0{n}</i></li>'
        for n, title in enumerate(NOTICES, 1)
    )
    boxed = BOXED.replace("/portal/qt/", folder if "公报" in heading else "/portal/qt/")
    body = f"<div><h3>{heading}</h3><ul>{boxed}</ul></div><div><ul>{rows}</ul></div>"
    return read(body, url="https://x.example/portal/list.jsp?id=3")


@pytest.mark.parametrize("heading", ["最新更新", "热点信息", "推荐阅读"])
def test_a_side_box_stays_one_where_the_whole_site_lies_below_a_folder(heading: str) -> None:
    page = _below_one_folder("/portal/zd/", heading)
    assert page.newest is not None
    assert page.newest.day == date(2031, 3, 4)


def test_the_newest_of_a_column_s_own_items_may_stand_under_such_a_heading() -> None:
    page = _below_one_folder("/portal/zd/", "最新公报")
    assert page.newest is not None
    assert page.newest.day == date(2031, 4, 18)


def test_a_row_of_the_layout_is_no_row_of_a_list() -> None:
    rows = "".join(
        f'<li><a href="/zwgk/zd/c{n}.html">{title}</a><i>2031-03-0{n}</i></li>'
        for n, title in enumerate((*NOTICES, *(f"{t}（续）" for t in NOTICES)), 1)
    )
    old = "".join(
        f"<tr><td>第{n}号地块</td><td>2027-0{n}-1{n}</td><td><a href='/k/{n}'>详情信息</a></td>"
        "</tr>"
        for n in range(1, 7)
    )
    lead = '<div><a href="/zwgk/zd/c1.html"><img src="p.gif"><p>关于做好春季农业生产</p></a></div>'
    page = read(
        f"<table><tr><td>{lead}<h3>公开制度</h3><ul>{rows}</ul><table>{old}</table></td></tr></table>"
    )
    assert page.newest is not None
    assert page.newest.day == date(2031, 3, 8)
    assert [item.day for item in page.list.items if item.title == NOTICES[0]] == [date(2031, 3, 1)]


def _rows(cell: str, first: date, step: int = 9, tag: str = "li") -> str:
    """Rows whose `cell` is filled with a day each, from `first` back."""
    return "".join(
        f'<{tag}><a href="/zwgk/zd/c{n}.html">{title}</a>'
        f"{cell.format(d=first - timedelta(days=step * n), n=n)}</{tag}>"
        for n, title in enumerate(NOTICES * 2)
    )


@pytest.mark.parametrize(
    ("head", "tag", "first"),
    [
        ("<h3>2029年</h3><ul>", "li", date(2029, 11, 2)),
        ("<h3>公开制度</h3><p>【2029】</p><ul>", "li", date(2029, 11, 2)),
        ("<dl><dt>2028年度</dt>", "dd", date(2028, 12, 30)),
    ],
)
def test_the_year_above_a_part_of_the_list_is_that_of_its_days(
    head: str, tag: str, first: date
) -> None:
    assert days(read(head + _rows("<i>{d:%m-%d}</i>", first, 3, tag)))[0] == first.isoformat()


@pytest.mark.parametrize(
    "head",
    [
        "<p><span>2029年</span><span>2028年</span></p>",
        "<p><a href='?y=2029'>2029年</a></p>",
        "<h3>2030年度工作要点</h3>",
        "<h3>2031年</h3>",
    ],
)
def test_years_to_choose_from_and_years_to_come_say_nothing_of_days(head: str) -> None:
    page = read(f"{head}<ul>{_rows('<i>{d:%m-%d}</i>', date(2030, 11, 2))}</ul>")
    assert days(page)[0] == "2030-11-02"


@pytest.mark.parametrize(
    "cell",
    [
        '<i><script>document.write("{d} 10:00:00".substring(0,10));</script></i>',
        "<script>var t='{d:%Y/%m/%d}'; document.write(t.substr(0, 10))</script>",
        "<b>{d:%d}</b><em>{d:%m}</em><i>{d:%Y}</i>",
        "<b>{d:%m}</b><em>{d:%d}</em><i>{d:%Y}</i>",
        "<i>{d}</i><em>20310418</em>",
        "<i>{d}</i><em>2031-04-19</em>",
    ],
)
def test_days_written_by_scripts_in_pieces_and_beside_numbers(cell: str) -> None:
    assert days(read(f"<ul>{_rows(cell, date(2031, 4, 2))}</ul>"))[:4] == [
        "2031-04-02",
        "2031-03-24",
        "2031-03-15",
        "2031-03-06",
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "<script>document.write('2031-04-02至2031-04-19')</script>",
        "<script>show('2031-04-02', '2031-04-19'); document.write(n)</script>",
        "<script>var made='2031-04-02';</script>",
        "<b>05</b><em>04</em><i>2031</i>",
    ],
)
def test_what_scripts_and_pieces_leave_open_is_no_day(cell: str) -> None:
    assert set(days(read(f"<ul>{_rows(cell, date(2031, 4, 2))}</ul>"))) == {"None"}


def test_the_later_of_two_days_counts_where_it_is_not_the_same_in_every_row() -> None:
    page = read("<ul>" + _rows("<i>2031-01-05</i><i>{d}</i>", date(2031, 4, 2)) + "</ul>")
    assert days(page)[:2] == ["2031-04-02", "2031-03-24"]


@pytest.mark.parametrize(
    "path", ["list.jsp?id=3", "newsList.aspx?classid=88", "more.php?cid=12&p=1", "xx_list2.do?id=9"]
)
def test_a_program_that_lists_is_a_column_whatever_its_number(path: str) -> None:
    body = "<h2>公开制度</h2><ul><li><a href='/q/c12345.html'>关于做好农业生产工作的通知</a>"
    page = read(f"{body}<i>2031-04-02</i></li></ul>", url=f"https://x.example/{path}")
    assert (page.kind, days(page)) == ("list", ["2031-04-02"])


@pytest.mark.parametrize("path", ["show.jsp?id=3", "list_show.jsp?id=3", "listen.php?aid=7"])
def test_a_program_that_shows_is_a_document(path: str) -> None:
    assert is_article_address(f"https://x.example/{path}")


@pytest.mark.parametrize("box", ["marquee", 'div class="swiper-wrapper"', 'div id="focus"'])
def test_headlines_in_motion_are_not_the_list_beside_them(box: str) -> None:
    slides = "".join(
        f'<p><a href="/g/{n}9999.html"><img src="a.jpg">{title}图</a><i>2031-04-1{n}</i></p>'
        for n, title in enumerate(NOTICES * 2)
    )
    rows = _rows("<i>{d}</i>", date(2031, 4, 2)).replace("/zwgk/zd/", "/k/")
    motion = f"<{box}>{slides}</{box.split()[0]}>"
    page = read(f"<div>{motion}</div><ul>{rows}</ul>", url="https://x.example/list.jsp?id=3")
    assert days(page)[0] == "2031-04-02"


def test_a_column_may_show_nothing_but_pictures_in_motion() -> None:
    rows = _rows("<i>{d}</i>", date(2031, 4, 2))
    assert days(read(f'<div class="swiper-wrapper"><ul>{rows}</ul></div>'))[0] == "2031-04-02"


def test_items_without_a_scheme_lie_on_the_host_they_name() -> None:
    rows = "".join(
        f'<li><a href="//www.liuhe.example/a/2031/t2031041{n}_{n}.html">{title}</a>'
        f"<span>2031-04-1{n}</span></li>"
        for n, title in enumerate(NOTICES)
    )
    page = read(f"<ul>{rows}</ul>", url="https://x.example/tzgg/")
    assert page.list is not None
    assert page.list.items[0].url == "https://www.liuhe.example/a/2031/t20310410_0.html"
