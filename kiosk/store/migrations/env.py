"""Alembic's entry: it runs on the connection that it is handed, inside the transaction that is open there."""

from __future__ import annotations

from alembic import context

from kiosk.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
