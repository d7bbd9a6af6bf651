"""One address under /x/ for everything that goes wrong on real portals."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cache

from demo.reply import RESET, SILENCE, Ending, Reply, html, plain, redirect

PREFIX = "/x/"

_HTML = ("Content-Type", "text/html; charset=utf-8")
_CLOSE = ("Connection", "close")
_MIB = 1024 * 1024
BOMB_BYTES = 1024 * _MIB
HUGE_BYTES = 50 * _MIB
# CRC-32 of BOMB_BYTES zero bytes; to count it anew would hold the server up for a second.
_BOMB_CRC = 0x5B64C2B0
_LIST = (
    "<ul><li><a href='/x/a1.html'>关于开展安全生产检查的通知</a><span>2026-03-01</span></li>"
    "<li><a href='/x/a2.html'>关于做好春耕备耕工作的通知</a><span>2026-02-12</span></li></ul>"
)
_PARAGRAPH = "<p>区政府办公室关于做好有关工作的通知，请各单位遵照执行。</p>\n".encode()


def answer(path: str) -> Reply | None:
    """The misbehaviour at `path`, or None where there is none of that name."""
    name = path.removeprefix(PREFIX)
    if name == "":
        return index()
    if name.startswith("endless/"):
        return _endless(name)
    make = ROUTES.get(name)
    return make() if make else None


def index() -> Reply:
    """A list of all routes, for people."""
    lines = "".join(f'<li><a href="{PREFIX}{name}">{name}</a></li>' for name in sorted(ROUTES))
    return html(f"<title>异常页面</title><h1>异常页面</h1><ul>{lines}</ul>")


def _page(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{body}</body></html>"
    )


def _status(status: int, text: str, *headers: tuple[str, str]) -> Callable[[], Reply]:
    return lambda: Reply(status, (_HTML, *headers), _page(text, f"<h1>{text}</h1>").encode())


def _endless(name: str) -> Reply:
    step = name.removeprefix("endless/")
    return redirect(f"{PREFIX}endless/{int(step) + 1 if step.isdecimal() and len(step) < 9 else 1}")


def _challenge_412() -> Reply:
    script = "<script>$_ts=window['$_ts']||{};$_ts.nsd=20314;$_ts.lcd&&$_ts.lcd();</script>"
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8">{script}</head><body></body></html>'
    return Reply(412, (_HTML, ("Set-Cookie", "FSSBBIl1UgzbN7N80S=60.abc; Path=/")), page.encode())


def _challenge_521() -> Reply:
    script = (
        "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+'_clearance_s=1767.1|0|abc;"
        "max-age=3600;path=/';location.href=location.pathname+location.search</script>"
    )
    return Reply(521, (_HTML, ("Set-Cookie", "__jsluid_s=0a1b2c; path=/")), script.encode())


def _waf() -> Reply:
    return html(_page("访问提示", "<p>您的访问过于频繁，请稍后再试。事件编号：20314</p>"))


def _cookie_reload() -> Reply:
    return html("<html><script>document.cookie='ok=1;path=/';location.reload();</script></html>")


def _slow() -> Reply:
    body = _page("通知公告", _LIST).encode()
    return Reply(200, (_HTML, _CLOSE), lambda: _pieces(body, 16), 0.5, Ending.CLOSE)


def _pieces(body: bytes, size: int) -> Iterator[bytes]:
    yield from (body[i : i + size] for i in range(0, len(body), size))


def _half() -> Reply:
    body = _page("通知公告", _LIST).encode()[:180]
    return Reply(200, (_HTML, ("Content-Length", "9000")), body, ending=Ending.RESET)


def _long_lie() -> Reply:
    body = _page("通知公告", _LIST).encode()
    length = ("Content-Length", str(len(body) + 5000))
    return Reply(200, (_HTML, length, _CLOSE), body, ending=Ending.CLOSE)


def _short_lie() -> Reply:
    body = _page("通知公告", _LIST).encode()
    return Reply(200, (_HTML, ("Content-Length", "120"), _CLOSE), body, ending=Ending.CLOSE)


def _gbk(declare: bool, meta: bool) -> Callable[[], Reply]:
    tag = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">' if meta else ""
    text = f"<html><head>{tag}<title>镕基喆珺·通知公告</title></head><body>{_LIST}</body></html>"
    return lambda: html(text, charset="gbk", declare=declare)


def _disagree() -> Reply:
    """The header says UTF-8, the page says gb2312, the bytes are gb18030."""
    tag = '<meta charset="gb2312">'
    text = f"<html><head>{tag}<title>通知公告</title></head><body>{_LIST}</body></html>"
    return Reply(200, (_HTML,), text.encode("gb18030"))


def _bom() -> Reply:
    tag = '<meta charset="gbk">'
    text = f"<html><head>{tag}<title>通知公告</title></head><body>{_LIST}</body></html>"
    return Reply(200, (("Content-Type", "text/html"),), b"\xef\xbb\xbf" + text.encode())


def _broken() -> Reply:
    return html(
        "<html><head><title>通知公告<title></head><body><table><tr><td><ul><li>"
        "<a href='/x/a1.html'>关于<b>开展<i>检查</b>的通知</a><span>2026-03-01"
        '<li><a href="/x/a2.html>关于春耕的通知</a>'
        "<span>2026-02-12</span></ul></div></td><!-- 未完 <p>正文&nbsp &#x110000; \x00 </body"
    )


def _two_roots() -> Reply:
    head = "<html><head><title>头部</title></head><body><p>2026年3月20日 星期五</p></body></html>"
    return html(head + _page("通知公告", _LIST) + "<p>页脚在文档之外</p>")


def _deep() -> Reply:
    depth = 20_000
    return html(_page("很深的页面", "<div>" * depth + _LIST + "</div>" * depth))


def _huge(declare: bool) -> Callable[[], Reply]:
    block = _PARAGRAPH * (64 * 1024 // len(_PARAGRAPH))
    count = -(-HUGE_BYTES // len(block))

    def body() -> Iterator[bytes]:
        yield from (block for _ in range(count))

    length = (("Content-Length", str(count * len(block))),) if declare else ()
    return lambda: Reply(200, (_HTML, *length), body)


@cache
def _zero_block() -> bytes:
    """16 MiB of zeros as raw deflate that can be written again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    zeros = bytes(_MIB)
    packed = b"".join(packer.compress(zeros) for _ in range(16))
    return packed + packer.flush(zlib.Z_FULL_FLUSH)


