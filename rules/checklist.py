"""How each row of the inspection table stands (检查情况): 发现, 未发现 or 未检查.

未发现 is said only where everything a row asks for was looked at. Whether a grave finding fails the
whole site is for a person to say; only a line of counted columns is found without one, and then
waits to be decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger.findings import ColumnVerdict, Finding, Judgement
from ledger.indicators import IndicatorStand, Machine
from ledger.words import Frequency, Severity, State, Verdict
from rules.freshness.deadline import owes
from rules.freshness.national import DATED, UNKNOWN, national_due
from rules.freshness.tally import leaves
from rules.indicators import Looks, Row, rows
from rules.standards import Clause, ColumnClass, Standards, standards
from rules.wording import HOME_SUBJECT, subject_of

FINDINGS, PLACES = 5, 3
"""The most findings named as evidence of a row, and the most places of one of them."""

_CONFIRMED = (State.CONFIRMED, State.RECURRED)
_SETTLED = (State.RESOLVED, State.DISMISSED)
_COUNTED = "经人工认定计入单项否决。"
_BLANK_LINE, _NEWS_LINE = "A4c", "A4a"


def stands(
    judgement: Judgement, findings: Sequence[Finding], day: date
) -> tuple[IndicatorStand, ...]:
    """Every row in its order, judged from what was seen and from what people said of it."""
    seen = _Seen(judgement, tuple(findings), day, standards())
    known = {code for row in rows() if row.veto for code in (*row.codes, *row.switched)}
    rest = [f for f in seen.findings if f.veto and _proven(f) and f.code not in known]
    found = [_stand(row, seen, rest if row.rest else []) for row in rows()]
    shown = zip(rows(), found, strict=True)
    return tuple(stand for row, stand in shown if stand.found or not row.rest)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a row is judged from."""

    judgement: Judgement
    findings: tuple[Finding, ...]
    day: date
    numbers: Standards

    def of(self, codes: Iterable[str]) -> list[Finding]:
        """The findings of these rules that have not been mended."""
        wanted = frozenset(codes)
        return [f for f in self.findings if f.code in wanted and f.state is not State.RESOLVED]

    def columns(self, row: Row) -> list[ColumnVerdict]:
        """The columns of a row's class that are counted, by their names."""
        kind = self.kind(row)
        return [
            v
            for v in leaves(self.judgement.verdicts)
            if self.numbers.class_of(v.path) is kind
            and (not row.names or any(name in v.path[-1] for name in row.names))
        ]

    def kind(self, row: Row) -> ColumnClass:
        """The class of columns a row speaks of."""
        return next(known for known in self.numbers.classes if known.id == row.kind)

    def clear(self, row: Row) -> bool:
        """Whether a rule of the row looked at the whole and found nothing."""
        return any(clear.code in row.codes for clear in self.judgement.clears)


@dataclass(frozen=True, slots=True)
class _Word:
    """What becomes of a row: found or not, why, and by which findings."""

    found: bool | None
    why: str = ""
    by: tuple[Finding, ...] = ()
    decided: bool = True


def _stand(row: Row, seen: _Seen, rest: Sequence[Finding]) -> IndicatorStand:
    word = _Word(True, _COUNTED, tuple(rest)) if rest else _word(row, seen)
    return IndicatorStand(
        id=row.id,
        part=row.part_name,
        group=row.group,
        name=row.name,
        text=row.text,
        basis=row.basis,
        verified=row.verified,
        veto=row.veto,
        found=word.found,
        why=word.why,
        evidence=_evidence(word.by),
        fingerprints=tuple(finding.fingerprint for finding in word.by),
        level=row.looks.level,
        points=row.points,
        decided=word.decided,
    )


def _word(row: Row, seen: _Seen) -> _Word:
    mine = _mine(row, seen)
    return _veto_word(row, seen, mine) if row.veto else _plain_word(row, seen, mine)


def _mine(row: Row, seen: _Seen) -> list[Finding]:
    """The findings that speak for a row: of its rules, and of its columns where it names some."""
    mine = seen.of(row.codes)
    if row.looks is not Looks.CLASS:
        return mine
    subjects = {subject_of(v.path) for v in seen.columns(row)}
    return [finding for finding in mine if finding.subject in subjects]


def _veto_word(row: Row, seen: _Seen, mine: Sequence[Finding]) -> _Word:
    grave = [f for f in mine if f.severity is Severity.SEVERE]
    counted = [f for f in (*mine, *seen.of(row.switched)) if f.veto and _proven(f)]
    if counted:
        return _Word(True, _COUNTED, tuple(counted))
    open_ones = [f for f in grave if f.veto is None and _proven(f)]
    if not open_ones:
        return _looked(row, seen, grave)
    if row.looks.level is Machine.AUTO:
        return _Word(True, "是否计入单项否决，待人工认定。", tuple(open_ones), decided=False)
    why = f"机器发现{len(open_ones)}个严重问题，是否属于本情形，待人工认定。"
    return _Word(None, why, tuple(open_ones), decided=False)


