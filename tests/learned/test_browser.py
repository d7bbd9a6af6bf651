"""Lists only a browser shows: what it asked for is used directly as long as that serves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Asked, Nights, fills, records, serving, shell


def once(served: set[str]) -> Any:
    """An interface that answers each token once."""

    def answer(request: Asked) -> str | tuple[int, str]:
        token = request.path.partition("token=")[2]
        if not token or token in served:
            return 403, '{"code":403}'
        served.add(token)
        return records([4, 3, 2, 1], "/once")

    return answer


def numbered(numbers: list[int]) -> str:
    """An answer whose items have numbers, from which a script makes their addresses."""
    rows = json.loads(records(numbers))
    for row, number in zip(rows["data"]["rows"], numbers, strict=True):
        del row["url"]
        row["id"] = 70 + number
    return json.dumps(rows, ensure_ascii=False)


def token_page() -> Any:
    """A page whose script asks with a token of this one opening."""
    count = iter(range(1000))
    return lambda request: shell(fills(f"/once/api?token={next(count)}"), "一次性口令")


@pytest.mark.browser
def test_what_the_browser_asked_for_is_asked_directly(chromium: Path, tmp_path: Path) -> None:
    with serving() as portal:
        nights = Nights(portal, tmp_path)
        nights.with_browser(chromium)
        served: set[str] = set()
        portal.pages |= {
            "/plain/": shell(fills("/plain/api?channel=3"), "通知公告"),
            "/plain/api": records([4, 3, 2, 1], "/plain"),
            "/built/": shell(fills("/built/api?channel=4"), "文件公开").replace(
                "o.url", "'/d/'+o.id"
            ),
            "/built/api": numbered([4, 3, 2, 1]),
            "/once/": token_page(),
            "/once/api": once(served),
        }
        nights.columns = {case: (f"/{case}/", "monthly") for case in ("plain", "once", "built")}
        first = nights.night("2026-03-20")
        assert nights.starts == 1
        # What its data does not say where items lead is left to the browser.
        assert (first["built"]["way"], first["built"]["call"]) == ("render", "")
        assert first["built"]["items"][0][1].endswith("/d/74")
        assert [first[case]["way"] for case in ("plain", "once")] == ["render", "render"]
        assert all(len(first[case]["items"]) == 4 for case in ("plain", "once"))

        portal.pages["/built/api"] = numbered([5, 4, 3, 2, 1])
        second = nights.night("2026-03-21")
        assert nights.starts == 2
        # The page itself is the same as the night before: that says nothing of its list.
        assert len(second["built"]["items"]) == 5
        assert "沿用" not in second["built"]["detail"]
        assert second["plain"]["items"] == first["plain"]["items"]
        assert second["plain"]["way"] == "call"
        assert "未再打开浏览器" in second["plain"]["detail"]
        assert second["hits"].count("/plain/") == 1
        # The token of the first night was spent: the browser shows the list, and goes on to.
        assert second["once"]["items"] == first["once"]["items"]
        assert (second["once"]["way"], second["once"]["call"]) == ("render", "")

        asked = len(served)
        third = nights.night("2026-03-22")
        assert third["once"]["items"] == first["once"]["items"]
        assert len(served) == asked + 1
        assert "沿用上次所读" in third["plain"]["detail"]

        # Without a browser what was learned goes on, also when it ought to be learned again.
        nights.browser = "/nowhere/chromium"
        portal.pages["/plain/api"] = records([5, 4, 3, 2, 1], "/plain")
        for day in ("2026-03-23", "2026-04-01"):
            bare = nights.night(day)
            assert (bare["once"]["kind"], bare["once"]["items"]) == ("shell", [])
            assert "apt-get install" in bare["once"]["detail"]
            assert len(bare["plain"]["items"]) == 5
            assert bare["plain"]["learned"] == "2026-03-20"

        # With one it is learned again in April, from an interface that has changed meanwhile.
        nights.with_browser(chromium)
        portal.pages["/plain/"] = shell(fills("/plain/v2?channel=3"), "通知公告")
        portal.pages["/plain/v2"] = records([5, 4, 3, 2, 1], "/plain")
        again = nights.night("2026-04-02")["plain"]
        assert (again["way"], again["learned"]) == ("render", "2026-04-02")
        assert "/plain/v2" in again["call"]
