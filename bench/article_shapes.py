"""Article pages in the shapes Chinese portals give them, each with the text that is its own.

Everything is invented: the frames follow what the common systems (TRS, UCAP, 博达 VSB, 大汉 jcms)
and hand-made portals write, the words come from the demo portal's prose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bench.article_frame import (
    PARTS,
    SHOWN,
    SITE,
    Words,
    credits,
    crumb,
    figures,
    flat,
    head,
    page,
    ps,
    spans,
    table,
    tools,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """One page and the text a person would copy out of it, a line a paragraph or table row."""

    name: str
    html: str
    text: str


def shapes() -> list[Shape]:
    """Every shape, always the same."""
    made = []
    for number, (name, build) in enumerate(_BUILDERS):
        words = Words(Random(number))
        title = words.title()
        html, lines = build(words, title)
        made.append(Shape(name, html, "\n".join(lines)))
    return made


_Built = tuple[str, list[str]]
_Builder = Callable[[Words, str], _Built]
_BUILDERS: list[tuple[str, _Builder]] = []


def _shape(build: _Builder) -> _Builder:
    _BUILDERS.append((build.__name__.strip("_"), build))
    return build


@_shape
def _trs(words: Words, title: str) -> _Built:
    text = words.paragraphs(6)
    body = "".join(f'<p style="text-indent: 2em;">{spans(line)}</p>' for line in text)
    main = (
        f'{crumb()}<div class="xl"><h1>{title}</h1>{credits()}'
        f'<div class="TRS_Editor">{body}</div>{tools()}</div>'
    )
    return page(title, main), text


@_shape
def _trs_in_halves(words: Words, title: str) -> _Built:
    text = words.paragraphs(8)
    halves = "".join(f'<div class="TRS_Editor">{ps(part)}</div>' for part in (text[:4], text[4:]))
    main = f'{crumb()}<div class="xl"><h2>{title}</h2>{credits()}<div>{halves}</div></div>'
    return page(title, main), text


@_shape
def _ucap(words: Words, title: str) -> _Built:
    text = words.paragraphs(5)
    side = f'<div class="right"><h3>相关信息</h3><ul>{words.links(12)}</ul></div>'
    main = (
        f'{crumb()}<div class="main"><h1 class="title">{title}</h1>{credits()}'
        f'<div class="pages_content" id="UCAP-CONTENT">{ps(text)}</div></div>{side}'
    )
    return page(title, main), text


@_shape
def _vsb(words: Words, title: str) -> _Built:
    text = words.paragraphs(4)
    main = (
        f'<form name="_newscontent_fromname"><div align="center">{title}</div>{credits()}'
        f'<div id="vsb_content_2"><div class="v_news_content">{ps(text)}</div></div>'
        f'<p>上一条：<a href="1.htm">关于防汛工作的通知</a></p></form>'
    )
    return page(title, main), text


@_shape
def _jcms(words: Words, title: str) -> _Built:
    text = words.paragraphs(5)
    main = (
        f'<table id="c" width="100%"><tr><td class="title">{title}</td></tr><tr><td>'
        f"<table><tr><td>发布日期：{SHOWN}</td><td>来源：区统计局</td><td>[ 大 中 小 ]</td></tr>"
        f'</table></td></tr><tr><td class="bt_content"><div id="zoom">{ps(text)}</div></td></tr>'
        "<tr><td>扫一扫在手机打开当前页</td></tr></table>"
    )
    return page(title, main), text


@_shape
def _unnamed_blocks(words: Words, title: str) -> _Built:
    text = words.paragraphs(6)
    main = f"<div><div><h3>{title}</h3>{credits()}<div>{ps(text)}</div>{tools()}</div></div>"
    return page(title, main, plain=True), text


@_shape
def _breaks_instead_of_paragraphs(words: Words, title: str) -> _Built:
    text = words.paragraphs(6)
    body = "<br><br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in text)
    main = f'{head(title)}<div class="con">{body}</div></div>'
    return page(title, main), text


@_shape
def _layout_tables(words: Words, title: str) -> _Built:
    text = words.paragraphs(5)
    links = "<br>".join(f'<a href="/{n}/">{name}</a>' for n, name in enumerate(PARTS))
    main = (
        f'<table width="1000"><tr><td width="200">{links}</td><td><table><tr><td>{title}</td></tr>'
        f"<tr><td>{SHOWN} 来源：区政府办</td></tr><tr><td>{ps(text)}</td></tr></table>"
        "</td></tr></table>"
    )
    return page(title, main, plain=True), text


@_shape
def _text_with_table(words: Words, title: str) -> _Built:
    text = words.paragraphs(3)
    rows = figures(12)
    body = ps(text[:2]) + table(rows) + ps(text[2:])
    main = f'{head(title)}<div class="con">{body}</div></div>'
    return page(title, main), [*text[:2], *flat(rows), *text[2:]]


@_shape
def _table_alone(words: Words, title: str) -> _Built:
    rows = figures(30)
    side = f'<div class="r"><ul>{words.links(8)}</ul></div>'
    main = f'<div class="w"><h1>{title}</h1>{credits()}<div class="con">{table(rows)}</div></div>'
    return page(title, main + side), flat(rows)


@_shape
def _document_head_table(words: Words, title: str) -> _Built:
    text = words.paragraphs(5)
    head = table([["索引号", "000014349/2026-00012", "主题分类", "综合政务"],
                   ["发文机关", "区政府办公室", "成文日期", "2026年3月6日"]])  # fmt: skip
    main = (
        f'{crumb()}<div class="xxgk">{head}</div><div class="w"><h1>{title}</h1>'
        f'<div class="wz">{ps(text)}</div></div>'
    )
    return page(title, main), text


@_shape
def _files_alone(words: Words, title: str) -> _Built:
    names = [f"{n}.青禾区{name}（2026年版）.docx" for n, name in enumerate(PARTS[:4], 1)]
    links = "".join(f'<p><a href="./P0{n}.docx">{name}</a></p>' for n, name in enumerate(names))
    side = f'<div class="r"><ul>{words.links(8)}</ul></div>'
    main = f'{head(title)}<div class="con">{links}</div></div>'
    return page(title, main + side), names


@_shape
def _text_and_files(words: Words, title: str) -> _Built:
    text = words.paragraphs(4)
    files = [f"{n}.申报材料之{name}.doc" for n, name in enumerate(PARTS[:3], 1)]
    links = "".join(f'<p><a href="./W0{n}.doc">{name}</a></p>' for n, name in enumerate(files))
    main = f'{head(title)}<div class="con">{ps(text)}<p>附件：</p>{links}</div></div>'
    return page(title, main), [*text, "附件：", *files]


@_shape
def _short_notice(words: Words, title: str) -> _Built:
    text = ["因管网检修，3月9日8时至18时城东片区停水，请提前储水。"]
    side = f'<div class="r"><h3>热门</h3><ul>{words.links(10)}</ul></div>'
    main = f'{head(title)}<div class="con">{ps(text)}</div>{tools()}</div>'
    return page(title, main + side), text


@_shape
def _very_short_unnamed(words: Words, title: str) -> _Built:
    text = ["经研究，同意你局所报方案，请认真组织实施。", "2026年3月8日"]
    main = f"<div><div>{title}</div><div>时间：{SHOWN}</div><div>{ps(text)}</div></div>"
    return page(title, main, plain=True), text


@_shape
def _links_in_the_text(words: Words, title: str) -> _Built:
    text = words.paragraphs(8)
    linked = [f'{line[:6]}<a href="/law/{n}.html">{line[6:24]}</a>{line[24:]}'
              for n, line in enumerate(text)]  # fmt: skip
    main = f'{head(title)}<div class="con">{ps(linked)}</div></div>'
    return page(title, main), text


@_shape
def _long_policy(words: Words, title: str) -> _Built:
    text: list[str] = []
    for number in "一二三四五六七八":
        text += [f"{number}、总体要求和工作安排", *words.paragraphs(6)]
    side = f'<div class="r"><h3>相关解读</h3><ul>{words.links(6)}</ul></div>'
    main = f'{head(title)}<div class="con">{ps(text)}</div>{tools()}</div>'
    return page(title, main + side), text


@_shape
def _side_box_before(words: Words, title: str) -> _Built:
    text = words.paragraphs(4)
    box = "".join(f"<p>{line}</p>" for line in words.paragraphs(2))
    main = (
        f'<div class="left"><h3>领导之窗</h3>{box}<ul>{words.links(10)}</ul></div>'
        f'<div class="rt">{head(title)}<div class="con">{ps(text)}</div></div></div>'
    )
    return page(title, main), text


@_shape
def _related_inside(words: Words, title: str) -> _Built:
    text = words.paragraphs(5)
    related = f'<div class="xg"><p>相关阅读</p><ul>{words.links(6)}</ul></div>'
    main = f'{head(title)}<div class="con">{ps(text)}{related}</div></div>'
    return page(title, main), text


@_shape
def _share_bar_inside(words: Words, title: str) -> _Built:
    text = words.paragraphs(5)
    share = '<div class="share">分享到：<a>微信</a><a>微博</a><a>QQ空间</a></div>'
    code = '<div class="ewm"><p>扫一扫在手机打开当前页</p></div>'
    main = f'{head(title)}<div class="TRS_Editor">{ps(text)}{share}{code}</div></div>'
    return page(title, main), text


@_shape
def _text_over_siblings(words: Words, title: str) -> _Built:
    text = words.paragraphs(6)
    blocks = "".join(f"<div>{line}</div>" for line in text)
    main = f"<div>{head(title)}{blocks}{tools()}</div></div>"
    return page(title, main), text


@_shape
def _sections(words: Words, title: str) -> _Built:
    text = words.paragraphs(6)
    blocks = "".join(
        f"<section><section><p>{spans(one)}</p></section><section><p>{spans(two)}</p></section>"
        "</section>"
        for one, two in zip(text[::2], text[1::2], strict=True)
    )
    main = f'{head(title)}<div class="rich">{blocks}</div></div>'
    return page(title, main), text


@_shape
def _two_roots(words: Words, title: str) -> _Built:
    text = words.paragraphs(5)
    main = f'{head(title)}<div class="con">{ps(text)}</div></div>'
    return f"<html><body><p>&nbsp;</p></body></html>{page(title, main)}", text


@_shape
def _unclosed(words: Words, title: str) -> _Built:
    text = words.paragraphs(5)
    body = "".join(f"<p>　　{line}" for line in text)
    main = f'{head(title)}<div class="con"><font size=3>{body}</font></div></div>'
    return page(title, main), text


@_shape
def _questions_and_answers(words: Words, title: str) -> _Built:
    text = words.paragraphs(6)
    pairs = "".join(
        f"<dt>问：{one}</dt><dd>答：{two}</dd>"
        for one, two in zip(text[::2], text[1::2], strict=True)
    )
    lines = [f"{'问答'[n % 2]}：{line}" for n, line in enumerate(text)]
    return page(title, f'{head(title)}<dl class="qa">{pairs}</dl></div>'), lines


@_shape
def _numbered_list(words: Words, title: str) -> _Built:
    text = words.paragraphs(6)
    items = "".join(f"<li>{line}</li>" for line in text)
    return page(title, f'{head(title)}<div class="con"><ol>{items}</ol></div></div>'), text


@_shape
def _preformatted(words: Words, title: str) -> _Built:
    text = words.paragraphs(6)
    body = "\n".join(f"    {line}" for line in text)
    return page(title, f'{head(title)}<pre class="con">{body}</pre></div>'), text


@_shape
def _pictures_with_captions(words: Words, title: str) -> _Built:
    text = words.paragraphs(3)
    captions = ["图为春耕现场。", "图为技术人员查看墒情。"]
    body = "".join(
        f'<p>{line}</p><p align="center"><img src="W{n}.jpg"></p><p align="center">{caption}</p>'
        for n, (line, caption) in enumerate(zip(text, captions, strict=False))
    )
    lines = [line for pair in zip(text, captions, strict=False) for line in pair] + text[2:]
    main = f'{head(title)}<div class="con">{body}{ps(text[2:])}</div>{tools()}</div>'
    return page(title, main), lines


@_shape
def _signed(words: Words, title: str) -> _Built:
    text = [f"{SITE}各部门：", *words.paragraphs(4), f"{SITE}办公室", "2026年3月6日"]
    main = f'{head(title)}<div class="wz">{ps(text)}</div>{tools()}</div>'
    return page(title, main), text
