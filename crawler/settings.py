"""Scrapy settings of an inspection; `settings_for` adds what the site's roster says."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from ledger.site import CrawlPolicy

BOT_NAME = "xuncha"
SPIDER_MODULES = ["crawler.spiders"]
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
TWISTED_DNS_RESOLVER = "crawler.guard.GuardedResolver"

DOWNLOAD_DELAY_JITTER = 0.0
CONCURRENT_ITEMS = 4
LOG_LEVEL = "ERROR"
LOG_STDOUT = False
# A server that announces a wrong length still sends a page worth reading; the flag is looked at.
DOWNLOAD_FAIL_ON_DATALOSS = False
DOWNLOAD_WARNSIZE = 0
# What takes part is named here, not what is left out: a newer Scrapy may bring more, and did, doors
# that execute what is sent to them among it. Nor is anything loaded that is not named.
DOWNLOAD_HANDLERS_BASE = dict.fromkeys(
    ("http", "https"), "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"
)
EXTENSIONS_BASE: dict[str, int] = {}
# Redirects, retries and robots.txt are handled where their outcome is recorded (crawler/ask.py).
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
}


def user_agent(policy: CrawlPolicy) -> str:
    """Who we say we are: name, version, purpose and an address to write to."""
    if policy.user_agent:
        return policy.user_agent
    contact = policy.contact or "see the site operator"
    return f"Xuncha/{version('xuncha')} (government portal inspection; contact: {contact})"


def settings_for(policy: CrawlPolicy) -> dict[str, Any]:
    """The settings of one site's process."""
    own = {name: value for name, value in globals().items() if name.isupper()}
    return own | {
        "USER_AGENT": user_agent(policy),
        "DOWNLOAD_DELAY": policy.delay,
        "DOWNLOAD_TIMEOUT": policy.timeout,
        "DOWNLOAD_MAXSIZE": policy.max_bytes,
        "CONCURRENT_REQUESTS": max(1, policy.concurrency) * 2,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1 if policy.delay else max(1, policy.concurrency),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
        },
    }
