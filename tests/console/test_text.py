"""`xuncha text` before publication: the same judgement on lines, documents and Word files."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from console.word_file import passages_of
from ledger.texts import Passage, PassageKind

WRONG = "我县深入开展扫黑险恶专项斗争。"
RIGHT = "我县深入开展扫黑除恶专项斗争。"


@pytest.fixture
def fed(typed, monkeypatch):
    """Runs a command line with this text on standard input."""

    def run(text: str, *args: str):
        stdin = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stdin)
        return typed(*args)

    return run


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_one_text_a_line_from_standard_input(fed):
    ran = fed(f"{RIGHT}\n\n  {WRONG}\n{WRONG}", "text", "-", "--format", "jsonl")
    assert ran.code == 0
    found = rows(ran.out)
    assert [(row["line"], row["start"], row["end"]) for row in found] == [(3, 8, 12), (4, 6, 10)]
    assert {row["wrong"] for row in found} == {"扫黑险恶"}
    assert {row["suggest"] for row in found} == {"扫黑除恶"}
    assert {(row["code"], row["severity"], row["tier"]) for row in found} == {
        ("T101", "severe", "report")
    }
    assert all("扫黑除恶" in row["message"] for row in found)


def test_offsets_are_those_of_the_line_as_given(fed):
    line = "　　“ＡＢＣ”，\u200b深入　开展扫黑险恶专项斗争。"
    [row] = rows(fed(line + "\n", "text", "-", "--format", "jsonl").out)
    assert line[row["start"] : row["end"]] == "扫黑险恶"


@pytest.mark.parametrize(
    ("grade", "code"), [("light", 1), ("severe", 1), (None, 0)], ids=["light", "severe", "none"]
)
def test_the_exit_code_follows_the_severity(fed, grade, code):
    extra = ("--fail-on", grade) if grade else ()
    assert fed(f"{WRONG}\n", "text", "-", *extra).code == code
    assert fed(f"{RIGHT}\n", "text", "-", *extra).code == 0


def test_lines_have_a_day_only_where_it_is_told(fed, typed, tmp_path):
    line = "市环境保护部门、国家环境保护部和国家食品药品监督管理总局发布公告。\n"
    file = tmp_path / "a.txt"
    file.write_text(line, encoding="utf-8")
    today = ("--as-of", "2026-03-20", "--format", "jsonl")
    assert fed(line, "text", "-", "--format", "jsonl").out == ""
    told = rows(fed(line, "text", "-", *today).out)
    assert {row["code"] for row in told} == {"T401"}
    assert rows(typed("text", str(file), *today).out) == told


def test_a_document_is_counted_by_its_lines(typed, tmp_path):
    file = tmp_path / "稿件.txt"
    file.write_text(f"标题\r\n\r\n{WRONG}\r\n", encoding="gb18030")
    ran = typed("text", str(file), "--format", "json")
    [row] = json.loads(ran.out)
    assert (row["line"], row["start"], row["end"]) == (3, 6, 10)


def test_a_page_is_read_with_its_title_tables_and_pictures(typed, tmp_path):
    file = tmp_path / "稿件.html"
    file.write_text(
        f"<html><body><h1>{WRONG}</h1><div class=content><p>{RIGHT}{RIGHT}</p>"
        "<table><tr><td>齐齐哈市</td></tr></table>"
        '<p><img src="a.jpg" alt="中华人民共合国成立纪念"></p></div></body></html>',
        encoding="utf-8",
    )
    found = json.loads(typed("text", str(file), "--format", "json").out)
    assert {row["wrong"] for row in found} == {"扫黑险恶", "齐齐哈市", "中华人民共合国"}


def test_a_word_file_gets_its_findings_as_comments(typed, tmp_path):
    source, out = tmp_path / "稿件.docx", tmp_path / "批注.docx"
    document = docx.Document()
    paragraph = document.add_paragraph("我县深入开展")
    bold = paragraph.add_run("扫黑险")
    bold.bold = True
    paragraph.add_run("恶专项斗争。")
    document.add_table(1, 1).cell(0, 0).text = "齐齐哈市"
    document.save(str(source))
    before = source.read_bytes()
    ran = typed("text", str(source), "--annotate", str(out), "--format", "json")
    assert [row["line"] for row in json.loads(ran.out)] == [1, 2]
    assert "2 处" in ran.err
    marked = docx.Document(str(out))
    told = [comment.text for comment in marked.comments]
    assert len(told) == 2
    assert any("扫黑除恶" in text and "严重" in text for text in told)
    assert marked.paragraphs[0].text == "我县深入开展扫黑险恶专项斗争。"
    assert [run.text for run in marked.paragraphs[0].runs if run.bold] == ["扫黑险"]
    assert source.read_bytes() == before
    assert passages_of(out) == (
        Passage(PassageKind.BODY, "我县深入开展扫黑险恶专项斗争。"),
        Passage(PassageKind.TABLE, "齐齐哈市"),
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("稿件.docx", b"no zip at all", "不是完好的 Word 文档"),
        ("稿件.wps", b"x", "类型 .wps 读不了，可用 TXT、MD、HTML、DOCX"),
        ("稿件.txt", "汉字".encode("utf-16"), "编码认不出"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(typed, tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    ran = typed("text", str(tmp_path / name))
    assert ran.code in (2, 3)
    assert sentence in ran.err
    assert ran.out == ""


def test_a_bomb_is_not_opened(typed, tmp_path, monkeypatch):
    monkeypatch.setattr("console.word_file._MOST_EXPANDED", 1000)
    with zipfile.ZipFile(tmp_path / "大.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 2000)
    assert "太大" in typed("text", str(tmp_path / "大.docx")).err


def test_missing_files_and_wrong_uses(typed, tmp_path):
    assert "不存在" in typed("text", str(tmp_path / "无.txt")).err
    assert "文件夹" in typed("text", str(tmp_path)).err
    file = tmp_path / "a.txt"
    file.write_text(RIGHT, encoding="utf-8")
    assert "--annotate 只能用于 DOCX" in typed("text", str(file), "--annotate", "b.docx").err
    assert typed("text", str(file)).out == "没有发现疑点。\n"


def test_the_site_s_own_wording_stands(typed, tmp_path):
    site = tmp_path / "lh"
    site.mkdir()
    (site / "site.toml").write_text(
        'name = "柳河县"\nhome = "http://www.lh.example/"\ncolumns = "columns.csv"\n'
        '[text]\nterms = ["扫黑险恶"]\n',
        encoding="utf-8",
    )
    (site / "columns.csv").write_text("一级栏目,发布形式\n要闻,按周更新\n", encoding="utf-8")
    file = Path(tmp_path / "a.txt")
    file.write_text(WRONG, encoding="utf-8")
    assert typed("text", str(file), "--site", str(site)).out == "没有发现疑点。\n"
