"""The desk: when to warn of a case, what queues filter by, what the team keeps beside cases."""

import sqlalchemy as sa
from alembic import op

from intake.store.migrations.parts import (
    bytes_,
    create,
    identifier,
    index,
    key,
    number,
    place,
    points_at,
    reference,
    text,
    time,
    unique,
)

revision = "0004"
down_revision = "0003"

_WARNED = sa.text("warn_at IS NOT NULL")


def upgrade() -> None:
    """Add a column and two tables; nobody is warned of older cases before they are saved."""
    op.add_column("case", time("warn_at", nullable=True))
    op.create_index(
        "ix_case_warn_at",
        "case",
        ["warn_at"],
        sqlite_where=_WARNED,
        postgresql_where=_WARNED,
    )
    op.drop_index("ix_case_queue", "case")
    queue = ["stage", "automated", "level", "answer_by", "holder", "version"]
    op.create_index("ix_case_queue", "case", queue)
    _facets()
    _team()


def _facets() -> None:
    op.create_table(
        "facets",
        reference("case_id"),
        number("version"),
        number("generation"),
        bytes_("box"),
        place(),
        key("facets", "place"),
        unique("facets", "case_id"),
        points_at("facets", "case_id", "case.id"),
    )
    index("facets", "generation")


def _team() -> None:
    create(
        "team_document",
        identifier(),
        text("kind"),
        bytes_("box"),
        reference("member_id", nullable=True),
        number("generation", nullable=True),
        number("revision"),
        key("team_document", "id"),
        sa.CheckConstraint(
            "(generation IS NULL) <> (member_id IS NULL)",
            name=op.f("ck_team_document_one_readership"),
        ),
        points_at("team_document", "member_id", "member.id"),
    )
    index("team_document", "member_id")
    index("team_document", "generation")
