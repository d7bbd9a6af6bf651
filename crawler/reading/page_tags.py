"""The page tags (网页标签) of a government page, under the names the guide gives them.

The names are those of 《政府网站发展指引》(国办发〔2017〕47号). Real pages write them in any
case and with slips of the pen; whether a tag is there at all must not hang on that.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from crawler.reading.document import Document

_NAMES = (
    "SiteName SiteDomain SiteIDCode ColumnName ColumnDescription ColumnKeywords ColumnType "
    "ArticleTitle PubDate ContentSource Keywords Author Description Image Url"
)
_BY_KEY = {name.lower(): name for name in _NAMES.split()}
_ALSO = {
    "sitecode": "SiteIDCode",
    "siteidentifycode": "SiteIDCode",
    "columndesc": "ColumnDescription",
    "columndescribe": "ColumnDescription",
    "columnkeyword": "ColumnKeywords",
    "columnkey": "ColumnKeywords",
    "colname": "ColumnName",
    "coltype": "ColumnType",
    "pubdata": "PubDate",
    "pubtime": "PubDate",
    "publishdate": "PubDate",
    "publishtime": "PubDate",
    "publicationdate": "PubDate",
    "contentresource": "ContentSource",
    "keyword": "Keywords",
    "discription": "Description",
    "images": "Image",
}
_LONG = 8
_ALIKE = 0.87
_LONGEST = 500


def page_tags(doc: Document) -> tuple[tuple[str, str], ...]:
    """Name and value of every tag of the guide that the page has, each once, in page order.

    Of a tag given twice the first that is not empty counts; a tag without a value is kept, empty.
    """
    found: dict[str, str] = {}
    borrowed: dict[str, str] = {}
    for meta in doc.metas:
        name, exact = _official(meta.name)
        if name:
            kept = found if exact else borrowed
            kept[name] = kept.get(name) or meta.content[:_LONGEST]
    for name, value in borrowed.items():
        if not found.get(name):
            found[name] = value
    return tuple(found.items())


@lru_cache(maxsize=2048)
def _official(written: str) -> tuple[str, bool]:
    """The guide's name for a tag ('' for a tag of others), and whether it is written like that."""
    if ":" in written or "." in written:
        return "", False
    key = re.sub(r"[\W_]+", "", written).lower()
    if key in _BY_KEY:
        return _BY_KEY[key], True
    if key in _ALSO:
        return _ALSO[key], False
    long = [name for name in _BY_KEY if len(name) >= _LONG]
    alike = get_close_matches(key, long, 1, _ALIKE) if len(key) >= _LONG - 1 else []
    return (_BY_KEY[alike[0]], False) if alike else ("", False)
