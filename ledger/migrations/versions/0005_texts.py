"""What there is to read of a page beside its main text, of lists, and of files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DIGEST = sa.LargeBinary(16)


def upgrade() -> None:
    # Without foreign keys: SQLite cannot give a table one once it is there.
    op.add_column("pages", sa.Column("parts", _DIGEST))
    op.add_column("pages", sa.Column("links", _DIGEST))
    op.create_table(
        "fronts",
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("address", _DIGEST, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("parts", _DIGEST),
        sa.Column("links", _DIGEST),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_fronts_run_id")),
        sa.PrimaryKeyConstraint("run_id", "address", name=op.f("pk_fronts")),
    )
    op.create_table(
        "files",
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("address", _DIGEST, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("text", _DIGEST),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_files_run_id")),
        sa.PrimaryKeyConstraint("run_id", "address", name=op.f("pk_files")),
    )
