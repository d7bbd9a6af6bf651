"""The faults of wording planted on the portal."""

from __future__ import annotations

import io
from datetime import date

import docx
from pypdf import PdfReader

from demo.faults import EVERY_ITEM, Place, faults
from demo.portal import Portal
from demo.truth import planted, truth

AS_OF = date(2026, 3, 20)


def words(portal: Portal, target: str) -> str:
    reply = portal.answer(target)
    assert reply.status == 200
    assert isinstance(reply.body, bytes)
    kind = dict(reply.headers)["Content-Type"]
    if "pdf" in kind:
        pages = PdfReader(io.BytesIO(reply.body)).pages
        return "".join("".join(page.extract_text().split()) for page in pages)
    if "wordprocessing" in kind:
        return "".join(p.text for p in docx.Document(io.BytesIO(reply.body)).paragraphs)
    return reply.body.decode()


def words_or_none(portal: Portal, path: str) -> str:
    reply = portal.answer(path)
    html = isinstance(reply.body, bytes) and "html" in dict(reply.headers).get("Content-Type", "")
    return reply.body.decode("utf-8", "replace") if html and isinstance(reply.body, bytes) else ""


def test_every_fault_stands_on_its_pages_until_it_is_mended(portal: Portal) -> None:
    mended = Portal(AS_OF, night=1, mended=True)
    assert {one.fault.place for one in planted(portal)} == set(Place)
    for one in planted(portal):
        fault = one.fault
        assert one.pages
        for page in (one.pages[0], one.pages[-1]):
            target = page
            if fault.file:
                assert fault.file in words(portal, page)
                files = (path for path in portal.paths if path.startswith("/attach/"))
                [target] = [path for path in files if path in words(portal, page)]
            assert fault.wrong in words(portal, target)
            assert fault.wrong not in words(mended, target)
            assert not fault.right or fault.right in words(mended, target)
    assert planted(mended) == []


def test_a_fault_stands_nowhere_else(portal: Portal) -> None:
    told = [
        one for one in planted(portal) if one.fault.place not in (Place.TITLE, Place.ATTACHMENT)
    ]
    holding: dict[str, set[str]] = {one.fault.wrong: set() for one in told}
    for path in portal.paths:
        text = words_or_none(portal, path)
        for wrong, pages in holding.items():
            if wrong in text:
                pages.add(path)
    for one in told:
        assert holding[one.fault.wrong] == set(one.pages)


def test_one_sentence_stands_on_every_page_of_its_column(portal: Portal) -> None:
    [common] = [one for one in planted(portal) if one.fault.item == EVERY_ITEM]
    assert len(common.pages) == len(portal.boards[common.fault.path].entries)


def test_mending_moves_no_verdict_no_day_and_no_address(portal: Portal) -> None:
    mended = Portal(AS_OF, mended=True)
    assert truth(mended) == truth(portal)
    assert mended.paths == portal.paths
    assert len({(fault.code, fault.shown) for fault in faults()}) == len(faults())
