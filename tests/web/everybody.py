"""Somebody in every role, signed in; what is hers, what is another's, and what is not there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from uuid import UUID, uuid4

from sqlalchemy import update

from intake.casework import (
    Reader,
    Service,
    factors_of,
    invitations,
    new_once,
    notices_for,
    open_sessions,
    overview,
    proposals_of,
    resume,
)
from intake.casework.account_notices import tell
from intake.casework.files.reading import papers
from intake.casework.filings.beginning import begin, opened
from intake.casework.filings.sending import send as send_filing
from intake.casework.given import answer, given
from intake.casework.member_states import WAITING
from intake.casework.offering import offer
from intake.casework.restricting import restrict
from intake.casework.splitting.joining import link_similar
from intake.casework.splitting.shown import links_of
from intake.form.answers import Answers
from intake.form.draft import Draft
from intake.form.events import NARRATIVE
from intake.form.people import REPORTER_ROLE
from intake.form.recording import CHANNEL
from intake.roles import Permission, Role
from intake.store.people import MemberRow
from intake.vault import Slot
from tests.casework.joining import WORDS, proof
from tests.casework.work.answering import write
from tests.files import picture, with_file
from tests.people import (
    COORDINATOR,
    EARLIER,
    NOW,
    SECOND,
    Installation,
    add_member,
    send_and_open,
    service_in,
    set_up_app,
    sign_in,
    sister_report,
)

ROLES: Mapping[str, tuple[Role, ...]] = {
    "handler": (Role.COORDINATOR, Role.HANDLER),
    "administrator": (Role.ADMINISTRATOR,),
    "lawyer": (Role.LAWYER,),
    "psychologist": (Role.PSYCHOLOGIST,),
    "doctor": (Role.DOCTOR,),
    "filing_lawyer": (Role.FILING_LAWYER,),
    "analyst": (Role.ANALYST,),
    "auditor": (Role.AUDITOR,),
    "waiting": (Role.COORDINATOR,),
}
SPECIALISTS = ("lawyer", "psychologist", "doctor")
PARTS = (Slot.IDENTITY, Slot.ACCOUNT, Slot.WORK)
Places = Mapping[str, str]


@dataclass(frozen=True)
class Everybody:
    """Cookies by role, and what stands for each place of an address.

    `coordinator` is no trained handler; `handler` is one.
    """

    folder: Path
    cookies: Mapping[str, str]
    own: Mapping[str, Places]
    foreign: Mapping[str, Places]


def gathered(installation: Installation, folder: Path) -> Everybody:
    """A copy of `installation` in `folder`, with somebody in every role."""
    service = service_in(copytree(installation.folder, folder))
    founder = resume(service, installation.cookies[COORDINATOR], now=NOW)
    cookies = {"coordinator": installation.cookies[SECOND]}
    for handle, roles in ROLES.items():
        cookies[handle] = _comes(founder, handle, roles)
    readers = {role: resume(service, cookie, now=NOW) for role, cookie in cookies.items()}
    own = dict(_owned(founder, readers))
    foreign = dict(_of_others(founder, readers, own))
    _keeps_waiting(service)
    service.engine.dispose()
    return Everybody(folder, cookies, own, foreign)


def _comes(founder: Reader, handle: str, roles: tuple[Role, ...]) -> str:
    add_member(founder, handle, roles, WORDS)
    service = founder.service
    cookie = sign_in(service, handle, WORDS, now=NOW).cookie
    set_up_app(resume(service, cookie, now=NOW), WORDS, now=EARLIER)
    return cookie


def _keeps_waiting(service: Service) -> None:
    with service.writing() as session:
        row = update(MemberRow).where(MemberRow.handle == "waiting")
        session.execute(row.values(state=WAITING))


def _case(founder: Reader) -> str:
    told = sister_report(consent=("refer_internal",), consent_giver="victim")
    return send_and_open(founder, with_file(founder.service, told, picture())).ref


def _owned(founder: Reader, readers: Mapping[str, Reader]) -> Iterator[tuple[str, Places]]:
    """For every role a case she may open or was given, an offer, and what belongs to her."""
    case, offered = _case(founder), _case(founder)
    (paper,) = papers(founder, case, now=NOW)
    invitations.invite(founder, "fern", (Role.ANALYST,), now=NOW)
    (invitation,) = invitations.pending(founder, now=NOW)
    proposal, link = _proposal(founder, case), _link(founder, case, offered)
    for role in SPECIALISTS:
        _offer(founder, case, readers[role])
        (told,) = given(readers[role]).offers
        answer(readers[role], told.id, "", accepted=True, now=NOW)
        _offer(founder, offered, readers[role])
    for role, reader in readers.items():
        offers = given(reader).offers if role in SPECIALISTS else ()
        yield (
            role,
            {
                "case": case,
                "file": str(paper.manifest.id),
                "given": case,
                "offer": str(offers[0].id if offers else uuid4()),
                "invitation": str(invitation.id),
                "proposal": proposal,
                "link": link,
                "filing": _filing(reader),
                **_of_account(reader),
            },
        )


def _proposal(founder: Reader, case: str) -> str:
    """What the founder asks a second coordinator for."""
    write(founder, case, "lowering")
    (asked,) = (one for one in proposals_of(founder) if one.ref == case)
    return str(asked.id)


def _link(founder: Reader, case: str, other: str) -> str:
    """That two cases tell of the same event."""
    version, once = overview(founder, case, now=NOW).version, new_once()
    link_similar(founder, case, other, "One evening", once=once, version=version, now=NOW)
    return str(links_of(founder, case, now=NOW).links[0].id)


def _offer(founder: Reader, case: str, to: Reader) -> None:
    offer(founder, case, to.member, PARTS, "Can you see her?", now=NOW)


def _filing(reader: Reader) -> str:
    """What a coordinator records and has not sent; what a lawyer filed, and follows."""
    is_recorded = reader.may(Permission.RECORD)
    if not is_recorded and not reader.may(Permission.FILE):
        return str(uuid4())
    told = Answers({CHANNEL.name: "phone"} if is_recorded else {REPORTER_ROLE.name: "lawyer"})
    draft = Draft(told.having(NARRATIVE, "They did not let me see him."))
    id_ = begin(reader, draft, once=new_once(), now=NOW, is_recorded=is_recorded)
    if not is_recorded:
        send_filing(
            reader,
            opened(reader, id_, is_recorded=False),
            language="en",
            words={},
            now=NOW,
        )
    return str(id_)


def _of_account(reader: Reader) -> Places:
    sign_in(reader.service, reader.handle, _words_of(reader), now=NOW)
    with reader.service.writing() as session:
        tell(session, reader.service, (reader.member,), "signed_in", now=NOW)
    (another,) = (one for one in open_sessions(reader) if not one.is_this)
    return {
        "factor": str(factors_of(reader)[0].id),
        "session": str(another.id),
        "notice": str(notices_for(reader)[0].id),
    }


def _words_of(reader: Reader) -> str:
    return WORDS if reader.handle in ROLES else "harbor pencil walnut thunder meadow copper"


def _of_others(
    founder: Reader, readers: Mapping[str, Reader], own: Mapping[str, Places]
) -> Iterator[tuple[str, Places]]:
    """For every role what only others may open: a case kept for the founder, one not given."""
    kept, not_given = _case(founder), _case(founder)
    proposal = _proposal(founder, kept)
    restrict(
        founder, kept, (founder.member,), "Her cousin is accused.", proof(founder), now=NOW
    )
    for role in readers:
        another = "psychologist" if role == "lawyer" else "lawyer"
        theirs = {"case": kept, "given": not_given, "proposal": proposal}
        filed = own["handler" if role == "coordinator" else "coordinator"]["filing"]
        yield role, {**own[another], **theirs, "filing": filed}


def missing() -> Places:
    """What is nowhere."""
    there_is_none = str(UUID(int=7, version=4))
    names = ("offer", "invitation", "proposal", "factor", "session", "notice", "filing")
    return {"case": "2222-2222", "given": "2222-2222", **dict.fromkeys(names, there_is_none)}
