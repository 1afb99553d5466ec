"""Filings from their beginning to the report, however often and whenever they are sent."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from intake.casework import (
    Reader,
    Service,
    StorageBusy,
    StorageFull,
    UnknownCase,
    change_draft,
    drafts,
    new_once,
)
from intake.casework.filings import beginning, joining, listing, sending
from intake.casework.filings.kept import Filing
from intake.form.acting import CLIENT_NAME_FOR_US
from intake.form.answers import Answers
from intake.form.draft import Draft
from intake.form.events import NARRATIVE, VICTIM_STATUS
from intake.form.people import REPORTER_ROLE
from intake.roles import Role
from intake.store.tables import CaseRow
from intake.vault import BusyError
from tests.casework.joining import add
from tests.people import NOW

CLIENT = "The man of the third cell"
STORY = "They beat him with a stick in the first night."
DRAFT = Draft(
    Answers()
    .having(REPORTER_ROLE, "lawyer")
    .having(CLIENT_NAME_FOR_US, CLIENT)
    .having(NARRATIVE, STORY)
)


class CutOff(Exception):  # noqa: N818 - what is the matter
    """The process ends just there."""


@pytest.fixture
def lawyer(coordinator: Reader) -> Reader:
    return add(coordinator, "saule", Role.FILING_LAWYER)


def send(lawyer: Reader, id_: UUID) -> Filing:
    known = beginning.opened(lawyer, id_, is_recorded=False)
    return sending.send(lawyer, known, language="en", words={}, now=NOW)


def cases(service: Service) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(CaseRow)) or 0


def test_what_was_cut_off_after_the_report_was_stored_is_made_up_for(
    lawyer: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_values: object, **_named: object) -> Filing:
        raise CutOff

    id_ = beginning.begin(lawyer, DRAFT, once=new_once(), now=NOW)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "settled", cut_off)
        with pytest.raises(CutOff):
            send(lawyer, id_)
    (one,) = listing.mine(lawyer, is_recorded=False, now=NOW + timedelta(days=1)).sent
    assert (one.filing.id, one.filing.name) == (id_, CLIENT)
    followed = one.filing.followed
    assert followed is not None
    # What we wrote meanwhile is news for her, and the receipt names the day of the report.
    assert (followed.since, followed.read_until) == (NOW, NOW)
    assert cases(lawyer.service) == 1


@pytest.mark.parametrize("busy", [BusyError, StorageBusy, StorageFull])
def test_what_is_busy_after_the_report_was_stored_is_no_reason_to_send_it_again(
    lawyer: Reader, monkeypatch: pytest.MonkeyPatch, busy: type[Exception]
) -> None:
    def settled(*_values: object, **_named: object) -> Filing:
        raise busy

    id_ = beginning.begin(lawyer, DRAFT, once=new_once(), now=NOW)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "settled", settled)
        send(lawyer, id_)
    assert [one.filing.id for one in listing.mine(lawyer, is_recorded=False, now=NOW).sent] == [
        id_
    ]
    assert cases(lawyer.service) == 1


def test_what_could_not_begin_stands_nowhere(
    lawyer: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_values: object) -> None:
        raise StorageFull

    with monkeypatch.context() as patched:
        patched.setattr(drafts, "leave_the_reserve", full)
        with pytest.raises(StorageFull):
            beginning.begin(lawyer, DRAFT, once=new_once(), now=NOW)
    found = listing.mine(lawyer, is_recorded=False, now=NOW)
    assert (found.underway, found.sent) == ((), ())


def test_the_next_client_begins_with_what_was_put_right_after_a_press_that_failed(
    lawyer: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_values: object, **_named: object) -> None:
        raise StorageBusy

    id_ = beginning.begin(lawyer, DRAFT, once=new_once(), now=NOW)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "send_draft", busy)
        with pytest.raises(StorageBusy):
            send(lawyer, id_)
    known = beginning.opened(lawyer, id_, is_recorded=False)
    visit = beginning.visit_of(lawyer, known, now=NOW)
    change_draft(
        lawyer.service,
        visit,
        lambda draft: draft.answering(draft.answers.having(VICTIM_STATUS, "sizo")),
        now=NOW,
    )
    assert sending.next_of(lawyer, known).answers[VICTIM_STATUS] == "sizo"


def test_a_report_sent_twice_is_one_case(lawyer: Reader) -> None:
    id_ = beginning.begin(lawyer, DRAFT, once=new_once(), now=NOW)
    assert send(lawyer, id_) == send(lawyer, id_)
    assert cases(lawyer.service) == 1


def test_a_table_sent_again_begins_only_what_was_changed(lawyer: Reader) -> None:
    once, other = new_once(), DRAFT.answering(DRAFT.answers.having(NARRATIVE, "Another."))
    first = beginning.begin_many(lawyer, [DRAFT, DRAFT, other], once=once, now=NOW)
    changed = DRAFT.answering(DRAFT.answers.having(NARRATIVE, "Changed."))
    second = beginning.begin_many(lawyer, [DRAFT, DRAFT, changed], once=once, now=NOW)
    assert len(set(first)) == 3
    assert second[:2] == first[:2]
    assert second[2] not in first


def test_once_its_code_is_handed_over_a_filing_holds_the_conversation_alone(
    lawyer: Reader,
) -> None:
    id_ = beginning.begin(lawyer, DRAFT, once=new_once(), now=NOW)
    sent = send(lawyer, id_)
    assert sent.once
    sending.handed_over(lawyer, sent)
    left = beginning.opened(lawyer, id_, is_recorded=False)
    assert left.once == ""
    assert left.followed == sent.followed


def test_from_one_page_begins_another_report_once_the_first_is_handed_over(
    coordinator: Reader,
) -> None:
    """A page may stay open: its next call is somebody else's, with a code of its own."""
    once, codes = new_once(), list[str]()
    for _call in range(2):
        id_ = beginning.begin(coordinator, DRAFT, once=once, now=NOW, is_recorded=True)
        known = beginning.opened(coordinator, id_, is_recorded=True)
        sent = sending.send(coordinator, known, language="en", words={}, now=NOW)
        codes.append(sent.once)
        sending.handed_over(coordinator, sent)
    assert len(set(codes)) == 2
    assert cases(coordinator.service) == 2


