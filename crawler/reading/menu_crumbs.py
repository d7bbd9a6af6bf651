"""Breadcrumbs: where they are on a page, and which steps they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from crawler.reading.menu_heads import is_home, names_site
from crawler.reading.menu_tree import Box, tidy

_CRUMB = re.compile(
    r"(?:^|[-_\s])(?:bread|breadcrumbs?|crumbs?|cur-?pos|position|location|weizhi|dqwz|wz|site-?path|path|mbx|mianbaoxie)"
    r"(?:$|[-_\s\d])"
)
_LEAD = re.compile(
    r"^\W*(?:您|你)?(?:现|所)?(?:在|当前|目前|现在|所在)*的?(?:所在)?(?:位置|路径)是?\W"
)
_MARK = re.compile(r"[>＞»›→/／|\\]|->|--")
_ARROWED = re.compile(r"\W*\w{2,6}\s*(?:[>＞»›→]|->|--)")
_MAX_LINKS = 9
_MAX_STEP = 30
_DAY = re.compile(r"(?:19|20)\d\d\s?[-./年]\s?\d{1,2}|(?<!\d)[01]?\d\s?[-/月]\s?[0-3]\d日?(?!\d)")


class Crumb:
    """One breadcrumb. `steps` are its links with the names down to each, outermost first.

    `swallowed` are the links inside its box that are none of its steps.
    """

    def __init__(self, box: Box, names: Mapping[int, str], root_url: str) -> None:
        self.box = box
        self.steps: list[tuple[tuple[str, ...], str]] = []
        self.swallowed: set[int] = set()
        self._read(names, root_url)

    def _read(self, names: Mapping[int, str], root_url: str) -> None:
        trail: list[str] = []
        linked = ended = False
        stack: list[Box | str] = list(reversed(self.box.kids))
        while stack:
            kid = stack.pop()
            if isinstance(kid, Box) and kid.links and not kid.url:
                stack.extend(reversed(kid.kids))
                continue
            text = kid if isinstance(kid, str) else kid.text(80)
            # A trail that runs on into a list has ended where the list begins.
            ended = ended or (linked and not _is_step(text))
            if isinstance(kid, str) or not kid.url:
                if not ended:
                    trail += _unlinked(text)
                continue
            linked = True
            name = names.get(id(kid), "")
            if ended:
                self.swallowed.add(id(kid))
            elif name and not is_home(name) and not (kid.url == root_url and names_site(name)):
                trail.append(name)
                self.steps.append((tuple(trail), kid.url))


def find_crumbs(
    root: Box, anchors: list[Box], names: Mapping[int, str], source: str
) -> list[Crumb]:
    """The breadcrumbs of a page, none inside another."""
    found: dict[int, Box] = {}
    for anchor in anchors:
        for box in anchor.above():
            if box.links > _MAX_LINKS or box is root:
                break
            if _is_crumb(box, names):
                found.setdefault(id(box), box)
                break
    # The box around a breadcrumb begins with its words too, and may hold the list below it.
    around = {id(up) for b in found.values() if b.links > 1 for up in b.above()}
    boxes = [b for b in found.values() if id(b) not in around]
    kept = {id(b) for b in boxes}
    outer = [b for b in boxes if not any(id(up) in kept for up in b.above())]
    parts = urlsplit(source)
    root_url = f"{parts.scheme}://{parts.netloc}/"
    return [Crumb(box, names, root_url) for box in outer]


def _is_crumb(box: Box, names: Mapping[int, str]) -> bool:
    text = box.text(60)
    if _LEAD.match(text):
        return True
    first = next(box.anchors(), None)
    if first is None or not is_home(names[id(first)]):
        return False
    if _CRUMB.search(box.mark):
        return True
    return box.links > 1 and bool(_ARROWED.match(text))


def _is_step(text: str) -> bool:
    return len(text) <= _MAX_STEP and not _DAY.search(text)


def _unlinked(text: str) -> list[str]:
    """The names of unlinked steps of a breadcrumb."""
    names = (tidy(part) for part in _MARK.split(_LEAD.sub("", text + " ")))
    return [name for name in names if 1 < len(name) <= _MAX_STEP and not is_home(name)]
