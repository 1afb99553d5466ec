"""The first schema: cases and what is said in them, members and their keys, the service."""

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
    place,
    points_at,
    reference,
    text,
    time,
    unique,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table; a table stands after those it points at."""
    _create_people()
    _create_cases()
    _create_contents()
    _create_service()


def _create_people() -> None:
    create(
        "member",
        identifier(),
        text("handle"),
        text("roles"),
        text("state"),
        bytes_("public_key"),
        bytes_("kdf"),
        bytes_("box"),
        number("revision"),
        key("member", "id"),
        unique("member", "handle"),
    )
    create(
        "credential",
        identifier(),
        reference("member_id"),
        text("kind"),
        bytes_("box"),
        key("credential", "id"),
        points_at("credential", "member_id", "member.id"),
    )
    index("credential", "member_id")
    create(
        "session",
        identifier(),
        bytes_("token_hash"),
        reference("member_id"),
        bytes_("key_box"),
        day(),
        key("session", "id"),
        unique("session", "token_hash"),
        points_at("session", "member_id", "member.id"),
    )
    index("session", "member_id")
    create(
        "invitation", identifier(), text("role"), bytes_("box"), day(), key("invitation", "id")
    )
    create(
        "ring",
        text("name"),
        number("generation"),
        bytes_("public_key"),
        bytes_("roster_box"),
        bytes_("recovery_box", nullable=True),
        bytes_("previous_box", nullable=True),
        key("ring", "name", "generation"),
    )
    create(
        "ring_member",
        text("ring"),
        number("generation"),
        reference("member_id"),
        bytes_("box"),
        key("ring_member", "ring", "generation", "member_id"),
        sa.ForeignKeyConstraint(
            ["ring", "generation"],
            ["ring.name", "ring.generation"],
            name="fk_ring_member_ring_generation",
        ),
        points_at("ring_member", "member_id", "member.id"),
    )


def _create_cases() -> None:
    create(
        "case",
        identifier(),
        text("ref"),
        text("stage"),
        text("level"),
        time("hour"),
        time("answer_by"),
        bytes_("state_box"),
        text("number", nullable=True),
        time("may_rise_at", nullable=True),
        reference("holder", nullable=True),
        sa.Column("automated", sa.Boolean, nullable=False),
        number("version"),
        key("case", "id"),
        unique("case", "ref"),
        unique("case", "number"),
        points_at("case", "holder", "member.id"),
    )
    queue = ["stage", "automated", "level", "answer_by", "holder"]
    op.create_index("ix_case_queue", "case", queue)
    index("case", "hour")
    index("case", "holder")
    create(
        "case_keys",
        identifier(),
        reference("case_id"),
        number("generation"),
        bytes_("box"),
        text("ring", nullable=True),
        reference("member_id", nullable=True),
        key("case_keys", "id"),
        unique("case_keys", "case_id", "ring"),
        unique("case_keys", "case_id", "member_id"),
        sa.CheckConstraint(
            "(ring IS NULL) <> (member_id IS NULL)", name=op.f("ck_case_keys_one_reader")
        ),
        points_at("case_keys", "case_id", "case.id"),
        points_at("case_keys", "member_id", "member.id"),
    )
    create(
        "mailbox",
        reference("case_id"),
        bytes_("look_up"),
        day(),
        bytes_("key_box", nullable=True),
        key("mailbox", "case_id"),
        points_at("mailbox", "case_id", "case.id"),
        unique("mailbox", "look_up"),
    )
    create(
        "proposal",
        identifier(),
        reference("case_id"),
        text("action"),
        reference("by"),
        bytes_("box"),
        reference("decided_by", nullable=True),
        key("proposal", "id"),
        points_at("proposal", "case_id", "case.id"),
        points_at("proposal", "by", "member.id"),
        points_at("proposal", "decided_by", "member.id"),
    )
    index("proposal", "case_id")
    create(
        "link",
        identifier(),
        reference("case_id"),
        reference("other_id"),
        text("kind"),
        bytes_("box"),
        key("link", "id"),
        points_at("link", "case_id", "case.id"),
        points_at("link", "other_id", "case.id"),
    )
    index("link", "case_id")
    index("link", "other_id")
    create("erased", identifier(), day(), key("erased", "id"))


def _create_contents() -> None:
    op.create_table(
        "document",
        identifier(),
        number("revision"),
        reference("case_id"),
        text("compartment"),
        text("kind"),
        bytes_("box"),
        place(),
        key("document", "place"),
        unique("document", "id", "revision"),
        points_at("document", "case_id", "case.id"),
    )
    op.create_index("ix_document_case", "document", ["case_id", "compartment", "revision"])
    create(
        "addition",
        identifier(),
        reference("case_id"),
        bytes_("box"),
        bytes_("mac"),
        key("addition", "id"),
        points_at("addition", "case_id", "case.id"),
    )
    index("addition", "case_id")
    create(
        "draft",
        identifier(),
        bytes_("box"),
        day(),
        bytes_("look_up", nullable=True),
        key("draft", "id"),
        unique("draft", "look_up"),
    )
    create(
        "blob",
        identifier(),
        reference("document_id"),
        number("pieces"),
        number("size_padded"),
        key("blob", "id"),
    )


def _create_service() -> None:
    create(
        "audit",
        number("seq"),
        number("generation"),
        bytes_("box"),
        bytes_("previous"),
        bytes_("mac"),
        bytes_("pseudonym", nullable=True),
        number("revision", nullable=True),
        bytes_("digest", nullable=True),
        key("audit", "seq"),
    )
    index("audit", "pseudonym")
    create(
        "outbox",
        identifier(),
        text("kind"),
        time("due"),
        bytes_("box"),
        reference("member_id", nullable=True),
        number("tries"),
        key("outbox", "id"),
        points_at("outbox", "member_id", "member.id"),
    )
    create("attempt", bytes_("bucket"), day(), number("count"), key("attempt", "bucket"))
    create("setting", text("name"), bytes_("box"), number("revision"), key("setting", "name"))