def test_from_one_page_begins_another_report_once_the_first_is_followed_no_more(
    lawyer: Reader,
) -> None:
    once = new_once()
    first = send(lawyer, beginning.begin(lawyer, DRAFT, once=once, now=NOW))
    sending.handed_over(lawyer, first)
    assert beginning.begin(lawyer, DRAFT, once=once, now=NOW) == first.id
    joining.end(lawyer, beginning.opened(lawyer, first.id, is_recorded=False), now=NOW)
    other = beginning.begin(lawyer, DRAFT, once=once, now=NOW)
    assert beginning.begin(lawyer, DRAFT, once=once, now=NOW) == other != first.id
    assert send(lawyer, other).once != first.once
    assert [one.filing.id for one in listing.mine(lawyer, is_recorded=False, now=NOW).sent] == [
        other
    ]
    assert cases(lawyer.service) == 2


def test_nothing_of_a_filing_stands_in_clear(lawyer: Reader) -> None:
    id_ = beginning.begin(lawyer, DRAFT, once=new_once(), now=NOW)
    sent = send(lawyer, id_)
    assert sent.followed is not None
    stored = b"".join(
        path.read_bytes() for path in lawyer.service.settings.instance.glob("intake.db*")
    )
    secrets = (CLIENT, sent.once, sent.followed.mail_key.raw.hex(), STORY)
    assert [text for text in secrets if text.encode() in stored] == []
    assert sent.followed.mail_key.raw not in stored


def test_what_one_files_is_nowhere_for_another(lawyer: Reader, coordinator: Reader) -> None:
    id_ = beginning.begin(lawyer, DRAFT, once=new_once(), now=NOW)
    other = add(coordinator, "other", Role.FILING_LAWYER)
    with pytest.raises(UnknownCase):
        beginning.opened(other, id_, is_recorded=False)
    with pytest.raises(UnknownCase):
        beginning.opened(coordinator, id_, is_recorded=True)
