"""Publication: what became of items and pages between one inspection and the next.

These rules compare. They ask a person to look and accuse nobody: an older day may be a migration,
a late approval or a correction that was due.
"""

FAMILY = "发布管理"
