"""Alembic's environment: always runs on the connection, and in the transaction, that `storage.database` hands in.

For a new revision from the tables, on a scratch file:
`python -m alembic -c storage/migrations/alembic.ini upgrade head`, then `… revision --autogenerate -m "What it does"`.
"""

from alembic import context
from sqlalchemy import create_engine

from storage.tables import Base
from storage.tables.searching import is_modelled


def run() -> None:
    """Run the migrations."""
    connection = context.config.attributes.get("connection")
    if connection is None:
        with create_engine(context.config.get_main_option("sqlalchemy.url") or "sqlite://").connect() as own:
            context.configure(
                connection=own, target_metadata=Base.metadata, include_name=is_modelled, render_as_batch=True
            )
            with context.begin_transaction():
                context.run_migrations()
        return
    context.configure(
        connection=connection, target_metadata=Base.metadata, include_name=is_modelled, render_as_batch=True
    )
    context.run_migrations()


run()
