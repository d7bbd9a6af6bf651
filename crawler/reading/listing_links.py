"""The links of a page that may be items: address, words, and which of them are only furniture."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote

from crawler.reading.document import Document, squeeze
from crawler.reading.listing_tree import Knot, Outline

_FURNITURE = re.compile(
    r"""^[\s\[【(（<《«‹·>》»›|]*(?:
      (?:查看|了解|阅读|点击|显示|加载|浏览)?
        (?:更多|详情|详细|全文|全部|原文|详细信息|详细内容|更多信息|更多内容)
        (?:信息|内容|新闻|公告)?
      | more(?:\s*info)?\+* | 查看 | 查阅 | 浏览 | 进入 | 点击进入 | 点击查看
      | 点击下载 | 立即下载 | 下载 | 附件下载
      | 预览 | 打印 | 关闭 | 收藏 | 分享 | 复制
      | 网站首页 | 首\s*页 | 返回 | 返回首页 | 返回顶部 | 返回上级 | 顶部
      | 上一?页 | 下一?页 | 前一?页 | 后一?页
      | 末\s*页 | 尾\s*页 | 最后一?页
      | 第?\d{1,5}页? | 转到
      | 跳转 | go | next | prev(?:ious)? | first | last
      | 登录 | 注册 | 设为首页 | 加入收藏 | 无障碍 | 长者版 | 繁体 | 简体 | english
      | 在线办理 | 在线申报 | 办事指南 | 我要办理 | 我要咨询 | 图文 | 视频 | word | pdf | rss
      | [.…]+ | [>»›<«‹+]+
    )[\s\]】)）>》»›+.…|]*$""",
    re.I | re.X,
)
_ADDRESS = re.compile(r"""['"]\s*([^'"<>\s]{1,500})\s*['"]""")
_LOOKS_ADDRESS = re.compile(
    r"^(?:https?://|/|\.{1,2}/)|\.(?:s?html?|jsp|aspx?|php|pdf|docx?|xlsx?)(?:[?#]|$)", re.I
)
_ARTICLE = re.compile(
    r"""(?:19|20)\d{6} | /(?:19|20)\d{2}[-/_]?(?:0?[1-9]|1[0-2])(?:[-/_]|\b)
      | \d{4,}(?:_\d+)*\.\w{3,5}$ | [0-9a-f]{24,} | [0-9a-f]{8}-[0-9a-f]{4}- | /info/\d+/ | /art/\d
      | (?:content|article|detail|details|show|view|info|news|post|arc|art)
        [-_/.]*\d[-_/.\d]*(?:\.\w{2,5})?(?:[?]|$)
      | \.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|txt|jpe?g|png|mp4)(?:[?]|$)
      | [?&](?:\w*id|aid|cid|key|guid|no|code|newsid|infoid|wbnewsid)=[\w-]+
      | mp\.weixin\.qq\.com/s | /c\d{4,}a?\d*/ | /(?!(?:19|20)\d{2}/?$)\d{3,}(?:/|$)
      | (?<!list)(?<!list[-_])(?<!index_)\d{3,}\.(?:s?html?|jsp|aspx?|php)$
    """,
    re.I | re.X,
)
_COLUMN = re.compile(
    r"(?:/|/(?:index|default|home|main|list|common_list|node|col)[\w-]*\.(?:s?html?|jsp|aspx?|php)|/(?:list|col|node|channel|column)[/_]?\d*/?)$",
    re.I,
)
_COLUMN_QUERY = re.compile(r"[?&](?:action|method|op)=\w*list\b|/columns?/\d+(?:$|[?/])", re.I)
# A program that lists: the number in its query is the column's, not a document's.
_LISTER = re.compile(
    r"/[\w-]{0,40}(?:list|more|column|channel|category|catalog|lanmu)\d{0,3}\.(?:jsp|aspx?|php|do|action|s?html?)\?",
    re.I,
)
_OPENS = re.compile(r"下载|查看|详情|详细|阅读|预览|浏览|原文|全文|pdf|word", re.I)
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
# The shape of most articles' addresses, found without trying all others.
_NUMBERED = re.compile(r"\d{4,}(?:_\d+)*\.\w{3,5}$")
_CARRYING = frozenset({"onclick", "data-href", "data-url", "data-link"})
_CARRIERS = frozenset({"li", "tr", "td", "div", "p", "span", "dt", "dd", "h3", "h4"})
_LONGEST_KEPT = 400
_CUT = re.compile(r"(?:\.{2,}|…+|···)\s*$")
MAX_CARRIER = 120
"""More nodes than this stand in no row that opens an item by script."""


@dataclass(slots=True)
class Link:
    """A link that may be an item.

    `pictured` says its words are those of a picture; `resolved` that its address is a real one.
    """

    knot: Knot
    url: str
    text: str
    article: bool
    column: bool
    resolved: bool = True
    pictured: bool = False
    weight: float = field(init=False)
    """How much it looks like a title rather than a category, a picture or a summary."""

    def __post_init__(self) -> None:
        size = len(self.text)
        weight = min(size, 16) + (6 if self.article else 0) - (8 if self.column else 0)
        self.weight = weight - (10 if self.pictured else 0) - (4 if size > 60 else 0)


def find_links(doc: Document, outline: Outline) -> list[Link]:
    """All candidate links in document order; furniture (更多, 下一页, 首页 …) is left out."""
    links: list[Link] = []
    openers: list[Knot] = []
    end = -1
    for knot in _candidates(outline):
        if knot.index < end:
            continue
        link = _link(doc, outline, knot)
        if link is not None:
            links.append(link)
            if knot.tag != "a":
                end = knot.end
        elif knot.tag == "a" and not knot.chrome:
            openers.append(knot)
    named = _named_by_row(doc, outline, links, openers)
    return sorted([*links, *named], key=lambda link: link.knot.index) if named else links


def _candidates(outline: Outline) -> list[Knot]:
    """Anchors, and what opens an item by script where no anchor stands in it."""
    carriers = [knot for knot in outline.named if _carries(knot)]
    if not carriers:
        return outline.anchors
    anchored = _anchored(outline)
    carriers = [knot for knot in carriers if knot.index not in anchored]
    return sorted([*outline.anchors, *carriers], key=lambda knot: knot.index)


def _named_by_row(
    doc: Document, outline: Outline, links: list[Link], openers: list[Knot]
) -> list[Link]:
    """Rows whose title is plain text beside 下载 or 查看: the row is the item, that its address."""
    places = [link.knot.index for link in links]
    found: list[Link] = []
    end = -1
    for knot in openers:
        row = next((k for k in outline.above(knot, 5) if k.tag in ("tr", "li")), None)
        if row is None or row.index < end or row.end - row.index > MAX_CARRIER:
            continue
        if bisect_left(places, row.index) < bisect_left(places, row.end):
            continue
        words = outline.text(knot.index, knot.end, 30)
        url = _address(doc, knot) if _OPENS.search(words) else None
        if url is None:
            continue
        title = _longest_text(outline, row)
        if len(_IDEOGRAPH.findall(title)) >= 4:
            end = row.end
            found.append(Link(row, url, title, *_shape_of(url)))
    return found


def _longest_text(outline: Outline, row: Knot) -> str:
    texts = [k.plain for k in outline.knots[row.index : row.end] if k.tag == "-text"]
    return max(texts, key=len, default="")


def is_furniture(text: str) -> bool:
    """True for words that lead through a site but name no item."""
    return len(text) <= 24 and _known_furniture(text)


@lru_cache(maxsize=8192)
def _known_furniture(text: str) -> bool:
    return _FURNITURE.match(text) is not None


def is_article_address(url: str) -> bool:
    """True where the address is shaped like one document's."""
    return _shape_of(url)[0]


