"""How figures are drawn: typeface, sizes, fixed bytes; matplotlib without its global state."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import XAxis, YAxis
    from matplotlib.figure import Figure

Draw = Callable[["Figure"], None]

FACES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
    "Droid Sans Fallback",
    "Noto Sans CJK JP",
)
"""The typefaces with Chinese letters that will do, the best first."""

NO_FACE = "本机没有可用的中文字体，未能绘图（可安装 fonts-noto-cjk）"

INK, GRID = "#222222", "#c8ccd0"

_DPI = 200
# Who reads the page may have none of the typefaces of the machine that drew it.
_READERS = "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'SimHei', sans-serif"
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@cache
def face() -> str | None:
    """The typeface to draw with, None where the machine has none for Chinese."""
    manager = _manager()
    held = {font.name for font in manager.fontManager.ttflist}
    return next((name for name in FACES if name in held), None)


def letters(text: str, most: int = 0) -> str:
    """Text fit for a figure: on one line, what the typeface lacks as □, cut to `most` letters."""
    held = "".join(char if _has(char) else "□" for char in _INVISIBLE.sub("", text))
    return held if not most or len(held) <= most else held[: most - 1] + "…"


def svg(draw: Draw, width: float, height: float) -> bytes:
    """The figure as SVG whose text is text; sizes in millimetres."""
    raw = _saved(draw, width, height, "svg", {"Date": None, "Creator": None})
    return raw.replace(f"'{face()}'".encode(), f"'{face()}', {_READERS}".encode())


def png(draw: Draw, width: float, height: float) -> bytes:
    """The figure as PNG, sharp enough for print; sizes in millimetres."""
    return _saved(draw, width, height, "png", {"Software": None})


def room(figure: Figure, *, left: float, right: float, top: float, bottom: float) -> Axes:
    """Axes that leave so many millimetres at each side; quicker than letting them be found."""
    width, height = (side * 25.4 for side in figure.get_size_inches())
    return figure.add_axes(
        (left / width, bottom / height, 1 - (left + right) / width, 1 - (top + bottom) / height)
    )


def whole(axis: XAxis | YAxis) -> None:
    """Label an axis by whole numbers alone: nobody counts half a finding."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=6, integer=True))


def _saved(draw: Draw, width: float, height: float, form: str, metadata: dict[str, Any]) -> bytes:
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_settings()):
        figure = Figure(figsize=(width / 25.4, height / 25.4), dpi=_DPI)
        FigureCanvasAgg(figure)
        draw(figure)
        raw = io.BytesIO()
        figure.savefig(raw, format=form, metadata=metadata)
    return raw.getvalue()


def _settings() -> Any:
    return {
        "font.family": [face()],
        "font.size": 8.0,
        "text.parse_math": False,
        "text.color": INK,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.6,
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "hatch.linewidth": 0.5,
        "svg.fonttype": "none",
        "svg.hashsalt": "xuncha",
    }


@cache
def _manager() -> Any:
    # The first import of all looks through the machine's fonts; the list is kept for later ones.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from matplotlib import font_manager

    return font_manager


@cache
def _font() -> Any:
    manager = _manager()
    return manager.get_font(manager.findfont(manager.FontProperties(family=face())))


@cache
def _has(char: str) -> bool:
    return face() is None or bool(_font().get_char_index(ord(char)))
