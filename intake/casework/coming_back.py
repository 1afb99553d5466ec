"""What is done behind a return code besides writing: answers, consents, ways to answer."""

import hashlib
from base64 import b32encode
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from intake.casework import log
from intake.casework.codec import encode
from intake.casework.consents import CONTACT, Change
from intake.casework.files.owning import by_content
from intake.casework.mail_entries import HOLDER, Entry, entries, row_of
from intake.casework.mailbox import conversation, named, opened
from intake.casework.receipts import read_once
from intake.casework.reporter_writes import add_to_case, handle_of
from intake.casework.service import Service
from intake.consent import Consent
from intake.form.answers import Answers
from intake.form.consent_texts import consent_text
from intake.form.questionnaire import VERSION
from intake.store.tables import CaseRow
from intake.triage import Facts, triage

ROUTE, CHANNEL = "mailbox", "web_form"
REPORTER_HERSELF = ""  # the giver of what concerns nobody else


def item_id(once: str) -> str:
    """The id of the thing that a form tells of, the same however often it is sent."""
    digest = hashlib.sha256(b"item" + read_once(once).raw).digest()
    return b32encode(digest)[:8].decode().lower()


def answer(  # noqa: PLR0913 - what is answered, where it was asked, and by which form
    service: Service,
    visit: str,
    answers: Answers,
    *,
    language: str,
    once: str,
    now: datetime,
    about: UUID | None = None,
    passed: tuple[str, ...] = (),
) -> bool:
    """Add answers to questions of the form; once for each `once`, and whether it was now.

    `about` is the message that asked them, `passed` are the pages on which they stand. The
    conversation tells that something was answered and never what.
    """
    writer = opened(service, visit, now=now)
    told = answers.to_json()
    facts = _facts(answers, language, now)
    content = {
        "answers": told,
        "language": language,
        "questionnaire": VERSION,
        "passed": [slug for slug in passed if not slug.startswith("sexual")],
    }
    return add_to_case(
        service,
        writer,
        "information",
        content,
        id_=named(once, writer.case_id, encode({"answers": by_content(answers).to_json()})),
        trained_only=facts.needs_trained_reader,
        level=triage(facts, now).level,
        about=about,
        now=now,
    )


def change_contact(  # noqa: PLR0913 - what is told, what is allowed, and by which form
    service: Service,
    visit: str,
    answers: Answers,
    *,
    allowed: bool,
    once: str,
    now: datetime,
    words: str = "",
) -> None:
    """Tell anew how to answer safely, in the place of all that was told of it before.

    Unless contact in this way is `allowed` here, it is allowed no longer. `words` is the
    version that was shown; empty stands for the words that come with the program.
    """
    writer = opened(service, visit, now=now)
    told = answers.to_json()
    version = words or consent_text(CONTACT).version
    given = (Consent(CONTACT, REPORTER_HERSELF, now, version),) if allowed else ()
    is_allowed = CONTACT in conversation(service, visit, now=now).allowed
    change = Change(now, given, () if allowed or not is_allowed else (CONTACT,))
    add_to_case(
        service,
        writer,
        "contact",
        {"answers": told},
        id_=named(once, writer.case_id, encode({"contact": told, "allowed": allowed})),
        change=change or None,
        now=now,
    )


def give_consent(service: Service, visit: str, consent: Consent, *, once: str) -> None:
    """Allow one thing from now on; once for each `once`."""
    said = f"give\0{consent.code}\0{consent.giver}\0{consent.until}"
    _change(service, visit, Change(consent.given_at, (consent,)), said, once=once)


def withdraw_consent(
    service: Service, visit: str, code: str, *, once: str, now: datetime
) -> None:
    """Allow one thing no longer; once for each `once`."""
    change = Change(now, withdrawn=(code,))
    _change(service, visit, change, f"withdraw\0{code}", once=once)


def _change(service: Service, visit: str, change: Change, said: str, *, once: str) -> None:
    now = change.at
    writer = opened(service, visit, now=now)
    id_ = named(once, writer.case_id, said.encode())
    add_to_case(service, writer, "consent", {}, id_=id_, change=change, now=now)


def dismiss(service: Service, visit: str, id_: UUID, *, once: str, now: datetime) -> None:
    """Take a message out of what the return code shows; the desk keeps it.

    Only messages: what was asked for and what is allowed must stay to be seen.
    """
    writer = opened(service, visit, now=now)
    mark = named(once, writer.case_id, b"dismiss" + id_.bytes)
    with service.writing() as session:
        said = entries(session, writer.case_id, writer.mail_key)
        if not _is_there_to_remove(said, id_):
            return
        entry = Entry(mark, "dismissal", HOLDER, now, about=id_, by=writer.by)
        session.add(row_of(writer.case_id, writer.mail_key, entry))
        case, detail = session.get_one(CaseRow, writer.case_id), handle_of(writer)
        log.append(session, service, "reporter_dismissal", case=case, detail=detail, now=now)


def _is_there_to_remove(said: Iterable[Entry], id_: UUID) -> bool:
    messages = {entry.id for entry in said if entry.kind == "message"}
    removed = {entry.about for entry in said if entry.kind == "dismissal"}
    return id_ in messages - removed


def _facts(answers: Answers, language: str, now: datetime) -> Facts:
    return Facts.from_answers(
        answers, received_at=now, language=language, channel=CHANNEL, route=ROUTE
    )
