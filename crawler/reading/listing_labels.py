"""What a day in a row of a list is called, and what that makes of it."""

from __future__ import annotations

import re
from enum import IntEnum


class Standing(IntEnum):
    """What a day in a row is, best first."""

    PUBLISH = 0
    BARE = 1
    SHORT = 2
    UPDATED = 3
    FORMED = 4
    ANSWERED = 5
    RECORD = 6
    OTHER = 7
    ATTRIBUTE = 8
    COMMENT = 9
    GLUED = 10


_PUBLISH_WORDS = re.compile(r"发布|公布|公开|上网|上传|刊发|公告|公示")
_FORMED_WORDS = re.compile(r"成文|印发|生成|发文|签发|制定|落款|文件日期|形成")
_UPDATED_WORDS = re.compile(r"更新|修改|修订|编辑")
_ANSWERED_WORDS = re.compile(r"办结|答复|回复|决定")
_RECORD_WORDS = re.compile(r"受理|申请|来信|提问|留言|提交|登记|处罚|许可|立案")
_NEVER_WORDS = re.compile(
    r"截止|截至|生效|实施|施行|执行|失效|废止|有效|到期|期限|开标|开启|开始|结束|报名|公示期|公告期|会议|活动|考试|举办|起止|止$|至$"
)
_TIME_WORDS = re.compile(r"日\s*期|时\s*间")
_BARE_LABEL = re.compile(r"^\W*(?:日\s*期|时\s*间)\W*$")
_LAST_WORD = re.compile(
    r"((?:[\u4e00-\u9fff] ){1,6}[\u4e00-\u9fff]|[^\s，,；;|｜。、/)）\]】:：]{1,14})\s*[:：]?\s*$"
)
_ENDS_IN_LABEL = re.compile(r"(?:日期|时间|[日时])\s*[:：]?\s*$|[:：]\s*$")
_RANGE_START = re.compile(r"\s*(?:至|到|—|–|~|～|--|-\s*(?=\d{4}))\s*(?=\d|今)")
_RANGE_END = re.compile(r"\d\s*日?\s*(?:至|到|—+|–|~|～|-{1,2})\s*$")
_SENTENCE = re.compile(r"[，。；！？…]|、|\.{3}")


def is_labelled(lead: str) -> bool:
    """Whether a text ends in something that names the day after it."""
    return bool(_ENDS_IN_LABEL.search(lead[-14:]))


def names_publication(lead: str) -> bool:
    """Whether a hover text's label can be that of publication."""
    return bool(_PUBLISH_WORDS.search(lead) or _TIME_WORDS.search(lead))


def never_published(lead: str) -> bool:
    """Whether a label names a day that is never one of publication (截止, 实施 …)."""
    return bool(_NEVER_WORDS.search(lead))


def label_of(lead: str) -> str:
    """The label that ends a text; what an earlier label on the same line says is not its."""
    if not is_labelled(lead):
        return ""
    match = _LAST_WORD.search(lead[-20:])
    return match[1] if match else ""


def rank_of(
    label: str, text: str, around: tuple[str, str], bare: bool, spelled: bool
) -> Standing | None:
    """What a day is by its label, or None where it is no day of publication at all.

    `around` is what stands before and after it in its text; `bare` says nothing else does.
    """
    leading, trailing = around
    ranged = bool(_RANGE_END.search(leading) or _RANGE_START.match(trailing))
    if ranged and (label or bare):
        return None if _RANGE_END.search(leading) else Standing.OTHER
    if label:
        if _NEVER_WORDS.search(label) and not _PUBLISH_WORDS.search(label):
            return None
        for words, rank in (
            (_PUBLISH_WORDS, Standing.PUBLISH),
            (_FORMED_WORDS, Standing.FORMED),
            (_UPDATED_WORDS, Standing.UPDATED),
            (_ANSWERED_WORDS, Standing.ANSWERED),
            (_RECORD_WORDS, Standing.RECORD),
        ):
            if words.search(label):
                return rank
        if _TIME_WORDS.search(label):
            # 访谈时间, 征集时间: what happened then need not have been published then.
            return Standing.PUBLISH if _BARE_LABEL.search(label) else Standing.OTHER
    if bare:
        return Standing.BARE
    if trailing.startswith(("前", "起", "至", "止", "-", "—", "~")) and not label:
        return None
    # A sentence of a summary tells when something happened, not when it was published.
    if len(text) > 60 or ((len(text) > 30 or spelled) and _SENTENCE.search(text)):
        return None
    return Standing.SHORT
