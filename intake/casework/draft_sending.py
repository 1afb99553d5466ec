"""What becomes of a draft: it is sent, or its return code brings it back."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.draft_visits import begun, open_visit, visit_text
from intake.casework.drafts import draft_in, row_of
from intake.casework.errors import (
    ExpiredCode,
    NothingToSend,
    StorageBusy,
    UnknownCode,
)
from intake.casework.incoming import Report
from intake.casework.mailbox import entered
from intake.casework.receipts import Receipt, write_once
from intake.casework.service import Service
from intake.casework.submit import sent_before, submit_anew
from intake.form.draft import Draft
from intake.form.journey import asked_steps, is_sendable, to_send
from intake.store import drafts
from intake.store.tables import DraftRow
from intake.vault import CodeKeys, Once, UnsealError, code_keys, draft_id, open_once, read_code

ROUTE: Final = "full"
CHANNEL: Final = "web_form"
_TRIES: Final = 16
"""Another tab that saves what is typed may be quicker several times over."""
_AS_DRAFT: Final[Mapping[str, str]] = MappingProxyType({})


class _Changed(Exception):  # noqa: N818 - reads as what is the matter
    """Somebody wrote in the draft while it was being sent."""


@dataclass(frozen=True)
class CameBack:
    """Cookie texts of what a return code opens: the conversation, a draft, or both."""

    conversation: str | None = field(repr=False)
    draft: str | None = field(repr=False)


def send_draft(  # noqa: PLR0913 - what is sent, how it came, and in which words
    service: Service,
    visit: str,
    *,
    language: str,
    now: datetime,
    automated: bool = False,
    channel: str = CHANNEL,
    words: Mapping[str, str] = _AS_DRAFT,
    filed_by: UUID | None = None,
) -> tuple[str, Receipt]:
    """Send what the draft tells and delete it, in one step; the form's `once` and its receipt.

    `channel` is how it came, a code; `words` are the versions of the permissions' words that
    were shown, by code, where they are not those that the draft names. Sent again, the same
    receipt. Where something was sent under the same `once` before, this is added to it.
    Raises `SessionEnded`, `NothingToSend`, and as `submit`.
    """
    once = open_visit(service, visit, now=now).once
    sent = partial(
        Report,
        language=language,
        route=ROUTE,
        channel=channel,
        received_at=now,
        automated=automated,
        filed_by=filed_by,
    )
    for _try in range(_TRIES):
        with service.reading() as session:
            row = row_of(session, once)
            draft = draft_in(row, once)
        if row is None:
            return write_once(once), _receipt_again(service, once, now)
        besides = partial(_take_away, once=once, revision=row.revision)
        with suppress(_Changed):
            report = _filled_in(draft, partial(sent, words={**draft.words, **words}))
            return submit_anew(service, report, once=write_once(once), besides=besides)
    raise StorageBusy


def come_back(service: Service, typed: str, *, now: datetime) -> CameBack:
    """What the typed return code opens; at least one of the two.

    Raises `vault.CodeError` before any stretching, `UnknownCode`, `ExpiredCode`,
    `vault.BusyError`. The same is done whichever of the two is there.
    """
    keys = code_keys(read_code(typed), service.keys.site_salt)
    with service.reading() as session:
        is_expired = False
        conversation = draft = None
        try:
            conversation = entered(service, session, keys, now=now)
        except (UnknownCode, ExpiredCode) as error:
            is_expired = isinstance(error, ExpiredCode)
        row = drafts.found_by(session, keys.look_up)
    if row is not None and row.day >= now.date():
        draft = _reopened(service, row, keys, now)
    if conversation is None and draft is None:
        raise ExpiredCode if is_expired or row is not None else UnknownCode
    return CameBack(conversation, draft)


def _filled_in(draft: Draft, sent: Callable[..., Report]) -> Report:
    """What is sent of the draft: all that is still asked, and the way to it."""
    if not is_sendable(draft):
        raise NothingToSend
    asked = {step.slug for step in asked_steps(draft.answers)}
    return sent(
        answers=to_send(draft),
        passed=tuple(slug for slug in draft.passed if slug in asked),
        skipped=tuple(slug for slug in draft.skipped if slug in asked),
    )


def _receipt_again(service: Service, once: Once, now: datetime) -> Receipt:
    receipt = sent_before(service, write_once(once), now=now)
    if receipt is None:
        raise NothingToSend
    return receipt


def _take_away(session: Session, *, once: Once, revision: int) -> None:
    """Delete the draft that was sent; what was changed since is not thrown away."""
    if not drafts.take_away(session, draft_id(once), revision=revision):
        raise _Changed


def _reopened(service: Service, row: DraftRow, keys: CodeKeys, now: datetime) -> str | None:
    if row.key_box is None:
        return None
    try:
        once = open_once(keys.key, row.key_box, id=row.id)
    except UnsealError:
        return None
    return visit_text(service, begun(service, once, now=now, is_saved=True))
