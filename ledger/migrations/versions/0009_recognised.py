"""What was recognised from the pictures of a file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("files", sa.Column("recognised", sa.LargeBinary(16)))
