"""Text to measure on: a folder named on the command line, its development sets, a slice of it."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = 200
"""Lines that stay together when text is sliced: neighbours are of one document."""

SETS = ("ecspell_odw_train", "ecspell_law_train", "textproof", "acc_rmrb")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Slice:
    """Every `of`-th block of lines of each file, from the `part`-th on; 1/1 is all of it."""

    part: int = 1
    of: int = 1

    @classmethod
    def read(cls, text: str) -> Slice:
        """The slice written `PART/OF`, as in 1/10."""
        part, _, of = text.partition("/")
        found = cls(int(part), int(of))
        if not 1 <= found.part <= found.of:
            raise ValueError(f"{text}: there is no such part")
        return found

    def holds(self, line: int) -> bool:
        """Whether it holds the line of this number, counted from 0 in its file."""
        return line // BLOCK % self.of == self.part - 1

    def __str__(self) -> str:
        return f"{self.part}/{self.of}"


def text_files(place: Path) -> list[Path]:
    """The `.txt` and `.txt.xz` files of a folder, by name; or the one file named."""
    if place.is_file():
        return [place]
    found = sorted(p for p in place.iterdir() if p.name.endswith((".txt", ".txt.xz")))
    if not found:
        raise FileNotFoundError(f"{place}: no .txt or .txt.xz file")
    return found


def lines_of(file: Path) -> Iterator[str]:
    """The lines of a text file, packed or not, without their ends."""
    opened = lzma.open if file.suffix == ".xz" else open
    with opened(file, "rt", encoding="utf-8", newline="\n") as stream:
        for line in stream:
            yield line.rstrip("\r\n")


def sliced(place: Path, part: Slice | None = None, most: int = 0) -> list[str]:
    """The lines of the slice, up to about `most` characters where that is given."""
    part, taken, size = part or Slice(), list[str](), 0
    for file in text_files(place):
        for number, line in enumerate(lines_of(file)):
            if line and part.holds(number):
                taken.append(line)
                size += len(line)
                if 0 < most <= size:
                    return taken
    return taken


def split(place: Path, out: Path, held: Slice) -> tuple[int, int]:
    """Write the text to two folders of `out`: `rest` to train on and `held`; their characters."""
    sizes = {"rest": 0, "held": 0}
    for name in sizes:
        (out / name).mkdir(parents=True, exist_ok=True)
    for file in text_files(place):
        plain_name = file.name.removesuffix(".xz")
        with (
            (out / "rest" / plain_name).open("w", encoding="utf-8") as rest,
            (out / "held" / plain_name).open("w", encoding="utf-8") as kept,
        ):
            for number, line in enumerate(lines_of(file)):
                name, target = ("held", kept) if held.holds(number) else ("rest", rest)
                target.write(f"{line}\n")
                sizes[name] += len(line)
    return sizes["rest"], sizes["held"]


def dev_set(folder: Path, name: str) -> list[Pair]:
    """Pairs of source and target of a development set; empty where the folder has no such set."""
    file = folder / "dev" / f"{name}.tsv"
    if not file.is_file():
        return []
    pairs: list[Pair] = []
    for line in lines_of(file):
        source, tab, target = line.partition("\t")
        if tab:
            pairs.append((source, target))
    return pairs
