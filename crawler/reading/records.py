"""A column's list read from the answer of a data interface: by structure first, then by names."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from crawler.reading.address import day_in_address
from crawler.reading.listing_links import is_article_address, is_column_address, is_cut
from crawler.reading.record_days import (
    Meaning,
    Told,
    is_for_show,
    is_timely,
    meaning,
    split_day,
    told,
    words,
)
from crawler.reading.record_fields import (
    address_of,
    address_rank,
    flatten,
    is_pin,
    is_set,
    title_of,
    title_rank,
)
from crawler.reading.record_lists import RecordList, lists_in, opened, values_in
from ledger.facts import DayReading, Item

_SAMPLE = 60
_MOST_OTHERS = 4
_FAR = date(2100, 1, 1)
"""A day no record is later than: where only the place of a list matters, not its days."""

_LIKELY = re.compile(
    r"^(?:list|rows?|records?|data|results?|items?|articles?|content|contents|docs?|hits|infos?|news|\w*list)$"
)
_ASIDE = re.compile(
    r"(?:^|_)(?:hot|top|side|nav|link|tag|rank|menu|file|area|word|dict)s?(?:_|list|news|data|$)"
    r"|recommend|banner|slide|carousel|channel|column|categor|friend|relat|user|attach|crumb|option"
    r"|weather|config|router?|series|axis|legend|holiday|region"
)
_TREE = re.compile(
    r"^(?:children|sub_?menus?|sub_?list|pid|parent_?id|menu_?(?:id|name|type)|routes?)$"
)
_PIN_WORD = re.compile(r"^[\[【(（<]?\s*置\s*顶\s*[\]】)）>:：]?\s*")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_SLOT = re.compile(r"\{(\w{0,40})\}")
_ID_KEYS = ("id", "guid", "uuid", "docid", "infoid", "articleid", "contentid", "newsid", "key")
_TOTAL = re.compile(
    r"^(?:(?:total|all|sum)(?:_?(?:count|num|number|size|records?|rows?|elements?|hits|items?|results?))?"
    r"|records_?(?:total|filtered)|num_?found)$"
)
_COUNT = re.compile(r"^(?:(?:record|row|data|item|result|info|doc)s?_?(?:count|num|number)|count)$")
_PAGERS = re.compile(r"^(?:page|pager|paging|pagination|page_?info|pages|meta|hits|page_?\w*)$")
_ROW_MARK = re.compile(r"<a\s[^<>]{0,500}?href|<li\b", re.I)


@dataclass(frozen=True, slots=True)
class _Found:
    """A list taken for one of items, and how well it is one."""

    source: RecordList
    items: tuple[Item, ...]
    points: float


@dataclass(frozen=True, slots=True)
class _Fields:
    """The names under which the records of one list keep what an item is made of."""

    titles: tuple[tuple[str, int], ...]
    addresses: tuple[tuple[str, int], ...]
    days: tuple[str, ...]
    pins: tuple[str, ...]


def read_records(data: object, base: str, today: date, template: str = "") -> tuple[Item, ...]:
    """The items of the list in `data` that is a column's own; none where there is no such list.

    Addresses are resolved against `base`. Records without one get the address that `template`
    makes of their fields (`/show?id={id}`, or `{}` for their number), else a name on `base`.
    """
    found = _best(data, base, today, template)
    return found.items if found is not None else ()


def total_of(data: object) -> int | None:
    """How many records the interface says it has, or None where it does not say."""
    found = _best(data, "", _FAR, "")
    if found is not None:
        least = len(found.items)
        places = list(reversed(found.source.above))
    else:
        least = 0
        places = [v for path, _, v in values_in(data) if isinstance(v, Mapping) and "*" not in path]
    for pattern in (_TOTAL, _COUNT):
        for place in places:
            total = _total_at(place, pattern)
            if total is not None and total >= least:
                return total
    return None


def html_in(data: object) -> str:
    """The longest string in `data` that is the markup of several rows, or ''."""
    best = ""
    for _, _, value in values_in(data):
        if isinstance(value, list):
            rows = [part for part in value if isinstance(part, str) and "<" in part]
            value = "".join(rows) if len(rows) >= 2 else ""
        if not isinstance(value, str) or len(value) <= len(best):
            continue
        text = html.unescape(value) if "&lt;" in value and "<" not in value else value
        if len(text) > len(best) and "href" in text and len(_ROW_MARK.findall(text)) >= 2:
            best = text
    return best


def _best(data: object, base: str, today: date, template: str) -> _Found | None:
    best: _Found | None = None
    for source in lists_in(data):
        found = _read(source, base, today, template)
        if found is not None and (best is None or found.points > best.points):
            best = found
    return best


def _read(source: RecordList, base: str, today: date, template: str) -> _Found | None:
    records = [flatten(record) for record in source.records]
    rows = isinstance(source.records[0], list)
    fields = _fields(records[:_SAMPLE], base, today, rows=rows)
    if not fields.titles:
        return None
    items: list[Item] = []
    for record in records:
        item = _item(record, fields, base, today, template, rows=rows)
        if item is not None:
            items.append(item)
    if items and all(item.pinned for item in items):  # a mark on all marks none
        items = [replace(item, pinned=False) for item in items]
    kept = tuple(
        replace(item, position=position) for position, item in enumerate(dict.fromkeys(items))
    )
    points = _points(source, records, kept, fields, base)
    return _Found(source, kept, points) if points > 0 else None


def _fields(sample: list[dict[str, object]], base: str, today: date, *, rows: bool) -> _Fields:
    columns: dict[str, list[object]] = {}
    for record in sample:
        for name, value in record.items():
            columns.setdefault(name, []).append(value)
    titles: list[tuple[float, str, int]] = []
    addresses: list[tuple[int, str]] = []
    days: list[tuple[int, int, int, str]] = []
    for number, (name, values) in enumerate(columns.items()):
        rank = 3 if rows else title_rank(name)
        if rank is not None:
            weight = _title_weight(values, rank, len(sample))
            if weight > 0:
                titles.append((rank - min(weight, 1.0) / 2, name, rank))
                if rank <= 1:
                    continue
        place = 2 if rows else address_rank(name)
        if place is not None and _leads(values, place, base):
            addresses.append((place, name))
            continue
        meant = Meaning.NEUTRAL if rows else meaning(name)
        if meant is not Meaning.NEVER and _tells(values, meant, name, today, rows, len(sample)):
            same = len(values) >= 3 and len({str(value) for value in values}) == 1
            late = meant is not Meaning.PUBLISHED and same and not rows
            days.append((int(meant) + 10 * late, int(not is_for_show(name)), number, name))
    return _Fields(
        tuple((name, rank) for _, name, rank in sorted(titles, key=lambda entry: entry[0])),
        tuple((name, place) for place, name in sorted(addresses, key=lambda entry: entry[0])),
        tuple(entry[3] for entry in sorted(days)),
        tuple(name for name in columns if not rows and is_pin(name)),
    )


def _title_weight(values: list[object], rank: int, size: int) -> float:
    """How much a field's values look like titles, 0 for not at all."""
    texts = [text for text in (title_of(value, rank) for value in values) if text]
    if not texts:
        return 0.0
    if rank == 0:
        return 1.0
    variety = len(set(texts)) / len(texts)
    if len(texts) * 2 < size or (len(texts) >= 3 and variety < 0.5):
        return 0.0
    mean = sum(len(text) for text in texts) / len(texts)
    if rank == 3 and not 6 <= mean <= 120:
        return 0.0
    return variety * min(mean, 30.0) / 30.0 * (0.5 if mean > 80 else 1.0)


