"""The one place that decides how a request ended, and whether it is worth another try."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from ledger.words import Outcome

_GONE = frozenset({404, 410})
# 412 and 521/512 are how 瑞数 and 加速乐 answer a plain client; 418/405/451 are policy too.
_BLOCKED = frozenset({401, 402, 403, 405, 406, 407, 412, 418, 429, 451, 512, 521})

_CHALLENGE = re.compile(
    r"\$_ts\b|__jsl_clearance|__jsluid|_waf_|yunsuo_session|WZWS-RAY|"
    r"访问过于频繁|请求过于频繁|访问频率过高|请完成安全验证|请进行人机验证|安全检查中|"
    r"(?:您的)?访问(?:已)?被(?:拦截|阻断|拒绝)|您的请求(?:存在异常|被拦截|带有不合法)"
)
_COOKIE_RELOAD = re.compile(
    r"document\.cookie\s*=[\s\S]{0,2000}?location(?:\.href)?(?:\s*=|\.reload)"
)
_CHALLENGE_BODY_MAX = 20_000
_CHALLENGE_TEXT_MAX = 200
_CHALLENGE_TAGS_MAX = 100
_BARE_TEXT = 40

_GONE_TITLE = re.compile(
    r"\b404\b|页面?(?:不存在|找不到|未找到|已删除|丢失)|找不到(?:页面|网页|文件)|无法找到(?:该|此)?(?:页|网页)|"
    r"(?:page|file|object|resource) not found|not found",
    re.I,
)
_GONE_TEXT = re.compile(
    r"(?:您|你)?(?:所)?(?:要|想)?(?:访问|查看|请求|浏览|查找|打开)的?(?:该|此)?"
    r"(?:页面|网页|文章|内容|信息|栏目|地址|资源|链接|网址)[^。！!]{0,14}?"
    r"(?:不存在|已(?:经)?(?:被)?(?:删除|移除|下线|撤销|失效)|找不到|未找到|丢失)|"
    r"(?:页面|网页|文章|该信息|该栏目|此栏目|此信息|此页面)(?:不存在|找不到了?|未找到|已(?:经)?(?:被)?(?:删除|移除|下线))|"
    r"(?:该|此|本)(?:栏目|页面|网页|频道|专栏|板块|版块)现?已(?:经)?(?:被)?(?:停用|停止使用|撤销|取消|下线)|"
    r"(?:抱歉|对不起)[，,！!\s]{0,3}[^。！!]{0,12}"
    r"(?:(?:页面?|网页|文件|文章|栏目|地址)[^。！!]{0,6}(?:找不到|不存在|没有找到|已(?:经)?(?:被)?删除)"
    r"|(?:找不到|不存在|没有找到)[^。！!]{0,8}(?:页面|网页|文件|文章|栏目))|"
    r"\b404\b[^。]{0,20}(?:错误|页面|not found)|page not found",
    re.I,
)
_GONE_TEXT_MAX = 3_000


@dataclass(frozen=True, slots=True)
class Ending:
    """An outcome and one Chinese sentence about it."""

    outcome: Outcome
    detail: str = ""


TRANSIENT = frozenset({Outcome.TIMEOUT, Outcome.DNS, Outcome.REFUSED, Outcome.SERVER_ERROR})
"""Worth another try; everything else is permanent for this run (429 is tried again too)."""


LASTING = frozenset({Outcome.GONE, Outcome.SOFT_GONE, Outcome.EXCLUDED, Outcome.TOO_LARGE})
"""Not worth asking for again soon: the portal has said all there is to say."""


def is_lasting(outcome: Outcome) -> bool:
    """Whether an address will most likely end like this again tomorrow."""
    return outcome in LASTING


def is_transient(outcome: Outcome, status: int | None) -> bool:
    """Whether asking again, later, may end otherwise."""
    return outcome in TRANSIENT or status == 429


def of_status(status: int) -> Ending:
    """The ending an HTTP status stands for, before the body is looked at."""
    if 200 <= status < 300:
        return Ending(Outcome.OK)
    if status in _GONE:
        return Ending(Outcome.GONE, f"服务器返回 {status}")
    if status in _BLOCKED:
        return Ending(Outcome.BLOCKED, f"服务器返回 {status}，访问被拦截")
    if status >= 500:
        return Ending(Outcome.SERVER_ERROR, f"服务器返回 {status}")
    if status == 408:
        return Ending(Outcome.TIMEOUT, "服务器返回 408（请求超时）")
    if status == 304:
        return Ending(Outcome.SERVER_ERROR, "服务器返回 304（没有变化），却没有给出页面")
    if 300 <= status < 400:
        return Ending(Outcome.SERVER_ERROR, f"服务器返回 {status} 但没有给出跳转地址")
    return Ending(Outcome.BLOCKED, f"服务器返回 {status}，未给出页面")


def of_failure(error: BaseException) -> Ending:
    """The ending an exception of the download stands for."""
    chain = " ".join(_reasons(error))
    if isinstance(error, DownloadTimeoutError):
        return Ending(Outcome.TIMEOUT, "在规定时间内没有响应")
    if isinstance(error, CannotResolveHostError):
        return Ending(Outcome.DNS, "域名无法解析")
    # Scrapy cancels a download for nothing but its size.
    if isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in chain:
        return Ending(Outcome.TOO_LARGE, "页面超过大小上限")
    if re.search(r"SSL|TLS|certificate", chain, re.I):
        return Ending(Outcome.CERTIFICATE, "HTTPS 握手失败或证书错误")
    if isinstance(error, DownloadConnectionRefusedError):
        return Ending(Outcome.REFUSED, "服务器拒绝连接")
    if isinstance(error, DownloadFailedError | ResponseDataLossError | OSError):
        return Ending(Outcome.REFUSED, "连接被中断")
    if isinstance(error, IgnoreRequest):
        return Ending(Outcome.EXCLUDED, "请求未发出")
    return Ending(Outcome.SERVER_ERROR, f"应答无法读取（{type(error).__name__}）")


def _reasons(error: BaseException) -> list[str]:
    """The texts and type names of an error and of all it wraps."""
    seen: list[str] = []
    queue: list[object] = [error]
    while queue and len(seen) < 20:
        one = queue.pop(0)
        seen.append(f"{type(one).__module__}.{type(one).__name__} {one}")
        for name in ("__cause__", "value"):
            inner = getattr(one, name, None)
            if isinstance(inner, BaseException):
                queue.append(inner)
        reasons = getattr(one, "reasons", None)
        if isinstance(reasons, list):
            queue.extend(reasons)
    return seen


def is_challenge(html: str, visible: Callable[[], str]) -> str:
    """The mark of a challenge or block page in a 200 answer, or an empty string.

    `visible` gives the page's text; it is asked for only where the source looks suspicious, since
    that costs more than the rest of the question.
    """
    if html.count("</") > _CHALLENGE_TAGS_MAX:
        return ""
    head = html[:_CHALLENGE_BODY_MAX]
    hit = _CHALLENGE.search(head)
    if hit and len(visible()) <= _CHALLENGE_TEXT_MAX:
        return hit.group()
    reloads = len(html) <= _CHALLENGE_BODY_MAX and _COOKIE_RELOAD.search(head)
    return "document.cookie" if reloads and len(visible()) < _BARE_TEXT else ""


def says_gone(title: str, text: str) -> str:
    """The words by which a 200 page says that it is gone, or an empty string.

    `text` is the page's visible text; a long page that only mentions a missing page says nothing.
    """
    hit = _GONE_TITLE.search(title[:200])
    if hit and len(text) <= _GONE_TEXT_MAX:
        return hit.group()
    if len(text) <= _GONE_TEXT_MAX:
        hit = _GONE_TEXT.search(text)
        if hit:
            return hit.group()
    return ""
