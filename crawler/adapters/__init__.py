"""Adapters: one file a CMS family. A new file with an `ADAPTER` is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from weakref import WeakKeyDictionary

from crawler.adapters.base import Adapter, DataAdapter
from crawler.reading.document import Document

_CHOSEN: WeakKeyDictionary[Document, Adapter] = WeakKeyDictionary()


class AdapterFault(Exception):
    """An adapter that cannot be used; the message says which and why."""


@cache
def load() -> tuple[Adapter, ...]:
    """All adapters by name; a file without one, or a name taken twice, stops the program."""
    return collect(__name__, list(__path__))


def collect(package: str, folders: list[str]) -> tuple[Adapter, ...]:
    """The adapters of a package's modules, `base` left out."""
    found: dict[str, Adapter] = {}
    for module in sorted(pkgutil.iter_modules(folders), key=lambda m: m.name):
        if module.name == "base":
            continue
        loaded = importlib.import_module(f"{package}.{module.name}")
        adapter: Adapter | None = getattr(loaded, "ADAPTER", None)
        if adapter is None:
            raise AdapterFault(f"适配器文件 {module.name}.py 中没有定义 ADAPTER")
        if adapter.name in found:
            raise AdapterFault(f"适配器名称重复：{adapter.name}（{module.name}.py）")
        found[adapter.name] = adapter
    return tuple(found.values())


def named(name: str) -> Adapter | None:
    """The adapter of that name, or None."""
    return next((adapter for adapter in load() if adapter.name == name), None)


def choose(doc: Document) -> Adapter:
    """The adapter surest of the page; settled once while the page lives."""
    known = _CHOSEN.get(doc)
    if known is None:
        known = _CHOSEN[doc] = max(load(), key=lambda adapter: adapter.recognise(doc))
    return known


def choose_for_data(doc: Document) -> DataAdapter:
    """The adapter that knows the requests behind the page: its family's, else the generic one."""
    adapter = choose(doc)
    if isinstance(adapter, DataAdapter):
        return adapter
    generic = named("generic")
    assert isinstance(generic, DataAdapter)
    return generic
