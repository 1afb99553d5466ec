"""What has had its time goes, and nothing else."""

from datetime import date, timedelta
from secrets import token_bytes
from uuid import uuid4

import pytest
from sqlalchemy import select

from intake.casework import ExpiredCode, Service, enter, new_once, submit, waiting
from intake.casework.purge import Purged, purge
from intake.casework.throttle import bucket, count
from intake.store.people import InvitationRow
from intake.store.tables import DraftRow, MailboxRow
from intake.vault import Sealed
from tests.people import NOW, short_report, sister_report

DAY = timedelta(days=1)


def draft(day: date) -> DraftRow:
    return DraftRow(id=uuid4(), box=Sealed(b"\x02 a box"), day=day, look_up=token_bytes(32))


def invitation(day: date) -> InvitationRow:
    box = Sealed(b"\x02 a box")
    return InvitationRow(id=uuid4(), role="lawyer", box=box, day=day, look_up=token_bytes(32))


def test_on_its_last_day_everything_is_still_there(service: Service) -> None:
    code = submit(service, sister_report(), once=new_once()).code
    with service.writing() as session:
        session.add_all([draft(NOW.date()), invitation(NOW.date())])
    last_day = NOW + timedelta(days=service.settings.mailbox_days)
    assert purge(service, now=NOW) == Purged(0, 0, 0, 0, 0)
    assert enter(service, code, now=last_day)


def test_the_day_after_it_is_gone(service_on_each: Service) -> None:
    with service_on_each.writing() as session:
        session.add_all([draft(NOW.date()), invitation(NOW.date())])
    purged = purge(service_on_each, now=NOW + DAY)
    assert (purged.drafts, purged.invitations) == (1, 1)
    assert purge(service_on_each, now=NOW + DAY) == Purged(0, 0, 0, 0, 0)


def test_an_old_conversation_loses_its_key_and_its_code_is_answered_honestly(
    service: Service,
) -> None:
    code = submit(service, sister_report(), once=new_once()).code
    later = NOW + timedelta(days=service.settings.mailbox_days + 1)
    assert purge(service, now=later).mailboxes == 1
    with service.reading() as session:
        row = session.scalars(select(MailboxRow)).one()
    assert row.key_box is None
    with pytest.raises(ExpiredCode):
        enter(service, code, now=NOW)


def test_sessions_of_earlier_days_go_and_those_in_use_stay(service: Service) -> None:
    assert purge(service, now=NOW).sessions == 0
    assert purge(service, now=NOW + 2 * DAY).sessions == 2


def test_counted_tries_go_in_the_next_night(service: Service) -> None:
    count(service, bucket(service, "sign-in", "coordinator"), now=NOW)
    assert purge(service, now=NOW).tries == 0
    assert purge(service, now=NOW + DAY).tries == 1


def test_that_a_late_report_was_told_stays_as_long_as_its_period(service: Service) -> None:
    submit(service, short_report(narrative="A year ago."), once=new_once())
    assert waiting.warn_late(service, now=NOW + 10 * DAY) == 1
    purge(service, now=NOW + 19 * DAY)
    assert waiting.warn_late(service, now=NOW + 19 * DAY) == 0
    assert purge(service, now=NOW + 25 * DAY).tries == 1
