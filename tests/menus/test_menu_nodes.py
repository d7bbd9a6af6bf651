"""Menus held as a tree widget's nodes."""

from __future__ import annotations

import pytest

from crawler.reading.document import Document
from crawler.reading.includes import written_parts
from crawler.reading.menu_nodes import node_menus
from crawler.reading.menus import match_columns, menu_links

FLAT = """var zNodes = [
 {id: 1, pId: 0, name: "政务公开", open: true},
 {id: 2, pId: 1, name: "统计信息", url: "/zwgk/tjxx/"},
 {id: 3, pId: 2, name: "统计数据", url: "/zwgk/tjxx/tjsj/"},
 {id: 4, pId: 2, name: "统计数据解读", url: "/zwgk/tjxx/tjsjjd/"}];
$.fn.zTree.init($("#tree"), {}, zNodes);"""
NESTED = """var menu = [{"title": "政务公开", "children": [
 {"title": "财政信息", "url": "/czxx/"}, {"title": "人事信息", "url": "/rsxx/"},
 {"title": "统计信息", "url": "/tjxx/", "children": [{"title": "统计数据", "url": "/tjsj/"}]}]}];"""


@pytest.mark.parametrize(
    ("script", "path", "url"),
    [
        (FLAT, ("政务公开", "统计信息", "统计数据"), "http://a.cn/zwgk/tjxx/tjsj/"),
        (NESTED, ("政务公开", "统计信息", "统计数据"), "http://a.cn/tjsj/"),
    ],
)
def test_a_tree_in_a_script_is_a_menu(script: str, path: tuple[str, ...], url: str) -> None:
    doc = Document(f"<body><script>{script}</script></body>", "http://a.cn/")
    links = [link for part, under in written_parts(doc, ()) for link in menu_links(part, under)]
    assert match_columns([path], links, {})[path].url == url


@pytest.mark.parametrize(
    "script",
    [
        'var list = [{id: 1, title: "甲", url: "/a"}, {id: 2, title: "乙", url: "/b"},'
        '{id: 3, title: "丙", url: "/c"}];',
        'var z = [{id: 1, pId: 0, name: "一"}, {id: 2, pId: 1, name: "二"}];',
        "var pId = 3; var children = [1, 2, 3];",
        'var z = [{id: 1, pId: 1, name: "甲", url: "/a"}, {id: 1, pId: 1, name: "乙", url: "/b"},'
        '{id: 1, pId: 1, name: "丙", url: "/c"}];',
    ],
)
def test_other_data_is_none(script: str) -> None:
    assert "<a" not in "".join(node_menus(script))


def test_nodes_of_one_number_do_not_multiply() -> None:
    nodes = ",".join(
        f'{{"id": {n % 7 + 1}, "pId": {n % 7}, "name": "n{n}", "url": "/{n}"}}' for n in range(2000)
    )
    assert sum(map(len, node_menus(f"var z = [{nodes}];"))) < 200_000