def _plain_word(row: Row, seen: _Seen, mine: Sequence[Finding]) -> _Word:
    proven = [f for f in mine if _proven(f) and f.severity is not Severity.INFO]
    return _Word(True, by=tuple(proven)) if proven else _looked(row, seen, mine)


def _proven(finding: Finding) -> bool:
    return finding.state in _CONFIRMED and finding.in_report


def _looked(row: Row, seen: _Seen, mine: Sequence[Finding]) -> _Word:
    """A row nobody speaks against: what was looked at, and what stands in the way of 未发现."""
    word = _LOOKS[row.looks](row, seen)
    told = [f for f in seen.of(row.told) if _proven(f)]
    held = _held(mine)
    if told:
        held += f"监测单位通报的{len(told)}个问题尚未解决，是否属于本情形，需人工核查。"
    if not held:
        return _by_person(row, word) if _settled(mine, seen) else word
    why = held + (word.why if word.found is None else "")
    return replace(word, found=None, why=why, by=(*word.by, *told))


def _held(mine: Sequence[Finding]) -> str:
    """Findings that neither prove a row nor leave it clean, in words."""
    hidden = sum(f.state in _CONFIRMED and not f.in_report for f in mine)
    kept = sum(f.state is State.ACCEPTED for f in mine)
    unsure = sum(f.state is State.SUSPECTED for f in mine)
    return "".join(
        f"有{count}个{words}，本行不作结论。"
        for count, words in (
            (hidden, "已确认的问题由复核人设为不纳入报告"),
            (kept, "问题暂予保留"),
            (unsure, "疑似问题待核"),
        )
        if count
    )


def _settled(mine: Sequence[Finding], seen: _Seen) -> bool:
    """Whether people decided that what was counted now is no fault, or does not fail the site."""
    return any(
        (f.state is State.DISMISSED or f.veto is False) and f.last_seen >= seen.judgement.as_of
        for f in mine
    )


def _by_person(row: Row, word: _Word) -> _Word:
    if row.looks not in (Looks.HOME, Looks.LINE):
        return word
    return _Word(False, "机器的统计结果经人工复核，不计入本情形。")


def _home(row: Row, seen: _Seen) -> _Word:
    claimed = any(c.code in row.codes for c in seen.judgement.claims)
    cleared = any(c.code in row.codes and c.subject == HOME_SUBJECT for c in seen.judgement.clears)
    if cleared and not claimed:
        return _Word(False)
    return _Word(None, "首页没有读到，或者读到的内容不足以判断。")


def _line(row: Row, seen: _Seen) -> _Word:
    """Clear where even all that is unknown could not reach the number of the clause."""
    if not seen.judgement.verdicts:
        return _Word(None, "栏目表中没有栏目。")
    clause = seen.numbers.clauses[row.clause]
    veto, _ = clause.line()
    if clause.id == _NEWS_LINE and not _news(seen):
        return _Word(None, "栏目表中没有按名称推断为这几类的栏目，需人工核查。")
    hits, unknown = _counts(clause, seen)
    claimed = [c.count for c in seen.judgement.claims if c.code in row.codes]
    hits = max(claimed) if claimed else hits
    if hits + unknown >= veto and not seen.clear(row):
        return _Word(
            None,
            f"有{unknown}个栏目未能检查或打不开，已查出{hits}个，不能排除达到数量线（{veto}个）。",
        )
    said = f"已查出{hits}个，没有达到数量线（{veto}个）。" if hits else ""
    if unknown:
        said += f"有{unknown}个栏目未能检查或打不开，全部计入也达不到数量线（{veto}个）。"
    return _Word(False, said)


def _counts(clause: Clause, seen: _Seen) -> tuple[int, int]:
    """How many columns the clause counts, and how many more it might: never too few of either."""
    columns = _publishing(seen)
    if clause.id == _BLANK_LINE:
        hits = [v for v in columns if v.verdict is Verdict.BLANK]
        unknown = [v for v in columns if v.verdict in UNKNOWN]
        return len(hits), len(unknown)
    news = _news(seen)
    if clause.id == _NEWS_LINE:
        return sum(_late(v, seen) for v in news), sum(_unknown(v) for v in news)
    others = [v for v in columns if v not in news or not _late(v, seen)]
    hits = [v for v in others if v.verdict is Verdict.OVERDUE or _late(v, seen)]
    unknown = [v for v in columns if v.verdict in UNKNOWN and owes(v.frequency, seen.numbers)]
    return len(hits), len(unknown)


