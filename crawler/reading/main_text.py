"""The main text of an article by density: the block with the most unlinked sentences."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from crawler.reading.document import Document, ancestors, is_chrome, node_text

# What the common systems call the block; believed when enough text stands in it.
_KNOWN = (
    ".TRS_Editor, .TRS_UEDITOR, .trs_editor_view, #UCAP-CONTENT, .pages_content, #zoom, #Zoom, "
    ".v_news_content, #vsb_content, .wp_articlecontent, .article-content, .article_content, "
    ".articleContent, #artibody, #js_content, .post_content, .post_body, #articleText, "
    ".rm_txt_con, #rwb_zw, #detailContent, .detail-content, .news_content, .newscontent, "
    "[itemprop=articleBody], #content_area, .article-body, .content-article"
)
_SENTENCE = re.compile(r"[，。；！？：、,;]")
_ENOUGH = 40
_LONGEST = 200_000


def main_text(doc: Document) -> str:
    """The article's own text, squeezed; empty where no block stands out."""
    root = doc.body
    if root is None:
        return ""
    best = _known(root) or _densest(root)
    return node_text(best)[:_LONGEST] if best is not None else ""


def _known(root: LexborNode) -> LexborNode | None:
    found = [(len(node_text(node)), node) for node in root.css(_KNOWN)[:20]]
    length, node = max(found, key=lambda pair: pair[0], default=(0, root))
    return node if length >= _ENOUGH else None


def _densest(root: LexborNode) -> LexborNode | None:
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for node in root.css("p, div, td, section, article, span"):
        own = _own_text(node)
        if len(own) < 10 or node.css_matches("a *, a"):
            continue
        if any(is_chrome(above) for above in _near(node)):
            continue
        worth = len(own) * (1 + 0.5 * min(len(_SENTENCE.findall(own)), 20))
        share = worth
        for above in [node, *_near(node)][:4]:
            scores[above.mem_id] = scores.get(above.mem_id, 0.0) + share
            nodes[above.mem_id] = above
            share *= 0.75 if above is node else 0.5
    if not scores:
        return None
    return nodes[max(scores, key=lambda mem: scores[mem])]


def _near(node: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    for above in ancestors(node):
        if above.tag in ("body", "html", None) or len(found) >= 6:
            break
        found.append(above)
    return found


def _own_text(node: LexborNode) -> str:
    """The text directly in `node` and its inline children, links left out."""
    parts: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            parts.append(child.text_content or "")
        elif child.tag in ("span", "font", "strong", "b", "em", "i", "u"):
            parts.append(child.text(deep=True))
    return "".join(parts).strip()
