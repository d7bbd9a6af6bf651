"""Whether scripts may fill what stands empty on a page: only what they cannot fill is blank."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.reading.beside import writes_beside
from crawler.reading.document import Document
from crawler.reading.listing_tree import Knot, Outline

_LOADING = re.compile(r"(?:正在|数据)?加载中|正在加载|请稍[候后]|加载数据|\bloading\b", re.I)
_WRITES = re.compile(
    r"innerHTML|\.\s*(?:html|append|prepend|before|after|load|replaceWith|render)\s*\(|document\.write"
    r"|insertAdjacentHTML|appendChild|(?:\$|jQuery)\s*\.\s*(?:ajax|get|post|getJSON)\s*\(|\bfetch\s*\("
    r"|\baxios\b|XMLHttpRequest|new\s+Vue\b|createApp\s*\(",
    re.I,
)
_CLOCK = re.compile(r"getFullYear|getDate\(|getDay\(|toLocale|星期|农历")
_QUOTED = re.compile(r"[\'\"]([^\'\"\n]{1,200})[\'\"]")
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|slide|share|count|stat|hm\.|tongji|analytics|page(?:r|nation|ination)?\.|createpage|"
    r"nav|menu|head|foot|lang|font|wza|speech|search|print|common|base|public|global|util|style|html5|respond|"
    r"vue|axios|layer|layui|echarts|polyfill|modernizr|conac|jiucuo|login|qrcode|min\.js|index\.js|main\.js|"
    r"scroll|tab|date|weather|calendar|float|big5|gb2|jianfan|ewm|video|player|lazy",
    re.I,
)
_PACKED = re.compile(r"[A-Za-z0-9+/=\s]{200,}")
_NEAR = 120
_PLACES = frozenset({"div", "ul", "ol", "table", "tbody", "section", "dl", "article", "p", "span"})


def filled_by_script(doc: Document, outline: Outline) -> str:
    """Why an empty page may yet show a list in a browser, as a Chinese sentence, or ''."""
    for knot in outline.words:
        text = knot.plain
        if len(text) <= 20 and _LOADING.search(text):
            return f"页面源码中只有“{text}”，列表由脚本加载"
    if any(_PACKED.fullmatch(knot.text.strip()) for knot in outline.texts):
        return "列表以编码形式藏在页面中，由脚本展开"
    places = [knot for knot in outline.named if _is_place(outline, knot)]
    for knot in outline.scripts:
        if knot.attr("src"):
            continue
        if "json" in knot.attr("type").lower() and "ld+json" not in knot.attr("type").lower():
            return "页面数据写在脚本中，列表由脚本生成"
        if _writes(knot.text[:60_000], places, inside=not (knot.chrome or knot.side)):
            return "页面中有脚本写入内容，源码中没有条目"
    return _by_other_file(doc, places)


def _writes(script: str, places: list[Knot], *, inside: bool) -> bool:
    """True where a script writes into an empty place of the page, or right where it stands."""
    for match in _WRITES.finditer(script):
        around = script[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if _CLOCK.search(around):
            continue
        quoted = " ".join(_QUOTED.findall(around))
        if writes_beside(quoted):
            continue
        if places or (inside and match.group().lower().startswith("document")):
            return True
    return False


def _by_other_file(doc: Document, places: list[Knot]) -> str:
    """A script of the portal's own beside an empty place, unless it is a known library."""
    for url in own_scripts(doc) if places else ():
        name = urlsplit(url).path.rsplit("/", 1)[-1]
        return f"空容器旁引用了外部脚本 {name[:40]}，列表可能由脚本生成"
    return ""


def refreshed_by_script(outline: Outline, container: Knot) -> str:
    """Why a list that stands in the source may be older than what a browser shows, or ''.

    Some portals print their list when the column is made and let a script replace it ever after.
    """
    boxes = [container, *outline.above(container, 2)]
    names = [knot.attr("id") for knot in boxes if len(knot.attr("id")) >= 2]
    if not names:
        return ""
    any_of = "|".join(map(re.escape, names))
    aimed = re.compile(
        rf"""(?:["']#|getElementById\(\s*["'])(?:{any_of})["']\s*\)\s*\.\s*"""
        r"""(?:(?:html|load|replaceWith)\s*\(\s*[^)\s]|innerHTML\s*=(?!=))"""
    )
    for knot in outline.scripts:
        if not knot.attr("src") and aimed.search(knot.text[:60_000]):
            return "列表会被脚本替换，页面源码中的不一定是最新的"
    return ""


def own_scripts(doc: Document) -> tuple[str, ...]:
    """Addresses of the portal's own script files that are no known library."""
    host = urlsplit(doc.url).netloc
    found: dict[str, None] = {}
    for node in doc.tree.css("script[src]"):
        source = doc.absolute(node.attributes.get("src") or "") or ""
        name = urlsplit(source).path.rsplit("/", 1)[-1]
        if name and urlsplit(source).netloc in ("", host) and not _LIBRARY.search(name):
            found.setdefault(source)
    return tuple(found)


def _is_place(outline: Outline, knot: Knot) -> bool:
    """An element with a name by which a script can find it, and nothing in it but headings."""
    if knot.tag not in _PLACES or knot.aside:
        return False
    if not (knot.attr("id") or any(name.startswith("data-") for name in knot.attrs)):
        return False
    inner = outline.knots[knot.index + 1 : min(knot.end, knot.index + 60)]
    return knot.end - knot.index <= 60 and not any(
        k.tag in ("a", "img", "td", "li", "iframe", "input", "video", "p")
        or (k.tag == "-text" and k.text.strip() and outline.knots[k.parent].tag != "th")
        for k in inner
    )
