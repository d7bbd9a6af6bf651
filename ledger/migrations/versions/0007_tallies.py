"""How much text a judgement looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("judgements", sa.Column("texts", sa.LargeBinary(16)))
