"""Taking a document in: what an answer to the address of an item holds, or how it ended."""

from __future__ import annotations

import logging
from datetime import date

from crawler.ask import Answer
from crawler.outcome import says_gone
from crawler.reading.address import canonical
from crawler.reading.article import ArticleReading, read_article
from crawler.reading.document import Document
from crawler.reading.lines import read_lines
from crawler.reading.passages import page_parts
from ledger.facts import Front, Page
from ledger.words import Outcome

_log = logging.getLogger(__name__)

_SHORT = 200


def page_of(url: str, article: ArticleReading) -> Page:
    """An article as a fact, under the address it was asked for."""
    return Page(
        url,
        article.title,
        article.published,
        article.others,
        article.source,
        article.text,
        article.attachments,
        article.tags,
        article.parts,
    )


def front_of(doc: Document, title: str) -> Front:
    """What there is to read of a page that leads to documents."""
    return Front(doc.url, title, page_parts(doc, read_lines(doc), title, None))


def take(
    url: str, answer: Answer, as_of: date, home: str
) -> tuple[ArticleReading | None, Outcome, str]:
    """The article, or None and how it stands with the page. `home` is canonical.

    A page our readers stumble over costs that page only.
    """
    try:
        return _taken(url, answer, as_of, home)
    except Exception as error:  # noqa: BLE001 - whatever a hostile page provokes
        _log.exception("reading %s failed", url)
        name = type(error).__name__
        return None, Outcome.NOT_RENDERED, f"程序读取该页面时出错（{name}），未据此判断"


def _taken(
    url: str, answer: Answer, as_of: date, home: str
) -> tuple[ArticleReading | None, Outcome, str]:
    if not answer.ok:
        return None, answer.visit.outcome, answer.visit.detail
    if answer.visit.chain and canonical(answer.url) == home != canonical(url):
        return None, Outcome.SOFT_GONE, "地址被重定向到网站首页，原页面已不存在"
    if not answer.is_page:
        return None, Outcome.EXCLUDED, "地址指向文件，不作为网页读取"
    if answer.truncated:
        return None, Outcome.REFUSED, "页面只传回一部分，未据此判断"
    article = read_article(answer.document, as_of)
    gone = says_gone(article.title, article.text) if len(article.text) <= _SHORT else ""
    if gone:
        return None, Outcome.SOFT_GONE, f"页面内容为“{gone}”"
    return article, Outcome.OK, ""
