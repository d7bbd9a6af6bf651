"""What the tag, id and class of an element say it is: a menu, a pager, a title, a list."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from crawler.reading.document import squeeze

_HIDING = re.compile(r"(?:^|\s)(?:hide|hidden|d-none|undis|disnone|displaynone)(?:\s|$)", re.I)
# Layout tags that name nothing by themselves may still carry a class like `top` on a pinned row.
_ROW_TAGS = frozenset(
    {"li", "tr", "td", "a", "span", "i", "em", "b", "p", "dt", "dd", "img", "font"}
)
_LISTS = frozenset({"ul", "ol", "dl", "table", "tbody"})
REGION_TAGS = frozenset({"nav", "footer", "header", "aside"})
"""Tags that name a region of the page without id or class."""

_CHROME = re.compile(
    r"""^(?:
      (?:main|sub|top|site|left|right|side|head|foot|page|m|pc|sj|wap|mobile)?[-_]?
        (?:nav|navs|navi|navbar|navbox|navigation|menu|menus|menubar|header|head|headers|hd
          |footer|foot|foots)
        (?:[-_]?(?:box|bar|wrap|con|list|inner|main|left|right|top|in|nav|ul|bg|\d))*
      | top[-_]?(?:bar|box|nav|wrap|menu|link|links|line)? | site[-_]?top
      | header.* | footer.* | copyright.*
      | (?:bread)?crumbs?(?:[-_]?(?:nav|box))? | breadcrumb.* | location | position
      | (?:cur|now|your)[-_]?(?:pos|position|location|weizhi)
      | weizhi | dqwz | dangqian.* | lujing | path | bottom | dibu | toubu | daohang.*
      | search(?:[-_]?(?:box|bar|form|con|wrap|hot))? | sousuo | share.* | bdshare.*
      | weather.* | tianqi
      | clock | toolbar | tools? | sitemap | accessib.* | wza | lang(?:uage)?
    )$""",
    re.I | re.X,
)
_SIDE = re.compile(
    r"""^(?:
      aside | side | side[-_]?(?:bar|box|list|con|wrap|right|left)? | sidebar.*
      | (?:left|right)[-_]?(?:side|bar|menu|nav)
      | (?:.*[-_])?
        (?:hot|hots|rank|ranks|ranking|recommend|recommended|related|relate|relation|login
          |tuijian|paihang|remen|redian|xiangguan)
        (?:[-_].*)?
      | (?:hot|rank|recom|related)(?:news|list|box|read|info|article|articles)?
      | rdxw | rmxw | rmwz | rmtj | tjyd | xgyd | xgxw | xgwz | xgxx | xglj | phb | djph | rdpx
      | xgwj | xgjd | tjwz
      | friend.* | yqlj | links? | link[-_]?(?:box|list) | youqing.* | guess.* | fixed.* | float.*
      | kefu | qrcode | ewm
    )$""",
    re.I | re.X,
)
_MORE = re.compile(r"(?:^|[-_\s])(?:more|gd|gengduo)\d*(?:$|[-_\s])", re.I)
_PAGER = re.compile(
    r"(?:^|[-_\s])(?:pages?(?![-_](?:title|head|body|main|inner|top|foot|name|banner|left|right|container))|pager|paging|pagination|pagelist|pagebar|pagebox|page[-_]?(?:div|nav|con|wrap|num|bar|box|list)|fenye|fanye|pb_sys\w*|"
    r"laypage\w*|pageturn|turnpage|list[-_]?page|digg|manu|scott|badoo|quotes|jspindex_?\w*)(?:$|[-_\s\d])",
    re.I,
)
_MENU = re.compile(r"z?tree|menu|nav|(?:^|[-_\s])dir(?:$|[-_\s])", re.I)
_LIST = re.compile(
    r"list|news|lb\b|liebiao|article|xinxi|wenzhang|gg\b|main|content|con\b|right|result|tab", re.I
)
_POPUP = re.compile(
    r"pop|tips?\b|tool-?tip|hover|float|layer|dialog|modal|detail-?box|xxnr|qtip|bubble|drop-?down",
    re.I,
)
_SLIDES = re.compile(
    r"swiper|carousel|slick|flexslider|lunbo|gundong|marquee|banner|(?:^|[-_\s])(?:focus|jdt|hdp|flash|roll)",
    re.I,
)
_TITLE = re.compile(r"tit|bt\b|name|subject|headline", re.I)
_SUMMARY = re.compile(r"summary|desc|abstract|intro|zhaiyao|zy\b|content|txt|info|jianjie", re.I)
_PINNED = re.compile(
    r"(?:^|\s)(?:top|zd|ding|stick|sticky|settop)(?=\s|$)|zhiding|is[-_]?top\b|icon[-_]top\b|top[-_]icon"
    r"|/(?:top|zd|ding)\d?\.(?:gif|png|jpg|svg)$",
    re.I,
)
_TEXT_BOX = re.compile(
    r"TRS_Editor|article|zoom|vsb_content|v_news_content|detail|wenzhang|zhengwen|news_?con|editor|main[-_]?text|UCAP-CONTENT",
    re.I,
)
_LONGEST_KEPT = 200


class Names:
    """What one combination of tag, id and class says; worked out when first asked.

    `chrome` and `side` are said of menus, headers, footers and of boxes beside the content.
    """

    def __init__(self, tag: str, identity: str, classes: str) -> None:
        self.text = f"{identity} {classes}".strip()
        self._classes = classes
        self.chrome = tag in REGION_TAGS and tag != "aside"
        self.side = tag == "aside"
        if tag not in _ROW_TAGS and tag != "body":
            words = [word for word in self.text.split()[:12] if len(word) <= 40]
            self.chrome = self.chrome or any(_CHROME.match(word) for word in words)
            self.side = self.side or any(
                # A list that is `fixed` holds its floats; a box of that name floats beside.
                _SIDE.match(word) and not (tag in _LISTS and word.lower() == "fixed")
                for word in words
            )
        self.hiding = _HIDING.search(classes) is not None
        self.region = self.chrome or self.side or self.hiding

    @cached_property
    def pager(self) -> bool:
        """A pager."""
        return _PAGER.search(self.text) is not None

    @cached_property
    def more(self) -> bool:
        """A link to more of the same, by its class."""
        return _MORE.search(squeeze(self._classes)) is not None

    @cached_property
    def menu(self) -> bool:
        """A menu or a tree, also where it is not set apart as one."""
        return _MENU.search(self.text) is not None

    @cached_property
    def listed(self) -> bool:
        """A place where a list may stand."""
        return _LIST.search(self.text) is not None

    @cached_property
    def popup(self) -> bool:
        """A box that pops up over the page."""
        return _POPUP.search(self.text) is not None

    @cached_property
    def slides(self) -> bool:
        """Pictures or headlines that change by themselves."""
        return _SLIDES.search(self.text) is not None

    @cached_property
    def title(self) -> bool:
        """A title."""
        return _TITLE.search(self.text) is not None

    @cached_property
    def summary(self) -> bool:
        """A summary below a title."""
        return _SUMMARY.search(self.text) is not None

    @cached_property
    def pinned(self) -> bool:
        """The mark of a pinned row, by its class."""
        return is_pin(squeeze(self._classes))

    @cached_property
    def text_box(self) -> bool:
        """The box of an article's text."""
        return _TEXT_BOX.search(self.text) is not None


def is_pin(name: str) -> bool:
    """True for a class or the end of a picture's address that marks a pinned row."""
    return _PINNED.search(name) is not None


def names_of(tag: str, identity: str, classes: str) -> Names:
    """What tag, id and class say; remembered, as pages of one portal share theirs."""
    if len(identity) + len(classes) > _LONGEST_KEPT:
        return Names(tag, identity, classes)
    return _known(tag, identity, classes)


_known = lru_cache(maxsize=8192)(Names)
NAMELESS = Names("", "", "")
