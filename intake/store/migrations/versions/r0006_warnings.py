"""What is to be erased, and of what word is left, are found without reading their cases."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_WARNED = sa.text("warn_at IS NOT NULL")
_COLUMNS = ("warn_at", "stage", "automated", "level", "holder", "version")


def upgrade() -> None:
    """Make the index anew with all that a queue reads of a case."""
    op.drop_index("ix_case_warn_at", "case")
    op.create_index(
        "ix_case_warn_at",
        "case",
        list(_COLUMNS),
        sqlite_where=_WARNED,
        postgresql_where=_WARNED,
    )
