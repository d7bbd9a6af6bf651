"""What an address answered last, how a list was come by, and more of a page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DIGEST = sa.LargeBinary(16)


def upgrade() -> None:
    op.add_column("pages", sa.Column("attachments", sa.Text(), nullable=False, server_default=""))
    op.add_column("pages", sa.Column("tags", sa.Text(), nullable=False, server_default=""))
    op.create_index(op.f("ix_pages_address_run_id"), "pages", ["address", "run_id"])
    op.create_table(
        "known",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("address", _DIGEST, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("body", _DIGEST, nullable=False),
        sa.Column("asked", sa.Date(), nullable=False),
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_known_run_id")),
        sa.PrimaryKeyConstraint("site", "address", name=op.f("pk_known")),
    )
    op.create_index(op.f("ix_known_site_role_asked"), "known", ["site", "role", "asked"])
    op.create_table(
        "accesses",
        sa.Column("column_id", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("adapter", sa.Text(), nullable=False),
        sa.Column("learned", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["columns.id"], name=op.f("fk_accesses_column_id")),
        sa.PrimaryKeyConstraint("column_id", name=op.f("pk_accesses")),
    )
