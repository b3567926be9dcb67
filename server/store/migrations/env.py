"""How Alembic runs our steps: on the connection, and in the transaction, that the caller opened."""

from alembic import context

from server.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
