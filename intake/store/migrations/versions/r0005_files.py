"""Files: whose they are, a draft's or a case's, and found by it."""

from alembic import op

from intake.store.migrations.parts import index

revision = "0005"
down_revision = "0004"

# Newer PostgreSQL names what must not be empty after the column, and keeps the name.
_RENAME = """
    DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_constraint WHERE conname = 'blob_document_id_not_null') THEN
            ALTER TABLE blob RENAME CONSTRAINT blob_document_id_not_null TO blob_owner_not_null;
        END IF;
    END $$
"""


def upgrade() -> None:
    """Name the owner; there is no row yet where it could matter."""
    op.execute("ALTER TABLE blob RENAME COLUMN document_id TO owner")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_RENAME)
    index("blob", "owner")
