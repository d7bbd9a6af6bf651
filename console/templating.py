"""The Word templates we ship, copied to where an operator can restyle them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from console.errors import Exit, Misused
from console.output import emit, say
from console.papers import templates_of
from console.sites import load_sites
from ledger.site import Site

FOLDER = "templates"
"""The folder inside a site's own where its templates go unless site.toml names another."""

_ENDING = ".docx"


def templates(path: Path, paper: str) -> Exit:
    """Copy the template of `paper`, of all papers where it is "", into every site's folder.

    A file that stands there already is an operator's work and stays as it is.
    """
    shipped = dict(_shipped())
    if paper and paper not in shipped:
        raise Misused(f"没有 {paper} 的 Word 模板，可选：{'、'.join(shipped)}。")
    wanted = {paper: shipped[paper]} if paper else shipped
    for site in load_sites(path):
        _copy(site, wanted)
    return Exit.FINE


def _shipped() -> Iterator[tuple[str, bytes]]:
    folder = files("reports") / "templates"
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith(_ENDING):
            yield item.name.removesuffix(_ENDING), item.read_bytes()


def _copy(site: Site, wanted: dict[str, bytes]) -> None:
    target = templates_of(site) or site.folder / FOLDER
    if target.exists() and not target.is_dir():
        raise Misused(f"{target} 是一个文件，不能存放模板。请移开它，或改 [report] templates。")
    target.mkdir(parents=True, exist_ok=True)
    for name, content in wanted.items():
        file = target / f"{name}{_ENDING}"
        if not file.exists():
            file.write_bytes(content)
            emit(f"{file}\n")
        elif file.read_bytes() != content:
            say(f"{file} 已经存在，内容与自带的不同，保持不变；要重新取一份，请先把它移走。")
    if templates_of(site) is None:
        say(
            f"要让站点 {site.key} 用这些模板，请在 {site.folder / 'site.toml'} 的 [report] 下写上"
            f' templates = "{FOLDER}"。'
        )
