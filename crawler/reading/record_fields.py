"""The fields of a data interface's record: which is its title, which its address, which its pin."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from crawler.reading.document import squeeze
from crawler.reading.record_days import is_timely, words

LONGEST_TITLE = 500
_LONGEST_ADDRESS = 2_000
_LONGEST_RAW = 4_000
_MOST_FIELDS = 80
_DEEPEST = 3

# A record's neighbours: what they are called and where they lead is not the record's own.
_OTHERS = re.compile(
    r"channel|column|catalog|categor|^site|user|author|creator|editor|owner|organ|^org|dept|unit|parent|page|extra"
    r"|attach|file|^pic|image|img|cover|thumb|tags?$|comment|relat|prev|next|^source$|栏目|作者|附件|相关"
)
_HOLDERS = frozenset({"rendered", "value", "raw", "zh", "cn", "zh_cn", "_cdata", "cdata"})

_TITLE_BEST = re.compile(
    r"^(?:title|bt|biaoti|doctitle|articletitle|newstitle|infotitle|contenttitle|maintitle|标题|信息标题|文件标题)$"
)
_TITLE_GOOD = re.compile(
    r"title|subject|headline|^(?:doc|info|news|article|content|file|notice)_?name$"
    r"|^(?:xx|wj|wz|xw|zw)_?bt$|标题|题名|主题$|^(?:文件|信息|项目|公告)?名称$"
)
_TITLE_WEAK = re.compile(
    r"^(?:name|t|n|mc|text|label|caption|topic|theme|zt|value|(?:wj|xm|xx|bz|sx)_?mc|(?:item|project|policy)_?name"
    r"|(?:xk|cf)?_?(?:jd)?(?:ajmc|xmmc|wsmc|wsh|wh|xdr(?:_?mc)?))$"
)
_TITLE_NEVER = re.compile(
    r"sub(?!ject)|short|seo|meta|author|source|user|dept|unit|organ|^org|channel|column|^site|categ|catalog|class|type|summar"
    r"|abstract|desc|intro|remark|content$|body|key_?words?|^tag|path|area|region|city|address|phone|status|state|color"
    r"|style|editor|publisher|creator|nick|person|leader|job|duty|position|^ext|icon|image|img|^pic|template|code|parent"
    r"|weather|url|link|href|guid|^fu_?(?:bt|title)|zhaiyao|^zy$|laiyuan|^ly$|^id$|message|^msg|error|bumen|danwei"
    r"|栏目|来源|作者|部门|单位|机构|摘要|内容|索引|文号|类别|分类|主题词|地址|备注|状态|责任"
)
_ADDRESS_BEST = re.compile(
    r"^(?:url|href|link|u|lj|dz|wz|uri|permalink|链接|网址|地址)$"
    r"|^(?:doc|doc_?pub|pub|page|info|article|detail|details|post|content|web|html|full|abs|news|view|access|static"
    r"|target|item|news_?detail|show|visit)_?(?:url|link|href|path)$|^(?:link|href)_?(?:url|path)?$"
)
_ADDRESS_GOOD = re.compile(r"url|link|href|链接|网址")
_ADDRESS_NEVER = re.compile(
    r"img|image|pic|photo|thumb|cover|icon|logo|avatar|banner|video|audio|qr|channel|column|^site|domain|host|^api"
    r"|template|categ|parent|user|author|^css|^js|poster|^src$|home|wap|mobile|^m_?url|phone|mini|preview|edit|ico$|more"
)
_PINNED = re.compile(
    r"^(?:is_?)?(?:top|tops|topped|stick|sticky|sticked|pinned|zd|zhiding|set_?top|to_?top)(?:_?flag)?$"
    r"|^(?:top|stick)_?(?:flag|state|status)$|^sf_?zd$|置顶"
)
_TRUE = frozenset({"1", "true", "y", "yes", "t", "是", "置顶"})
_LOOKS_ADDRESS = re.compile(
    r"^(?:https?:)?//[\w\[]|^\.{0,2}/(?!Date\()[\w.%#?~-]|^[\w\-./%]{1,200}\.(?:s?html?|jspx?|aspx?|php|do|action|pdf|docx?|xlsx?)"
    r"(?:[?#]|$)",
    re.I,
)
_NAMED_ADDRESS = re.compile(r"^[\w\-.%]+(?:/[\w\-.%]*)*[/?=][\w\-.%&=?/]*\d|^\?[\w]+=")
_ASSET = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|ico|css|js|json|woff2?|ttf)(?:[?#]|$)", re.I)
_PLACEHOLDER = re.compile(r"\{\{|\$\{|<%|\[\[")
_ANCHOR = re.compile(r"<a\s[^<>]{0,500}?href\s{0,3}=\s{0,3}[\"']?([^\"'<>\s]{1,1000})", re.I)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>|<!--.{0,500}?-->", re.S)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LETTER = re.compile(r"[^\W\d_]")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_MERE_DAY = re.compile(r"[\d\s\-/.:,+年月日时分秒TZ]{4,40}")


def flatten(record: object) -> dict[str, object]:
    """A record's fields by name (as `words` gives it), outer ones first; a row's by number."""
    if isinstance(record, Sequence) and not isinstance(record, str):
        return {str(number): value for number, value in enumerate(record[:_MOST_FIELDS])}
    fields: dict[str, object] = {}
    level: list[tuple[str, object]] = [("", record)]
    for _ in range(_DEEPEST):
        deeper: list[tuple[str, object]] = []
        for prefix, value in level:
            if isinstance(value, Mapping):
                _spread(value, prefix, fields, deeper)
        level = deeper
    return fields


def _spread(
    value: Mapping[object, object],
    prefix: str,
    fields: dict[str, object],
    deeper: list[tuple[str, object]],
) -> None:
    for key, inner in value.items():
        if len(fields) >= _MOST_FIELDS:
            return
        name = words(str(key))
        if isinstance(inner, list) and len(inner) == 1 and not isinstance(inner[0], list | Mapping):
            inner = inner[0]  # as search engines give their fields
        if prefix and name in _HOLDERS:
            if not isinstance(fields.get(prefix), str):
                fields[prefix] = inner
            continue
        fields.setdefault(name, inner)
        # What an object named as a day holds are that day's parts.
        if not isinstance(inner, Mapping) or is_timely(name):
            continue
        if key == "_source" or not _OTHERS.search(name):  # a search engine's own wrapping
            deeper.append((name, inner))


@lru_cache(maxsize=4096)
def title_rank(name: str) -> int | None:
    """How surely a field of this name is the title: 0 best, 3 for a name that says nothing."""
    if _TITLE_BEST.search(name.replace("_", "")):
        return 0
    if _TITLE_NEVER.search(name):
        return None
    if _TITLE_GOOD.search(name):
        return 1
    return 2 if _TITLE_WEAK.search(name) else 3


def title_of(value: object, rank: int) -> str:
    """The title a field holds, without tags and entities, or ''."""
    if not isinstance(value, str):
        return ""
    text = clean(value)
    least = (1, 2, 4, 5)[rank]
    if len(text) < least or not _LETTER.search(text) or _MERE_DAY.fullmatch(text):
        return ""
    if rank >= 2 and (len(_IDEOGRAPH.findall(text[:60])) < least - 1 or len(text) > 200):
        return ""
    return "" if _LOOKS_ADDRESS.search(text) or _PLACEHOLDER.search(text) else text


def clean(value: str) -> str:
    """`value` as plain words on one line, at most `LONGEST_TITLE` characters of them."""
    text = value[:_LONGEST_RAW]
    if "\\u" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = html.unescape(_TAG.sub("", text))
    if "<" in text or "&" in text:  # escaped twice
        text = html.unescape(_TAG.sub("", text))
    return squeeze(_UNFIT.sub("", text))[:LONGEST_TITLE]


@lru_cache(maxsize=4096)
def address_rank(name: str) -> int | None:
    """How surely a field of this name is the address: 0 best, 2 for a name that says nothing."""
    if _ADDRESS_BEST.search(name):
        return 0
    if _ADDRESS_NEVER.search(name):
        return None
    return 1 if _ADDRESS_GOOD.search(name) else 2


def address_of(value: object, rank: int, base: str) -> str | None:
    """The absolute address a field holds, or None where it holds none a page could be read at."""
    if not isinstance(value, str) or len(value) > _LONGEST_RAW:
        return None
    anchor = _ANCHOR.search(value) if "<" in value else None
    text = html.unescape(anchor[1]) if anchor else value
    text = _UNFIT.sub("", text.strip().replace("\\/", "/"))
    if anchor or (rank <= 1 and " " in text and _LOOKS_ADDRESS.search(text)):
        text = text.replace(" ", "%20")
    if not text or len(text) > _LONGEST_ADDRESS or re.search(r"[\s<>\"{}]", text):
        return None
    looks = _LOOKS_ADDRESS.search(text) or (rank <= 1 and _NAMED_ADDRESS.search(text))
    if not (anchor or looks) or _ASSET.search(text):
        return None
    try:
        joined = urljoin(base, text)
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", "") or (parts.scheme and not parts.netloc):
        return None
    # Behind #/ stands the whole address of an application's page.
    page = joined if parts.fragment.startswith(("/", "!")) else joined.partition("#")[0]
    return page if page.partition("#")[0] and page != base else None


def is_pin(name: str) -> bool:
    """True where a field of this name says that the record is held at the top."""
    return bool(_PINNED.search(name))


def is_set(value: object) -> bool:
    """True for a flag that is up, in any of the ways interfaces write it."""
    return value is True or str(value)[:8].strip().lower() in _TRUE
