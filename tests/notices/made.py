"""Vendors' notices as real files, in the layouts the trade knows; all of them written by us."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

RED = RGBColor(0xFF, 0, 0)


def old_table(path: Path, base: str) -> Path:
    """Title rows, the header in row 3 and again amid the table, links behind 查看, a total."""
    book = Workbook()
    sheet = book.active
    sheet.title = "错别字"
    sheet.append(["乌尔禾区网站错别字"])
    sheet.merge_cells("A1:F1")
    sheet.append(["监测日期：2026年3月10日"])
    head = ["序号", "错误类型", "疑似错误", "推荐修改", "网页URL", "定位(快照/截图)"]
    sheet.append(head)
    sheet.append([1, "严重", "秸杆", "秸秆", "查看", "快照"])
    sheet["E4"].hyperlink = f"{base}/zwdt/1.html"
    sheet.append([2, "一般", "布署", "部署", f'=HYPERLINK("{base}/zwdt/2.html","链接")', ""])
    sheet.append(head)
    sheet.append([3, "一般", "帐户", "账户", f"{base}/zwdt/3.html\n{base}/zwdt/4.html", ""])
    sheet.append([4, "一般", "", "账户", f"{base}/zwdt/5.html", ""])
    sheet.append(["合计", "", "", "", "4处", ""])
    other = book.create_sheet("链接")
    other.append(["不可用链接清单"])
    other.append(["链接地址", "错误码", "父页面", "发现时间"])
    other.append([f"{base}/gone.html", 404, f"{base}/index.html", "2026-03-09 08:00"])
    hidden = book.create_sheet("词典")
    hidden.sheet_state = "hidden"
    hidden.append(["疑似错误", "网页URL"])
    hidden.append(["不读", f"{base}/x.html"])
    book.save(path)
    return path


def import_template(path: Path, base: str, code: str = "6502050001") -> Path:
    """The import template: the wrong part red inside the sentence, no words in 错敏字."""
    book = Workbook()
    sheet = book.active
    sheet.append(
        [
            "网站标识码",
            "所属地区",
            "所属单位",
            "标题",
            "错敏字",
            "建议修改",
            "错误类型",
            "所在片段(标红)",
            "错误页",
            "引用页",
            "采集状态",
            "文件名",
            "发布时间",
            "监测时间",
        ]
    )
    red = InlineFont(color="FFFF0000")
    marked = CellRichText("做好", TextBlock(red, "秸杆"), "综合利用")
    sheet.append(
        [
            code,
            "乌尔禾区",
            "区农业农村局",
            "综合利用通知",
            None,
            "秸秆",
            "错别字",
            marked,
            f"{base}/zwdt/1.html",
            f"{base}/zwdt/",
            "完成",
            "",
            "2026-03-01",
            "2026-03-09 11:20:00",
        ]
    )
    sheet.append(
        [
            code,
            "乌尔禾区",
            "区民政局",
            "公示",
            "650204199003078888",
            "",
            "隐私泄露",
            "身份证号650204199003078888",
            f"{base}/zwdt/6.html",
            "",
            "完成",
            "",
            "2026-03-01",
            "2026-03-09",
        ]
    )
    sheet.append(
        [
            "1101010001",
            "别区",
            "别局",
            "别站",
            "布署",
            "部署",
            "错别字",
            "加强布署",
            "http://www.elsewhere.gov.cn/1.html",
            "",
            "完成",
            "",
            "2026-03-01",
            "2026-03-09",
        ]
    )
    book.save(path)
    return path


def audit_columns(path: Path, base: str) -> Path:
    """The audit list: addresses in 链接位置, several tables on one sheet, one of stale columns."""
    book = Workbook()
    sheet = book.active
    sheet.title = "审核"
    sheet.append(
        [
            "问题级别",
            "问题类型",
            "资源类别",
            "链接位置",
            "父页面",
            "上下文",
            "错敏词",
            "推荐词",
            "依据",
            "纠错得分",
            "AI标记",
            "发布时间",
            "首次发现时间",
            "监测时间",
            "审核时间",
            "整改时间",
        ]
    )
    sheet.append(
        [
            "一般",
            "错别字",
            "网页",
            f"{base}/zwdt/2.html",
            f"{base}/zwdt/",
            "加强布署工作",
            "布署",
            "部署",
            "词典",
            0.98,
            "",
            "2026-03-01",
            "2026-03-08",
            "2026-03-09",
            "",
            "",
        ]
    )
    sheet.append([])
    sheet.append(["栏目更新情况"])
    sheet.append(
        [
            "序号",
            "栏目名称",
            "栏目类别",
            "问题类型",
            "网址",
            "最后更新时间",
            "未更新天数",
            "暂无此列",
        ]
    )
    sheet.append([1, "统计信息", "政务公开", "栏目不更新", f"{base}/tjxx/", "2025-10-01", 160, ""])
    sheet.append([2, "", "", "空白栏目", "", "", "", ""])
    book.save(path)
    return path


def alert_mail(path: Path, base: str) -> Path:
    """The alert mail: labels on the left, values on the right, two alerts in one table."""
    document = docx.Document()
    document.add_paragraph("预警通知（2026.03.09）")
    table = document.add_table(rows=0, cols=2)
    for wrong, right, page in (("秸杆", "秸秆", "1"), ("布署", "部署", "2")):
        for label, value in (
            ("网站名称", "乌尔禾区人民政府网"),
            ("网站标识码", "6502050001"),
            ("网站地址", f"{base}/"),
            ("问题类型", "错别字"),
            ("疑似错误", wrong),
            ("建议修改", right),
            ("地址", f"{base}/zwdt/{page}.html"),
            ("监测时间", "2026-03-09 09:00"),
        ):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, value
    document.save(path)
    return path


def word_notice(path: Path, base: str) -> Path:
    """《…网站错别字》: merged units, red characters in the sentence, links as hyperlinks."""
    document = docx.Document()
    document.add_paragraph("乌尔禾区网站错别字")
    document.add_paragraph("（2026年3月）")
    table = document.add_table(rows=5, cols=5)
    for cell, text in zip(
        table.rows[0].cells, ("序号", "责任单位", "错误原句", "修改建议", "链接"), strict=True
    ):
        cell.text = text
    for number, (before, wrong, after, right, page) in enumerate(
        (
            ("各乡镇做好", "秸杆", "综合利用", "秸秆", "1"),
            ("会议对工作进行", "布署", "", "部署", "2"),
            ("请核对银行", "帐户", "信息", "账户", "3"),
        ),
        1,
    ):
        cells = table.rows[number].cells
        cells[0].text = str(number)
        paragraph = cells[2].paragraphs[0]
        paragraph.add_run(before)
        run = paragraph.add_run(wrong)
        run.font.color.rgb, run.bold = RED, True
        paragraph.add_run(after)
        cells[3].text = right
        _linked(document, cells[4].paragraphs[0], f"{base}/zwdt/{page}.html")
    table.cell(1, 1).text = "区农业农村局"
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(3, 1).text = "区财政局"
    last = table.rows[4].cells
    last[0].merge(last[4]).text = "合计：3处"
    inner = document.add_table(rows=1, cols=1).cell(0, 0).add_table(rows=2, cols=2)
    written = (("错误→正确", "网址"), ("「截止」→「截至」", f"{base}/zwdt/4.html"))
    for row, texts in zip(inner.rows, written, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(path)
    return path


def _linked(document: docx.document.Document, paragraph: object, url: str) -> None:
    key = document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link, run, text = (OxmlElement(tag) for tag in ("w:hyperlink", "w:r", "w:t"))
    link.set(qn("r:id"), key)
    text.text = "查看"
    run.append(text)
    link.append(run)
    paragraph._p.append(link)