def _publishing(seen: _Seen) -> list[ColumnVerdict]:
    """The columns that are counted: those that lead elsewhere publish nothing."""
    return [v for v in leaves(seen.judgement.verdicts) if v.frequency is not Frequency.JUMP]


def _news(seen: _Seen) -> list[ColumnVerdict]:
    """The columns whose names put them into the classes of the line of news and notices."""
    kinds = {kind.id for kind in seen.numbers.classes if kind.clause == _NEWS_LINE}
    held = [(v, seen.numbers.class_of(v.path)) for v in _publishing(seen)]
    return [v for v, kind in held if kind is not None and kind.id in kinds]


def _late(verdict: ColumnVerdict, seen: _Seen) -> bool:
    """Whether the national clock of the column's class has run out."""
    kind = seen.numbers.class_of(verdict.path)
    if kind is None or verdict.verdict not in DATED or verdict.last_updated is None:
        return False
    return seen.day > national_due(kind, verdict.last_updated)


def _unknown(verdict: ColumnVerdict) -> bool:
    undated = verdict.verdict in DATED and verdict.last_updated is None
    return undated or verdict.verdict in UNKNOWN


def _class(row: Row, seen: _Seen) -> _Word:
    columns = seen.columns(row)
    label = row.names[0] if row.names else seen.kind(row).label
    if not columns:
        return _Word(None, f"栏目表中没有按名称推断为“{label}”的栏目，需人工核查。")
    unknown = sum(_unknown(v) or v.verdict is Verdict.BLANK for v in columns)
    late = sum(_late(v, seen) for v in columns)
    told = f"按栏目名称推断为“{label}”的{len(columns)}个栏目"
    if unknown or late:
        return _Word(None, f"{told}中，有{unknown + late}个没有得出结论。")
    return _Word(False, f"{told}均在时限之内。")


def _columns(row: Row, seen: _Seen) -> _Word:
    columns = _publishing(seen)
    if not columns:
        return _Word(None, "栏目表中没有栏目。")
    unknown = sum(v.verdict in UNKNOWN for v in columns)
    if unknown:
        return _Word(None, f"{len(columns)}个栏目中有{unknown}个未能检查或打不开，其余没有发现。")
    return _Word(False)


def _texts(row: Row, seen: _Seen) -> _Word:
    tally = seen.judgement.texts
    ran = {card.code: card.name for card in seen.judgement.cards}
    names = [ran[code] for code in row.codes if code in ran]
    if tally is None or not names:
        what = "本次没有检查文字" if tally is None else "本次没有运行检查这类文字的规则"
        return _Word(None, f"{what}，需人工核查。")
    unread = sum(missed.count for missed in tally.unchecked)
    rest = f"，另有{unread}个附件没有读到或没有读全" if unread else ""
    return _Word(
        None,
        f"机器检查了{tally.pages}个页面和{tally.attachments}个附件的文字（{'、'.join(names)}），"
        f"没有已确认的相关问题{rest}；是否存在本情形，需人工核查。",
    )


def _clues(row: Row, seen: _Seen) -> _Word:
    listed = [f for f in seen.of(row.switched) if f.state not in _SETTLED and f.in_report]
    what = f"机器列出{len(listed)}条线索" if listed else "机器没有列出线索"
    return _Word(None, f"{what}；是否存在本情形，需人工核查。", tuple(listed))


def _part(row: Row, seen: _Seen) -> _Word:
    return _Word(None, f"{row.said}；机器检查的部分没有发现。")


def _none(row: Row, seen: _Seen) -> _Word:
    return _Word(None, f"{row.said}。")


_LOOKS = {
    Looks.HOME: _home,
    Looks.LINE: _line,
    Looks.CLASS: _class,
    Looks.COLUMNS: _columns,
    Looks.TEXTS: _texts,
    Looks.CLUES: _clues,
    Looks.PART: _part,
    Looks.NONE: _none,
}


def _evidence(by: Sequence[Finding]) -> tuple[str, ...]:
    """What was found in sentences with addresses; of many findings the first."""
    said = [words for finding in by[:FINDINGS] for words in _told(finding)]
    if len(by) > FINDINGS:
        said.append(f"以上为其中{FINDINGS}个，共{len(by)}个。")
    return tuple(said)


def _told(finding: Finding) -> list[str]:
    places = [place for place in finding.places if place.url or place.excerpt]
    if len(places) == 1 or finding.count == 1:
        return [_at(finding.message, places[0].url if places else "")]
    return [finding.message, *(_at(place.excerpt, place.url) for place in places[:PLACES])]


def _at(words: str, url: str) -> str:
    return f"{words.rstrip('。')}。{f'（{url}）' if url else ''}"
