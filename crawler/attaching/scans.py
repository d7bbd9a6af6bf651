"""Pictures of text: pages of a PDF, drawn as a reader of it would see them, or a picture file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DPI = 150
_LEAST, _MOST = 1_200, 2_480
"""The longer side of a picture in pixels: A4 has 1,754 at this resolution, A3 has 2,480."""
_MOST_PIXELS = 60_000_000
"""No larger picture file is unpacked."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What of a file only shows in pictures: these pages of a PDF, or the file itself."""

    data: bytes
    pages: tuple[int, ...] = ()


def pictures(scan: Scan, most: int) -> Iterator[tuple[int, NDArray[np.uint8] | None]]:
    """The first `most` pictures with the numbers of their pages, 0 for a picture file.

    Each is grey, one byte a dot, and None where it cannot be drawn.
    """
    if not scan.pages:
        yield 0, _unpacked(scan.data)
        return
    import pypdfium2

    opened: Any = pypdfium2.PdfDocument
    document = opened(scan.data)
    for number in scan.pages[:most]:
        try:
            page = document[number - 1]
            longest = max(page.get_size())
            side = min(max(longest * _DPI / 72, _LEAST), _MOST)
            drawn = page.render(scale=side / longest, grayscale=True, may_draw_forms=False)
            yield number, _flat(drawn.to_numpy())
        except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError):
            yield number, None


def _unpacked(data: bytes) -> NDArray[np.uint8] | None:
    import numpy as np
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            picture.draft("L", (_MOST, _MOST))
            grey = picture.convert("L")
            grey.thumbnail((_MOST, _MOST))
            return np.asarray(grey)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _flat(drawn: Any) -> NDArray[np.uint8]:
    """The picture in rows and columns alone."""
    found: NDArray[np.uint8] = drawn.reshape(drawn.shape[0], drawn.shape[1])
    return found.copy()
