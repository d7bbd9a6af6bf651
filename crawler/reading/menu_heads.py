"""Which text stands at the head of a menu, a list or a block."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crawler.reading.menu_tree import MAX_NAME, Box, alike, tidy

MORE = re.compile(
    r"(?:查看|点击|阅读|进入|了解|浏览)?(?:更多|全部|所有|详细|详情)(?:信息|内容|栏目|列表)?|more|进入栏目|more信息|\W*",
    re.I,
)
_HOME = frozenset(
    {
        "首页",
        "主页",
        "网站首页",
        "返回首页",
        "home",
        "本站首页",
        "门户首页",
        "首頁",
        "政府首页",
        "回到首页",
    }
)
_LISTS = frozenset({"ul", "ol", "dl", "dd", "menu"})
_HOLDERS = _LISTS | {
    "div",
    "nav",
    "section",
    "article",
    "table",
    "tbody",
    "td",
    "tr",
    "p",
    "span",
    "aside",
}
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "th", "legend", "caption", "summary"})
_INLINE = frozenset({"b", "strong", "p", "span", "font", "em", "div", "i", "label"})
_TITLED = re.compile(
    r"(?:^|[-_\s])(?:tit|tit\d|title|titles?\d|hd|head|header|heading|bt|biaoti|name|caption|label|parent|first|one|yiji)"
    r"(?:$|[-_\s\d])"
)
_NEVER = frozenset({"br", "hr", "img", "i", "select", "map"})
_NESTED = re.compile(r"sub|child|drop|second|erji|er-ji|sec|two|level-?2|popup|hover|down")
_NO_HEAD = re.compile(
    r"(?:^|[-_\s])(?:logo|banner|search|weather|date|clock|time|more|pager|crumbs?|toolbar)(?:$|[-_\s])"
)
_SITE_NAME = re.compile(
    r".{2,}(?:政府|网站|门户网|信息网|政务网|政府网|官网)$|^(?:当前|您的|您现在|你现在|今天是|欢迎)"
)
# A header's own clock: stuck to the unit's name it is cut off, at the front it is no name at all.
_CLOCK = re.compile(
    r"[\s(（\[]*(?:20\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}日?|\d{1,2}月\d{1,2}日|"
    r"(?:星期|周|礼拜)[一二三四五六日天]|\d{1,2}:\d\d(?::\d\d)?)[)）\]\s]*$"
)
_TODAY = re.compile(r"20\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}")
_WORD = re.compile(r"[\u3400-\u9fffA-Za-z]{2}")
_HEAD_LENGTH = 26
_DEEPEST = 6


def is_home(name: str) -> bool:
    """True for the names menus give the home page."""
    return name.lower() in _HOME


def names_site(name: str) -> bool:
    """True for what names a portal or speaks to its visitor, and is no column's name."""
    return bool(_SITE_NAME.search(name))


