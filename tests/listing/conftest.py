"""Fixture pages are of an invented district; the day on which they are read is fixed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.reading.document import Document

FOLDER = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", CASES, ids=[case["file"] for case in CASES])


@pytest.fixture
def today() -> date:
    return date(2031, 4, 20)


@pytest.fixture
def page() -> Callable[[dict[str, Any]], Document]:
    def load(case: dict[str, Any]) -> Document:
        html = (FOLDER / "pages" / f"{case['file']}.html").read_text(encoding="utf-8")
        return Document(html, case["url"])

    return load
