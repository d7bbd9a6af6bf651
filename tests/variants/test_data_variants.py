"""Lists behind data: not only judged right, but read the way that costs least."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from demo.portal import PortalServer
from demo.variants import Variant, load
from ledger.site import ColumnPath
from ledger.words import How


def _variant(number: int) -> Variant:
    return next(variant for variant in load() if variant.number == number)


@pytest.fixture
def column(inspected: dict[ColumnPath, Any]) -> Iterator[Any]:
    def of(number: int, name: str) -> Any:
        return inspected[_variant(number).name, name].facts

    return of


@pytest.mark.parametrize(
    ("number", "name", "adapter", "how"),
    [
        (14, "政府文件", "jcms", How.LIST),
        (14, "规划计划", "jcms", How.LIST),
        (14, "通知公告", "jpaas", How.LIST),
        (15, "政策文件", "gkmlpt", How.API),
        (16, "最新政策", "govcn", How.API),
        (19, "招标公告", "epoint", How.API),
        (19, "中标公示", "epoint", How.API),
        (21, "工作动态", "generic", How.API),
    ],
)
def test_read_by_its_familys_adapter(
    column: Any, number: int, name: str, adapter: str, how: How
) -> None:
    facts = column(number, name)
    assert facts.reading.adapter == adapter
    assert {item.how for item in facts.items} == {how}
    assert "浏览器" not in facts.reading.detail


def test_printed_and_posted_records_are_one_list(column: Any) -> None:
    facts = column(17, "公示公告")
    assert facts.reading.adapter == "trs_search"
    assert [item.how for item in facts.items] == [How.LIST] * 50 + [How.API] * 14


def test_the_address_of_a_record_is_not_its_day(column: Any) -> None:
    first = column(14, "政府文件").items[0]
    assert [(o.day.month, o.day.day, o.how) for o in first.others] == [(1, 1, How.ADDRESS)]
    assert first.how is How.LIST


def test_only_what_nothing_else_brings_is_opened_in_a_browser(column: Any) -> None:
    assert "用浏览器打开" in column(21, "政策文件").reading.detail
    assert "用浏览器打开" in column(21, "人事信息").reading.detail


def test_what_is_asked_is_asked_once(server: PortalServer, inspected: Any) -> None:
    assert inspected
    asked = server.requests
    for place, times in (
        ("/module/web/jpage/dataproxy.jsp", 3),
        ("/gkmlpt/api/all/2811", 2),
        ("/gkmlpt/api/all/2812", 2),
        ("/bt/16-govcn/zuixin/ZUIXINZHENGCE.json", 1),
        ("/bt/16-govcn/yaowen/YAOWENLIEBIAO.json", 0),
        ("/bt/21-spa/api/visit/count", 0),
    ):
        assert sum(target.partition("?")[0] == place for target in asked) == times, place
