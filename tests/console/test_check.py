"""`xuncha check`: every problem at once, and no inspection of a faulty site."""

import pytest

HEADER = "一级栏目,二级栏目,责任单位,发布形式\n"


def broken(folder):
    folder.mkdir(parents=True)
    (folder / "site.toml").write_text(
        'name = "甲站"\nhome = "http://a.example/"\ncolums = "columns.csv"\n', encoding="utf-8"
    )
    (folder / "columns.csv").write_text(
        HEADER + "首页,通知,甲局,按旬更新\n首页,动态,甲局,按月更新\n首页,动态,甲局,按月更新\n",
        encoding="utf-8",
    )
    return folder


def test_every_problem_with_file_row_value_and_nearest(typed):
    broken(typed.home / "a")
    ran = typed("check", "a", "--format", "json")
    assert ran.code == 3
    told = ran.json()
    assert told["site"] == "a"
    errors = [p for p in told["problems"] if p["level"] == "error"]
    assert told["errors"] == len(errors) >= 2
    keys = [p for p in told["problems"] if p["value"] == "colums" or p["field"] == "colums"]
    assert keys
    assert keys[0]["file"] == "site.toml"
    assert keys[0]["row"] == 3
    assert keys[0]["nearest"] == "columns"
    frequency = next(p for p in told["problems"] if p["value"] == "按旬更新")
    assert (frequency["file"], frequency["row"]) == ("columns.csv", 2)
    assert frequency["nearest"].startswith("按月")


def test_table_names_the_faults_and_the_totals(typed):
    broken(typed.home / "a")
    ran = typed("check", "a")
    assert ran.code == 3
    assert "按旬更新" in ran.out
    assert "请改正错误后再巡查" in ran.out


def test_warnings_alone_are_fine(typed, make_site):
    make_site(typed.home / "a", "http://a.example", ["首页,通知,,,甲局,,"])
    ran = typed("check", "a")
    assert ran.code == 0
    assert "可以巡查" in ran.out


def test_a_folder_of_sites_is_an_array(typed, make_site):
    make_site(typed.home / "all/a", "http://a.example", ["首页,通知,,,甲局,按周更新,"])
    broken(typed.home / "all/b")
    ran = typed("check", "all", "--format", "json")
    assert ran.code == 3
    assert [site["site"] for site in ran.json()] == ["a", "b"]


@pytest.mark.parametrize("command", ["nightly", "crawl", "judge", "columns", "findings"])
def test_a_faulty_site_is_refused_before_anything_happens(typed, tmp_path, command):
    broken(tmp_path / "a")
    ran = typed(command, "a")
    assert ran.code == 3
    assert "columns.csv 第 2 行" in ran.err
    assert not (tmp_path / "typed.db").exists()


def test_broken_toml(typed, make_site):
    folder = make_site(typed.home / "a", "http://a.example", [])
    (folder / "site.toml").write_text("name = 甲\n", encoding="utf-8")
    ran = typed("check", "a")
    assert ran.code == 3
    assert "site.toml" in ran.out


def test_an_empty_folder(typed):
    (typed.home / "empty").mkdir()
    ran = typed("nightly", "empty")
    assert ran.code == 3
    assert "site.toml" in ran.err


def test_a_key_nobody_knows_is_named_once(typed):
    broken(typed.home / "a")
    [line] = [line for line in typed("check", "a").out.splitlines() if "不认识的键" in line]
    assert line.startswith("错误　site.toml 第 3 行：“colums”：不认识的键 colums；")


def test_a_portal_that_cannot_answer_us(typed, make_site):
    make_site(typed.home / "a", "http://www.mou.gov.cn", ["首页,通知,,,甲局,按周更新,"])
    ran = typed("check", "a")
    assert ran.code == 0
    assert "提醒　site.toml 第 5 行：crawl.contact：没有写联系方式" in ran.out


def test_the_same_site_twice(typed, make_site):
    row = ["首页,通知,,,甲局,按周更新,"]
    make_site(typed.home / "all/one", "http://a.example", row)
    (typed.home / "all/two").symlink_to("one")
    for command in ("check", "nightly"):
        ran = typed(command, "all")
        assert ran.code == 3
        assert "同名的站点 one" in ran.err