def _leads(values: list[object], rank: int, base: str) -> bool:
    """True where a field's values lead somewhere, and not all to the same place."""
    found = [url for value in values if (url := address_of(value, rank, base))]
    if not found:
        return False
    varied = len(set(found)) * 2 > len(found) if rank == 2 else len(set(found)) > 1
    return varied or len(found) == 1 or len(values) < 3


def _tells(
    values: list[object], meant: Meaning, name: str, today: date, rows: bool, size: int
) -> bool:
    found = [tale for value in values if (tale := _tale(value, name, today, rows))]
    if meant is not Meaning.UNNAMED:
        return bool(found)
    # A nameless day is one of publication only if every record has it and none lies ahead.
    days = [tale.reading.day for tale in found if tale.reading is not None]
    return len(days) * 2 > size and max(days) <= today


def _tale(value: object, name: str, today: date, rows: bool) -> Told | None:
    named = isinstance(value, str) if rows else is_timely(name)
    return told(value, today, named=named)


def _item(
    record: dict[str, object],
    fields: _Fields,
    base: str,
    today: date,
    template: str,
    *,
    rows: bool,
) -> Item | None:
    title = _title(record, fields)
    if not title:
        return None
    plain = _PIN_WORD.sub("", title) or title
    url = _address(record, fields, base) or _filled(template, record, base)
    readings, fault = _readings(record, fields, today, rows)
    if url is None and not (fields.days or readings or fault):
        return None
    named = day_in_address(url) if url else None
    if named is not None and all(named.day != known.day for known in readings):
        readings.append(named)
    best = readings[0] if readings else None
    others = readings[1 : 1 + _MOST_OTHERS]
    if named is not None and named in readings[1 + _MOST_OTHERS :]:
        others[-1] = named  # what the address says of the day is never the one to be left out
    return Item(
        url=url or f"{base.partition('#')[0]}#{quote(plain[:80])}",
        title=plain,
        day=best.day if best else None,
        how=best.how if best else None,
        text=best.text if best else "",
        time=best.time if best else None,
        fault="" if best is not None and best is not named else fault,
        pinned=plain != title or any(is_set(record.get(name)) for name in fields.pins),
        others=tuple(others),
    )


def _title(record: dict[str, object], fields: _Fields) -> str:
    best = ""
    for name, rank in fields.titles:
        text = title_of(record.get(name), rank)
        longer = is_cut(best) and rank <= 2 and text.startswith(best.rstrip("….·"))
        if text and (not best or longer):
            best = text
    return best


