"""Shapes of real list pages, one file a shape: `vNN_slug.py` with a module-level `VARIANT`.

They hang under `/bt/` of the demo portal, beside its own columns and without touching its truth.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from demo.reply import Request
from demo.variants.base import FOLDER, Route, Scene, Variant
from demo.variants.stage import Stage, contents

_NAME = re.compile(r"v(\d\d)_[a-z_]+")


class VariantFault(Exception):
    """A variant that cannot be played; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Played:
    """All variants on one day: each one's scene, and what answers at which address path."""

    scenes: Mapping[Variant, Scene]
    routes: Mapping[str, Route]

    def route(self, request: Request) -> Route | None:
        """What answers `request`: its path with the query as written, else its path alone."""
        whole = f"{request.path}?{request.query}"
        return self.routes.get(whole) or self.routes.get(request.path)


@cache
def load() -> tuple[Variant, ...]:
    """All variants by number; a file without one, or a number taken twice, stops the program."""
    found: dict[int, Variant] = {}
    for module in sorted(pkgutil.iter_modules(list(__path__)), key=lambda m: m.name):
        match = _NAME.fullmatch(module.name)
        if match is None:
            continue
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        variant: Variant | None = getattr(loaded, "VARIANT", None)
        if variant is None:
            raise VariantFault(f"{module.name}.py 中没有定义 VARIANT")
        if variant.number != int(match[1]) or variant.number in found:
            raise VariantFault(f"{module.name}.py 的编号 {variant.number} 不对或重复")
        found[variant.number] = variant
    return tuple(found[number] for number in sorted(found))


def play(as_of: date, dress: str | None = None) -> Played:
    """Every variant as it stands on a day, in its own dress or all in one."""
    scenes: dict[Variant, Scene] = {}
    routes: dict[str, Route] = {}
    for variant in load():
        stage = Stage(variant, as_of, dress)
        scenes[variant] = scene = variant.play(stage)
        mine = {**stage.routes, **{stage.at(path): make for path, make in scene.routes.items()}}
        taken = sorted(mine.keys() & routes.keys())
        if taken:
            raise VariantFault(f"{variant.slug}：地址已被占用 {taken[0]}")
        routes.update(mine)
    listed = [(variant, scene.columns) for variant, scene in scenes.items()]
    routes[FOLDER] = lambda request: contents(listed)
    return Played(scenes, routes)
