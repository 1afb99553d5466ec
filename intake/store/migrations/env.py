"""What Alembic runs for every command: revisions on the connection that `upgrade` holds."""

from alembic import context

from intake.store.schema import METADATA


def migrate() -> None:
    """Run the revisions inside the transaction that is open already."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=METADATA,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name Alembic gives this file; an ordinary import does nothing
    migrate()
