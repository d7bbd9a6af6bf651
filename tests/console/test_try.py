"""`typed try`: one page, read both ways."""

import json
import subprocess

import pytest

LIST = """<html><head><title>通知公告</title></head><body><ul class="list">
<li><a href="/t/1.html">关于开展春季防火工作的通知</a><span>2026-03-08</span></li>
<li><a href="/t/2.html">关于召开全区安全生产会议的通知</a><span>2026-03-05</span></li>
<li><a href="/t/3.html">关于做好春耕备耕工作的通知</a><span>2026-02-27</span></li>
<li><a href="/t/4.html">关于元旦放假安排的通知</a><span>2025-12-30</span></li>
</ul></body></html>"""
ARTICLE = """<html><head><title>关于开展春季防火工作的通知</title>
<meta name="ArticleTitle" content="关于开展春季防火工作的通知">
<meta name="PubDate" content="2026-03-08 09:30"></head>
<body><h1>关于开展春季防火工作的通知</h1><div>发布时间：2026-03-08 09:30　来源：区应急局</div>
<div class="content"><p>各乡镇、各部门：为切实做好春季森林草原防火工作，现将有关事项通知如下。</p>
<p>一、提高认识，压实责任。各单位要把春季防火作为当前的重要工作，落实到岗到人。</p></div>
</body></html>"""
KEYS = ["url", "kind", "adapter", "title", "published", "newest", "items", "notes"]


def save(typed, name, text, encoding="utf-8"):
    (typed.home / name).write_bytes(text.encode(encoding))
    return name


def test_a_saved_list(typed):
    name = save(typed, "list.html", LIST)
    ran = typed(
        "try", name, "--url", "http://a.example/t/", "--as-of", "2026-03-20", "--format", "json"
    )
    told = ran.json()
    assert ran.code == 0
    assert list(told) == KEYS
    assert (told["url"], told["kind"]) == ("http://a.example/t/", "list")
    assert told["published"] is None
    assert told["newest"] == {
        "day": "2026-03-08",
        "how": "list",
        "text": "2026-03-08",
        "url": "http://a.example/t/1.html",
        "title": "关于开展春季防火工作的通知",
    }
    assert [item["day"] for item in told["items"]] == [
        "2026-03-08", "2026-03-05", "2026-02-27", "2025-12-30",
    ]  # fmt: skip
    assert list(told["items"][0]) == ["title", "url", "day", "how", "text"]


def test_a_saved_article(typed):
    name = save(typed, "article.html", ARTICLE, "gbk")
    told = typed("try", name, "--as-of", "2026-03-20", "--format", "json").json()
    assert told["kind"] == "article"
    assert told["title"] == "关于开展春季防火工作的通知"
    assert told["newest"] is None
    assert told["items"] == []
    assert told["published"]["day"] == "2026-03-08"
    assert told["published"]["time"] == "09:30"
    assert list(told["published"]) == ["day", "time", "how", "text"]


def test_the_page_may_know_its_own_address(typed):
    marked = LIST.replace("</head>", '<link rel="canonical" href="http://b.example/tz/"></head>')
    told = typed("try", save(typed, "x.html", marked), "--format", "json").json()
    assert told["url"] == "http://b.example/tz/"
    assert told["items"][0]["url"] == "http://b.example/t/1.html"


def test_the_browser_noted_where_it_saved_from(typed):
    marked = "<!-- saved from url=(0024)http://c.example/tz/ -->\n" + LIST
    told = typed("try", save(typed, "x.html", marked), "--format", "json").json()
    assert told["url"] == "http://c.example/tz/"


def test_a_page_on_stdin(xuncha):
    done = subprocess.run(
        xuncha.command("try", "-", "--url", "http://a.example/t/", "--format", "json"),
        input=LIST.encode("gbk"),
        env=xuncha.env(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["url"] == "http://a.example/t/"
    assert len(told["items"]) == 4


def test_table(typed):
    ran = typed("try", save(typed, "list.html", LIST), "--as-of", "2026-03-20")
    assert ran.code == 0
    assert "类型：列表" in ran.out
    assert "最新信息：2026-03-08" in ran.out


def test_over_http(xuncha, server, portal):
    from demo.truth import truth

    path, told = next((path, t) for path, t in truth(portal).items() if str(t.verdict) == "on_time")
    assert path
    ran = xuncha("try", server.url + told.url_path, "--as-of", "2026-03-20", "--format", "json")
    assert ran.code == 0
    assert ran.json()["newest"]["day"] == told.last_updated.isoformat()


def test_nobody_answers(xuncha):
    ran = xuncha("try", "http://127.0.0.1:1/x.html")
    assert ran.code == 2
    assert "没有读到：拒绝连接" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("target", "code", "sentence"),
    [
        ("www.example.gov.cn/index.html", 3, "网址请写全"),
        ("www.example.gov.cn", 3, "网址请写全，如 http://www.example.gov.cn"),
        ("", 3, "既不是已有的文件"),
        ("http://a.example:80x/", 3, "不是有效的网址：主机名或端口写法不对"),
        ("empty.html", 2, "empty.html 是空的"),
        ("one.mht", 2, "另存为“网页，仅 HTML”"),
        ("http://[/", 3, "开头的网址"),
        ("ftp://a.example/x", 3, "开头的网址"),
        (".", 3, "是文件夹"),
        ("data.json", 3, "只读网页文件"),
        ("paper.pdf", 2, "不是网页"),
    ],
)
def test_what_cannot_be_read(typed, target, code, sentence):
    (typed.home / "data.json").write_text("{}")
    (typed.home / "paper.pdf").write_bytes(b"%PDF-1.4\n")
    (typed.home / "empty.html").write_bytes(b"\n")
    (typed.home / "one.mht").write_text("MIME-Version: 1.0\nContent-Type: multipart/related;\n")
    ran = typed("try", target)
    assert ran.code == code
    assert sentence in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    "content", [b"\x00" * 5000, b"<" * 20000, b"\xff\xfe<\x00", b"<a>" * 20000]
)
def test_no_file_breaks_it(typed, content):
    (typed.home / "odd.html").write_bytes(content)
    assert typed("try", "odd.html", "--format", "json").code == 0
