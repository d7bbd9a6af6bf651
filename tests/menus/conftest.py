"""What the tests of menus share."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest


@pytest.fixture
def stopwatch() -> Callable[[float], AbstractContextManager[None]]:
    """Fails what takes longer than so many seconds of this process's own time."""

    @contextmanager
    def watch(seconds: float) -> Iterator[None]:
        start = time.process_time()
        yield
        assert time.process_time() - start < seconds

    return watch
