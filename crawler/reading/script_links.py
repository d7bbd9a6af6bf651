"""Links that scripts write, and those between what two scripts write around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.reading.hiding import WRITTEN, hides
from crawler.reading.tag_kinds import attributes
from crawler.reading.written import written_html

_WRITE = re.compile(r"document\.write(?:ln)?\(\s{0,9}([\"'])([^\n]{0,500}?)\1\s{0,9}\)")
_OPENING = re.compile(r"<(div|span|p|ul|table|marquee|font|center|section)\b([^<>]{1,400})>", re.I)
_LINK = re.compile(r"<a\b([^<>]{1,900})>([^<]{0,200})", re.I)
_HREF = re.compile(r"\bhref\s{0,9}=\s{0,9}[\"']?([^\s\"'<>]{1,500})", re.I)
_MOST = 20
_LONGEST_SCRIPT = 100_000
_LONGEST_REGION = 50_000


def written_links(html: str) -> Iterator[tuple[str, str, str]]:
    """Address, text and how hidden, of links that `document.write` brings or wraps."""
    at = html.find("document.write")
    for _ in range(_MOST):
        if at < 0:
            return
        begin = html.rfind("<script", max(0, at - _LONGEST_SCRIPT), at)
        end = html.find("</script", at)
        end = end if end >= 0 else len(html)
        if begin >= 0:
            script = html[begin:end].partition(">")[2]
            yield from _links(written_html(script), WRITTEN)
            how = _hidden_by(script)
            if how:
                close = html.find("document.write", end, end + _LONGEST_REGION)
                if close >= 0:
                    yield from _links(html[end:close], how)
        at = html.find("document.write", end)


def _hidden_by(script: str) -> str:
    """How an element is hidden that the script opens and leaves open."""
    for write in _WRITE.finditer(script[:_LONGEST_SCRIPT]):
        text = write[2].replace('\\"', '"').replace("\\'", "'")
        for opening in _OPENING.finditer(text):
            regular = re.sub(r"=\s*'([^']*)'", r'="\1"', opening[2])
            how = hides(opening[1].lower(), attributes(regular))
            if how and f"</{opening[1].lower()}" not in text.lower():
                return how
    return ""


def _links(html: str, how: str) -> Iterator[tuple[str, str, str]]:
    for link in _LINK.finditer(html):
        href = _HREF.search(link[1])
        if href is not None:
            yield href[1], " ".join(link[2].split()), how
