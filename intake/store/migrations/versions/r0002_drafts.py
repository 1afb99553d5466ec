"""Drafts get a revision, which their box is bound to, and the key that a return code opens."""

import sqlalchemy as sa
from alembic import op

from intake.store.migrations.parts import bytes_

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; what is there already is at its first revision."""
    with op.batch_alter_table("draft") as draft:
        draft.add_column(bytes_("key_box", nullable=True))
        draft.add_column(
            sa.Column("revision", sa.BigInteger, nullable=False, server_default=sa.text("1"))
        )
    with op.batch_alter_table("draft") as draft:
        draft.alter_column("revision", server_default=None)
