"""Runs revisions on the connection that `migrate_connection` hands over."""

from alembic import context

from tracker.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, compare_type=True)
context.run_migrations()