def _address(record: dict[str, object], fields: _Fields, base: str) -> str | None:
    for name, rank in fields.addresses:
        url = address_of(record.get(name), rank, base)
        if url is not None:
            return url
    for name, _ in fields.titles[:1]:  # a title may bring its own link
        value = record.get(name)
        if isinstance(value, str) and "<a" in value.lower():
            return address_of(value, 0, base)
    return None


def _filled(template: str, record: dict[str, object], base: str) -> str | None:
    def fill(slot: re.Match[str]) -> str:
        names = [words(slot[1]).replace("_", "")] if slot[1] else _ID_KEYS
        value = next((flat[name] for name in names if flat.get(name) is not None), "")
        return quote(str(value)[:80], safe="") if isinstance(value, str | int) else ""

    if not _SLOT.search(template):
        return None
    flat = {name.replace("_", ""): value for name, value in record.items()}
    return address_of(_SLOT.sub(fill, template), 0, base)


def _readings(
    record: dict[str, object], fields: _Fields, today: date, rows: bool
) -> tuple[list[DayReading], str]:
    readings: list[DayReading] = []
    fault = ""
    for name in fields.days:
        tale = _tale(record.get(name), name, today, rows)
        if tale is None:
            continue
        if tale.reading is None:
            # What a lesser field fails to tell is no fault of the one that is shown.
            fault = fault or ("" if readings else tale.fault)
        elif all(known.day != tale.reading.day for known in readings):
            readings.append(tale.reading)
    if not readings and not fault and not rows:
        parts = split_day({name.replace("_", ""): value for name, value in record.items()})
        if parts is not None:
            return ([parts.reading], "") if parts.reading else ([], parts.fault)
    return readings, fault


def _points(
    source: RecordList,
    records: list[dict[str, object]],
    items: tuple[Item, ...],
    fields: _Fields,
    base: str,
) -> float:
    """How much a list is a column's own; 0 or less where it is a menu, figures, settings …"""
    if not items:
        return 0.0
    size = len(items)
    here = base.partition("#")[0] + "#"
    dated = sum(item.day is not None or bool(item.fault) for item in items) / size
    led = [item.url for item in items if not item.url.startswith(here)]
    length = sum(min(len(item.title), 60) for item in items) / size
    han = sum(len(_IDEOGRAPH.findall(item.title)) for item in items) / size
    rank = fields.titles[0][1]
    menu = _is_menu(records, led)
    if dated == 0 and (menu or not led or length < 8):
        return 0.0
    told_by = fields.days[0] if fields.days and isinstance(source.records[0], Mapping) else "date"
    if menu and meaning(told_by) > Meaning.NEUTRAL:
        return 0.0  # columns, too, were once created
    published = dated >= 0.9 and rank <= 2 and meaning(told_by) is Meaning.PUBLISHED
    named = rank <= 1 or published or (han >= 8 and _numbered(records))
    if not led and not (han >= 4 and named):
        return 0.0  # a forecast, a calendar, a series of figures
    points = 4 * dated + 2 * len(led) / size + min(size, 15) / 7.5 + (1.5, 1.0, 0.5, 0.0)[rank]
    points += 1.5 if length >= 10 else 0.5 if length >= 6 else 0.0
    name = words(source.name)
    points += 0.5 if _LIKELY.search(name) else 0.0
    points -= 3.0 if any(_ASIDE.search(words(key)) for key in source.path if key != "*") else 0.0
    points -= 2.0 if source.inner else 0.0
    points += 1.0 if source.above and _total_at(source.above[-1], _TOTAL) is not None else 0.0
    return max(points, 0.01)


def _is_menu(records: list[dict[str, object]], led: list[str]) -> bool:
    """True where records form a tree, or most of their addresses are those of columns."""
    if any(_TREE.search(name) for record in records[:_SAMPLE] for name in record):
        return True
    columns = sum(is_column_address(url) and not is_article_address(url) for url in led)
    return bool(led) and columns * 2 >= len(led)


def _numbered(records: list[dict[str, object]]) -> bool:
    """True where records have numbers by which a script would open them."""
    return any(name in _ID_KEYS or name.endswith("id") for name in records[0])


def _total_at(place: Mapping[object, object], pattern: re.Pattern[str]) -> int | None:
    """The number an object or its pager gives under a name for all records."""
    for key, value in list(place.items())[:200]:
        if pattern.search(words(str(key))):
            inner = next(iter(value.values()), None) if isinstance(value, Mapping) else value
            number = _whole(inner)
            if number is not None:
                return number
    for key, value in list(place.items())[:200]:
        inner = opened(value)
        if isinstance(inner, Mapping) and _PAGERS.search(words(str(key))):
            for name, number_like in list(inner.items())[:200]:
                number = _whole(number_like) if pattern.search(words(str(name))) else None
                if number is not None:
                    return number
    return None


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return int(value)
    return value if isinstance(value, int) and 0 <= value < 10**9 else None
