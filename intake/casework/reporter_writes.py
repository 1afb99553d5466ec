"""What is added to a case already sent, by its reporter or a lawyer who follows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from intake.casework import log, notices
from intake.casework.codec import encode, instant
from intake.casework.consents import Change
from intake.casework.files.owning import handed_over
from intake.casework.mail_entries import REPORTER, Entry, entries, row_of
from intake.casework.service import Service
from intake.form import sorting
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.store import documents
from intake.store.tables import AdditionRow, CaseRow
from intake.triage import Level
from intake.vault import Key, Ring, addition_mac, seal_addition


@dataclass(frozen=True)
class Writer:
    """Who has a conversation open: whoever holds the code, or a lawyer whose handle `by` is."""

    case_id: UUID
    mail_key: Key = field(repr=False)
    by: str = ""


def add_to_case(  # noqa: PLR0913 - one act with all it needs
    service: Service,
    writer: Writer,
    kind: str,
    content: Mapping[str, Any],
    *,
    id_: UUID,
    now: datetime,
    trained_only: bool = False,
    level: Level = Level.U4,
    change: Change | None = None,
    about: UUID | None = None,
) -> bool:
    """Store an addition and its entry in the conversation, once for each `id_`.

    Whether it was stored now.

    Information that tells of sexual violence is `trained_only`, and so is all that comes
    after it, or after a first report that did. That nothing sexual was done is for trained
    handlers too, but not what comes after it. The rings that read it have their secrets
    elsewhere; the MAC shows that it came from who has the conversation open. Whoever is on duty
    is told as urgently as the case is, or as the addition's own `level`. `change` is what is
    allowed or not allowed any more from now on; `about` is the entry that is answered.
    """
    case_id, mail_key = writer.case_id, writer.mail_key
    with service.reading() as session:
        said = entries(session, case_id, mail_key)
    wishes = kind == "information" and trained_only
    is_sealed = wishes or _is_intimate(content) or any(e.trained_only for e in said)
    restricted = kind == "information" and is_sealed
    consents = {"consents": change.to_json()} if change else {}
    told = {
        "kind": kind,
        "at": instant(now),
        "trained_only": restricted,
        "by": writer.by,
        **consents,
        **content,
    }
    box = seal_addition(
        service.pins().rings,
        encode(told),
        case=case_id,
        id=id_,
        readers=(Ring.INTIMATE,) if restricted else (Ring.CASE, Ring.INTIMATE),
    )
    entry = replace(_entry(id_, kind, now, content, change), trained_only=wishes)
    row = row_of(case_id, mail_key, replace(entry, about=about, by=writer.by))
    with service.writing() as session:
        case = session.get_one(CaseRow, case_id)
        if documents.is_known(session, id_):
            return False
        session.add(
            AdditionRow(id=id_, case_id=case_id, box=box, mac=addition_mac(mail_key, box))
        )
        session.add(row)
        handed_over(session, Answers.from_json(content.get("answers", {})), case_id)
        detail = {**(change.codes if change else {}), **handle_of(writer)}
        log.append(session, service, f"reporter_{kind}", case=case, detail=detail, now=now)
        if not case.automated:
            urgency = max(Level.of(case.level), level)
            notices.announce(session, service, now=now, level=urgency.code)
        return True


def handle_of(writer: Writer) -> dict[str, object]:
    """What a line in the log tells of a lawyer who wrote; nothing of who holds the code."""
    return {"handle": writer.by} if writer.by else {}


def _is_intimate(content: Mapping[str, Any]) -> bool:
    """Whether an answer tells of sexual violence, also one that no fact is made of (E11)."""
    answers = Answers.from_json(content.get("answers", {}))
    return bool(sorting.documents(answers)[Compartment.INTIMATE])


def _entry(
    id_: UUID, kind: str, now: datetime, content: Mapping[str, object], change: Change | None
) -> Entry:
    """What the conversation tells of it: a story never, what is allowed by its codes."""
    text = str(content.get("text", "")) if kind != "information" else ""
    entry = Entry(id_, kind, REPORTER, now, text)
    if not change:
        return entry
    given = tuple(consent.code for consent in change.given)
    until = min((c.until for c in change.given if c.until), default=None)
    return replace(entry, consents=given, withdrawn=change.withdrawn, until=until)
