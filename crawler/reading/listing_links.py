"""The links of a page that may be items: address, words, and which of them are only furniture."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from crawler.reading.address import without_session
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
_OPENS = re.compile(r"下载|查看|详情|详细|阅读|预览|浏览|原文|全文|pdf|word", re.I)
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
_ROOTED = re.compile(r"/[\w\-./?=&%]*$")
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

    @property
    def weight(self) -> float:
        """How much it looks like a title rather than a category, a picture or a summary."""
        size = len(self.text)
        weight = min(size, 16) + (6 if self.article else 0) - (8 if self.column else 0)
        return weight - (10 if self.pictured else 0) - (4 if size > 60 else 0)


def find_links(doc: Document, outline: Outline) -> list[Link]:
    """All candidate links in document order; furniture (更多, 下一页, 首页 …) is left out."""
    links: list[Link] = []
    anchored = _anchored(outline)
    parts = urlsplit(doc.base)
    roots = f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""
    at = 0
    knots = outline.knots
    openers: list[Knot] = []
    while at < len(knots):
        knot = knots[at]
        if knot.tag == "a" or (knot.attrs and knot.index not in anchored and _carries(knot)):
            link = _link(doc, outline, knot, roots)
            if link is not None:
                links.append(link)
            elif knot.tag == "a" and not knot.chrome:
                openers.append(knot)
            if knot.tag != "a" and link is not None:
                at = knot.end
                continue
        at += 1
    named = _named_by_row(doc, outline, links, openers, roots)
    return sorted([*links, *named], key=lambda link: link.knot.index) if named else links


def _named_by_row(
    doc: Document, outline: Outline, links: list[Link], openers: list[Knot], roots: str
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
        url = _address(doc, knot, roots) if _OPENS.search(words) else None
        if url is None:
            continue
        title = _longest_text(outline, row)
        if len(_IDEOGRAPH.findall(title)) >= 4:
            end = row.end
            found.append(Link(row, url, title, is_article_address(url), is_column_address(url)))
    return found


def _longest_text(outline: Outline, row: Knot) -> str:
    texts = [squeeze(k.text) for k in outline.knots[row.index : row.end] if k.tag == "-text"]
    return max(texts, key=len, default="")


def is_furniture(text: str) -> bool:
    """True for words that lead through a site but name no item."""
    return len(text) <= 24 and bool(_FURNITURE.match(text))


def is_article_address(url: str) -> bool:
    """True where the address is shaped like one document's."""
    return bool(_ARTICLE.search(url[:600]))


def is_column_address(url: str) -> bool:
    """True where the address is shaped like a column's."""
    scheme = url.find("://")
    slash = url.find("/", scheme + 3) if scheme > 0 else 0
    path = url[slash:] if slash >= 0 else ""
    plain = "?" not in url and (path in ("", "/") or bool(_COLUMN.search(path)))
    return plain or bool(_COLUMN_QUERY.search(path))


def is_cut(text: str) -> bool:
    """True for a title that ends in dots."""
    return bool(_CUT.search(text))


def _anchored(outline: Outline) -> set[int]:
    """Knots with an anchor somewhere beneath, a few steps up from each anchor."""
    found: set[int] = set()
    for knot in outline.knots:
        if knot.tag == "a":
            for above in outline.above(knot, 6):
                if above.index in found:
                    break
                found.add(above.index)
    return found


def _carries(knot: Knot) -> bool:
    return (
        knot.end - knot.index <= MAX_CARRIER
        and knot.tag in ("li", "tr", "td", "div", "p", "span", "dt", "dd", "h3", "h4")
        and any(knot.attrs.get(name) for name in ("onclick", "data-href", "data-url", "data-link"))
    )


def _link(doc: Document, outline: Outline, knot: Knot, roots: str) -> Link | None:
    text = outline.text(knot.index, knot.end, 600)
    title = knot.attr("title")
    pictured = not text
    if pictured:
        text = title or _image_words(outline, knot)
    if not text or is_furniture(text):
        return None
    url = _address(doc, knot, roots)
    if url is not None:
        return Link(
            knot, url, text, is_article_address(url), is_column_address(url), True, pictured
        )
    opener = _opener(knot)
    if opener is None:
        return None
    # No address can be had from the script: the item keeps a name of its own on this page.
    return Link(knot, f"{doc.url}#{quote(squeeze(title or text)[:80])}", text, True, False, False)


def _image_words(outline: Outline, knot: Knot) -> str:
    for at in range(knot.index + 1, min(knot.end, knot.index + 12)):
        inner = outline.knots[at]
        if inner.tag == "img":
            words = inner.attr("title") or inner.attr("alt")
            if words:
                return words
    return ""


def _address(doc: Document, knot: Knot, roots: str) -> str | None:
    href = knot.attr("href")
    if href and not href.lower().startswith(("javascript:", "#", "void")):
        if roots and _ROOTED.match(href) and "/." not in href:
            # What joining would give, without the cost of joining.
            return without_session(roots + href)
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
