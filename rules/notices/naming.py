"""What makes an entry of a notice one fault: the same in next month's notice, and in ours."""

from __future__ import annotations

import re

from ledger.addresses import canonical
from ledger.life import fingerprint
from ledger.naming import fold_name
from ledger.notices import NoticeItem, NoticeKind, names_only
from rules.text.plain import plain
from rules.text.privacy.masks import veiled, veiled_address

CODES = {
    NoticeKind.WORDING: "V101",
    NoticeKind.PRIVACY: "V101",
    NoticeKind.LINK: "V102",
    NoticeKind.COLUMN: "V103",
    NoticeKind.OTHER: "V109",
}
_NAME = re.compile(r"[\u3400-\u9fff·]{2,8}")


def key_of(item: NoticeItem) -> tuple[str, str, str]:
    """Rule, subject and term of the finding that the entry is by itself."""
    code, page = CODES[item.kind], canonical(item.url) if item.url else ""
    match item.kind:
        case NoticeKind.WORDING | NoticeKind.PRIVACY:
            return code, page, same(item.wrong)
        case NoticeKind.LINK:
            return code, page, ""
        case NoticeKind.COLUMN:
            return code, item.column or page, ""
    return code, page or item.column, same(item.kind_text or item.context[:40])


def own_mark(site: str, item: NoticeItem) -> str:
    """The fingerprint of that finding."""
    return fingerprint(site, *key_of(item))


def same(text: str) -> str:
    """A wording as compared: widths and marks made one, blanks left out."""
    return re.sub(r"\s", "", plain(text).text)


def folded_path(text: str) -> tuple[str, ...]:
    """The names of a column path as a vendor writes it, folded for comparing."""
    parts = re.split(r"[>＞/\\→|]|--+|-(?=[\u3400-\u9fff])", text)
    return tuple(name for part in parts if (name := fold_name(part)) and name != "首页")


def masked(item: NoticeItem) -> tuple[str, str, str, str]:
    """Wrong words, suggestion, title and context as they may be kept and printed.

    A personal number keeps its ends and its length, so that it can still be found on the page.
    """
    told = [veiled(part) for part in (item.wrong, item.suggest, item.title, item.context)]
    if item.kind is not NoticeKind.PRIVACY:
        return told[0], told[1], told[2], told[3]
    hidden = told[0]
    if hidden == item.wrong and not names_only(hidden):
        hidden = _veil(item.wrong)
        told = [part.replace(item.wrong, hidden) if item.wrong else part for part in told]
    return hidden, told[1], told[2], veiled_address(told[3]) if "*" not in told[3] else told[3]


def _veil(words: str) -> str:
    """A name with its first character, anything else without its digits and door numbers."""
    if _NAME.fullmatch(words) and len(words) <= 4:
        return words[0] + "*" * (len(words) - 1)
    hidden = veiled_address(re.sub(r"\d", "*", words))
    return hidden if hidden != words or not words else words[:2] + "*" * max(1, len(words) - 2)
