"""Templates are copied to be restyled, never over what an operator has changed."""

from docx import Document
from docx.shared import Pt

from console.cli import run
from console.templating import templates
from reports.drafts.layout import drafts


def site(tmp_path, report=""):
    folder = tmp_path / "site"
    folder.mkdir()
    told = 'name = "沙河区人民政府网"\nhome = "http://www.shahe.example/"\ncolumns = "c.csv"\n'
    (folder / "site.toml").write_text(told + report, "utf-8")
    (folder / "c.csv").write_text(
        "一级栏目,二级栏目,责任单位,发布形式,网址\n要闻,动态,区政府办,按周更新,\n", "utf-8"
    )
    return folder


def test_every_template_is_copied_and_the_setting_named(tmp_path, capsys):
    folder = site(tmp_path)
    assert templates(folder, "") == 0
    told = capsys.readouterr()
    assert {file.stem for file in (folder / "templates").iterdir()} == set(drafts())
    assert len(told.out.splitlines()) == len(drafts())
    assert '[report] 下写上 templates = "templates"。' in told.err


def test_what_an_operator_changed_stays(tmp_path, capsys):
    folder = site(tmp_path, '[report]\ntemplates = "模板"\n')
    assert templates(folder, "month") == 0
    own = folder / "模板/month.docx"
    assert [file.name for file in own.parent.iterdir()] == ["month.docx"]
    changed = Document(own)
    changed.styles["公文标题"].font.size = Pt(26)
    changed.save(own)
    kept = own.read_bytes()
    capsys.readouterr()
    assert templates(folder, "month") == 0
    assert own.read_bytes() == kept
    told = capsys.readouterr()
    assert (told.out, "保持不变" in told.err) == ("", True)


def test_a_paper_without_a_template_is_refused(tmp_path, capsys):
    assert run(["templates", str(site(tmp_path)), "--paper", "nightly"]) == 3
    assert "没有 nightly 的 Word 模板，可选：annual、" in capsys.readouterr().err
