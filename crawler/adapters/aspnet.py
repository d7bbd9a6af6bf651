"""ASP.NET pages whose pager posts the page back to itself: `__doPostBack('AspNetPager1','2')`.

The first page is enough for the newest day. Further ones are asked for with all hidden fields of
the form, `__VIEWSTATE` among them, which may weigh hundreds of kilobytes: past a limit the list is
read as far as it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qs, urlencode

from selectolax.lexbor import LexborNode

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.document import Document, ancestors, node_text, squeeze
from crawler.reading.listing import read_list
from crawler.reading.listing_paging import MAX_LINKS, next_shown
from ledger.words import ColumnKind

MAX_STATE = 400_000
"""Characters sent back for one page, at most."""
_MAX_FIELDS = 400
_POSTS = re.compile(
    r"""__doPostBack\(\s{0,4}["']([\w$:.-]{1,200})["']\s{0,4},\s{0,4}["']([\w$ -]{0,60})["']"""
)
_PAGER = re.compile(r"pager|page|fenye|fy\b|^ctl\d|lb(?:tn)?next|next", re.I)
_NEXT = re.compile(r"^[\s\[【<>»›]*(?:下\s*一?\s*页|后\s*一?\s*页|next|[>›»])[\s\]】>»›]*$", re.I)
_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)


@dataclass(frozen=True, slots=True)
class _Step:
    """A link of the pager: which control it posts, with what, and what it says."""

    node: LexborNode
    target: str
    argument: str
    words: str

    @property
    def number(self) -> int:
        """The page it leads to, or 0 where it does not say: `2`, `Page$2`, or a link called 2."""
        words = self.words.strip("[]【】第页 ")
        return _whole(self.argument.rpartition("$")[2]) or _whole(words)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


class AspNet:
    """ASP.NET Web Forms."""

    name = "aspnet"

    def recognise(self, doc: Document) -> float:
        """Sure by a pager that posts and the state it posts back."""
        if "__VIEWSTATE" not in doc.html or "__doPostBack(" not in doc.html:
            return 0.0
        return 0.92 if next(_steps(doc), None) is not None else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The page's own list, and how its pager would go on."""
        return _with_next(read_list(doc, today), doc, 1)

    def next_page(self, doc: Document, number: int) -> str | None:
        """Some of these pagers give addresses."""
        return next_shown(doc, number)

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """None: the first page is always printed."""
        return ()

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """The list on the page that came back, and the call for the one behind it."""
        posted = parse_qs(call.body).get("__EVENTARGUMENT", [""])[0]
        came = Document(text, doc.url, doc.furniture)
        return _with_next(read_list(came, today), came, _whole(posted.rpartition("$")[2]))


def _with_next(reading: ListReading, doc: Document, number: int) -> ListReading:
    """`reading` of page `number` (0: not known) with the call for the next one."""
    if reading.kind not in _LISTED or next_shown(doc, number) is not None:
        return reading
    steps = list(_steps(doc))
    step = _next(steps, number)
    if step is None:
        # A link that says 下一页 and leads to another page: the post was not understood.
        ended = not any(_NEXT.match(step.words) for step in steps)
        return replace(reading, last=ended)
    call = _post(doc, step)
    if call is None:
        note = "翻页需要回传的页面状态过大，只读取了已显示的部分"
        return replace(reading, notes=(*reading.notes, note))
    return replace(reading, call=call)


def _next(steps: list[_Step], number: int) -> _Step | None:
    for step in steps:
        if _NEXT.match(step.words) and (not number or step.number in (0, number + 1)):
            return step
    return next((step for step in steps if number and step.number == number + 1), None)


def _steps(doc: Document) -> Iterator[_Step]:
    """The links of the page's pager, disabled ones left out."""
    for node in doc.tree.css("a[href]")[:MAX_LINKS]:
        attrs = node.attributes
        post = _POSTS.search((attrs.get("href") or "")[:400])
        if post is None or "disabled" in attrs or "aspNetDisabled" in (attrs.get("class") or ""):
            continue
        words = squeeze(node_text(node))[:16]
        step = _Step(node, post[1], post[2], words)
        of_pager = _PAGER.search(post[1]) or post[2].startswith("Page$")
        if of_pager and (step.number or _NEXT.match(words)):
            yield step


def _post(doc: Document, step: _Step) -> Call | None:
    """The form around the pager as a browser would send it; None where it is too large."""
    form = next((node for node in ancestors(step.node) if node.tag == "form"), None)
    place = form if form is not None else doc.body
    action = (form.attributes.get("action") or "") if form is not None else ""
    url = doc.absolute(action) if action else doc.url.partition("#")[0]
    if place is None or url is None:
        return None
    fields: dict[str, str] = {}
    for node in place.css("input[type=hidden][name]")[:_MAX_FIELDS]:
        fields[node.attributes.get("name") or ""] = node.attributes.get("value") or ""
    fields |= {"__EVENTTARGET": step.target, "__EVENTARGUMENT": step.argument}
    if sum(map(len, fields.values())) > MAX_STATE:
        return None
    return Call(url, "POST", urlencode(fields))


ADAPTER = AspNet()
