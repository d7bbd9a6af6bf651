"""What a page without a list is: a jump, a shell filled by scripts, empty, under construction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.reading.document import Document, squeeze
from crawler.reading.listing_tree import Knot, Outline

_REFRESH = re.compile(r"^\s*(\d{1,5})?(?:\.\d+)?\s*[;,]?\s*(?:url\s*=\s*)?['\"]?\s*([^'\"]*)", re.I)
_LOCATION = re.compile(
    r"""(?:(?:window|self|top|parent|document)\s*\.\s*)*location(?:\s*\.\s*href)?\s*=\s*['"]([^'"]{1,500})['"]"""
    r"""|location\s*\.\s*(?:replace|assign)\s*\(\s*['"]([^'"]{1,500})['"]"""
    r"""|window\s*\.\s*open\s*\(\s*['"]([^'"]{1,500})['"]\s*,\s*['"]_self""",
    re.I,
)
_CONDITIONAL = re.compile(
    r"userAgent|platform\b|screen\.width|localStorage|onclick|addEventListener\(\s*['\"]click", re.I
)
_FUNCTION = re.compile(r"function\s+\w+\s*\(|=\s*function\s*\(")

_NOTHING = re.compile(
    r"(?:暂\s*(?:时)?\s*(?:无|没有|未)|(?:没|沒)有(?:找到|查到|检索到|查询到)?|未(?:找到|查到|检索到|查询到)|无|尚未|还没有)"
    r"\s*(?:发布|更新|添加|录入|公开|任何|相关|符合条件的?|您要找的|对应的?|匹配的?|该栏目|本栏目|此类)*\s*的?\s*"
    r"(?:信息|内容|数据|记录|资料|文章|新闻|稿件|文件|公告|结果|条目|事项|更新)"
    r"|(?:栏目|列表|内容)\s*(?:内容)?\s*(?:为空|暂\s*无|是空)|共\s*(?:有|计)?\s*0\s*(?:条|篇|项|个)|no\s+(?:data|records?|results?|content)\b",
    re.I,
)
_NOTHING_SIGN = re.compile(r"[暂没沒未无尚空共]|[nN][oO]\s")
_NOT_OF_LIST = re.compile(r"暂无(?:评论|图片|附件|留言|回复)|评论")
_BUILDING = re.compile(
    r"(?:栏目|页面|网站|系统|频道|内容|网页|平台|本站|该|此|正在|正|紧张|全面|抓紧|加紧|升级|板块|专栏|专题)?[^，。！\s]{0,6}?"
    r"(?:建设中|正在建设|建设之中|正在维护|维护中|维护之中|正在升级|升级中|升级改造中|正在改版|改版中|正在制作|制作中|施工中|正在完善|完善中|"
    r"筹备中|正在筹建|筹建中|敬请期待|即将上线|即将开通|正在更新中|内容更新中|信息更新中|栏目更新中|under\s+construction|coming\s+soon)",
    re.I,
)
_BUILDING_SIGN = re.compile(r"[建维升改制施完筹敬即更]|under|coming", re.I)
_TEMPLATE = re.compile(
    r"\{\{[^{}]{1,120}\}\}|<%=?.{1,120}?%>|\$\{[\w.]{1,60}\}|\{\$[\w.]{1,60}\}|\[!--\w"
)
_LOOPS = (
    "v-for",
    "ng-repeat",
    "ms-repeat",
    "ms-for",
    "ms-each",
    ":each",
    "data-bind",
    "x-for",
    "@click",
    "v-html",
    ":for",
    "wx:for",
)
_ROOTS = re.compile(r"^(?:app|root|__next|__nuxt|q-app|main-app|vue-app|container-app)$", re.I)
_CALLS = re.compile(
    r"(?:\$|jQuery)\s*\.\s*(?:ajax|get|post|getJSON)\s*\(|\bfetch\s*\(|\baxios\b|XMLHttpRequest|\.getJSON\s*\(|layui\.|\bajax\s*\(|\.\s*load\s*\(\s*['\"]|\$http\b|new\s+Vue\b|createApp\s*\(",
    re.I,
)
_IDLE_CALLS = re.compile(
    r"count|hit|visit|click|weather|tianqi|login|user|share|search|stat|pv\b|uv\b|token|log\b|track|favor|session|captcha|header|footer|top\b|"
    r"head\b|foot\b|bottom|nav|menu|banner|floatwin|friend|link|ipv6|online|suggest|hot",
    re.I,
)
_LIST_CALLS = re.compile(
    r"list|page|column|channel|article|news|info|item|data|query|manuscript|content|catalog|cms|api|json",
    re.I,
)
_LIST_MARKS = re.compile(
    r"<datastore>|<recordset>|/jpage/|dataproxy\.jsp|morecolumndataproxy|gkmlpt/(?!index)|window\._CONFIG|jpaas-publish-server|/front/page/build/unit|"
    r"getFullTextDataNew|common/search/[0-9a-f]|searchList/",
    re.I,
)
_DATASTORE = re.compile(r"<datastore>|<recordset>", re.I)
_LIST_SCRIPT = re.compile(
    r"(?:list|column|channel|data|render|page|news|article|gkml|cms|search|jpage)[\w.\-]*\.(?:js|jsp|json)",
    re.I,
)
_PLAIN_SCRIPT = re.compile(
    r"jquery|bootstrap|swiper|slide|share|count|stat|hm\.|tongji|analytics|superslide|page(?:r|nation|ination)?\.js|createpage|nav|menu|"
    r"lang|font|wza|speech|search|print|common\.js|base\.js|public\.js|index\.js|main\.js|style",
    re.I,
)
_FRAME_NOISE = re.compile(
    r"weather|tianqi|login|share|count|stat|qq|weibo|map|video|player|search|top|head|foot|bottom|nav|menu|banner|ad[sv]?[/._-]|comment|conac|jiucuo|float|left\.",
    re.I,
)
SHORT_PAGE = 260
MAX_FRAMES = 50
_FRAME_SIDE = 600
_SMALL_FRAME = 120
_FRAME_PART = re.compile(r"\s*(\d{1,5})(?:\.\d*)?\s*(%?)")


def jump_target(doc: Document, outline: Outline) -> str | None:
    """Where a page without much of its own leads: meta refresh, location.href or replace."""
    target = _refresh(doc)
    if target:
        return target
    if has_content(outline, 160):
        return None
    for knot in _scripts(doc):
        script = knot[:4000]
        if _CONDITIONAL.search(script):
            continue
        match = _LOCATION.search(script)
        if match is None or _in_idle_function(script, match.start()):
            continue
        found = doc.absolute(next(group for group in match.groups() if group))
        if found and not _same(found, doc.url):
            return found
    return None


def _refresh(doc: Document) -> str | None:
    for node in doc.tree.css("meta[http-equiv]"):
        if (node.attributes.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        match = _REFRESH.match(squeeze(node.attributes.get("content") or "")[:600])
        if match is None or not match[2] or int(match[1] or 0) > 15:
            continue
        found = doc.absolute(match[2])
        if found and not _same(found, doc.url):
            return found
    return None


def _same(one: str, other: str) -> bool:
    return one.rstrip("/") == other.partition("#")[0].rstrip("/")


def _in_idle_function(script: str, at: int) -> bool:
    """True where the assignment stands in a function that nothing in the script calls."""
    heads = list(_FUNCTION.finditer(script, 0, at))
    if not heads or script.count("{", 0, at) <= script.count("}", 0, at):
        return False
    name = re.search(r"(\w+)\s*(?:\(|=\s*function)", heads[-1].group().removeprefix("function"))
    # Its name in an address (…/search) is no call, nor is `function search(` itself.
    uses = rf"\b{re.escape(name[1])}\s*[(),;]" if name is not None else r"(?!)"
    called = len(re.findall(uses, script)) > heads[-1].group().startswith("function")
    return not (called or re.search(r"onload\s*=|setTimeout|ready\s*\(", script[:at]))


def _scripts(doc: Document) -> list[str]:
    return [node.text() for node in doc.tree.css("script") if not node.attributes.get("src")]


def content_text(outline: Outline, limit: int = 6000) -> str:
    """The visible text outside menus, headers, footers and side boxes."""
    return _joined(outline.words, limit)


def has_content(outline: Outline, most: int) -> bool:
    """True where the content text is longer than `most`."""
    size = -1
    for knot in outline.words:
        size += len(knot.plain) + 1 if knot.plain else 0
        if size > most:
            return True
    return False


def body_text(outline: Outline, limit: int = 6000) -> str:
    """The content text that is not inside links."""
    return _joined((knot for knot in outline.words if not knot.linked), limit)


def _joined(words: Iterable[Knot], limit: int) -> str:
    parts: list[str] = []
    size = 0
    for knot in words:
        if knot.plain:
            parts.append(knot.plain)
        size += len(knot.text)
        if size > limit:
            break
    return " ".join(parts)


def nothing_said(outline: Outline) -> str:
    """The short text that says the list is empty (暂无信息), or ''."""
    return _short_saying(outline, _NOTHING, _NOTHING_SIGN, 40)


def building_said(outline: Outline) -> str:
    """The short text that says the page is under construction, or ''."""
    return _short_saying(outline, _BUILDING, _BUILDING_SIGN, 60)


def _short_saying(
    outline: Outline, pattern: re.Pattern[str], sign: re.Pattern[str], limit: int
) -> str:
    """The first text or picture's words that say it; `sign` is in whatever may say it."""
    sayings = [
        (knot.index, knot.plain)
        for knot in outline.words
        if not knot.linked and 2 <= len(knot.plain) <= limit and sign.search(knot.plain)
    ]
    for knot in outline.named:
        if knot.tag == "img" and not knot.aside:
            words = knot.attr("alt") or knot.attr("title")
            if len(words) <= limit and sign.search(words) and pattern.search(words):
                sayings.append((knot.index, words))
    for at, words in sorted(sayings):
        shown = outline.knots[at].tag == "img"
        if shown or (pattern.search(words) and not _NOT_OF_LIST.search(words)):
            return words
    return ""


def shell_reason(doc: Document, outline: Outline) -> str:
    """Why the page's content must come from scripts, as a Chinese sentence, or ''."""
    # A menu may lead to a platform of such a mark: only scripts tell of this page's own list.
    told = "\n".join(
        " ".join(value or "" for value in node.attributes.values()) + node.text()
        for node in doc.tree.css("script")
    )
    marks = _LIST_MARKS.search(told) or _DATASTORE.search(doc.html)
    if marks:
        return f"列表数据由脚本接口提供（页面中有 {marks.group()[:40]}）"
    for knot in outline.knots:
        if knot.chrome or knot.side:
            continue
        if knot.tag == "-text" and len(knot.text) < 400 and _TEMPLATE.search(knot.text):
            return f"页面中只有未填充的模板：{squeeze(knot.text)[:40]}"
        if knot.attrs:
            if any(name in knot.attrs for name in _LOOPS):
                return "列表由前端模板循环生成，页面源码中没有条目"
            if _ROOTS.match(knot.attr("id")) and not outline.text(knot.index, knot.end, 30):
                return f"页面主体是空容器 #{knot.attr('id')}，内容由脚本生成"
    return _called(doc, outline)


def _called(doc: Document, outline: Outline) -> str:
    empties = outline.empties
    named = {word for knot in empties for word in knot.names.split() if len(word) > 2}
    for script in _scripts(doc):
        text = script[:60_000]
        for match in _CALLS.finditer(text):
            around = text[max(0, match.start() - 60) : match.end() + 300]
            if any(word in text for word in named):
                return "页面中的空容器由脚本填充，源码中没有条目"
            if empties and _list_call(around[: 60 + match.end() - match.start() + 160]):
                return "列表由脚本请求接口后生成，源码中没有条目"
        if (
            named
            and re.search(r"innerHTML|\.html\(|\.append\(|document\.write", text)
            and any(w in text for w in named)
        ):
            return "页面中的空容器由脚本填充，源码中没有条目"
    if empties or not body_text(outline, 200):
        for node in doc.tree.css("script[src]"):
            source = node.attributes.get("src") or ""
            name = source.rsplit("/", 1)[-1]
            if _LIST_SCRIPT.search(source) and not _PLAIN_SCRIPT.search(name):
                return f"空容器旁引用了外部脚本 {name[:40]}，列表由脚本生成"
    return ""


def _list_call(around: str) -> bool:
    quoted = " ".join(re.findall(r"['\"]([^'\"]{2,200})['\"]", around))
    return bool(_LIST_CALLS.search(quoted)) and not _IDLE_CALLS.search(quoted)


def frame_target(doc: Document, outline: Outline) -> str | None:
    """The address of the frame that holds the page's content, or None."""
    best: tuple[int, str] | None = None
    host = urlsplit(doc.url).netloc
    aside = {
        knot.attrs.get("src")
        for knot in outline.knots
        if knot.tag == "iframe" and (knot.chrome or knot.side or knot.hidden)
    }
    for node in doc.tree.css("iframe, frame")[:MAX_FRAMES]:
        attrs = node.attributes
        found = doc.absolute(attrs.get("src") or attrs.get("data-src") or "")
        if not found or _same(found, doc.url) or attrs.get("src") in aside:
            continue
        parts = urlsplit(found)
        name = parts.path.rsplit("/", 1)[-1] + "?" + parts.query
        if (host and parts.netloc != host) or _FRAME_NOISE.search(name):
            continue
        size = _size(attrs) if node.tag == "iframe" else _share(node)
        if size >= 0 and (best is None or size > best[0]):
            best = (size, found)
    return best[1] if best else None


def _size(attrs: dict[str, str | None]) -> int:
    """Shown height times width as far as written; negative for frames too small to hold a list."""
    numbers = []
    for name in ("height", "width"):
        match = re.match(r"(\d+)(%?)", attrs.get(name) or "")
        numbers.append(_FRAME_SIDE if match is None or match[2] else int(match[1]))
    return -1 if min(numbers) < _SMALL_FRAME else numbers[0] * numbers[1]


def _share(frame: LexborNode) -> int:
    """The height times the width that the framesets around a frame give it; negative if small."""
    height = width = _FRAME_SIDE
    node, above = frame, frame.parent
    while above is not None and above.tag == "frameset":
        place = 0
        before = node.prev
        while before is not None:
            place += before.tag in ("frame", "frameset")
            before = before.prev
        rows, columns = (above.attributes.get(name) or "" for name in ("rows", "cols"))
        # A grid fills its rows one after the other.
        across = max(1, len(columns.split(",")))
        width = min(width, _part(columns, place % across))
        height = min(height, _part(rows, place // across))
        node, above = above, above.parent
    return -1 if min(height, width) < _SMALL_FRAME else height * width


def _part(spec: str, place: int) -> int:
    """Pixels of one part of a frameset's `rows` or `cols`, as far as they are written."""
    parts = spec.split(",")
    match = _FRAME_PART.match(parts[place]) if place < len(parts) else None
    if match is None:
        return _FRAME_SIDE
    number = int(match[1])
    return _FRAME_SIDE * min(number, 100) // 100 if match[2] else number


def is_template(title: str) -> bool:
    """True for a row that is an unfilled template."""
    return bool(_TEMPLATE.search(title))
