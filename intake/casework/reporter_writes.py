"""What a reporter adds to a case already sent: for the conversation and for the desk."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from intake.casework import log, notices
from intake.casework.codec import encode, instant
from intake.casework.mail_entries import REPORTER, Entry, entries, row_of
from intake.casework.service import Service
from intake.store import documents
from intake.store.tables import AdditionRow, CaseRow
from intake.triage import Level
from intake.vault import Key, Ring, addition_mac, seal_addition


def add_to_case(  # noqa: PLR0913 - one act with all it needs
    service: Service,
    case_id: UUID,
    mail_key: Key,
    kind: str,
    content: Mapping[str, object],
    *,
    id_: UUID,
    now: datetime,
    trained_only: bool = False,
    level: Level = Level.U4,
) -> None:
    """Store an addition and its entry in the conversation, once for each `id_`.

    Information that tells of sexual violence is `trained_only`, and so is all that comes
    after it, or after a first report that did. The rings that read it have their secrets
    elsewhere; the MAC shows that it came from who holds the return code. Whoever is on duty
    is told as urgently as the case is, or as the addition's own `level`.
    """
    with service.reading() as session:
        said = entries(session, case_id, mail_key)
    wishes = kind == "information" and trained_only
    restricted = kind == "information" and (wishes or any(e.trained_only for e in said))
    box = seal_addition(
        service.pins().rings,
        encode({"kind": kind, "at": instant(now), "trained_only": restricted, **content}),
        case=case_id,
        id=id_,
        readers=(Ring.INTIMATE,) if restricted else (Ring.CASE, Ring.INTIMATE),
    )
    text = str(content.get("text", "")) if kind != "information" else ""
    entry = Entry(id_, kind, REPORTER, now, text, trained_only=wishes)
    with service.writing() as session:
        case = session.get_one(CaseRow, case_id)
        if documents.is_known(session, id_):
            return
        session.add(
            AdditionRow(id=id_, case_id=case_id, box=box, mac=addition_mac(mail_key, box))
        )
        session.add(row_of(case_id, mail_key, entry))
        log.append(session, service, f"reporter_{kind}", case=case, now=now)
        if not case.automated:
            urgency = max(Level.of(case.level), level)
            notices.announce(session, service, now=now, level=urgency.code)
