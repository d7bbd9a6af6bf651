"""Addresses: as people write them into a sheet or a configuration, and as they are compared."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urljoin, urlsplit

_LONGEST = 2_000
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_BARE_HOST = re.compile(
    r"(?:www\.[\w-]+(?:\.[\w-]+)+|[\w-]+(?:\.[\w-]+)*\.(?:cn|com|net|org|gov|edu))"
    r"(?::\d+)?(?:[/?#]|$)",
    re.I,
)
_MISSPELT = re.compile(r"https?(?!://)(?:[:;：；]|[/／]{2}|[．.]?//)", re.I)
INDEX = re.compile(r"/(?:index|default|home)\.(?:s?html?|jsp|aspx?|php)$", re.I)
"""A file that only stands for its folder."""
# Only what can be nothing but a session: `sid` and `session` may be a site and a congress.
_SESSION_PATH = re.compile(r";jsessionid=[^/?#;]*|(?<=/)\(S\([0-9a-z]{20,30}\)\)/", re.I)
_SESSION_FIELD = re.compile(
    r"(?P<mark>[?&])(?:jsessionid|phpsessid|session_?id|aspsessionid\w*|asp\.net_sessionid)=[^&#]*",
    re.I,
)
_LABEL = re.compile(r"[^\s/\\<>\"'|^`{}%@:?#\[\],，。；、]+")


def host_of(url: str) -> str:
    """The host of an absolute address, lower case, without a leading `www.`."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def web_fault(url: str) -> str:
    """Why `url` is no absolute http(s) address, as a Chinese half-sentence; empty if it is one."""
    if len(url) > _LONGEST:
        return f"超过 {_LONGEST} 个字符"
    if re.search(r"\s", url):
        return "中间有空格或换行（一格只能写一个网址）"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "主机名或端口写法不对"
    if parts.scheme.lower() not in ("http", "https"):
        return "不是以 http:// 或 https:// 开头的网址"
    host = parts.hostname or ""
    if not host:
        return "缺少主机名"
    labels = host.rstrip(".").split(".")
    if ":" not in host and not all(_LABEL.fullmatch(label) for label in labels):
        return "主机名或端口写法不对"
    return "端口号不对" if port == 0 else ""


def resolve(text: str, home: str) -> tuple[str, str, bool]:
    """The absolute address `text` means on the site, why it is none, and whether it was completed.

    A path is resolved against `home`; a bare host gets the scheme of `home`.
    """
    completed = False
    if _MISSPELT.match(text):
        return "", "开头应写作 http:// 或 https://（英文半角）", False
    if _BARE_HOST.match(text):
        text, completed = f"{urlsplit(home).scheme or 'http'}://{text}", True
    if not _SCHEME.match(text):
        if re.search(r"[\s，。；、]", text) or not re.search(r"[/.?=#]", text):
            return "", "不是网址", False
        try:
            text = urljoin(home, text)
        except ValueError:
            return "", "写法不对", False
    return text, web_fault(text), completed


def plain_form(text: str) -> str:
    """`text` with full-width characters made plain and blanks cut, to offer instead."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("。", ".")
    plain = re.sub(r"^(https?)[:;]?/*(?=[\w-]+\.)", r"\1://", plain, flags=re.I)
    if not _SCHEME.match(plain) and _BARE_HOST.match(plain):
        plain = f"https://{plain}"
    return plain if plain != text and not web_fault(plain) else ""


def without_session(url: str) -> str:
    """`url` without the session id of one visitor, under which a page has a new name every time."""
    if len(url) > _LONGEST or not ("ess" in url or "ESS" in url or "(S(" in url):
        return url
    plain, hash_mark, fragment = _SESSION_PATH.sub("", url).partition("#")
    while match := _SESSION_FIELD.search(plain):
        rest = plain[match.end() :]
        kept = match["mark"] + rest[1:] if rest else ""
        plain = plain[: match.start()] + kept
    return plain + hash_mark + fragment


def canonical(url: str) -> str:
    """An address as compared: no scheme, `www.`, index file, session, trailing slash, fragment."""
    parts = urlsplit(without_session(url))
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    path = INDEX.sub("/", parts.path or "/")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{path.rstrip('/')}{query}"


def spellings(url: str) -> list[str]:
    """The address in every way a portal and a vendor may spell it, as it stands first."""
    try:
        parts = urlsplit(url.partition("#")[0])
    except ValueError:
        return [url]
    host = parts.netloc.removeprefix("www.")
    path = parts.path or "/"
    paths = [path, path.rstrip("/") or "/", f"{path.rstrip('/')}/", INDEX.sub("/", path)]
    query = f"?{parts.query}" if parts.query else ""
    found = [url]
    for scheme in ("https", "http"):
        for name in (parts.netloc, host, f"www.{host}"):
            found += [f"{scheme}://{name}{one}{query}" for one in paths]
    return list(dict.fromkeys(found))
