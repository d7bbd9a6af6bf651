"""`xuncha doctor` and `xuncha demo`."""

from pathlib import Path

from console import demo_command
from crawler.attaching.recognising import has_ocr
from demo.folder import write_site


def test_doctor(xuncha):
    ran = xuncha("doctor", "--format", "json")
    assert ran.code == 0
    lines = ran.json()
    assert [list(line) for line in lines] == [["check", "state", "detail", "mend"]] * len(lines)
    assert {"台账", "磁盘空间", "时钟", "浏览器", "中文字体"} <= {line["check"] for line in lines}
    assert not (xuncha.home / "xuncha.db").exists()


def test_doctor_says_what_mends_it(xuncha):
    ran = xuncha("doctor", "--ledger", "sqlite:///none/x.db", PATH="/nowhere")
    assert ran.code == 2
    assert "缺失" in ran.out
    assert "mkdir -p" in ran.out
    assert "apt-get install -y chromium" in ran.out


def test_doctor_asks_the_sites_home(typed, make_site, server):
    make_site(typed.home / "all/a", server.url, ["首页,通知,,,甲局,按周更新,"])
    make_site(typed.home / "all/b", "http://127.0.0.1:1", ["首页,通知,,,甲局,按周更新,"])
    lines = {line["check"]: line for line in typed("doctor", "all", "--format", "json").json()}
    assert lines["网络 a"]["state"] == "good"
    assert lines["网络 b"]["state"] == "notice"


def test_demo_ends_with_the_reports_path(typed, monkeypatch):
    def few_pages(*args, **options):
        """The whole folder; of the articles a few are enough here."""
        folder = write_site(*args, **options)
        file = folder / "site.toml"
        file.write_text(file.read_text("utf-8").replace("[crawl]", "[crawl]\nmax_pages = 250"))
        return folder

    monkeypatch.setattr(demo_command, "write_site", few_pages)
    ran = typed("demo", "--as-of", "2026-03-20")
    assert ran.code == 0, ran.err
    last = Path(ran.out.splitlines()[-1])
    assert last.is_absolute()
    assert last.suffix == ".html"
    assert last.is_file()
    assert "栏目 66 个" in ran.out


def test_doctor_looks_for_the_browser_an_inspection_would_take(xuncha, tmp_path):
    own = tmp_path / "my-chromium"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)

    def browser(path):
        ran = xuncha("doctor", "--format", "json", XUNCHA_CHROMIUM=str(path))
        return next(line for line in ran.json() if line["check"] == "浏览器")

    assert browser(own)["detail"] == str(own)
    wrong = browser(tmp_path / "none")
    assert wrong["state"] == "notice"
    assert "XUNCHA_CHROMIUM" in wrong["detail"]
    assert "XUNCHA_CHROMIUM" in wrong["mend"]


def test_doctor_names_what_recognising_lacks(typed, make_site):
    site = make_site(typed.home / "a", "http://127.0.0.1:1", ["首页,通知,,,甲局,按周更新,"])

    def told():
        lines = {line["check"]: line for line in typed("doctor", "a", "--format", "json").json()}
        return lines.get("文字识别")

    assert (told() is None) is not has_ocr()
    with site.joinpath("site.toml").open("a", encoding="utf-8") as file:
        file.write("[text]\nocr = true\n")
    line = told()
    assert line["state"] == ("good" if has_ocr() else "notice")
    assert has_ocr() or "pip install 'xuncha[ocr]'" in line["mend"]
