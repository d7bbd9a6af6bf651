"""Lists whose request a script's source tells: asked directly from the second night on.

Every column of one site is a case of its own; a night is inspected once for all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from .conftest import Asked, Nights, Portal, file, records, serving, shell

_DOCUMENT = re.compile(r"/[tn]\d\.html$")
MOVED = {"gone": (404, "没有"), "told": '{"code":500,"data":null}', "other": records([0])}


def plain(case: str) -> dict[str, Any]:
    """A column whose script file asks an interface for its list."""
    return {
        f"/{case}/": shell(file("list.js"), case),
        f"/{case}/list.js": f"fetch('/{case}/api?c=5').then(r=>r.json()).then(show)",
        f"/{case}/api": records([4, 3, 2, 1], f"/{case}"),
    }


def printed() -> str:
    rows = "".join(
        f'<li><a href="/shows/n{n}.html">关于第{n}号事项办理情况的公告</a><b>2026-03-1{n}</b></li>'
        for n in range(6)
    )
    return f"<title>通知公告</title><ul class=list>{rows}</ul>"


def inline() -> str:
    data = json.loads(records([4, 3, 2, 1, 0], "/inline"))["data"]["rows"]
    script = "for(var i in rows){document.write('<li>'+rows[i].title+'</li>')}"
    return shell(f"<script>var rows={json.dumps(data, ensure_ascii=False)};{script}</script>")


def posted(request: Asked) -> str:
    return records([4, 3, 2] if request.body == "channel=7" else [1, 0], "/posted")


@dataclass
class Story:
    """What every night read of every column, and what it asked for."""

    nights: list[dict[str, Any]] = field(default_factory=list)

    def asked(self, night: int, case: str) -> list[str]:
        """What was asked of a column, beside documents and addresses that cannot exist."""
        hits = [p for p in self.nights[night]["hits"] if p.startswith(f"/{case}/")]
        kept = [p for p in hits if "xuncha-" not in p and not _DOCUMENT.search(p)]
        return [p.removeprefix(f"/{case}/") for p in kept]

    def read(self, night: int, case: str) -> dict[str, Any]:
        found: dict[str, Any] = self.nights[night][case]
        return found


DIRECT = ["", "api?c=5"]
AFRESH = ["", "list.js", "api?c=5"]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Nights of 20, 21, 22 and 23 March and of 1 April."""
    with serving() as portal:
        yield _told(Nights(portal, tmp_path_factory.mktemp("calls")), portal)


def _told(nights: Nights, portal: Portal) -> Story:
    cases = ["same", "news", "closed", "soft", "shows", "down", "weekly", *MOVED]
    for case in cases:
        portal.pages |= plain(case)
        nights.columns[case] = (f"/{case}/", "weekly" if case == "weekly" else "monthly")
    portal.pages |= {"/inline/": inline(), "/posted/find": posted}
    nights.columns["inline"] = ("/inline/", "monthly")
    for channel in "78":
        script = f"<script>$.post('/posted/find', {{channel:'{channel}'}}, show)</script>"
        portal.pages[f"/posted/{channel}.html"] = shell(script, f"栏目{channel}")
        nights.columns[f"posted{channel}"] = (f"/posted/{channel}.html", "monthly")

    story = Story([nights.night("2026-03-20")])
    del portal.pages["/closed/"]
    portal.pages |= {
        "/news/api": records([5, 4, 3, 2, 1], "/news"),
        "/soft/": "<title>提示</title><p>您访问的页面不存在或已删除</p>",
        "/shows/": printed(),
        "/down/api": (500, "错误"),
    }
    for case, answer in MOVED.items():
        portal.pages |= {
            f"/{case}/api": answer,
            f"/{case}/list.js": f"fetch('/{case}/v2?c=5').then(r=>r.json()).then(show)",
            f"/{case}/v2": records([5, 4, 3, 2, 1], f"/{case}"),
        }
    story.nights.append(nights.night("2026-03-21"))
    portal.pages["/down/api"] = records([4, 3, 2, 1], "/down")
    story.nights += [nights.night(day) for day in ("2026-03-22", "2026-03-23", "2026-04-01")]
    return story


