"""Publication days in the head of a page: meta tags, JSON-LD, data left by scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from crawler.reading.days import DayMatch, find_day, find_days, unix_day
from crawler.reading.document import Document, squeeze
from crawler.reading.numerals import fold
from ledger.facts import DayReading
from ledger.words import How

# Names as written, misspellings and separators included; lower case, read after cutting - _ : .
_ORIGINAL = frozenset(
    (
        "firstpublishedtime",
        "articlepublishedtime",
        "articlepublished",
        "bytedancepublishedtime",
        "ogreleasedate",
        "ogpublishedtime",
        "ogpubdate",
        "ogarticlepublishedtime",
        "datepublished",
        "dcdate",
        "dcdateissued",
        "dctermsdate",
        "dctermsissued",
        "dctermsavailable",
        "apubtime",
        "weiboarticlecreateat",
        "parselypubdate",
        "sailthrudate",
        "cxenseparserecspublishtime",
        "date",
        "displaydate",
        "fbsj",
        "fbrq",
    )
)
_PUBLISHED = re.compile(
    r"(?:article|news|content|doc|first|original|page)?"
    r"(?:p[uo]b(?:l[ia]sh|lic|lication|lishe)?(?:ed)?|release[d]?|issue[d]?|post(?:ed)?)"
    r"(?:on|at)?(?:da[td]e|dtae|data|dat|time|day|datetime)"
)
_CREATED = re.compile(
    r"(?:article)?(?:creat(?:e|ed|ion)|dcdatecreated|dctermscreated)(?:at|on)?(?:date|time)?|"
    r"dc(?:terms)?(?:date)?created"
)
_MADE = re.compile(
    r"生成(?:时间|日期|于)|(?:生成|制作|静态化)[^0-9]{0,6}$|generat|created\s+(?:by|at|on)", re.I
)
_COMMENT = re.compile(r"<!--([^>]{10,120}?)-->")
_LD = re.compile(r'"(?:datePublished|pubDate)"\s{0,3}:\s{0,3}"([^"\\]{8,40})"')
_DATA = re.compile(
    r"""(?:\b|_)(?:pub_?(?:lish(?:ed)?)?_?(?:time|date)(?:_?(?:str|text|stamp))?|ptime|post_?time|
        display_?(?:publish_?)?time|release_?(?:time|date)|show_?time|fbsj|fbrq|oriCreateTime|ct)
        ["']?\s{0,3}[:=]\s{0,3}(?:new\sDate\()?["']?(\d[\d:T\s/.年月日+-]{7,32}|\d{10,13})(?=["',;)}\s])""",
    re.I | re.X,
)
# Where such a value may begin: a sign of equality, then at least eight characters of a date.
_WORTH = re.compile(r"""[:=]\s{0,3}(?:new\sDate\()?["']?(?=\d[\d:T\s/.年月日+-]{7}|\d{10})""")
_PLACES = "#publish_time, #publishTime, #publish-time, #pubtime, #pubTime, #pubDate, #fbsj, #fbrq"
_MOST = 500
_FEW = 2
_NAME = 48
_VALUE = 40
_SCRIPT_CAP = 1_000_000


@dataclass(frozen=True, slots=True)
class Tag:
    """One reading from the head. `name` is the tag's as written; `sure` is False for weak ones."""

    reading: DayReading
    name: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Tags:
    """All readings of a page's head.

    `tags` are in the order of belief. `made` is when the page says it was generated; `distrusted`
    holds the PubDate that only repeats this.
    """

    tags: tuple[Tag, ...]
    distrusted: tuple[Tag, ...]
    data: tuple[Tag, ...]
    made: DayMatch | None


def read_tags(doc: Document, today: date) -> Tags:
    """Publication days from metas, JSON-LD and script data."""
    metas = _metas(doc)
    made = _made(doc, metas, today)
    sure: list[Tag] = []
    weak: list[Tag] = []
    distrusted: list[Tag] = []
    for name, content in metas:
        original, published, created = _meaning(name)
        if not published and not created:
            continue
        match = find_day(content, today) or unix_day(content)
        if match is None or match.day is None or match.partial:
            continue
        tag = Tag(DayReading(match.day, How.META, match.text, match.time), name, published)
        if made is not None and not original and _same_moment(match, made):
            distrusted.append(tag)
        else:
            (sure if published else weak).append(tag)
    scripts = _scripts(doc)
    sure.sort(key=lambda tag: not tag.name.lower().startswith(("firstpub", "article:pub")))
    sure.extend(_linked_data(scripts, today))
    data = tuple(_script_data(scripts, today, awaited=bool(scripts) and _awaits_day(doc)))
    return Tags((*sure, *weak), tuple(distrusted), data, made)


@lru_cache(maxsize=1024)
def _meaning(name: str) -> tuple[bool, bool, bool]:
    """Whether a tag's name speaks of first publication, of publication, of creation."""
    plain = re.sub(r"[\s\-_:.]+", "", name.lower())
    original = plain in _ORIGINAL
    published = original or _PUBLISHED.fullmatch(plain) is not None
    return original, published, _CREATED.fullmatch(plain) is not None


def _metas(doc: Document) -> list[tuple[str, str]]:
    """Every meta with its name as written; duplicates are kept, they may disagree."""
    return [
        (meta.name[:60], meta.content)
        for meta in doc.metas
        if meta.content and len(meta.content) <= 80
    ]


def _made(doc: Document, metas: list[tuple[str, str]], today: date) -> DayMatch | None:
    """When the page was generated, from `others` or whichever meta or comment says so."""
    texts = [
        content
        for name, content in metas
        if name.lower() == "others" or _MADE.search(fold(content))
    ]
    for comment in _COMMENT.finditer(doc.html, 0, _SCRIPT_CAP):
        if _MADE.search(comment.group(1)):
            texts.append(comment.group(1))
    for text in texts:
        for match in find_days(text, today):
            if match.day is not None and not match.partial:
                return match
    return None


def _same_moment(match: DayMatch, made: DayMatch) -> bool:
    if match.day != made.day or match.time is None or made.time is None:
        return False
    first, second = (int(m.time[:2]) * 60 + int(m.time[3:]) for m in (match, made) if m.time)
    return abs(first - second) <= 1


def _scripts(doc: Document) -> list[tuple[str, str]]:
    left = _SCRIPT_CAP
    found: list[tuple[str, str]] = []
    if _WORTH.search(doc.html) is None:
        return found
    for node in doc.tree.css("script"):
        text = node.text(deep=True)[:left]
        left -= len(text)
        if text:
            found.append(((node.attributes.get("type") or "").lower(), text))
    return found


def _linked_data(scripts: list[tuple[str, str]], today: date) -> list[Tag]:
    found: list[Tag] = []
    for kind, text in scripts:
        if "ld+json" not in kind:
            continue
        for match in _LD.finditer(text):
            day = find_day(match.group(1), today)
            if day is not None and day.day is not None and not day.partial:
                reading = DayReading(day.day, How.META, day.text, day.time)
                found.append(Tag(reading, "JSON-LD"))
                break
    return found


def _awaits_day(doc: Document) -> bool:
    """Whether the page keeps an empty place for a script to write its day of publication into."""
    places = doc.tree.css(_PLACES)
    return any(not place.text(deep=True, strip=True) for place in places[:3])


def _script_data(scripts: list[tuple[str, str]], today: date, *, awaited: bool) -> list[Tag]:
    """Days in the data an article's own script left behind; silent where there are many.

    `awaited` says that the page has a place for such a day.
    """
    found: list[Tag] = []
    plain = [text for kind, text in scripts if "ld+json" not in kind]
    for text in plain:
        for spot in islice(_WORTH.finditer(text), _MOST):
            # The name of a value stands right before it.
            near = _DATA.finditer(text, max(0, spot.start() - _NAME), spot.end() + _VALUE)
            match = next((one for one in near if one.start(1) >= spot.end()), None)
            if match is None or match.start(1) > spot.end() + 1:
                continue
            value = match.group(1).strip()
            day = unix_day(value) if value.isdigit() else find_day(value, today)
            if day is not None and day.day is not None and not day.partial:
                reading = DayReading(day.day, How.API, squeeze(match.group())[:80], day.time)
                found.append(Tag(reading, "脚本数据", sure=awaited))
                if len({tag.reading.day for tag in found}) > _FEW:
                    return []  # a script full of days is a list of other articles
    return found[:1]
