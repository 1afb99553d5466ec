"""The demo: a small coalition with reports in it, made through the real use cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.resources import files
from tomllib import loads
from typing import Final

from sqlalchemy import select

from intake.casework import demo_mark, mailbox
from intake.casework.cases import open_case, take
from intake.casework.correspondence import send_message
from intake.casework.demo_briefing import briefing_reports
from intake.casework.demo_cases import demo_cases
from intake.casework.demo_directory import fill
from intake.casework.demo_entering import send
from intake.casework.demo_filings import file_for_clients
from intake.casework.demo_grants import give
from intake.casework.demo_history import references, retell
from intake.casework.demo_report import DemoReport
from intake.casework.errors import CaseworkError
from intake.casework.founding import HANDLE, found
from intake.casework.notes import add_note
from intake.casework.passphrases import choose_passphrase
from intake.casework.reader import Reader
from intake.casework.receipts import new_once
from intake.casework.roster import Newcomer, admit
from intake.casework.service import Service
from intake.casework.sessions import resume
from intake.casework.set_up import confirm_sheets, new_sheets
from intake.casework.sign_in import sign_in
from intake.roles import Role
from intake.store.people import MemberRow
from intake.store.tables import CaseRow
from intake.vault import Ring, passphrase

STAFF: Final[Mapping[str, tuple[Role, ...]]] = {
    "second": (Role.COORDINATOR,),
    "handler": (Role.COORDINATOR, Role.HANDLER),
    "lawyer": (Role.LAWYER, Role.FILING_LAWYER),
    "psychologist": (Role.PSYCHOLOGIST,),
    "analyst": (Role.ANALYST,),
    "auditor": (Role.AUDITOR,),
    "administrator": (Role.ADMINISTRATOR,),
}
# Those who opened and ended the reports of the briefing, in turn.
_OPENING: Final = (HANDLE, "second", "handler")


class NotDemo(CaseworkError):  # noqa: N818 - reads as what is the matter
    """Somebody's real installation is here, or a demo that was never finished."""


@dataclass(frozen=True)
class Demo:
    """How to get in: passphrases by handle, and return codes by the key of the case."""

    passphrases: Mapping[str, str] = field(repr=False)
    codes: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class _Sent:
    """A report of the demo: the reference in the desk, the code that its sender has."""

    ref: str
    code: str = field(repr=False)


def make_demo(service: Service, *, now: datetime, briefing: bool = False) -> Demo:
    """Fill an empty installation; `NotDemo` when it is not empty.

    With `briefing` it also holds the reports of two published tables, closed long ago.
    """
    _claim(service, briefing=briefing)
    old: tuple[DemoReport, ...] = briefing_reports() if briefing else ()
    new = demo_cases(now)
    opening = min(case.received_at for case in (*old, *new)) - timedelta(days=1)
    passphrases = {HANDLE: _first_coordinator(service, opening)}
    passphrases |= _staff(service, passphrases[HANDLE], opening)
    fill(_reader(service, HANDLE, passphrases[HANDLE], opening), opening)
    if old:
        retell(service, old, [_reader(service, h, passphrases[h], opening) for h in _OPENING])
    sent = dict(_reports(service, new))
    _talk(service, passphrases, sent, now)
    give(
        lambda handle: _reader(service, handle, passphrases[handle], now),
        {key: case.ref for key, case in sent.items()},
        now,
    )
    codes = {key: case.code for key, case in sent.items()}
    file_for_clients(_reader(service, "lawyer", passphrases["lawyer"], now), codes, now)
    return Demo(passphrases, codes)


def _claim(service: Service, *, briefing: bool) -> None:
    """Mark the database before anything else, so that it never passes for a real one."""
    with service.writing() as session:
        if session.scalar(select(MemberRow.id).limit(1)) or session.scalar(
            select(CaseRow.id).limit(1)
        ):
            raise NotDemo
        demo_mark.mark(session, service, briefing=briefing)


def _first_coordinator(service: Service, now: datetime) -> str:
    """The first coordinator's own passphrase, after the steps that a real one takes."""
    first = found(service, now=now)
    if first is None:
        raise NotDemo
    reader = _reader(service, first.handle, first.passphrase, now)
    words = passphrase()
    reader = resume(service, choose_passphrase(reader, words, now=now).cookie, now=now)
    sheets = new_sheets(reader, threshold=2, count=3)
    asked = (sheets.words[sheet - 1].split()[word - 1] for sheet, word in sheets.ask)
    confirm_sheets(reader, sheets.sealed, *asked, now=now)
    return words


def _staff(service: Service, words: str, now: datetime) -> dict[str, str]:
    """The others, each with the rings of her roles; their passphrases by handle."""
    passphrases = {handle: passphrase() for handle in STAFF}
    reader = _reader(service, HANDLE, words, now)
    with service.writing() as session:
        keys = [reader.ring(session, ring) for ring in Ring]
        for handle, roles in STAFF.items():
            newcomer = Newcomer(handle, roles, passphrases[handle])
            admit(session, service, newcomer, keys, by=reader.member, now=now)
    return passphrases


def _reports(service: Service, reports: Iterable[DemoReport]) -> Iterator[tuple[str, _Sent]]:
    """Send every report in the order in which they came."""
    for report in sorted(reports, key=lambda report: report.received_at):
        known = references(service)
        receipt = send(service, report)
        (ref,) = references(service) - known
        yield report.key, _Sent(ref, receipt.code)


def _talk(
    service: Service,
    passphrases: Mapping[str, str],
    sent: Mapping[str, _Sent],
    now: datetime,
) -> None:
    """Some cases are opened, taken and answered, and some reporters have written back."""
    text = (files("intake.casework") / "data" / "demo_talk.toml").read_text("utf-8")
    for row in loads(text)["talk"]:
        case, handle = sent[row["key"]], row["by"]
        _answer(_reader(service, handle, passphrases[handle], now), case, row, now)
        if "reply" in row:
            visit = mailbox.enter(service, case.code, now=now)
            once = new_once()
            mailbox.write(service, visit, row["reply"], kind="message", once=once, now=now)


def _answer(reader: Reader, case: _Sent, row: Mapping[str, str], now: datetime) -> None:
    open_case(reader, case.ref, now=now)
    take(reader, case.ref, now=now)
    send_message(reader, case.ref, row["answer"], once=new_once(), now=now)
    if "note" in row:
        add_note(reader, case.ref, row["note"], once=new_once(), now=now)


def _reader(service: Service, handle: str, words: str, now: datetime) -> Reader:
    signed_in = sign_in(service, handle, words, known=None, now=now)
    return resume(service, signed_in.cookie, now=now)
