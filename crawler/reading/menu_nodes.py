"""Menus that a script holds as data: tree widgets' nodes, made into the lists they are drawn as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from crawler.reading.script_literals import literals

_NAMES = ("name", "title", "text", "label", "channelName", "columnName")
_ADDRESSES = ("url", "href", "link", "linkUrl", "path")
_PARENTS = ("pId", "pid", "parentId", "parent", "parentid")
_INSIDE = ("children", "nodes", "childs", "items")
_FEWEST = 3
_MOST = 3_000
_DEEPEST = 8

_Node = Mapping[str, object]


def node_menus(script: str) -> Iterator[str]:
    """The HTML lists whose nodes a script holds: `[{id, pId, name, url}]`, or nested ones."""
    if not any(word in script for word in (*_PARENTS, *_INSIDE)):
        return
    for literal in literals(script):
        nodes = _nodes(literal.value)
        below: dict[str, list[_Node]] = {}
        ids = {str(node.get("id")) for node in nodes}
        for node in nodes:
            parent = next((str(node[key]) for key in _PARENTS if key in node), "")
            below.setdefault(parent if parent in ids else "", []).append(node)
        drawn = _list(below.pop("", []), below, 0)
        if drawn.count("<a ") >= _FEWEST:
            yield drawn


def _nodes(value: object) -> list[_Node]:
    if not isinstance(value, list):
        return []
    found = [node for node in value[:_MOST] if isinstance(node, Mapping) and _said(node, _NAMES)]
    linked = any(key in node for node in found for key in (*_PARENTS, *_INSIDE))
    return found if linked else []


def _list(nodes: list[_Node], below: dict[str, list[_Node]], depth: int) -> str:
    if not nodes or depth > _DEEPEST:
        return ""
    return f"<ul>{''.join(_entry(node, below, depth) for node in nodes)}</ul>"


def _entry(node: _Node, below: dict[str, list[_Node]], depth: int) -> str:
    name, url = escape(_said(node, _NAMES)), escape(_said(node, _ADDRESSES))
    inner = [child for key in _INSIDE for child in _nodes_within(node.get(key))]
    number = str(node.get("id", ""))
    # Taken out: nodes of one number must not each show the same children again.
    inner += below.pop(number, []) if number else []
    head = f'<a href="{url}">{name}</a>' if url else f"<span>{name}</span>"
    return f"<li>{head}{_list(inner, below, depth + 1)}</li>"


def _nodes_within(value: object) -> list[_Node]:
    if not isinstance(value, list):
        return []
    return [node for node in value[:_MOST] if isinstance(node, Mapping) and _said(node, _NAMES)]


def _said(node: _Node, keys: tuple[str, ...]) -> str:
    """The first of the values that is a text worth showing."""
    for key in keys:
        value = node.get(key)
        if isinstance(value, str) and 0 < len(value.strip()) <= 300:
            return value.strip()
    return ""
