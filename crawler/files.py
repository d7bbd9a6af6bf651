"""Reading the files that documents offer: each once, then a share of those read before."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from urllib.parse import urlsplit

from crawler.articles import BATCH, MOST_BLAMED, own_site
from crawler.ask import Answer, Asker, ended
from crawler.attaching.reader import FileReader, FileReading
from crawler.attaching.recognising import has_ocr
from crawler.attaching.trouble import A_PAGE, ARCHIVE, NO_OCR, OCR_LATER
from crawler.guard import host_of
from crawler.outcome import is_lasting
from crawler.recall import FULL_EVERY, Recall
from ledger.facts import FileText, Run, Visit
from ledger.known import Known
from ledger.site import AttachmentPolicy, CrawlPolicy
from ledger.store import Ledger
from ledger.words import Outcome, Role

_log = logging.getLogger(__name__)

_KEEP_WITHIN = 20.0
_BLOCKED_ENOUGH = 20
_TEXTS = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|rtf|txt|csv)$", re.I)
_ARCHIVES = re.compile(r"\.(zip|rar|7z|gz|tar)$", re.I)
_CUT_OFF = "附件只传回一部分，未检查"
_WITH_OCR = "+ocr"


@dataclass
class _Batch:
    """What is read but not kept yet."""

    files: list[FileText] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)

    @property
    def size(self) -> int:
        return max(len(self.visits), len(self.known))


class Files:
    """One run's reading of files, after its documents: these say which there are.

    Files of the portal's own hosts that documents offer, and those that lists lead to themselves.
    """

    def __init__(
        self,
        ledger: Ledger,
        run: Run,
        asker: Asker,
        policy: CrawlPolicy,
        attachments: AttachmentPolicy,
        recall: Recall,
        home: str,
        *,
        kept: Callable[[int, int], None] | None = None,
    ) -> None:
        self.ledger = ledger
        self.run = run
        self.asker = asker
        self.policy = policy
        self.attachments = attachments
        self.recall = recall
        self.site = own_site(home)
        self.kept = kept
        self.left = 0
        self._reader = FileReader(attachments.seconds, attachments.ocr_pages)
        self._recognises = attachments.ocr and has_ocr()
        self._spent = 0.0
        self._done = 0
        self._blocked = 0
        self._batch = _Batch()
        self._kept_at = monotonic()

    async def read(self) -> None:
        """Read what is new, then what is due; `left` counts what the budget left over."""
        if not self.attachments.read:
            return
        todo = self._todo()
        waiting = iter(todo)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(max(1, self.policy.concurrency), len(todo))):
                    group.create_task(self._work(waiting, len(todo)))
        finally:
            self._reader.close()
        self._keep(len(todo))
        self.left = len(todo) - self._done

    def _todo(self) -> list[tuple[str, Known | None]]:
        listed = (
            url for url in self.ledger.unread(self.run.id) if _TEXTS.search(_path(url)) is not None
        )
        fresh = dict.fromkeys((*self.ledger.unread_files(self.run.id), *listed))
        blamed = self.ledger.blamed(self.run.id, Role.FILE, MOST_BLAMED)
        due = self.ledger.due_pages(self.run.id, FULL_EVERY - 1, Role.FILE)
        todo: list[tuple[str, Known | None]] = [(url, None) for url in fresh if self._own(url)]
        return [*todo, *{known.url: (known.url, known) for known in (*blamed, *due)}.values()]

    def _own(self, url: str) -> bool:
        host = host_of(url)
        return host == self.site or host.endswith(f".{self.site}")

    async def _work(self, waiting: Iterator[tuple[str, Known | None]], total: int) -> None:
        for url, known in waiting:
            if self.asker.spent >= self.policy.max_pages or self._blocked >= _BLOCKED_ENOUGH:
                return
            if not await self._one(url, known):
                return
            self._done += 1
            if self._batch.size >= BATCH or monotonic() - self._kept_at >= _KEEP_WITHIN:
                self._keep(total)

    async def _one(self, url: str, known: Known | None) -> bool:
        """Ask for one file; False where the budget was gone before it was asked."""
        packed = _ARCHIVES.search(_path(url))
        if packed is not None:
            # There is nothing to read in it, and it may be large.
            self._batch.files.append(FileText(url, packed[1].lower(), "", ARCHIVE))
            self._batch.known.append(self.recall.missed(url, None, Outcome.EXCLUDED, Role.FILE))
            return True
        current = known is not None and known.reader == self._version
        answer = await self._ask(url, known if current else None)
        outcome = answer.visit.outcome
        if outcome is Outcome.BUDGET:
            return False
        file: FileText | None = None
        noted: Known | None = None
        if answer.unchanged and known is not None:
            noted = self.recall.again(known, answer)
        elif answer.ok:
            file, whole = await self._text(url, answer)
            noted = self.recall.note(url, Role.FILE, answer)
            if whole:
                noted = replace(noted, reader=self._version)
        elif is_lasting(outcome):
            file = FileText(url, "", "", self._why(outcome))
            noted = self.recall.missed(url, known, outcome, Role.FILE)
        self._blocked = self._blocked + 1 if outcome is Outcome.BLOCKED else 0
        self._batch.visits.append(answer.visit)
        if file is not None:
            self._batch.files.append(file)
        if noted is not None:
            self._batch.known.append(noted)
        return True

    async def _ask(self, url: str, known: Known | None) -> Answer:
        try:
            return await self.asker.ask(url, known=known, limit=self.attachments.max_bytes)
        except Exception as error:  # noqa: BLE001 - whatever a hostile answer provokes
            _log.exception("asking for %s failed", url)
            name = type(error).__name__
            return ended(url, Outcome.NOT_RENDERED, f"程序读取该附件时出错（{name}），未据此判断")

    @property
    def _version(self) -> str:
        """What reads files: one that was read by another is read anew when its turn comes."""
        reader = self.recall.reader
        return f"{reader[: -len(_WITH_OCR)]}{_WITH_OCR}" if self._recognises else reader

    async def _text(self, url: str, answer: Answer) -> tuple[FileText, bool]:
        """The words of a file, and whether no more of it can be read with what there is."""
        if answer.truncated:
            return FileText(url, "", "", _CUT_OFF), True
        if len(answer.body) > self.attachments.max_bytes:
            return FileText(url, "", "", self._why(Outcome.TOO_LARGE)), True
        read = await asyncio.to_thread(self._read, answer.body)
        if read.kind == "html":
            return FileText(url, read.kind, "", A_PAGE), True
        reason, whole = read.reason, True
        if read.pictured and self.attachments.ocr:
            reason = f"{reason}；{OCR_LATER if self._recognises else NO_OCR}"
            whole = not self._recognises
        return FileText(url, read.kind[:8], read.text, reason, read.recognised), whole

    def _read(self, data: bytes) -> FileReading:
        if not self._recognises or self._spent >= 60 * self.attachments.ocr_minutes:
            return self._reader.read(data)
        read = self._reader.read(data, recognise=True)
        self._spent += read.recognising
        return read

    def _why(self, outcome: Outcome) -> str:
        if outcome is Outcome.TOO_LARGE:
            megabytes = self.attachments.max_bytes / 1024**2
            return f"未检查：附件超过{megabytes:.3g}MB（[text] attachment_bytes）"
        return f"未检查：附件打不开（{outcome.label}）"

    def _keep(self, total: int) -> None:
        batch, self._batch = self._batch, _Batch()
        self._kept_at = monotonic()
        if batch.size:
            self.ledger.save_pages(self.run.id, [], batch.visits, batch.known, files=batch.files)
            if self.kept:
                self.kept(self._done, total)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
