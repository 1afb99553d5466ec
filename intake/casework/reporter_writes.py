"""What a reporter adds to a case already sent: for the conversation and for the desk."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import log, notices
from intake.casework.codec import encode, instant
from intake.casework.mail_entries import REPORTER, Entry, entries, row_of
from intake.casework.service import Service
from intake.store.tables import AdditionRow, CaseRow, DocumentRow
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
) -> None:
    """Store an addition and its entry in the conversation, once for each `id_`.

    Information that tells of sexual violence is `trained_only`, and so is all of it where
    the first report was. The rings that read it have their secrets elsewhere; the MAC shows
    that it came from who holds the return code.
    """
    with service.reading() as session:
        first = entries(session, case_id, mail_key)[0]
    restricted = kind == "information" and (trained_only or first.trained_only)
    box = seal_addition(
        service.pins().rings,
        encode({"kind": kind, "at": instant(now), "trained_only": trained_only, **content}),
        case=case_id,
        id=id_,
        readers=(Ring.INTIMATE,) if restricted else (Ring.CASE, Ring.INTIMATE),
    )
    with service.writing() as session:
        case = session.get_one(CaseRow, case_id)
        if _is_known(session, id_):
            return
        session.add(
            AdditionRow(id=id_, case_id=case_id, box=box, mac=addition_mac(mail_key, box))
        )
        text = str(content.get("text", "")) if kind != "information" else ""
        session.add(row_of(case_id, mail_key, Entry(id_, kind, REPORTER, now, text)))
        log.append(session, service, f"reporter_{kind}", case=case, now=now)
        notices.announce(session, service, now=now, level=case.level)


def _is_known(session: Session, id_: UUID) -> bool:
    return session.get(DocumentRow, (id_, 1)) is not None
