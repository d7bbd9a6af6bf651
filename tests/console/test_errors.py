"""Whatever goes wrong has a sentence and an exit code."""

import errno

import pytest

from console.errors import Exit, Failed, Misused, told
from ledger.errors import LedgerError
from ledger.problems import RosterError


@pytest.mark.parametrize(
    ("error", "word", "code"),
    [
        (Failed("甲"), "甲", Exit.FAILED),
        (Misused("乙"), "乙", Exit.USAGE),
        (RosterError("丙"), "丙", Exit.USAGE),
        (LedgerError("丁"), "丁", Exit.FAILED),
        (OSError(errno.ENOSPC, "No space left", "/x/y"), "磁盘已满，写不下去（/x/y）", Exit.FAILED),
        (OSError(errno.EIO, "Input/output error"), "系统报错：Input/output error", Exit.FAILED),
        (ConnectionResetError(), "系统报错", Exit.FAILED),
        (MemoryError(), "内存不足", Exit.FAILED),
        (ExceptionGroup("x", [ExceptionGroup("y", [LedgerError("戊")])]), "戊", Exit.FAILED),
        (KeyError("k"), "程序内部错误（KeyError：'k'）", Exit.FAILED),
        (ValueError(), "无说明", Exit.FAILED),
    ],
)
def test_told(error, word, code):
    sentence, ending = told(error)
    assert word in sentence
    assert ending is code
    assert "\n" not in sentence
