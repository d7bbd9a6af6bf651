"""The tables of site.toml and what may stand in each."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

_Text = Annotated[str, Field(max_length=500)]
_Texts = list[Annotated[str, Field(min_length=1, max_length=200)]]
_Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)


class CrawlTable(_Table):
    """`[crawl]`: how the portal is asked. Times are seconds, sizes bytes."""

    delay: float = Field(1.0, ge=0, le=3600, allow_inf_nan=False)
    timeout: float = Field(30.0, gt=0, le=600, allow_inf_nan=False)
    retries: int = Field(2, ge=0, le=20)
    concurrency: int = Field(4, ge=1, le=64)
    max_pages: int = Field(2000, ge=1, le=1_000_000)
    max_list_pages: int = Field(20, ge=1, le=10_000)
    max_bytes: int = Field(8 * 1024 * 1024, ge=1024, le=1024**3)
    robots: bool = True
    contact: _Text = ""
    user_agent: _Text = ""
    exclude: _Texts = []
    allow_hosts: _Texts = []


class FreshnessTable(_Table):
    """`[freshness]`: the clock the agency chose."""

    mode: str = "rolling"
    limits: dict[str, Annotated[int, Field(gt=0, le=3660)]] = {}


class WordingTable(_Table):
    """`[text]`: what the text rules are told."""

    leaders: str | _Texts = ""
    words: str | _Texts = ""
    terms: str | _Texts = ""
    bad_hosts: str | _Texts = ""
    allow: str | _Texts = ""
    exclude: str | _Texts = ""
    report_threshold: _Share | None = None
    review_threshold: _Share | None = None
    attachments: bool = True
    attachment_bytes: int = Field(20 * 1024 * 1024, ge=1024, le=256 * 1024**2)
    attachment_seconds: float = Field(20.0, gt=0, le=600, allow_inf_nan=False)
    ocr: bool = False
    ocr_pages: int = Field(10, ge=1, le=200)
    ocr_minutes: float = Field(30.0, gt=0, le=1440, allow_inf_nan=False)


class PaperTable(_Table):
    """`[report]`: who stands in the papers, and the folder of own Word templates."""

    title: _Text = ""
    agency: _Text = ""
    operator: _Text = ""
    supervisor: _Text = ""
    author: _Text = ""
    contact: _Text = ""
    phone: _Text = ""
    contract: _Text = ""
    note: _Text = ""
    templates: _Text = ""
    remind_days: int | None = Field(None, ge=1, le=60)


class RectifyTable(_Table):
    """`[rectify]`: the working days each severity leaves."""

    severe: int | None = Field(None, ge=1, le=250)
    general: int | None = Field(None, ge=1, le=250)
    light: int | None = Field(None, ge=1, le=250)


class NotifyTable(_Table):
    """`[notify]`: whom to tell after a night, and when not."""

    channels: _Texts = []
    quiet: str = Field("", max_length=20)


class SiteTable(_Table):
    """The whole file."""

    name: str = Field(min_length=1, max_length=100)
    home: str = Field(min_length=1)
    id_code: str = ""
    lane: str = Field("", max_length=100)
    columns: str = Field("", max_length=200)
    crawl: CrawlTable = CrawlTable()
    freshness: FreshnessTable = FreshnessTable()
    text: WordingTable = WordingTable()
    report: PaperTable = PaperTable()
    rectify: RectifyTable = RectifyTable()
    notify: NotifyTable = NotifyTable()


SECTIONS: dict[str, type[BaseModel]] = {
    "crawl": CrawlTable,
    "freshness": FreshnessTable,
    "text": WordingTable,
    "report": PaperTable,
    "rectify": RectifyTable,
    "notify": NotifyTable,
}