def test_the_second_night_asks_the_page_and_its_data_alone(story: Story) -> None:
    assert story.asked(0, "same") == AFRESH
    assert story.asked(1, "same") == DIRECT
    first, second = story.read(0, "same"), story.read(1, "same")
    assert len(first["items"]) == 4
    assert second["items"] == first["items"]
    assert (first["way"], second["way"]) == ("call", "call")
    assert "沿用上次所读" in second["detail"]


def test_what_is_new_is_read(story: Story) -> None:
    assert story.asked(1, "news") == DIRECT
    second = story.read(1, "news")
    assert second["items"][0][2] == "2026-03-15"
    assert len(second["items"]) == 5
    assert "未再打开浏览器" in second["detail"]
    assert story.read(2, "news")["items"] == second["items"]


def test_a_page_that_is_gone_is_gone_whatever_its_interface_says(story: Story) -> None:
    assert story.read(1, "closed")["outcome"] == "gone"
    assert story.asked(1, "closed") == [""]
    assert story.read(1, "soft")["outcome"] == "soft_gone"


def test_a_page_that_shows_its_list_again_is_read(story: Story) -> None:
    assert story.asked(1, "shows") == [""]
    assert len(story.read(1, "shows")["items"]) == 6


@pytest.mark.parametrize("case", list(MOVED))
def test_an_interface_that_moved_is_found_again(story: Story, case: str) -> None:
    second = story.read(1, case)
    assert len(second["items"]) == 5
    assert f"/{case}/v2" in second["call"]
    assert story.asked(2, case) == ["", "v2?c=5"]


def test_an_interface_that_is_down_refutes_nothing(story: Story) -> None:
    down = story.read(1, "down")
    assert (down["kind"], down["items"]) == ("shell", [])
    assert down["call"] == story.read(0, "down")["call"]
    assert story.asked(2, "down") == DIRECT
    assert story.read(2, "down")["items"] == story.read(0, "down")["items"]


def test_all_is_learned_anew_in_a_new_month(story: Story) -> None:
    assert story.asked(3, "same") == DIRECT
    assert story.asked(4, "same") == AFRESH
    assert story.read(4, "same")["learned"] == "2026-04-01"


def test_a_list_is_looked_at_afresh_once_before_it_counts_as_late(story: Story) -> None:
    # 14 March and seven days: late from the 22nd on.
    assert [story.asked(night, "weekly") for night in range(4)] == [AFRESH, DIRECT, AFRESH, DIRECT]


def test_requests_are_told_apart_by_what_is_posted(story: Story) -> None:
    for case, size in (("posted7", 3), ("posted8", 2)):
        assert len(story.read(1, case)["items"]) == size
        assert story.read(1, case)["items"] == story.read(0, case)["items"]
        assert "沿用上次所读" in story.read(1, case)["detail"]


def test_the_list_in_a_page_is_read_from_the_page_alone(story: Story) -> None:
    assert story.read(0, "inline")["way"] == "inline"
    assert len(story.read(1, "inline")["items"]) == 5
    assert story.asked(1, "inline") == [""]


def test_a_crash_loses_no_lesson(tmp_path: Path) -> None:
    with serving() as portal:
        nights = Nights(portal, tmp_path)
        for case in ("one", "two"):
            portal.pages |= plain(case)
            nights.columns[case] = (f"/{case}/", "monthly")
        held = portal.hold("/two/api")
        process = nights.start("2026-03-20")
        assert held.wait(120)
        # The first column is committed by now, or will be read again: both are fine.
        process.kill()
        process.communicate()
        portal.release()
        resumed, second = nights.night("2026-03-20"), nights.night("2026-03-21")
        for case in ("one", "two"):
            assert len(resumed[case]["items"]) == 4
            assert second[case]["items"] == resumed[case]["items"]
            assert second[case]["way"] == "call"
            assert f"/{case}/list.js" not in second["hits"]
