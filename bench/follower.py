"""Child process: Scrapy following every link of a site. `python -m bench.follower KIND URL SECS`.

KIND is `default` or `tuned`. Both take the title, the day and the length of the visible text from
every page and keep nothing. `default` is what the tutorial leads to: default settings,
LinkExtractor and selectors; every link becomes a Request and Scrapy drops those it has seen.
`tuned` is the leanest spider we know of on the same engine.
"""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor
from selectolax.lexbor import LexborHTMLParser

from bench.process import tell

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TUNED = {"CONCURRENT_ITEMS": 4, "COOKIES_ENABLED": False, "LOG_LEVEL": "INFO"}
_NO_PAGE = (".pdf", ".png", ".css", ".js")


class Default(Spider):
    """Scrapy as it comes."""

    name = "default"
    links = LinkExtractor()

    def __init__(self, home: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.home = home
        self.allowed_domains = ["127.0.0.1"]

    async def start(self) -> AsyncIterator[Request]:
        """The home page."""
        yield Request(self.home)

    def parse(self, response: Response) -> Iterator[Any]:
        """One item, and a request for every link."""
        if not isinstance(response, TextResponse):
            return
        text = " ".join(response.xpath("//body//text()[not(parent::script)]").getall())
        day = response.css('meta[name="PubDate"]::attr(content)').re_first(_DAY)
        yield {
            "url": response.url,
            "title": response.css("title::text").get(),
            "day": day or response.xpath("//body").re_first(_DAY),
            "length": len(text),
        }
        for link in self.links.extract_links(response):
            yield Request(link.url)


class Tuned(Default):
    """The same work by selectolax, and no Request for an address that was seen."""

    name = "tuned"

    def __init__(self, home: str, **kwargs: Any) -> None:
        super().__init__(home, **kwargs)
        self.seen = {home}

    def parse(self, response: Response) -> Iterator[Any]:
        """One item, and a request for every link not seen before."""
        tree = LexborHTMLParser(response.body.decode("utf-8", "replace"))
        title, tag = tree.css_first("title"), tree.css_first('meta[name="PubDate"]')
        shown = (tag.attributes.get("content") or "") if tag else ""
        hrefs = [node.attributes.get("href") or "" for node in tree.css("a[href]")]
        tree.strip_tags(["script", "style"])
        text = tree.body.text(separator=" ", strip=True) if tree.body else ""
        found = _DAY.search(shown or text)
        yield {
            "url": response.url,
            "title": title.text() if title else None,
            "day": found[0] if found else None,
            "length": len(text),
        }
        for href in hrefs:
            url = urljoin(response.url, href).partition("#")[0]
            if url in self.seen or not url.startswith(self.home) or url.endswith(_NO_PAGE):
                continue
            self.seen.add(url)
            yield Request(url, dont_filter=True)


_KINDS: Mapping[str, tuple[type[Default], Mapping[str, Any]]] = {
    "default": (Default, {}),
    "tuned": (Tuned, _TUNED),
}


def main(kind: str, home: str, seconds: str) -> None:
    """Follow every link of the site, for at most so many seconds, and tell what it cost."""
    spider, settings = _KINDS[kind]

    def work() -> Mapping[str, Any]:
        process = AsyncCrawlerProcess({"CLOSESPIDER_TIMEOUT": float(seconds), **settings})
        crawler = process.create_crawler(spider)
        process.crawl(crawler, home=home)
        process.start()
        stats = crawler.stats
        reason = stats.get_value("finish_reason") if stats else "no stats"
        items = stats.get_value("item_scraped_count", 0) if stats else 0
        return {"items": items, "ended": reason == "finished"}

    tell(work)


if __name__ == "__main__":
    main(*sys.argv[1:])
