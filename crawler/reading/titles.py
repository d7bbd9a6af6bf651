"""The title of an article: what the page calls itself, without the site's own name."""

from __future__ import annotations

import re

from crawler.reading.document import Document, squeeze
from crawler.reading.lines import Line, Lines

_EMPTY = frozenset(
    {"", "null", "none", "undefined", "无标题", "无标题文档", "untitled document", "正文", "文章"}
)
_PLACEHOLDER = re.compile(r"\{\{|\$\{|^\$\w|^%\w")
_CUT = re.compile(r"\s*(?:[_|｜]|\s[-–—－·]+\s?|--+|——|－|>>|«|\s<\s|-)\s*")
_SITE = re.compile(
    r"(?:网|网站|政府|门户|新闻|频道|平台|信息港|在线|局|厅|委|委员会|中心|大学|学院|学校|公司|集团|"
    r"报|日报|晚报|时报|社|电视台|资讯|首页|正文|页面|动态|公告|要闻|政务公开|公开|栏目|之家|客户端|"
    r"\.com|\.cn|\.net|news)$",
    re.I,
)


def read_title(doc: Document, lines: Lines) -> tuple[str, int | None]:
    """The title and the number of the line it stands in, if it stands in one."""
    head = doc.tree.css_first("title")
    window = squeeze(head.text(deep=True))[:300] if head else ""
    tagged = _tagged(doc)
    # A heading the head of the page agrees with cannot be a site's banner or a related story.
    agreed = [
        (line, number)
        for number in lines.headings
        if _agrees((line := lines[number]).text, window, tagged)
    ]
    if agreed:
        line, number = min(agreed, key=lambda pair: (pair[0].heading, -len(pair[0].text), pair[1]))
        return _fullest(line.text, tagged, window, doc), number
    title = tagged or _without_site(window, doc)
    if title:
        found = _line_of(title, lines)
        if found is not None or tagged:
            return title, found
    for level in (1, 2):
        tops = [n for n in lines.headings if lines[n].heading == level and len(lines[n].text) >= 6]
        if len(tops) == 1:
            return title or lines[tops[0]].text, tops[0]
    return title, None


def key(text: str) -> str:
    """`text` without blanks and punctuation, for comparing titles."""
    return re.sub(r"[\W_]+", "", text).lower()


def _tagged(doc: Document) -> str:
    for name in ("articletitle", "og:title", "twitter:title"):
        value = doc.meta.get(name, "")
        if value.lower() not in _EMPTY and not _PLACEHOLDER.search(value):
            return value if name == "articletitle" else _without_site(value, doc)
    return ""


def _agrees(text: str, window: str, tagged: str) -> bool:
    plain = key(text.rstrip("….")) if len(text) <= 200 else ""
    if len(plain) < 4:
        return False
    for other in (key(tagged), key(window)):
        if not other:
            continue
        # The window's title carries the site's name and the heading at times a subtitle.
        if other.startswith(plain) or plain.startswith(other):
            return len(plain) >= min(6, len(other)) or plain == other
        if len(plain) >= 8 and plain in other:
            return True
    return False


def _fullest(shown: str, tagged: str, window: str, doc: Document) -> str:
    """The heading as shown, or the head's spelling where the page cut it short or broke it."""
    for other in (tagged, _without_site(window, doc)):
        if other and key(other) == key(shown):
            return other if len(other) <= len(shown) else shown
        if other and shown.endswith(("…", "...")) and key(other).startswith(key(shown)):
            return other
    return shown


def _without_site(window: str, doc: Document) -> str:
    if window.lower() in _EMPTY or _PLACEHOLDER.search(window):
        return ""
    names = {key(doc.meta.get(name, "")) for name in ("sitename", "columnname", "og:site_name")}
    title = window
    while True:
        cuts = list(_CUT.finditer(title))
        if not cuts:
            return title
        last = cuts[-1]
        head, tail = title[: last.start()].strip(), title[last.end() :].strip()
        strong = last.group().strip() not in ("-", "·")
        named = key(tail) in names or bool(_SITE.search(tail)) or not tail
        if len(head) < 4 or not (named or (strong and len(tail) <= 12)):
            return title
        title = head


def _line_of(title: str, lines: Lines) -> int | None:
    wanted = key(title)
    if len(wanted) < 4:
        return None
    best: tuple[int, int] | None = None
    for number, line in enumerate(lines):
        if len(line.text) > len(title) * 2 + 40:
            continue
        fit = _fit(wanted, line)
        if fit and (best is None or (fit, number) < best):
            best = (fit, number)
    return best[1] if best else None


def _fit(wanted: str, line: Line) -> int:
    """How well a line carries the title, 1 best, 0 not at all."""
    plain = key(line.text)
    if plain == wanted:
        # A menu's entry for the page itself reads like its title too.
        return 3 if line.link * 5 >= len(line.text) * 4 or line.regions else 1
    if line.heading and plain.endswith(wanted) and not line.regions:
        return 2
    if len(wanted) >= 8 and wanted in plain:
        return 4 if line.linked or ">" in line.text else 2
    if len(plain) >= 10 and wanted.startswith(plain) and not line.linked:
        return 3
    return 0
