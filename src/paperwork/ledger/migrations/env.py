"""What Alembic runs its revisions in: the connection, and so the transaction, of whoever upgrades (`ledger.schema`)."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
