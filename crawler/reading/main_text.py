"""The main text of an article by density: the block with the most unlinked sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from crawler.reading.document import Document, is_chrome, node_text, squeeze

# What the common systems call the block; believed when enough text stands in it.
_KNOWN = (
    ".TRS_Editor, .TRS_UEDITOR, .trs_editor_view, #UCAP-CONTENT, .pages_content, #zoom, #Zoom, "
    ".v_news_content, #vsb_content, .wp_articlecontent, .article-content, .article_content, "
    ".articleContent, #artibody, #js_content, .post_content, .post_body, #articleText, "
    ".rm_txt_con, #rwb_zw, #detailContent, .detail-content, .news_content, .newscontent, "
    "[itemprop=articleBody], #content_area, .article-body, .content-article"
)
_SENTENCE = re.compile(r"[，。；！？：、,;]")
_SKIPPED = frozenset(("a", "script", "style", "noscript", "template", "head", "select", "option"))
_INLINE = frozenset(("span", "font", "strong", "b", "em", "i", "u", "br", "sub", "sup"))
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


@dataclass(slots=True)
class _Block:
    """A block element with the unlinked text that stands in it and in no block below it."""

    node: LexborNode
    parent: _Block | None
    own: list[str] = field(default_factory=list)
    score: float = 0.0


def _densest(root: LexborNode) -> LexborNode | None:
    top = _Block(root, None)
    blocks = [top]
    # One walk with a stack of its own: hostile pages nest deep and long.
    stack: list[tuple[LexborNode, _Block]] = [(root, top)]
    while stack:
        node, block = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            block.own.append(node.text_content or "")
            continue
        if tag in _SKIPPED or (node is not root and is_chrome(node)):
            continue
        if tag not in _INLINE and node is not root:
            block = _Block(node, block)
            blocks.append(block)
        stack.extend((child, block) for child in reversed(list(node.iter(include_text=True))))
    for block in blocks:
        _credit(block)
    best = max(blocks, key=lambda block: block.score)
    return best.node if best.score else None


def _credit(block: _Block) -> None:
    """Give a block's sentences to itself and, less each time, to the blocks around it."""
    own = squeeze("".join(block.own))
    if len(own) < 10:
        return
    share = len(own) * (1 + 0.5 * min(len(_SENTENCE.findall(own)), 20))
    at: _Block | None = block
    for factor in (0.75, 0.5, 0.5, 0.5):
        if at is None or (at.parent is None and at is not block):
            return
        at.score += share
        share *= factor
        at = at.parent