def bomb() -> Iterator[bytes]:
    """A gzip stream of about 1 MiB that inflates to BOMB_BYTES zeros."""
    yield b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"
    for _ in range(BOMB_BYTES // (16 * _MIB)):
        yield _zero_block()
    yield b"\x03\x00" + struct.pack("<II", _BOMB_CRC, BOMB_BYTES & 0xFFFFFFFF)


def _bomb() -> Reply:
    return Reply(200, (_HTML, ("Content-Encoding", "gzip")), bomb)


def _bad_gzip() -> Reply:
    return Reply(200, (_HTML, ("Content-Encoding", "gzip")), _page("通知公告", _LIST).encode())


def _pdf_as_html() -> Reply:
    return Reply(200, (_HTML,), pdf_bytes())


def _html_as_pdf() -> Reply:
    return Reply(200, (("Content-Type", "application/pdf"),), _page("通知公告", _LIST).encode())


def pdf_bytes() -> bytes:
    """The smallest PDF that readers accept."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def _refresh(to: str) -> Callable[[], Reply]:
    tag = f'<meta http-equiv="refresh" content="0; url={to}">'
    return lambda: html(f'<html><head><meta charset="utf-8">{tag}</head><body></body></html>')


def _soft404() -> Reply:
    return html(_page("提示信息", "<p>抱歉，您访问的页面不存在或已被删除！</p>"))


def _shell() -> Reply:
    return html(_page("加载中", '<div id="app"></div><script src="/static/js/app.js"></script>'))


ROUTES: dict[str, Callable[[], Reply]] = {
    "404": _status(404, "404 页面不存在"),
    "410": _status(410, "410 已删除"),
    "soft404": _soft404,
    "401": _status(401, "需要登录", ("WWW-Authenticate", 'Basic realm="admin"')),
    "403": _status(403, "禁止访问"),
    "412": _challenge_412,
    "521": _challenge_521,
    "429": _status(429, "请求过多", ("Retry-After", "2")),
    "500": _status(500, "服务器内部错误"),
    "502": _status(502, "网关错误"),
    "503": _status(503, "服务暂不可用", ("Retry-After", "2")),
    "waf": _waf,
    "cookie-reload": _cookie_reload,
    "timeout": lambda: SILENCE,
    "hang-after-head": lambda: Reply(
        200, (_HTML, ("Content-Length", "9000")), b"<html>", ending=Ending.HANG
    ),
    "slow": _slow,
    "reset": lambda: RESET,
    "reset-midway": _half,
    "not-http": lambda: Reply(-1, (), b"SSH-2.0-OpenSSH_9.2\r\n", ending=Ending.CLOSE),
    "loop": lambda: redirect("/x/loop-back"),
    "loop-back": lambda: redirect("/x/loop"),
    "endless": lambda: redirect("/x/endless/1"),
    "to-metadata": lambda: redirect("http://169.254.169.254/latest/meta-data/"),
    "to-private": lambda: redirect("http://10.0.0.1/"),
    "to-file": lambda: redirect("file:///etc/passwd"),
    "to-refused": lambda: redirect("http://127.0.0.1:1/"),
    "to-nowhere": lambda: redirect("http://portal.invalid/"),
    "to-home": lambda: redirect("/"),
    "no-location": lambda: Reply(302, (_HTML,)),
    "refresh-loop": _refresh("/x/refresh-loop"),
    "refresh-private": _refresh("http://169.254.169.254/"),
    "gbk-header": _gbk(declare=True, meta=False),
    "gbk-meta": _gbk(declare=False, meta=True),
    "gbk-none": _gbk(declare=False, meta=False),
    "charset-disagree": _disagree,
    "bom": _bom,
    "broken": _broken,
    "two-roots": _two_roots,
    "deep": _deep,
    "huge": _huge(declare=True),
    "huge-chunked": _huge(declare=False),
    "bomb": _bomb,
    "bad-gzip": _bad_gzip,
    "length-long": _long_lie,
    "length-short": _short_lie,
    "empty": lambda: Reply(200, (_HTML,)),
    "no-content": lambda: Reply(204),
    "pdf-as-html": _pdf_as_html,
    "html-as-pdf": _html_as_pdf,
    "huge-header": lambda: Reply(200, (("X-Padding", "a" * 300_000), _HTML), b"<p>ok</p>"),
    "many-headers": lambda: Reply(
        200, (*((f"X-Part-{n}", "a" * 60) for n in range(2000)), _HTML), b"<p>ok</p>"
    ),
    "shell": _shell,
    "text": lambda: plain("2026-03-01 通知公告"),
}
"""What answers under /x/, by name."""
