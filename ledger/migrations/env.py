"""Alembic's way in: migrate over the connection, and inside the transaction, of the opener."""

from __future__ import annotations

from alembic import context

from ledger.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
