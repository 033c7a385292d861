"""How Alembic reaches the database: by the connection that `core.storage.database` hands on, in its transaction."""

from alembic import context

from core.storage.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
