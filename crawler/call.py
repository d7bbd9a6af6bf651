"""A request a page's own script would make for its list."""

from __future__ import annotations

from dataclasses import dataclass

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
