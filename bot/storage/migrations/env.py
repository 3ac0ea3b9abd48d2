"""Runs the revisions inside the transaction of the connection that ``bot.storage.schema`` hands over."""

from alembic import context
from sqlalchemy import Connection

from bot.storage.alert_tables import outbox

connection = context.config.attributes["connection"]
if not isinstance(connection, Connection):
    raise TypeError("run migrations through bot.storage.schema")

context.configure(connection=connection, target_metadata=outbox.metadata)
with context.begin_transaction():
    context.run_migrations()
