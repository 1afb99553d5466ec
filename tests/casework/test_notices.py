"""Telling people: once, soon, to whoever is on duty, and again when it did not go."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from sqlalchemy import delete, func, select

from intake import mail
from intake.casework import Reader, Service, duty, new_once, notices, submit, verify
from intake.casework.codec import decode
from intake.casework.duty import Entry, Window
from intake.casework.member_states import SUSPENDED
from intake.mail import MailError, Notice
from intake.store.people import MemberRow
from intake.store.service import AuditRow, OutboxRow
from intake.vault import Sealed, open_outbox
from tests.people import NOW, send, short_report, sister_report
from tests.ports import free_port

MINUTE = timedelta(minutes=1)
ONE, TWO = "one@example.org", "two@example.org"
ALL_DAYS = frozenset(range(7))


@dataclass
class Post:
    """Takes notices, or refuses them while `is_down`."""

    is_down: bool = False
    sent: list[str] = field(default_factory=list)
    tried: int = 0

    def send(self, notice: Notice) -> None:
        self.tried += 1
        if self.is_down:
            raise MailError(permanent=False)
        self.sent.append(notice.to)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def keep_rota(coordinator: Reader, second: Reader) -> Callable[..., None]:
    def keep(**windows: Window) -> None:
        people = {"one": (coordinator.member, ONE), "two": (second.member, TWO)}
        entries = [Entry(*people[name], (window,)) for name, window in windows.items()]
        duty.keep(coordinator, entries, revision=0, now=NOW)

    return keep


def announce(service: Service, *, now: datetime = NOW, level: str = "u1") -> None:
    with service.writing() as session:
        notices.announce(session, service, now=now, level=level)


def waiting(service: Service) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(OutboxRow)) or 0


def test_everybody_on_duty_is_told_at_once_and_once(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS, two=duty.ALWAYS)
    submit(service, sister_report(), once=new_once())
    assert notices.deliver(service, send=post.send, now=NOW) == 2
    assert sorted(post.sent) == [ONE, TWO]
    assert notices.deliver(service, send=post.send, now=NOW + timedelta(days=1)) == 0
    assert waiting(service) == 0


def test_a_notice_works_on_every_database(
    service_on_each: Service, coordinator_on_each: Reader, post: Post
) -> None:
    entry = Entry(coordinator_on_each.member, ONE)
    duty.keep(coordinator_on_each, [entry], revision=0, now=NOW)
    announce(service_on_each)
    post.is_down = True
    assert notices.deliver(service_on_each, send=post.send, now=NOW) == 0
    post.is_down = False
    assert notices.deliver(service_on_each, send=post.send, now=NOW + MINUTE) == 1


def test_a_report_that_can_wait_tells_nobody(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS)
    submit(service, short_report(narrative="A year ago."), once=new_once())
    assert notices.deliver(service, send=post.send, now=NOW) == 0
    assert waiting(service) == 0


def test_sixty_reports_at_once_are_one_notice_and_then_one_in_five_minutes(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS)
    for second in range(0, 600, 10):
        moment = NOW + timedelta(seconds=second)
        announce(service, now=moment)
        notices.deliver(service, send=post.send, now=moment)
    assert post.sent == [ONE, ONE]
    assert waiting(service) == 1
    notices.deliver(service, send=post.send, now=NOW + 10 * MINUTE)
    assert post.sent == [ONE, ONE, ONE]


def test_what_a_failing_server_left_goes_out_when_it_is_back(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS)
    announce(service)
    post.is_down = True
    assert notices.deliver(service, send=post.send, now=NOW) == 0
    assert notices.deliver(service, send=post.send, now=NOW + timedelta(seconds=29)) == 0
    assert post.tried == 1
    post.is_down = False
    assert notices.deliver(service, send=post.send, now=NOW + timedelta(seconds=30)) == 1


def test_new_word_does_not_wait_behind_what_failed_before(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS)
    announce(service)
    post.is_down = True
    for minute in range(130):
        notices.deliver(service, send=post.send, now=NOW + minute * MINUTE)
    post.is_down = False
    later = NOW + 130 * MINUTE
    assert notices.deliver(service, send=post.send, now=later) == 0
    announce(service, now=later)
    assert notices.deliver(service, send=post.send, now=later) == 1


def at_night(service: Service) -> list[bool]:
    """Of each word that waits, whether it wakes somebody up."""
    with service.reading() as session:
        rows = session.scalars(select(OutboxRow)).all()
    server = service.keys.server
    return [bool(decode(open_outbox(server, row.box, id=row.id))["at_night"]) for row in rows]


@pytest.mark.parametrize(("status", "wakes"), [("missing", True), ("free", False)])
def test_what_is_told_later_is_told_as_urgently_as_it_is(
    service: Service, status: str, *, wakes: bool
) -> None:
    sent = send(service, short_report(victim_status="free"))
    assert at_night(service) == []
    submit(service, short_report(NOW, victim_status=status, narrative="x"), once=sent.once)
    assert at_night(service) == [wakes]


def test_an_addition_is_told_at_least_as_urgently_as_its_case(service: Service) -> None:
    sent = send(service, short_report(victim_status="missing"))
    with service.writing() as session:
        session.execute(delete(OutboxRow))
    submit(service, short_report(NOW, victim_status="free"), once=sent.once)
    assert at_night(service) == [True]


def test_what_is_added_to_what_a_machine_sent_wakes_nobody(service: Service) -> None:
    sent = send(service, sister_report(automated=True))
    submit(service, short_report(NOW, victim_status="missing"), once=sent.once)
    assert waiting(service) == 0


def test_pauses_double_to_an_hour(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS)
    announce(service)
    post.is_down = True
    tried_at: list[int] = []
    for minute in range(6 * 60):
        before = post.tried
        notices.deliver(service, send=post.send, now=NOW + minute * MINUTE)
        tried_at += [minute] if post.tried > before else []
    assert tried_at == [0, 1, 2, 4, 8, 16, 32, 64, 124, 184, 244, 304]


def test_it_is_given_up_after_a_day_and_not_before_and_the_log_says_so(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS)
    announce(service)
    post.is_down = True
    lines = verify.head(service).sequence
    for minute in range(0, 24 * 60, 10):
        notices.deliver(service, send=post.send, now=NOW + minute * MINUTE)
    assert waiting(service) == 1
    assert verify.head(service).sequence == lines
    for minute in range(24 * 60, 26 * 60, 10):
        notices.deliver(service, send=post.send, now=NOW + minute * MINUTE)
    assert waiting(service) == 0
    assert verify.head(service).sequence == lines + 1


def test_one_whose_mail_fails_does_not_keep_it_from_the_other(
    service: Service, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS, two=duty.ALWAYS)
    announce(service)
    sent: list[str] = []

    def send(notice: Notice) -> None:
        if notice.to == ONE:
            raise MailError(permanent=True)
        sent.append(notice.to)

    assert notices.deliver(service, send=send, now=NOW) == 1
    assert sent == [TWO]
    assert waiting(service) == 1


def test_at_night_urgent_waits_for_the_morning_and_immediate_does_not(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=Window(ALL_DAYS, 9, 18))
    night = NOW + timedelta(hours=10)  # half past midnight in Almaty
    announce(service, now=night, level="u2")
    assert notices.deliver(service, send=post.send, now=night) == 0
    assert notices.deliver(service, send=post.send, now=night + timedelta(hours=9)) == 1
    announce(service, now=night + timedelta(days=1), level="u1")
    assert notices.deliver(service, send=post.send, now=night + timedelta(days=1)) == 1


def test_an_immediate_report_is_not_held_back_by_an_urgent_one_that_waits_already(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=Window(ALL_DAYS, 9, 18))
    night = NOW + timedelta(hours=10)
    announce(service, now=night, level="u2")
    announce(service, now=night, level="u1")
    assert notices.deliver(service, send=post.send, now=night) == 1


def test_word_stays_until_there_is_a_rota(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    announce(service)
    announce(service)
    assert waiting(service) == 1
    assert notices.deliver(service, send=post.send, now=NOW) == 0
    keep_rota(one=duty.ALWAYS)
    assert notices.deliver(service, send=post.send, now=NOW + MINUTE) == 1


def test_who_was_suspended_or_taken_off_the_rota_is_told_nothing(
    service: Service, post: Post, second: Reader, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS, two=duty.ALWAYS)
    announce(service)
    post.is_down = True
    notices.deliver(service, send=post.send, now=NOW)
    with service.writing() as session:
        session.get_one(MemberRow, second.member).state = SUSPENDED
    post.is_down = False
    notices.deliver(service, send=post.send, now=NOW + MINUTE)
    assert post.sent == [ONE]
    assert waiting(service) == 0


def test_rows_show_an_hour_and_nothing_finer(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS)
    announce(service)
    post.is_down = True
    notices.deliver(service, send=post.send, now=NOW)
    with service.reading() as session:
        (row,) = session.scalars(select(OutboxRow)).all()
    assert (row.due.minute, row.due.second) == (0, 0)
    assert row.kind == "notice"
    assert ONE.encode() not in bytes(row.box)


def test_a_row_that_somebody_changed_still_tells(
    service: Service, post: Post, keep_rota: Callable[..., None]
) -> None:
    announce(service, level="u2")
    with service.writing() as session:
        session.scalars(select(OutboxRow)).one().box = Sealed(b"\x02 nonsense")
    keep_rota(one=Window(frozenset({0}), 0, 1))
    assert notices.deliver(service, send=post.send, now=NOW) == 1


def test_no_transaction_is_open_while_mail_is_sent(
    service: Service, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS)
    announce(service)

    def send(_notice: Notice) -> None:
        submit(service, sister_report(), once=new_once())

    assert notices.deliver(service, send=send, now=NOW) == 1
    with service.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditRow))
    assert waiting(service) == 1


def test_a_real_mail_server_that_was_away_gets_it_later(
    service: Service, keep_rota: Callable[..., None]
) -> None:
    keep_rota(one=duty.ALWAYS)
    announce(service)
    port = free_port()
    settings = replace(
        service.settings,
        mail_host="127.0.0.1",
        mail_port=port,
        mail_security="none",
        mail_from="desk@coalition.example",
    )
    send = partial(mail.send, settings=settings)
    assert notices.deliver(service, send=send, now=NOW) == 0
    with mail_server(port) as taken:
        assert notices.deliver(service, send=send, now=NOW + MINUTE) == 1
    assert taken == [ONE]


@contextmanager
def mail_server(port: int) -> Iterator[list[str]]:
    """Takes every message; what comes back fills with the addresses."""
    taken: list[str] = []

    class Inbox:
        async def handle_DATA(self, _server: SMTP, _session: object, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
            taken.extend(envelope.rcpt_tos)
            return "250 Taken"

    controller = Controller(Inbox(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield taken
    finally:
        controller.stop()