def _looks_article(url: str) -> bool:
    if "?" in url and _LISTER.search(url):
        return False
    return _NUMBERED.search(url) is not None or _ARTICLE.search(url) is not None


def is_column_address(url: str) -> bool:
    """True where the address is shaped like a column's."""
    return _shape_of(url)[1]


def _looks_column(url: str) -> bool:
    scheme = url.find("://")
    slash = url.find("/", scheme + 3) if scheme > 0 else 0
    path = url[slash:] if slash >= 0 else ""
    plain = "?" not in url and (path in ("", "/") or bool(_COLUMN.search(path)))
    return plain or bool(_COLUMN_QUERY.search(path)) or bool(_LISTER.search(path[:600]))


@lru_cache(maxsize=16_384)
def _known_shape(url: str) -> tuple[bool, bool]:
    return _looks_article(url), _looks_column(url)


def _shape_of(url: str) -> tuple[bool, bool]:
    """Whether an address looks like an article's, and like a column's.

    Remembered: menus are the same on page after page, and items stand on several.
    """
    if len(url) > _LONGEST_KEPT:
        return _looks_article(url[:600]), _looks_column(url)
    return _known_shape(url)


def is_cut(text: str) -> bool:
    """True for a title that ends in dots."""
    return bool(_CUT.search(text))


