"""An installation in which everything stands that can stand there, and who could open it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from intake.casework import (
    Reader,
    Service,
    add_note,
    begin_draft,
    change_draft,
    duty,
    enter,
    invitations,
    move,
    new_once,
    prove,
    resume,
    rotation,
    save_draft,
    send_message,
    telling,
    work,
    write,
)
from intake.casework.directory.entries import About, entry_of
from intake.casework.directory.keeping import keep
from intake.casework.directory.mine import keep_mine
from intake.casework.duty import Entry
from intake.casework.given import answer, given
from intake.casework.offering import offer
from intake.casework.restricting import restrict
from intake.casework.team import papers
from intake.form import events
from intake.form.answers import Answers
from intake.roles import Role
from intake.store.team import TeamDocumentRow
from intake.vault import Ring, Slot, box_team, seal_own
from tests.casework.joining import WORDS, add, joined, proof
from tests.people import (
    NOW,
    PASSPHRASES,
    SECOND,
    Installation,
    Sent,
    next_code,
    send,
    send_and_open,
    sign_in,
    sister_report,
)

ERASING: Final = "any_to_erased"
ADMINISTRATOR, DOCTOR, LAWYER, WAITING = "administrator", "doctor", "lawyer", "waiting"


@dataclass
class Filled:
    """What was told to people, and by what the stored things open."""

    service: Service
    sheets: tuple[str, ...] = field(repr=False)
    cookies: list[str] = field(default_factory=list, repr=False)
    codes: list[str] = field(default_factory=list, repr=False)
    onces: list[str] = field(default_factory=list, repr=False)
    links: list[str] = field(default_factory=list, repr=False)
    passphrases: dict[str, str] = field(default_factory=dict, repr=False)


def fill(reader: Reader, second: Reader, installation: Installation) -> Filled:
    """Use everything there is once; two generations of every ring stand afterwards."""
    filled = Filled(reader.service, installation.sheets, list(installation.cookies.values()))
    others = (ADMINISTRATOR, DOCTOR, LAWYER, WAITING)
    filled.passphrases |= PASSPHRASES | dict.fromkeys(others, WORDS)
    _people(reader, filled)
    sent = _cases(reader, filled)
    _drafts(filled)
    _access(reader, second, sent)
    _team(reader, sent[0])
    _turn(reader)
    filled.codes.append(send(reader.service).code)  # after it, in the new generation
    return filled


def _people(reader: Reader, filled: Filled) -> None:
    service = reader.service
    administrator = add(reader, ADMINISTRATOR, Role.ADMINISTRATOR)
    duty.keep(reader, [Entry(reader.member, "tulip@post.example")], revision=0, now=NOW)
    texts = {"kk": "Мәтін", "ru": "Текст", "en": "Words"}
    telling.publish(
        administrator, "contact", texts, proof=proof(administrator), revision=0, now=NOW
    )
    filled.links.append(invitations.invite(reader, "later", (Role.ANALYST,), now=NOW))
    joined(reader, WAITING, Role.AUDITOR)
    for handle in (DOCTOR, LAWYER):
        add(reader, handle, Role(handle))
    cookie = sign_in(service, SECOND, PASSPHRASES[SECOND], now=NOW).cookie
    filled.cookies.append(cookie)


def _cases(reader: Reader, filled: Filled) -> list[Sent]:
    service = reader.service
    allowed = sister_report(consent=("refer_internal",), consent_giver="victim")
    sent = [send_and_open(reader, allowed) for _ in range(2)]
    sent.append(send(service, sister_report(narrative="Not opened yet.")))
    mine = enter(service, sent[0].code, now=NOW)
    write(service, mine, "More of it.", kind="message", once=new_once(), now=NOW)
    add_note(reader, sent[0].ref, "A note.", once=new_once(), now=NOW)
    send_message(reader, sent[0].ref, "We read it.", once=new_once(), now=NOW)
    write(service, mine, "And more.", kind="message", once=new_once(), now=NOW)
    filled.codes += [one.code for one in sent]
    filled.onces += [one.once for one in sent]
    return sent


def _drafts(filled: Filled) -> None:
    for is_saved in (False, True):
        once = new_once()
        visit = begin_draft(filled.service, once=once, now=NOW)
        change_draft(
            filled.service,
            visit,
            lambda draft: draft.answering(draft.answers.having(events.NARRATIVE, "It began")),
            now=NOW,
        )
        filled.onces.append(once)
        if is_saved:
            filled.codes.append(save_draft(filled.service, visit, now=NOW).code)


def _access(reader: Reader, second: Reader, sent: list[Sent]) -> None:
    doctor, lawyer = (_signed_in(reader.service, handle) for handle in (DOCTOR, LAWYER))
    parts = (Slot.IDENTITY, Slot.ACCOUNT)
    offer(reader, sent[0].ref, doctor.member, parts, "Can you see him?", now=NOW)
    (told,) = given(doctor).offers
    answer(doctor, told.id, "Tomorrow.", accepted=True, now=NOW)
    offer(reader, sent[0].ref, lawyer.member, parts, "And you?", now=NOW)
    named = {reader.member, second.member}
    code = next_code(reader.service.settings.instance, reader.handle, NOW)
    proof = prove(reader, PASSPHRASES[reader.handle], code, now=NOW)
    restrict(reader, sent[1].ref, named, "A relative.", proof, now=NOW)


def _team(reader: Reader, sent: Sent) -> None:
    """What the team shares, what a member keeps for herself, and what waits for a second."""
    version = work(reader, sent.ref, now=NOW).version
    erase = Answers({"moved_asked_how": "phone"})
    move(reader, sent.ref, ERASING, erase, version=version, once=new_once(), now=NOW)
    with reader.service.writing() as session:
        ring, id_, me = reader.ring(session, Ring.CASE), uuid4(), reader.member
        box = box_team(ring, b"Mass detention", id=id_, kind="tag", revision=1)
        session.add(TeamDocumentRow(id_, "tag", box, generation=ring.generation))
        public, own = reader.secret.seed.public, uuid4()
        box = seal_own(public, b"Mine", id=own, kind="view", revision=1, member=me)
        session.add(TeamDocumentRow(own, "view", box, member_id=me))
    lawyer = _signed_in(reader.service, LAWYER)
    keep(reader, entry_of(lawyer.member), About(sex="female"), seen=papers.NEW, now=NOW)
    keep_mine(lawyer, ("kk",), (), None, seen=1, now=NOW)


def _signed_in(service: Service, handle: str) -> Reader:
    return resume(service, sign_in(service, handle, WORDS, now=NOW).cookie, now=NOW)


def _turn(reader: Reader) -> None:
    """A second generation of every ring, with all that stands boxed under it."""
    with reader.service.writing() as session:
        rotation.mark_due(session, Ring)
    while not rotation.go_on(reader, now=NOW).is_over:
        pass