class Heads:
    """Finds heads on one page. `names` are the anchors' names, `barred` boxes that head nothing."""

    def __init__(self, names: Mapping[int, str], barred: set[int]) -> None:
        self._names = names
        self._barred = barred
        self._before: dict[int, tuple[str, Box | None]] = {}
        self._heading: set[int] = set()

    def trail(self, anchor: Box) -> list[str]:
        """The heads above an anchor or a block, outermost first."""
        names: list[str] = []
        box = anchor
        if anchor.url and (flat := self._flat_head(anchor)):
            names.append(flat)
        while box.parent is not None and len(names) < _DEEPEST:
            head = self._tab(box) or self.before(box)
            if head and (not names or names[-1] != head):
                names.append(head)
            box = box.parent
        return names[::-1]

    def block_trail(self, anchor: Box) -> list[str]:
        """The heading of the block a 更多 stands in below its heads; empty if none is plain."""
        box = anchor
        for _ in range(5):
            parent = box.parent
            if parent is None or parent.tag == "body":
                return []
            head = self._beside(box, parent)
            if head is not None:
                return [*self.trail(parent), head] if head else []
            if name := self._tab(box):
                return [*self.trail(parent), name]
            box = parent
        return []

    def is_head(self, anchor: Box) -> bool:
        """True where the anchor stands at the head of something."""
        if id(anchor) in self._heading:
            return True
        box = anchor
        for _ in range(4):
            parent = box.parent
            if parent is None:
                return False
            follower = _next(parent, box)
            if follower is not None and self.before(follower) and id(anchor) in self._heading:
                return True
            if parent.links > 3:
                return False
            box = parent
        return False

    def heads_list(self, anchor: Box) -> bool:
        """True where the anchor heads a block of a channel page, and not a menu's branch."""
        return self.is_head(anchor) and any(
            box.tag in _HEADINGS or _TITLED.search(box.mark)
            for box in (anchor, *list(anchor.above())[:3])
        )

    def before(self, box: Box) -> str:
        """The head of what `box` holds, or an empty string."""
        key = id(box)
        if key not in self._before:
            text, head = self._find(box)
            self._before[key] = (text, head)
            if head is not None:
                self._heading.update(id(a) for a in head.anchors())
        return self._before[key][0]

    def _find(self, box: Box) -> tuple[str, Box | None]:
        parent = box.parent
        if parent is None or not _holds(box):
            return "", None
        for kid in reversed(_kids_before(parent, box)):
            if isinstance(kid, str):
                text = _head_text(kid)
                return (text, None) if text else ("", None)
            if kid.tag in _NEVER or not (kid.links or kid.text(4)):
                continue
            if kid.tag == box.tag and kid.tag in _LISTS | {"table"}:
                continue
            return self._as_head(kid, box)
        return "", None

    def _as_head(self, kid: Box, box: Box) -> tuple[str, Box | None]:
        """`kid` as the head of `box` that follows it."""
        named = [a for a in kid.anchors() if not MORE.fullmatch(self._names.get(id(a), ""))]
        nothing: tuple[str, Box | None] = ("", None)
        if kid.tag == "h1" or id(kid) in self._barred or _NO_HEAD.search(kid.mark):
            return nothing
        if _headed(box) and kid.tag not in _HEADINGS and not _TITLED.search(kid.mark):
            return nothing
        if len(named) > 1 or _strip_of(kid, box) or (kid.tag == box.tag == "tr" and kid.links):
            return nothing
        if kid.links and alike(kid, box):
            # One branch of a menu after another, not a head and what it heads.
            return nothing
        # The first cell of a row names the row: 柳溪镇 | 镇村公开.
        row = kid.tag == box.tag == "td" and not kid.links
        lone = box.tag not in _LISTS and box.links < 2 and not row
        if lone and not (kid.url and _NESTED.search(box.mark)) and kid.tag not in ("dt", "th"):
            return nothing
        text = self._names.get(id(named[0]), "") if named else _clockless(_plain(kid))
        if named and len(_plain(kid)) > len(text) + _HEAD_LENGTH:
            return nothing
        return (text, kid) if _head_text(text) else nothing

    def _flat_head(self, anchor: Box) -> str:
        """The heading before a run of anchors in one box, with nothing around each."""
        parent = anchor.parent
        run, box = parent, anchor
        if parent is not None and parent.links == 1 and parent.tag in ("li", "p"):
            run, box = parent.parent, parent
        if run is None or run.links < 2:
            return ""
        for kid in reversed(_kids_before(run, box)):
            if isinstance(kid, str) or kid.links or not kid.text(4):
                continue
            titled = kid.tag in _HEADINGS or bool(_TITLED.search(kid.mark))
            if box is not anchor:
                # Among rows only a marked one is a heading; a bare one is the page one is on.
                if titled and _plain(kid):
                    return _head_text(_plain(kid))
                continue
            text = _head_text(_plain(kid))
            if text and (titled or (kid.tag in _INLINE and _opens(run, kid))):
                return text
        return ""

    def _beside(self, box: Box, parent: Box) -> str | None:
        """The heading next to a 更多; None to look further out, empty where several compete."""
        around = [kid for kid in parent.kids if kid is not box]
        before = [k for k in reversed(_kids_before(parent, box)) if k is not box]
        for kid in before + [k for k in around if k not in before]:
            if isinstance(kid, str):
                if text := _head_text(kid):
                    return text
                continue
            if not (kid.links or kid.text(4)) or _NO_HEAD.search(kid.mark) or kid.tag == "h1":
                continue
            if kid.tag in _LISTS and kid.links != 1 and not _TITLED.search(kid.mark):
                continue
            named = [a for a in kid.anchors() if not MORE.fullmatch(self._names.get(id(a), ""))]
            heading = kid.tag in _HEADINGS or kid.tag in _INLINE or kid.tag in ("a", "td", "li")
            if len(named) > 1:
                if heading and len(kid.text(120)) < 60 and _TITLED.search(kid.mark):
                    return ""
                continue
            text = self._names.get(id(named[0]), "") if named else _plain(kid)
            if heading and _head_text(text) and len(_plain(kid)) <= _HEAD_LENGTH + 6:
                return text
        return None

    def _tab(self, box: Box) -> str:
        """The label of a tab whose panels follow in one box, as many as there are labels."""
        holder = box.parent
        if holder is None or holder.parent is None or box.tag not in ("div", "ul", "section"):
            return ""
        panels = [k for k in holder.kids if isinstance(k, Box) and k.tag == box.tag]
        if not 2 <= len(panels) <= 12 or any(not p.links for p in panels):
            return ""
        for strip in reversed(_kids_before(holder.parent, holder)):
            if isinstance(strip, Box) and strip.text(4):
                labels = _labels(strip)
                if len(labels) == len(panels):
                    return labels[next(i for i, p in enumerate(panels) if p is box)]
                return ""
        return ""


