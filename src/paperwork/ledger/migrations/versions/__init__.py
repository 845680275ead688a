"""The revisions, oldest first. Alembic loads them by their files; nothing imports them."""
