"""From bytes to text: which charset a page really is in, whatever it claims."""

from __future__ import annotations

import codecs
import re

_HEAD = 4096
_META = re.compile(
    rb"""<meta\s[^>]{0,300}?charset\s{0,4}=\s{0,4}["']?\s{0,4}([A-Za-z0-9_.:-]{2,30})""", re.I
)
_XML = re.compile(rb"""^\s{0,64}<\?xml\s[^>]{0,200}?encoding\s{0,4}=\s{0,4}["']([\w.:-]{2,30})""")
_HEADER = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w.:-]{2,30})", re.I)

_FAMILIES = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "hz-gb-2312": "hz",
    "utf8": "utf-8",
    "utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "unicode": "utf-8",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
# Servers put these in front of anything; they say nothing about a Chinese page.
_DEFAULTS = frozenset({"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The commonest characters of official Chinese, simplified and traditional; wrongly decoded bytes
# give rare characters instead.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因"
    "由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解"
    "问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少"
    "图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七"
    "海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目"
    "至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算"
    "低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精"
    "值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该"
    "铁价严首页网站栏服务公开息搜索版权所有备案联系我们您现置通知告新闻源浏览打印关闭字体印来编辑責會國為來時們發經學業"
    "個這說對過點電話關與將開機區應場實處報長問題見無當進動產員師總統體運導資農業務縣廳門戶"
)
_SAMPLE = 200_000


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text of `body` and the charset used.

    Order of belief: byte order mark, then whichever of header, meta and the usual Chinese charsets
    decodes without holes into common characters, a declared one winning ties. gb2312 and gbk are
    read as their superset gb18030. Never raises: bytes that fit nowhere become U+FFFD.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), name
    declared = _declared(body, content_type)
    if body.isascii() and "hz" not in declared and not any("utf-16" in d for d in declared):
        return body.decode("ascii"), declared[0] if declared else "utf-8"
    valid = _valid_utf8(body)
    if valid and (not declared or "utf-8" in declared):
        return body.decode("utf-8", "replace"), "utf-8"
    candidates = list(dict.fromkeys([*declared, "utf-8", "gb18030", "big5hkscs"]))
    sample = body[:_SAMPLE]
    best = max(
        candidates,
        key=lambda name: (
            _quality(sample, name) + (0.05 if name in declared else 0.0),
            -candidates.index(name),
        ),
    )
    return body.decode(best, "replace").lstrip("\ufeff"), best


def _declared(body: bytes, content_type: str | None) -> list[str]:
    head = body[:_HEAD]
    names = [m.group(1) for m in [_HEADER.search(content_type or "")] if m]
    for pattern in (_META, _XML):
        names.extend(m.group(1).decode("ascii", "ignore") for m in pattern.finditer(head))
    known: list[str] = []
    for name in names:
        family = _family(name)
        if family and family not in known:
            known.append(family)
    return known


def _family(name: str) -> str | None:
    lower = name.strip().lower()
    if lower in _DEFAULTS:
        return None
    if lower in _FAMILIES:
        return _FAMILIES[lower]
    try:
        info = codecs.lookup(lower)
    except LookupError:
        return None
    # Codecs such as base64 or zip are no charsets, and idna raises in ways of its own.
    text = getattr(info, "_is_text_encoding", True)
    return info.name if text and info.name not in ("idna", "punycode", "undefined") else None


def _valid_utf8(body: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        # Not final: a body cut at the size limit may end inside a character.
        decoder.decode(body, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _quality(sample: bytes, name: str) -> float:
    """1 for a text of common Chinese without a hole, less the rarer its characters."""
    try:
        text = sample.decode(name, "replace")
    except (LookupError, ValueError):
        return -10.0
    wide = [char for char in text if char > "\u007f"]
    if not wide:
        return 0.0
    holes = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in wide)
    chinese = [char for char in wide if "\u3400" <= char <= "\u9fff"]
    common = sum(char in _COMMON for char in chinese)
    strange = sum(
        not (
            "\u3000" <= char <= "\u9fff"
            or "\uff00" <= char <= "\uffef"
            or "\u2010" <= char <= "\u2642"
        )
        for char in wide
    )
    share = common / len(chinese) if chinese else 0.0
    return share - 4 * holes / len(wide) - strange / len(wide)
