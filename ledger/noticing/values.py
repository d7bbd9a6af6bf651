"""What stands in the cells of a notice: addresses, days, wrong words and what they should be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ledger.addresses import host_of, web_fault
from ledger.noticing.parts import Cell

_URL = re.compile(r"https?://[^\s，。；、“”《》<>\"'（）]+", re.I)
_BARE = re.compile(
    r"(?<![\w.@/-])(?:\d{1,3}(?:\.\d{1,3}){3}(?=[:/])|(?:www\.|[\w-]+\.)(?:[\w-]+\.)*(?:gov\.cn|com\.cn|org\.cn|net\.cn|cn|com|org|net))"
    r"(?::\d+)?(?:/[^\s，。；、“”《》<>\"'（）]*)?",
    re.I,
)
_PATH = re.compile(r"/[\w./?=&%#-]{3,}")
_CUT = re.compile(r"(?:\.{3}|…)$")
_WIDE_URL = re.compile(r"(?:ｈ|Ｈ)(?:ｔ|Ｔ){2}(?:ｐ|Ｐ)[^\s，。；、“”《》]+")
_TAGS = re.compile(r"<(em|font|span|b|strong|mark|i)\b[^<>]{0,100}>(.*?)</\1>", re.I | re.S)
_HOOKS = re.compile(r"【([^【】]{1,60})】|\[\[([^\[\]]{1,60})\]\]|\*\*([^*]{1,60})\*\*")
_TIMES = re.compile(
    r"[（(\[]?\s*(?:共|出现)?\s*\d{1,3}\s*[处次个](?:错误)?\s*[）)\]]?$|[x×*]\s*\d{1,3}$", re.I
)
_ORDER = re.compile(r"^\s*(?:[（(]?\d{1,2}[.、．)）]\s*(?!\d)|[①-⑳]\s*)")
_QUOTES = "「」『』“”\"'‘’`"
_ARROW = re.compile(r"\s*(?:→|⇒|➔|➜|[—－–]+[>＞]|-+[>＞]|=+[>＞]|⟶|>>+)\s*")
_WAS = re.compile(
    r"^(?P<right>.{1,60}?)\s*(?:误写|误作|误用|错写|误)(?:为|成|作|)\s*(?=[「『“\"])(?P<wrong>.{1,62})$"
)
_SAYS = re.compile(
    r"\s*[，,：:;；]?\s*(?:疑?应该?(?:修?改)?[为是作]|建议(?:修?改)?[为成]|(?:请|需|可)?(?:修?改|更正|替换)[为成]"
    r"|疑(?:似)?为|正确(?:的)?(?:写法|表述)?(?:应)?[为是：:])\s*[：:]?\s*"
)
_ASIDE = re.compile(r"^(?P<wrong>[^（(]{1,60})[（(](?P<said>[^（）()]{1,60})[）)]$")
_SPEAKS = re.compile(r"[^\W_]")
_BOTH = re.compile(
    r"(?:错误|错|误|原文)\s*[:：]\s*(?P<wrong>.{1,60}?)[\s，,；;]+(?:正确|正|应为|改为|建议)\s*[:：]\s*"
    r"(?P<right>.{1,60})"
)
_LEAD = re.compile(
    r"^(?:应为|应是|应改为|正确(?:为|是)?|建议(?:修?改)?[为成]?|修?改[为成]|应|正)\s*[：:]?\s*(?=.)"
)
_WRONG_LEAD = re.compile(r"^(?:将|把|错误|错|误|原文|疑似错误)\s*[：:]?\s*(?=[「『“\"])")
_CITIZEN = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9}|\d{16,19})(?!\d)")
_QUOTED = re.compile(r"[“「『]([^“”「」『』]{1,60})[”」』]")
_TALK = re.compile(
    r"[，。：:？！\s]|错|误|不|有|请|未|缺|少|多|无法|问题|应|需|建议|修改|疑似|存在|表述|用词|规范"
)
_PLEA = re.compile(
    r"请(?:予以|尽快|及时|认真|自行)?(?:修改|改正|更正|核实|核对|整改|完善)[。.！!]?$"
)
_LONGEST_WORD = 200
_LONGEST_ALONE, _LONGEST_TOLD = 10, 60


def addresses(cell: Cell) -> list[str]:
    """The addresses in and behind a cell, each once; a written one that is cut gives way."""
    text = _WIDE_URL.sub(lambda found: unicodedata.normalize("NFKC", found[0]), cell.text)
    written = [_trimmed(one) for one in _URL.findall(text)]
    if not written:
        written = [f"http://{_trimmed(one)}" for one in _BARE.findall(text)]
    behind = [_schemed(link) for link in cell.links if _URL.match(link)]
    if behind and (not written or any(_CUT.search(one) for one in written)):
        written = behind
    elif len(behind) == 1 and len(written) == 1:
        # One link under one address: the link is what a person would follow.
        written = behind if host_of(behind[0]) == host_of(written[0]) else written
    if not written and _PATH.fullmatch(cell.text.strip()):
        written = [cell.text.strip()]
    return list(dict.fromkeys(written))


def sound(url: str) -> bool:
    """Whether the address can be asked for; a path is one of its site."""
    return url.startswith("/") or not web_fault(url)


def unmarked(cell: Cell) -> tuple[str, tuple[str, ...]]:
    """The words of a cell without marks of any kind, and what they marked."""
    marked = [*cell.marked]
    marked += [found[2] for found in _TAGS.finditer(cell.text)]
    text = _TAGS.sub(lambda found: found[2], cell.text)
    marked += [next(filter(None, found.groups())) for found in _HOOKS.finditer(text)]
    text = _HOOKS.sub(lambda found: next(filter(None, found.groups())), text)
    kept = [re.sub(r"[【】]|\[\[|\]\]", "", one).strip(_QUOTES + " ") for one in marked]
    return " ".join(text.split()), tuple(dict.fromkeys(one for one in kept if one))


def pairs(wrong: str, suggest: str) -> list[tuple[str, str]]:
    """Wrong words with what each should be, from one cell or two."""
    if not suggest.strip() and _PLEA.search(wrong):
        # What is to be done, and not what is wrong.
        return []
    if wrong.strip() and not _SPEAKS.search(wrong):
        # Marks alone are the wrong wording themselves, not what parts it.
        return [(wrong.strip(), suggest.strip())]
    both = _BOTH.fullmatch(" ".join(wrong.split()))
    if both:
        return [(word(both["wrong"]), word(both["right"]))]
    left, right = _pieces(wrong), _pieces(suggest)
    if len(left) == len(right) == 1:
        listed = _listed(wrong), _listed(suggest)
        if len(listed[0]) == len(listed[1]) > 1:
            left, right = listed
    if len(left) > 1 and len(right) == len(left):
        return _kept([(word(a), word(b)) for a, b in zip(left, right, strict=True)])
    if len(left) > 1 and not right:
        return _kept([_split(one) for one in left])
    if right:
        a, b = _split(wrong)
        said = "；".join(word(_LEAD.sub("", one)) for one in right)
        # 「甲（应为乙）」 beside a column that says 乙 once more.
        return _kept([(a if b and word(b) == said else word(wrong), said)])
    return _kept([_split(wrong)])


def described(text: str) -> list[tuple[str, str]]:
    """The wrong words that a description names: “甲”应为“乙”, 甲→乙, or a word on its own."""
    told = [pair for one in re.split(r"\n|[；;。]", text) for pair in _kept([_split(one)])]
    both = [(wrong, right) for wrong, right in told if right and len(wrong) <= _LONGEST_TOLD]
    if both:
        return both
    quoted = list(dict.fromkeys(_QUOTED.findall(text)))
    if quoted:
        return [(one, "") for one in quoted]
    alone = word(text)
    telling = len(alone) > _LONGEST_ALONE or _TALK.search(alone)
    return [(alone, "")] if alone and not telling else []


def numbers(text: str) -> list[str]:
    """The citizens', mobile and card numbers that a text quotes."""
    return list(dict.fromkeys(_NUMBERS.findall(text)))