def _anchored(outline: Outline) -> set[int]:
    """Knots with an anchor somewhere beneath, a few steps up from each anchor."""
    found: set[int] = set()
    for knot in outline.anchors:
        for above in outline.above(knot, 6):
            if above.index in found:
                break
            found.add(above.index)
    return found


def _carries(knot: Knot) -> bool:
    return (
        not knot.attrs.keys().isdisjoint(_CARRYING)
        and knot.end - knot.index <= MAX_CARRIER
        and knot.tag in _CARRIERS
        and any(knot.attrs.get(name) for name in _CARRYING)
    )


def _text_of(outline: Outline, knot: Knot) -> str:
    if knot.end == knot.index + 2:
        # Most links hold one text and nothing else.
        return outline.knots[knot.index + 1].plain[:600]
    return outline.text(knot.index, knot.end, 600)


def _link(doc: Document, outline: Outline, knot: Knot) -> Link | None:
    text = _text_of(outline, knot)
    title = ""
    pictured = not text
    if pictured:
        title = knot.attr("title")
        text = title or _image_words(outline, knot)
    if not text or is_furniture(text):
        return None
    url = _address(doc, knot)
    if url is not None:
        return Link(knot, url, text, *_shape_of(url), pictured=pictured)
    opener = _opener(knot)
    if opener is None:
        return None
    # No address can be had from the script: the item keeps a name of its own on this page.
    named = squeeze(knot.attr("title") or text)[:80]
    return Link(knot, f"{doc.url}#{quote(named)}", text, True, False, False)


def _image_words(outline: Outline, knot: Knot) -> str:
    for at in range(knot.index + 1, min(knot.end, knot.index + 12)):
        inner = outline.knots[at]
        if inner.tag == "img":
            words = inner.attr("title") or inner.attr("alt")
            if words:
                return words
    return ""


def _address(doc: Document, knot: Knot) -> str | None:
    href = knot.attr("href")
    if href and not href.lower().startswith(("javascript:", "#", "void")):
        return doc.absolute(href)
    for name in ("data-href", "data-url", "data-link", "data-src"):
        value = knot.attr(name)
        if value and not value.startswith(("#", "javascript")):
            found = doc.absolute(value)
            if found:
                return found
    for script in (knot.attr("onclick"), href if href.lower().startswith("javascript:") else ""):
        for match in _ADDRESS.finditer(script[:1000]):
            if _LOOKS_ADDRESS.search(match[1]):
                return doc.absolute(match[1])
    return None


def _opener(knot: Knot) -> str | None:
    """The script that opens an item whose address it hides, or None."""
    for script in (knot.attr("onclick"), knot.attr("href")):
        if re.search(r"\w\s*\(\s*(?:this\s*,\s*)?['\"]?[\w-]{1,64}", script[:500]) and re.search(
            r"\d|id", script[:500], re.I
        ):
            lowered = script.lower()
            if "void" in lowered and len(script) < 24:
                continue
            if not re.search(
                r"dopostback|page|go\(|submit|search|font|print|close|history|share|login", lowered
            ):
                return script
    return None
