"""Runs, leases, facts and judgements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Plain types on purpose: this file must go on writing the same tables whatever becomes of the
# types of today's schema.
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DIGEST = sa.LargeBinary(16)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "columns",
        sa.Column("id", _ID, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("digest", _DIGEST, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_columns")),
        sa.UniqueConstraint("site", "digest", name=op.f("uq_columns_site_digest")),
    )
    op.create_table(
        "contents",
        sa.Column("digest", _DIGEST, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_contents")),
    )
    op.create_table(
        "leases",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("machine", sa.String(length=32), nullable=False),
        sa.Column("pid", sa.BigInteger(), nullable=False),
        sa.Column("born", sa.BigInteger(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_leases")),
    )
    op.create_table(
        "items",
        sa.Column("id", _ID, nullable=False),
        sa.Column("column_id", _ID, nullable=False),
        sa.Column("address", _DIGEST, nullable=False),
        sa.Column("digest", _DIGEST, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("how", sa.String(length=16)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("time", sa.Text()),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["columns.id"], name=op.f("fk_items_column_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("column_id", "digest", name=op.f("uq_items_column_id_digest")),
    )
    op.create_index(op.f("ix_items_column_id_address"), "items", ["column_id", "address"])
    op.create_table(
        "runs",
        sa.Column("id", _ID, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("started", _MOMENT, nullable=False),
        sa.Column("finished", _MOMENT),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("roster", _DIGEST, nullable=False),
        sa.ForeignKeyConstraint(["roster"], ["contents.digest"], name=op.f("fk_runs_roster")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_site_as_of_id"), "runs", ["site", "as_of", "id"])
    op.create_table(
        "judgements",
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("rule_set", sa.Text(), nullable=False),
        sa.Column("cards", _DIGEST, nullable=False),
        sa.Column("paths", _DIGEST, nullable=False),
        sa.Column("verdicts", sa.LargeBinary(), nullable=False),
        sa.Column("clears", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["cards"], ["contents.digest"], name=op.f("fk_judgements_cards")),
        sa.ForeignKeyConstraint(["paths"], ["contents.digest"], name=op.f("fk_judgements_paths")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_judgements_run_id")),
        sa.PrimaryKeyConstraint("run_id", "as_of", name=op.f("pk_judgements")),
    )
    op.create_index(
        op.f("ix_judgements_site_as_of_run_id"), "judgements", ["site", "as_of", "run_id"]
    )
    op.create_table(
        "pages",
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("address", _DIGEST, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published", sa.Text()),
        sa.Column("others", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("text", _DIGEST, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_pages_run_id")),
        sa.ForeignKeyConstraint(["text"], ["contents.digest"], name=op.f("fk_pages_text")),
        sa.PrimaryKeyConstraint("run_id", "address", name=op.f("pk_pages")),
    )
    op.create_table(
        "readings",
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("column_id", _ID, nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("adapter", sa.Text(), nullable=False),
        sa.Column("pages_read", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("cut", sa.Boolean(), nullable=False),
        sa.Column("covers_from", sa.Date()),
        sa.Column("published", sa.Text()),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["columns.id"], name=op.f("fk_readings_column_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_readings_run_id")),
        sa.PrimaryKeyConstraint("run_id", "column_id", name=op.f("pk_readings")),
    )
    op.create_table(
        "visits",
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("address", _DIGEST, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("elapsed", sa.Float(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_visits_run_id")),
        sa.PrimaryKeyConstraint("run_id", "address", name=op.f("pk_visits")),
    )
    op.create_table(
        "claims",
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id", "as_of"],
            ["judgements.run_id", "judgements.as_of"],
            name=op.f("fk_claims_run_id_as_of"),
        ),
        sa.PrimaryKeyConstraint("run_id", "as_of", "ordinal", name=op.f("pk_claims")),
    )
    op.create_index(
        op.f("ix_claims_site_fingerprint_as_of_run_id"),
        "claims",
        ["site", "fingerprint", "as_of", "run_id"],
    )
    op.create_table(
        "clears",
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id", "as_of"],
            ["judgements.run_id", "judgements.as_of"],
            name=op.f("fk_clears_run_id_as_of"),
        ),
        sa.PrimaryKeyConstraint("run_id", "as_of", "fingerprint", name=op.f("pk_clears")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_clears_site_fingerprint_as_of_run_id"),
        "clears",
        ["site", "fingerprint", "as_of", "run_id"],
    )
    op.create_table(
        "sightings",
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("column_id", _ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("item_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_sightings_item_id")),
        sa.ForeignKeyConstraint(
            ["run_id", "column_id"],
            ["readings.run_id", "readings.column_id"],
            name=op.f("fk_sightings_run_id_column_id"),
        ),
        sa.PrimaryKeyConstraint("run_id", "column_id", "ordinal", name=op.f("pk_sightings")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sightings_item_id_run_id"), "sightings", ["item_id", "run_id"])