def is_personal(text: str) -> bool:
    """Whether the words hold a citizen's or a mobile number."""
    return bool(_CITIZEN.search(re.sub(r"[ -]", "", text)))


def word(text: str) -> str:
    """One wording without what only stands around it in a table."""
    bare = _ORDER.sub("", " ".join(text.split()))
    bare = _TIMES.sub("", bare).strip(" ，,。；;：:" if len(bare) > 1 else " ")
    if len(bare) > 2 and bare[0] in _QUOTES and bare[-1] in _QUOTES:
        bare = bare[1:-1]
    return bare.strip()[:_LONGEST_WORD]


def _pieces(text: str) -> list[str]:
    lines = [one for one in re.split(r"\n|[；;]", text) if one.strip()]
    if len(lines) > 1:
        return lines
    listed = _listed(text)
    quoted = all(one.strip()[0] in _QUOTES for one in listed)
    return listed if len(listed) > 1 and quoted else lines


def _listed(text: str) -> list[str]:
    return [one for one in re.split(r"[、|]", text) if one.strip()]


def _split(text: str) -> tuple[str, str]:
    """`甲→乙`, `甲（乙）`, `甲 应为 乙`: the wrong and the right; otherwise all of it is wrong."""
    bare = _ORDER.sub("", " ".join(text.split())).strip("。；; ")
    bare = _WRONG_LEAD.sub("", bare)
    turned = _WAS.match(bare)
    if turned and turned["right"][-1] in _QUOTES:
        return word(turned["wrong"]), word(turned["right"])
    for pattern in (_ARROW, _SAYS):
        parts = pattern.split(bare, maxsplit=1)
        if len(parts) == 2 and parts[0].strip() and parts[1].strip():
            return word(parts[0].rstrip("（(")), word(parts[1].rstrip("）)"))
    found = _ASIDE.match(_TIMES.sub("", bare))
    if found and not _TIMES.fullmatch(f"（{found['said']}）"):
        return word(found["wrong"]), word(_LEAD.sub("", found["said"]))
    return word(bare), ""


def _kept(found: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair in dict.fromkeys(found) if pair[0]]


def _trimmed(url: str) -> str:
    return _schemed(url.rstrip(".,;:!?)]】|"))


def _schemed(url: str) -> str:
    """The address with its scheme in small letters, as every other reader expects it."""
    scheme, colon, rest = url.partition(":")
    return f"{scheme.lower()}{colon}{rest}"
