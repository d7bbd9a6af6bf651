"""How each family of list lays out its pages: template, dress, page size, addresses of pages."""

from __future__ import annotations

from dataclasses import dataclass

from demo.parts import Part


@dataclass(frozen=True, slots=True)
class Look:
    """A family. `page` is the address of list page {n} (from 2; {m} is one less) in the folder.

    `dress` names the frame around it: a (menus in divs), b (tables, long ago), c (modern).
    `label` is what stands before the day on its article pages, `short` cuts titles at that length.
    """

    template: str
    dress: str
    size: int
    page: str
    label: str = "发布时间："
    cut: int = 0


LOOKS = {
    "trs": Look("list_trs.html", "a", 20, "index_{m}.shtml", cut=22),
    "ul": Look("list_ul.html", "a", 15, "list_{n}.html", "发布日期："),
    "table": Look("list_table.html", "c", 12, "index.html?page={n}", "发布日期："),
    "split": Look("list_split.html", "c", 10, "index_{n}.html", ""),
    "short": Look("list_short.html", "b", 16, "list{n}.htm", "时间："),
    "undated": Look("list_undated.html", "a", 15, "index_{n}.html"),
    "uuid": Look("list_uuid.html", "c", 15, "common_list_{n}.shtml", "发布时间：", 24),
    "old": Look("list_old.html", "b", 18, "index_{m}.htm", "发布日期："),
    "relative": Look("list_relative.html", "c", 12, "index.html?pageIndex={n}"),
    "block": Look("list_block.html", "c", 10, "index_{n}.html"),
    "files": Look("list_files.html", "a", 20, "index_{n}.html"),
    "letters": Look("list_letters.html", "b", 15, "list.jsp?cur_page={n}", "发布日期："),
    "solicit": Look("list_solicit.html", "c", 10, "index_{n}.html", "发布日期："),
    "cards": Look("list_cards.html", "c", 9, "index_{n}.html", "发布时间："),
    "single": Look("single.html", "a", 1, ""),
    "channel": Look("channel.html", "a", 1, ""),
    "jump": Look("channel.html", "a", 1, ""),
}


def pages(part: Part, count: int) -> int:
    """How many list pages `count` items fill; an empty list still has one."""
    return max(1, -(-count // LOOKS[part.family].size))


def page_at(part: Part, number: int) -> str:
    """The address of the list's page `number`, from 1."""
    if number == 1:
        return part.at
    return part.folder + LOOKS[part.family].page.format(n=number, m=number - 1)


def aliases(part: Part) -> tuple[str, ...]:
    """Other addresses of the list's first page, as web servers give them."""
    if not part.at.endswith("/"):
        return ()
    ending = {"trs": "shtml", "old": "htm", "short": "htm"}.get(part.family, "html")
    return (f"{part.at}index.{ending}",)
