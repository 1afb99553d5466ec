"""Members who come and go: links of invitations, notices, rings that follow one another."""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

from intake.store.migrations.parts import (
    bytes_,
    create,
    day,
    identifier,
    index,
    key,
    number,
    points_at,
    reference,
)

revision = "0003"
down_revision = "0002"

_FACTS = sa.text("generation IS NOT NULL")
_TAKEN_BACK = sa.text("is_taken_back")
_INVITATION = sa.table(
    "invitation", sa.column("id", sa.Uuid), sa.column("look_up", sa.LargeBinary)
)


def upgrade() -> None:
    """Add tables, columns and indexes; every ring that is there is at its first roster."""
    _flags()
    _facts()
    _invitations()
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("since", sa.Date(), nullable=True))
    with op.batch_alter_table("session") as session:
        session.add_column(bytes_("told_box", nullable=True))
    _notices()


def _flags() -> None:
    with op.batch_alter_table("ring") as ring:
        ring.add_column(_filled(sa.BigInteger, "roster_revision", "1"))
        ring.add_column(_filled(sa.Boolean, "is_due", "false"))
    with op.batch_alter_table("case_keys") as keys:
        keys.add_column(_filled(sa.Boolean, "is_taken_back", "false"))
    with op.batch_alter_table("ring") as ring:
        ring.alter_column("roster_revision", server_default=None)
        ring.alter_column("is_due", server_default=None)
    with op.batch_alter_table("case_keys") as keys:
        keys.alter_column("is_taken_back", server_default=None)
    op.create_index("ix_case_keys_generation", "case_keys", ["ring", "generation"])
    op.create_index(
        "ix_case_keys_taken_back",
        "case_keys",
        ["is_taken_back"],
        sqlite_where=sa.text("is_taken_back = 1"),  # as its queries say it
        postgresql_where=_TAKEN_BACK,
    )
    index("case_keys", "member_id")


def _filled(kind: type[sa.types.TypeEngine[Any]], name: str, value: str) -> sa.Column[Any]:
    return sa.Column(name, kind(), nullable=False, server_default=sa.text(value))


def _facts() -> None:
    """What is sealed to the ring `facts` names its generation; there was one until now."""
    with op.batch_alter_table("document") as document:
        document.add_column(number("generation", nullable=True))
    op.execute("UPDATE document SET generation = 1 WHERE compartment = 'facts'")
    op.create_index(
        "ix_document_generation",
        "document",
        ["generation"],
        sqlite_where=_FACTS,
        postgresql_where=_FACTS,
    )


def _invitations() -> None:
    """Invitations are found by their links; those of before had none, and open to nobody."""
    with op.batch_alter_table("invitation") as invitation:
        invitation.add_column(bytes_("look_up", nullable=True))
        invitation.add_column(reference("member_id", nullable=True))
        invitation.add_column(_filled(sa.String, "handle", "''"))
    connection = op.get_bind()
    for id_ in connection.scalars(sa.select(_INVITATION.c.id)).all():
        row = _INVITATION.update().where(_INVITATION.c.id == id_)
        connection.execute(row.values(look_up=secrets.token_bytes(32)))
    with op.batch_alter_table("invitation") as invitation:
        invitation.alter_column("look_up", nullable=False)
        invitation.alter_column("handle", server_default=None)
        invitation.create_unique_constraint(op.f("uq_invitation_look_up"), ["look_up"])
        invitation.create_foreign_key(
            op.f("fk_invitation_member_id"), "member", ["member_id"], ["id"]
        )


def _notices() -> None:
    create(
        "notice",
        identifier(),
        reference("member_id"),
        bytes_("box"),
        day(),
        key("notice", "id"),
        points_at("notice", "member_id", "member.id"),
    )
    index("notice", "member_id")
