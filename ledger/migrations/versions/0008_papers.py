"""Reviews with switches and terms, vendor notices, frozen papers, and what was told to whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DIGEST = sa.LargeBinary(16)


def upgrade() -> None:
    op.add_column("reviews", sa.Column("until", sa.Date()))
    op.add_column("reviews", sa.Column("unit", sa.Text(), nullable=False, server_default=""))
    op.add_column("reviews", sa.Column("in_report", sa.Boolean()))
    op.add_column("reviews", sa.Column("veto", sa.Boolean()))
    op.add_column(
        "clears", sa.Column("offline", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "notices",
        sa.Column("id", _ID, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("digest", _DIGEST, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", _DIGEST, nullable=False),
        sa.ForeignKeyConstraint(
            ["entries"], ["contents.digest"], name=op.f("fk_notices_entries_contents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("site", "digest", name=op.f("uq_notices_site_digest")),
    )
    op.create_index(op.f("ix_notices_site_day"), "notices", ["site", "day"])
    op.create_table(
        "editions",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("paper", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("model", _DIGEST, nullable=False),
        sa.ForeignKeyConstraint(
            ["model"], ["contents.digest"], name=op.f("fk_editions_model_contents")
        ),
        sa.PrimaryKeyConstraint("site", "paper", "period", "number", name=op.f("pk_editions")),
    )
    op.create_table(
        "tellings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", _DIGEST, nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tellings")),
    )
    op.create_index(op.f("ix_tellings_channel_day"), "tellings", ["channel", "day"])
