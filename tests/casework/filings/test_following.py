"""Lawyers who follow a conversation: how they come to it, what they write, how it ends."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from intake.casework import (
    AccountNotice,
    Line,
    NotAllowed,
    Reader,
    Service,
    SessionEnded,
    UnknownCase,
    begin_draft,
    conversation,
    correspondence,
    enter,
    followed_pass,
    go_on,
    ledger,
    new_once,
    notices_for,
    read_report,
    save_draft,
    send_message,
    timeline,
    write,
)
from intake.casework.filings import beginning, counsel, joining, listing, reading
from intake.casework.filings.counsel import NoLawyer
from intake.casework.filings.following import (
    Follower,
    end_behind_code,
    followers_behind_code,
)
from intake.casework.filings.joining import NotSentYet
from intake.casework.filings.kept import Filing
from intake.casework.offering import NotConsented
from intake.casework.team.presence import around
from intake.roles import Role
from intake.store.tables import CaseRow, ErasedRow
from tests.casework.filings.test_sending import DRAFT, send
from tests.casework.joining import add
from tests.people import NOW, Sent, send_and_open

WORDS = "He was moved to the second cell yesterday."
LATER = NOW + timedelta(minutes=5)
ASKED = "The person said so on the phone, on Tuesday."


@pytest.fixture
def sent(coordinator: Reader) -> Sent:
    """A report that a coordinator has opened."""
    return send_and_open(coordinator)


@pytest.fixture
def lawyer(coordinator: Reader) -> Reader:
    return add(coordinator, "saule", Role.FILING_LAWYER)


@pytest.fixture
def other(coordinator: Reader) -> Reader:
    return add(coordinator, "murat", Role.FILING_LAWYER)


def follow(lawyer: Reader, sent: Sent, *, once: str = "") -> UUID:
    return joining.follow(lawyer, sent.code, "", once=once or new_once(), now=NOW)


def filing_of(lawyer: Reader, id_: UUID) -> Filing:
    return beginning.opened(lawyer, id_, is_recorded=False)


def visit_of(lawyer: Reader, id_: UUID) -> str:
    followed = filing_of(lawyer, id_).followed
    assert followed is not None
    key, service = followed.mail_key, lawyer.service
    return followed_pass(service, followed.case, key, lawyer.handle, now=NOW)


def who_follows(service: Service, sent: Sent) -> tuple[Follower, ...]:
    return followers_behind_code(service, enter(service, sent.code, now=NOW), now=NOW)


def end_with_code(service: Service, sent: Sent, filing: UUID) -> None:
    end_behind_code(service, enter(service, sent.code, now=NOW), filing, now=NOW)


def let_in(coordinator: Reader, sent: Sent, lawyer: Reader, once: str = "") -> None:
    once = once or new_once()
    counsel.let_in(coordinator, sent.ref, lawyer.member, ASKED, once=once, now=NOW)


def kinds(reader: Reader) -> list[str]:
    return [notice.kind for notice in told_of_cases(reader)]


def told_of_cases(reader: Reader) -> list[AccountNotice]:
    """What this member was told since she signed in."""
    return [notice for notice in notices_for(reader) if notice.kind != "signed_in"]


def test_the_code_lets_a_second_lawyer_in_and_the_first_still_follows(
    service: Service, sent: Sent, lawyer: Reader, other: Reader
) -> None:
    first = follow(lawyer, sent)
    second = follow(other, sent)
    found = {(one.filing, one.handle) for one in who_follows(service, sent)}
    assert found == {(first, "saule"), (second, "murat")}
    assert conversation(service, visit_of(lawyer, first), now=NOW).is_followed


def test_a_case_is_followed_once_however_often_its_code_is_typed(
    service: Service, sent: Sent, lawyer: Reader
) -> None:
    once = new_once()
    assert follow(lawyer, sent, once=once) == follow(lawyer, sent, once=once)
    assert follow(lawyer, sent) == who_follows(service, sent)[0].filing
    assert len(who_follows(service, sent)) == 1


def test_a_form_of_who_was_sent_away_lets_nobody_in_unseen(
    service: Service, coordinator: Reader, sent: Sent, lawyer: Reader
) -> None:
    once = new_once()
    end_with_code(service, sent, follow(lawyer, sent, once=once))
    with pytest.raises(ValueError, match="once"):
        follow(lawyer, sent, once=once)
    once = new_once()
    let_in(coordinator, sent, lawyer, once)
    end_with_code(service, sent, who_follows(service, sent)[0].filing)
    with pytest.raises(ValueError, match="once"):
        let_in(coordinator, sent, lawyer, once)
    assert listing.mine(lawyer, is_recorded=False, now=NOW).sent == ()


def test_a_report_that_is_not_sent_cannot_be_followed(service: Service, lawyer: Reader) -> None:
    visit = begin_draft(service, once=new_once(), now=NOW)
    code = save_draft(service, visit, now=NOW).code
    with pytest.raises(NotSentYet):
        joining.follow(lawyer, code, "", once=new_once(), now=NOW)


def test_what_a_lawyer_writes_carries_her_handle_to_the_client_and_to_the_desk(
    service: Service, coordinator: Reader, sent: Sent, lawyer: Reader
) -> None:
    visit = visit_of(lawyer, follow(lawyer, sent))
    write(service, visit, WORDS, kind="message", once=new_once(), now=NOW)
    write(service, visit, WORDS, kind="information", once=new_once(), now=NOW)
    own = enter(service, sent.code, now=NOW)
    write(service, own, "I agree.", kind="message", once=new_once(), now=NOW)

    for entries in (
        conversation(service, own, now=NOW).entries,
        correspondence(coordinator, sent.ref, now=NOW).entries,
    ):
        told = {(e.kind, e.by) for e in entries if e.kind in {"message", "information"}}
        assert told == {("message", "saule"), ("information", "saule"), ("message", "")}
    sections = read_report(coordinator, sent.ref, now=NOW).sections
    assert {(s.kind, s.by) for s in sections} == {("report", ""), ("correction", "saule")}
    acts = {(line.act, line.detail.get("handle")) for line in lines(coordinator, sent)}
    assert {("reporter_message", "saule"), ("reporter_message", None)} <= acts


def test_who_holds_the_code_ends_it_and_the_lawyer_is_told(
    service: Service, coordinator: Reader, sent: Sent, lawyer: Reader, other: Reader
) -> None:
    id_, others = follow(lawyer, sent), follow(other, sent)
    for _press in range(2):
        end_with_code(service, sent, id_)
    with pytest.raises(UnknownCase):
        filing_of(lawyer, id_)
    (notice,) = told_of_cases(lawyer)
    assert notice.about == {"ref": sent.ref, "filing": id_.hex}
    assert [one.filing for one in who_follows(service, sent)] == [others]
    ends = [line for line in lines(coordinator, sent) if line.act == "following_ended"]
    assert [line.by for line in ends] == [None]
    assert kinds(other) == []


def test_a_filing_of_another_case_is_not_ended_with_this_code(
    service: Service, sent: Sent, lawyer: Reader, coordinator: Reader
) -> None:
    id_ = follow(lawyer, send_and_open(coordinator))
    end_with_code(service, sent, id_)
    assert filing_of(lawyer, id_).is_sent


def test_a_lawyer_ends_it_herself_and_is_not_told(
    service: Service, sent: Sent, lawyer: Reader
) -> None:
    id_ = follow(lawyer, sent)
    joining.end(lawyer, filing_of(lawyer, id_), now=NOW)
    assert who_follows(service, sent) == ()
    assert kinds(lawyer) == []
    with pytest.raises(UnknownCase):
        filing_of(lawyer, id_)


def test_who_keeps_the_code_of_a_client_does_not_lose_it_by_following_no_more(
    lawyer: Reader,
) -> None:
    known = send(lawyer, beginning.begin(lawyer, DRAFT, once=new_once(), now=NOW))
    with pytest.raises(NotAllowed):
        joining.end(lawyer, known, now=NOW)
    assert filing_of(lawyer, known.id).once == known.once


def test_a_coordinator_lets_a_lawyer_in_on_the_word_of_the_client(
    service: Service, coordinator: Reader, sent: Sent, lawyer: Reader
) -> None:
    once = new_once()
    for _press in range(2):
        let_in(coordinator, sent, lawyer, once)
    (one,) = who_follows(service, sent)
    assert (one.handle, kinds(lawyer)) == ("saule", ["following"])
    write(
        service, visit_of(lawyer, one.filing), WORDS, kind="message", once=new_once(), now=NOW
    )

    (note,) = correspondence(coordinator, sent.ref, now=NOW).notes
    assert (note.text, note.occasion, note.to) == (ASKED, "following", "saule")
    begun = [line for line in lines(coordinator, sent) if line.act == "following"]
    assert [(line.by, line.detail["handle"]) for line in begun] == [("coordinator", "saule")]


def test_a_coordinator_ends_it_once_and_says_why(
    service: Service, coordinator: Reader, sent: Sent, lawyer: Reader
) -> None:
    id_, once = follow(lawyer, sent), new_once()
    for _press in range(2):
        counsel.let_out(coordinator, sent.ref, id_, ASKED, once=once, now=NOW)
    assert who_follows(service, sent) == ()
    assert kinds(lawyer) == ["following_ended"]
    (note,) = correspondence(coordinator, sent.ref, now=NOW).notes
    assert (note.text, note.occasion) == (ASKED, "following_ended")


def test_why_a_coordinator_ends_it_stays_where_another_was_faster(
    coordinator: Reader, second: Reader, sent: Sent, lawyer: Reader
) -> None:
    id_, once = follow(lawyer, sent), new_once()
    counsel.let_out(coordinator, sent.ref, id_, "", once=new_once(), now=NOW)
    for _press in range(2):
        counsel.let_out(second, sent.ref, id_, ASKED, once=once, now=NOW)
    notes = correspondence(coordinator, sent.ref, now=NOW).notes
    assert [(note.by, note.to) for note in notes if note.text == ASKED] == [("second", "saule")]
    acts = [line.act for line in lines(coordinator, sent)]
    assert (acts.count("following_ended"), acts.count("note_added")) == (1, 1)
    assert kinds(lawyer) == ["following_ended"]


def test_nobody_ends_by_a_case_what_follows_another(
    coordinator: Reader, sent: Sent, lawyer: Reader
) -> None:
    id_, other = follow(lawyer, sent), send_and_open(coordinator)
    counsel.let_out(coordinator, other.ref, id_, ASKED, once=new_once(), now=NOW)
    assert kinds(lawyer) == []
    assert "note_added" not in [line.act for line in lines(coordinator, other)]
    assert correspondence(coordinator, other.ref, now=NOW).notes == ()


def test_only_filing_lawyers_are_let_in_and_each_of_them_once(
    coordinator: Reader, sent: Sent, lawyer: Reader
) -> None:
    let_in(coordinator, sent, lawyer)
    analyst = add(coordinator, "analyst", Role.ANALYST)
    for member in (lawyer, analyst, coordinator):
        with pytest.raises(NoLawyer):
            let_in(coordinator, sent, member)


def test_nobody_is_let_in_while_the_client_asks_us_to_stop(
    service: Service, coordinator: Reader, sent: Sent, lawyer: Reader
) -> None:
    own = enter(service, sent.code, now=NOW)
    write(service, own, "", kind="withdrawal", once=new_once(), now=NOW)
    with pytest.raises(NotConsented):
        let_in(coordinator, sent, lawyer)
    assert who_follows(service, sent) == ()


def test_each_who_follows_is_told_of_our_message_until_she_reads_it(
    coordinator: Reader, sent: Sent, lawyer: Reader, other: Reader
) -> None:
    id_ = follow(lawyer, sent)
    follow(other, sent)
    send_message(coordinator, sent.ref, "Is he safe?", once=new_once(), now=LATER)
    assert (kinds(lawyer), kinds(other)) == (["following_news"], ["following_news"])
    assert told_of_cases(lawyer)[0].about == {"filing": id_.hex}
    assert unread(lawyer) == 1
    known = filing_of(lawyer, id_)
    said = conversation(lawyer.service, visit_of(lawyer, id_), now=NOW).entries
    for _look in range(2):
        reading.read(lawyer, known, said)
    assert (unread(lawyer), unread(other)) == (0, 1)
    assert filing_of(lawyer, id_).revision == known.revision + 1


def test_an_erased_case_is_followed_by_nobody_and_forgotten(
    service: Service, coordinator: Reader, sent: Sent, lawyer: Reader
) -> None:
    id_ = follow(lawyer, sent)
    send_message(coordinator, sent.ref, "Is he safe?", once=new_once(), now=LATER)
    with service.writing() as session:
        session.add(ErasedRow(id=sent.id, day=NOW.date()))
        ledger.destroy(session, session.get_one(CaseRow, sent.id))
    with pytest.raises(SessionEnded):
        visit_of(lawyer, id_)
    go_on(lawyer, now=NOW)
    with pytest.raises(UnknownCase):
        filing_of(lawyer, id_)
    assert kinds(lawyer) == []


def test_the_key_of_a_conversation_stands_nowhere_in_clear(
    service: Service, coordinator: Reader, sent: Sent, lawyer: Reader
) -> None:
    let_in(coordinator, sent, lawyer)
    (one,) = who_follows(service, sent)
    followed = filing_of(lawyer, one.filing).followed
    assert followed is not None
    stored = b"".join(
        path.read_bytes() for path in service.settings.instance.glob("intake.db*")
    )
    assert followed.mail_key.raw not in stored
    assert followed.mail_key.raw.hex().encode() not in stored


def test_a_lawyer_who_follows_is_not_shown_as_a_colleague_on_the_case(
    coordinator: Reader, sent: Sent, lawyer: Reader
) -> None:
    follow(lawyer, sent)
    assert around(coordinator, sent.ref, now=NOW).here == ()


def lines(coordinator: Reader, sent: Sent) -> tuple[Line, ...]:
    return timeline(coordinator, sent.ref, now=NOW)


def unread(lawyer: Reader) -> int:
    (one,) = listing.mine(lawyer, is_recorded=False, now=LATER).sent
    return one.unread
