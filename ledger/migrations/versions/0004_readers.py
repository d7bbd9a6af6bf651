"""By which readers a run read, and which lists it took over from an earlier run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("runs", sa.Column("reader", sa.String(16), nullable=False, server_default=""))
    op.add_column(
        "readings", sa.Column("carried", sa.Boolean(), nullable=False, server_default=sa.false())
    )
