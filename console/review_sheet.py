"""The headings of the review sheet (复核表): what we write in it, and what people fill in."""

from __future__ import annotations

from ledger.words import ReviewWord

SHEET = "复核表"

MARK, SITE, DAY, TIMES = "编号", "站点标识", "基准日", "已有意见次数"
WORD, WHY, UNTIL, UNIT = "复核意见", "理由", "暂予保留至", "改派单位"
IN_REPORT, VETO, BY = "纳入报告", "计入单项否决", "复核人"

NEEDED = (MARK, SITE, DAY, TIMES, WORD, WHY, UNTIL, UNIT, IN_REPORT, VETO, BY)
"""Without any of these a sheet cannot be read back."""

ANSWERS = (WORD, WHY, UNTIL, UNIT, IN_REPORT, VETO)
"""A row with nothing in any of these says nothing."""

WORDS = {
    word.label: word
    for word in (
        ReviewWord.CONFIRMED,
        ReviewWord.DISMISSED,
        ReviewWord.ACCEPTED,
        ReviewWord.REOPENED,
    )
}
YES, NO = "是", "否"
