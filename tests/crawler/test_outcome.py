from __future__ import annotations

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)

from crawler import outcome
from ledger.words import Outcome


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, Outcome.OK),
        (206, Outcome.OK),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (401, Outcome.BLOCKED),
        (403, Outcome.BLOCKED),
        (412, Outcome.BLOCKED),
        (429, Outcome.BLOCKED),
        (451, Outcome.BLOCKED),
        (521, Outcome.BLOCKED),
        (408, Outcome.TIMEOUT),
        (500, Outcome.SERVER_ERROR),
        (503, Outcome.SERVER_ERROR),
        (304, Outcome.SERVER_ERROR),
    ],
)
def test_status(status: int, expected: Outcome) -> None:
    assert outcome.of_status(status).outcome is expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (DownloadTimeoutError("t"), Outcome.TIMEOUT),
        (CannotResolveHostError("x"), Outcome.DNS),
        (DownloadConnectionRefusedError("r"), Outcome.REFUSED),
        (DownloadCancelledError("larger than download max size (5)"), Outcome.TOO_LARGE),
        (DownloadFailedError("[SSL: HANDSHAKE_FAILURE]"), Outcome.CERTIFICATE),
        (DownloadFailedError("connection lost"), Outcome.REFUSED),
        (OSError("boom"), Outcome.REFUSED),
        (ValueError("odd header"), Outcome.SERVER_ERROR),
    ],
)
def test_failure(error: Exception, expected: Outcome) -> None:
    ending = outcome.of_failure(error)
    assert ending.outcome is expected
    assert ending.detail


def test_only_passing_troubles_are_tried_again() -> None:
    assert outcome.is_transient(Outcome.TIMEOUT, None)
    assert outcome.is_transient(Outcome.BLOCKED, 429)
    assert not outcome.is_transient(Outcome.BLOCKED, 403)
    assert not outcome.is_transient(Outcome.GONE, 404)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404 Not Found", "Not Found"),
        ("某某县人民政府", "首页 抱歉，您访问的页面不存在或已被删除 返回首页"),
        ("提示信息", "您要查看的信息已删除"),
        ("页面不存在", "3 秒后返回首页"),
        ("出错了", "您所浏览的网页找不到了"),
    ],
)
def test_page_that_says_it_is_gone(title: str, text: str) -> None:
    assert outcome.says_gone(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("通知公告", "本栏目暂无信息"),
        ("疫苗接种", "对不起，没有找到符合条件的记录！"),
        ("疫苗接种", "抱歉，没有找到相关信息"),
        ("统计信息", "2026年一季度统计公报 2026-04-02"),
        ("政策文件", "关于废止部分文件的通知，有关内容已失效的不再执行 " * 3),
        ("依申请公开", "申请信息不存在的，行政机关告知申请人"),
        ("政务公开", "正文" * 3000 + "您访问的页面不存在"),
        ("404号文件解读", "字" * 4000),
    ],
)
def test_page_that_is_there(title: str, text: str) -> None:
    assert outcome.says_gone(title, text) == ""


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<script>$_ts=window['$_ts'];</script>", ""),
        ("<script>document.cookie='a=1';location.href='/x'</script>", ""),
        ("<p>您的访问过于频繁，请稍后再试</p>", "您的访问过于频繁，请稍后再试"),
    ],
)
def test_challenge(html: str, text: str) -> None:
    assert outcome.is_challenge(html, lambda: text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<script>document.cookie='a=1'</script><ul>…", "列表" * 200),
        ("<p>关于访问过于频繁问题的答复</p>", "正文" * 150),
        ("<script>location.href='/jump/'</script>", ""),
    ],
)
def test_no_challenge(html: str, text: str) -> None:
    assert outcome.is_challenge(html, lambda: text) == ""
