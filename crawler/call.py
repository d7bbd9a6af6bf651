"""A request a page's own script would make for its list."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

FORM = "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Call:
    """One request for data. `body` is sent as UTF-8; GET calls have none.

    `page` is the address of the page whose script would make the call: some platforms answer no
    request that does not say where it comes from.
    """

    url: str
    method: str = "GET"
    body: str = ""
    content_type: str = FORM
    page: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What a script's request says of itself."""
        asked = {"X-Requested-With": "XMLHttpRequest"}
        if self.page:
            asked["Referer"] = self.page.partition("#")[0]
        return asked if self.method == "GET" else asked | {"Content-Type": self.content_type}

    @property
    def name(self) -> str:
        """What tells this request from every other, and from a page asked for."""
        sent = f"\n{self.content_type}\n{self.body}" if self.method != "GET" else ""
        return f"{self.method} {self.url}{sent}"

    def dump(self) -> str:
        """The request as text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def load(cls, text: str) -> Call:
        """The request that `dump` wrote."""
        return cls(**json.loads(text))
