"""Rows as tests need them: every column filled, nothing in them means anything."""

from datetime import UTC, date, datetime
from secrets import token_bytes, token_hex
from uuid import UUID, uuid4

from intake.store.columns import Base
from intake.store.people import (
    CredentialRow,
    InvitationRow,
    MemberRow,
    NoticeRow,
    RingMemberRow,
    RingRow,
    SessionRow,
)
from intake.store.service import AttemptRow, AuditRow, OutboxRow, SettingRow
from intake.store.tables import (
    AdditionRow,
    BlobRow,
    CaseKeysRow,
    CaseRow,
    DocumentRow,
    DraftRow,
    ErasedRow,
    FacetsRow,
    LinkRow,
    MailboxRow,
    ProposalRow,
)
from intake.store.team import TeamDocumentRow
from intake.vault import Sealed

HOUR = datetime(2026, 11, 18, 9, tzinfo=UTC)
DAY = date(2026, 12, 18)
BOX = Sealed(b"\x02 a box")


def member(handle: str = "coordinator") -> MemberRow:
    return MemberRow(
        id=uuid4(),
        handle=handle,
        roles="coordinator",
        state="active",
        public_key=token_bytes(32),
        kdf=token_bytes(16),
        box=BOX,
        since=DAY,
    )


def case(ref: str | None = None, box: Sealed = BOX) -> CaseRow:
    return CaseRow(
        id=uuid4(),
        ref=ref or token_hex(8),
        stage="received",
        level="u2",
        hour=HOUR,
        answer_by=HOUR,
        state_box=box,
        may_rise_at=HOUR,
        warn_at=HOUR,
    )


def draft() -> DraftRow:
    return DraftRow(uuid4(), BOX, DAY, token_bytes(32), BOX, 2)


def wrap(
    case_id: UUID, *, ring: str | None = None, member_id: UUID | None = None
) -> CaseKeysRow:
    return CaseKeysRow(
        id=uuid4(), case_id=case_id, generation=1, box=BOX, ring=ring, member_id=member_id
    )


def one_of_each() -> tuple[Base, ...]:
    """A row of every table, each after those it points at."""
    somebody, told = member(), case()
    return (
        somebody,
        told,
        *_of_people(somebody.id),
        *_of_cases(told.id, somebody.id),
        *_others(),
    )


def _of_people(somebody: UUID) -> tuple[Base, ...]:
    return (
        CredentialRow(uuid4(), somebody, "mail", BOX),
        SessionRow(uuid4(), token_bytes(32), somebody, BOX, DAY, BOX),
        InvitationRow(uuid4(), "handler", BOX, DAY, token_bytes(32), somebody, "fern"),
        NoticeRow(uuid4(), somebody, BOX, DAY),
        RingRow("case", 1, token_bytes(32), BOX, BOX, BOX),
        RingMemberRow("case", 1, somebody, BOX),
        OutboxRow(uuid4(), "urgent", HOUR, BOX, somebody),
        TeamDocumentRow(uuid4(), "view", BOX, member_id=somebody),
        TeamDocumentRow(uuid4(), "tag", BOX, generation=1),
    )


def _of_cases(told: UUID, somebody: UUID) -> tuple[Base, ...]:
    document = DocumentRow(uuid4(), 1, told, "account", "report", BOX)
    return (
        wrap(told, ring="case"),
        wrap(told, member_id=somebody),
        document,
        AdditionRow(uuid4(), told, BOX, token_bytes(32)),
        MailboxRow(told, token_bytes(32), DAY, BOX),
        BlobRow(uuid4(), document.id, 1, 4096),
        ProposalRow(uuid4(), told, "lower", somebody, BOX, somebody),
        LinkRow(uuid4(), told, told, "similar", BOX),
        FacetsRow(told, 1, 1, BOX),
    )


def _others() -> tuple[Base, ...]:
    return (
        draft(),
        ErasedRow(uuid4(), DAY),
        AuditRow(1, 1, BOX, bytes(32), token_bytes(32), token_bytes(32), 1, token_bytes(32)),
        AttemptRow(token_bytes(32), DAY, 1),
        SettingRow("rota", BOX),
    )
