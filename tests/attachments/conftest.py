from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.attaching.reader import FileReader


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    """A process that reads files, for all the tests of a module."""
    found = FileReader(20)
    yield found
    found.close()