def _holds(box: Box) -> bool:
    """True where a box holds links that may have a head."""
    if box.tag not in _HOLDERS or not box.links:
        return False
    return box.links > 1 or box.tag in _LISTS or box.tag == "td" or bool(_NESTED.search(box.mark))


def _labels(strip: Box) -> list[str]:
    """The labels of a tab strip; empty where it is none."""
    box = strip
    for _ in range(3):
        kids = [k for k in box.kids if isinstance(k, Box) and k.text(4)]
        if len(kids) != 1:
            break
        box = kids[0]
    names = [_plain(kid) for kid in box.kids if isinstance(kid, Box) and kid.text(4)]
    names = [name for name in names if not MORE.fullmatch(name)]
    return names if len(names) > 1 and all(_head_text(name) for name in names) else []


def _headed(box: Box) -> bool:
    """True where a box begins with a heading of its own."""
    first = next(
        (kid for kid in box.kids if isinstance(kid, str) or kid.links or kid.text(4)), None
    )
    return isinstance(first, Box) and first.tag in _HEADINGS - {"dt", "th"}


def _strip_of(strip: Box, box: Box) -> bool:
    """True where `strip` holds the labels of tabs whose panels `box` holds."""
    panels = sum(isinstance(kid, Box) and bool(kid.links) for kid in box.kids)
    return panels > 1 and len(_labels(strip)) == panels


def _plain(box: Box) -> str:
    """The box's text without a 更多 beside it."""
    text = box.text(60)
    for anchor in box.anchors():
        if MORE.fullmatch(tidy(anchor.text(20))):
            text = text.replace(anchor.text(20), " ", 1)
    return tidy(text)


def _clockless(text: str) -> str:
    """`text` without the day, weekday and hour that stand behind a name."""
    name = text
    while (shorter := _CLOCK.sub("", name)) != name:
        name = shorter
    return tidy(name) or text


def _head_text(text: str) -> str:
    """`text` tidied if it can be a head's, else an empty string."""
    name = tidy(text)
    if not 2 <= len(name) <= min(_HEAD_LENGTH, MAX_NAME) or not _WORD.search(name):
        return ""
    if _TODAY.match(name):
        return ""
    return "" if is_home(name) or names_site(name) or MORE.fullmatch(name) else name


def _kids_before(parent: Box, box: Box) -> Sequence[Box | str]:
    return parent.kids[max(0, box.place - 60) : box.place]


def _next(parent: Box, box: Box) -> Box | None:
    rest = (k for k in parent.kids[box.place + 1 : box.place + 6] if isinstance(k, Box))
    return next((k for k in rest if _holds(k)), None)


def _opens(run: Box, kid: Box) -> bool:
    """True where `kid` begins its box or a new line of it."""
    for before in reversed(_kids_before(run, kid)):
        if isinstance(before, str):
            continue
        if before.tag in ("br", "hr"):
            return True
        if before.links or before.text(4):
            return kid.tag in ("p", "div")
    return True
