"""Who leads a kind of help: chosen, told, found in the queue; and help with the UN."""

import pytest

from intake.casework import GateClosed, Lacking, Reader, Wish, queue
from intake.casework.account_notices import notices
from intake.casework.finding import ME, counts_of
from intake.casework.team.workload import Load, workload
from intake.form.answers import Stored
from intake.roles import Role
from tests.casework.joining import add
from tests.casework.rotating import take_out
from tests.casework.work.answering import agree, day, go, seen, write
from tests.people import NOW, Sent, send_and_open


@pytest.fixture
def lawyer(coordinator: Reader) -> Reader:
    """A lawyer who takes cases that are given to her."""
    return add(coordinator, "advokat", Role.LAWYER)


def led_by(reader: Reader, sent: Sent, member: Reader, track: str = "legal") -> None:
    lead(reader, sent, track, track_member=member.member.hex)


def lead(reader: Reader, sent: Sent, track: str, **other: Stored) -> None:
    known: dict[str, Stored] = {"track": track, "track_status": "pending", "track_lead": ""}
    write(reader, sent.ref, "track", **{**known, **other})


def load_of(reader: Reader, member: Reader) -> Load:
    (load,) = (one for one in workload(reader, now=NOW) if one.member == member.member)
    return load


def refs(reader: Reader, wish: Wish) -> set[str]:
    return {row.ref for row in queue(reader, wish, now=NOW).rows}


def test_who_is_named_to_lead_is_told_by_whom_and_where_and_nothing_else(
    coordinator: Reader, lawyer: Reader
) -> None:
    sent = send_and_open(coordinator)
    led_by(coordinator, sent, lawyer)
    (notice,) = (one for one in notices(lawyer) if one.kind == "track_led")
    assert notice.about == {"handle": "coordinator", "ref": sent.ref}


def test_who_leads_already_or_names_oneself_is_not_told_again(
    coordinator: Reader, lawyer: Reader
) -> None:
    sent = send_and_open(coordinator)
    led_by(coordinator, sent, lawyer)
    lead(coordinator, sent, "legal", track_status="token", track_member=lawyer.member.hex)
    led_by(coordinator, sent, coordinator, "protection")
    assert len([one for one in notices(lawyer) if one.kind == "track_led"]) == 1
    assert not [one for one in notices(coordinator) if one.kind == "track_led"]


def test_help_is_led_by_those_whose_work_it_is(coordinator: Reader, lawyer: Reader) -> None:
    sent = send_and_open(coordinator)
    doctor, analyst = (
        add(coordinator, "doctor", Role.DOCTOR),
        add(coordinator, "a", Role.ANALYST),
    )
    offered = {one.handle for one in seen(coordinator, sent.ref).leaders}
    assert offered == {"coordinator", "second", "advokat", "doctor"}
    for track, member in (("legal", doctor), ("psychological", lawyer), ("legal", analyst)):
        with pytest.raises(Lacking) as refused:
            led_by(coordinator, sent, member, track)
        assert refused.value.names == ("track_member",)
    led_by(coordinator, sent, doctor, "medical_forensic")
    assert seen(coordinator, sent.ref).record.tracks["medical_forensic"].member == doctor.member


def test_who_has_left_leads_nothing_new(coordinator: Reader) -> None:
    sent, gone = send_and_open(coordinator), add(coordinator, "larch", Role.COORDINATOR)
    take_out(coordinator, gone.member)
    with pytest.raises(Lacking):
        lead(coordinator, sent, "legal", track_member=gone.member.hex)


def test_the_queue_finds_cases_by_who_leads_help_in_them(
    coordinator: Reader, second: Reader, lawyer: Reader
) -> None:
    hers, mine, nobodys = (send_and_open(coordinator) for _ in range(3))
    led_by(coordinator, hers, lawyer)
    led_by(coordinator, mine, second)
    lead(coordinator, nobodys, "legal", track_lead="Somebody outside")
    assert refs(second, Wish("leading")) == {mine.ref}
    assert refs(second, Wish("all", (("lead", ME),))) == {mine.ref}
    assert refs(second, Wish("all", (("lead", lawyer.member.hex),))) == {hers.ref}
    assert refs(coordinator, Wish("leading")) == set()
    assert counts_of(second, [Wish("leading"), Wish("mine")], now=NOW) == [1, 0]


def test_help_that_ended_and_cases_that_closed_are_led_by_nobody(coordinator: Reader) -> None:
    ended, closed = (send_and_open(coordinator) for _ in range(2))
    for sent in (ended, closed):
        led_by(coordinator, sent, coordinator)
    assert load_of(coordinator, coordinator).led == 2
    lead(
        coordinator,
        ended,
        "legal",
        track_status="closed",
        track_member=coordinator.member.hex,
    )
    withdrawn = {"moved_asked_how": "By phone", "under_pressure": "no"}
    go(coordinator, closed.ref, "any_to_closed", moved_outcome="withdrawn_other", **withdrawn)
    assert refs(coordinator, Wish("all", (("lead", ME),))) == set()
    assert load_of(coordinator, coordinator).led == 0


def test_the_workload_counts_each_kind_of_help_that_somebody_leads(
    coordinator: Reader, second: Reader, lawyer: Reader
) -> None:
    sent, other = (send_and_open(coordinator) for _ in range(2))
    led_by(coordinator, sent, lawyer, "legal")
    led_by(coordinator, sent, lawyer, "protection")
    led_by(coordinator, other, lawyer, "legal")
    led_by(coordinator, other, second, "psychological")
    hers = load_of(coordinator, lawyer)
    assert (hers.led, hers.open, hers.handle) == (3, 0, "advokat")
    assert load_of(coordinator, second).led == 1


def test_a_case_is_accepted_when_a_member_leads(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    go(coordinator, sent.ref, "screening_to_contacting", moved_level="u1")
    for what in ("attempt", "safety_plan"):
        write(coordinator, sent.ref, what)
    go(coordinator, sent.ref, "contacting_to_assessment")
    for what in ("interview", "plan"):
        write(coordinator, sent.ref, what)
    go(coordinator, sent.ref, "assessment_to_decision")
    led_by(coordinator, sent, second)
    go(coordinator, sent.ref, "decision_to_active")
    agree(second, sent.ref)
    assert seen(coordinator, sent.ref).stage == "active"


def allow_un(reader: Reader, sent: Sent, change: str = "given", **other: Stored) -> None:
    answers: dict[str, Stored] = {
        "consent_change": change,
        "consent_codes": ("un_government",),
        "consent_by": "victim",
        "consent_how": "phone",
        "consent_on": day(),
    }
    write(reader, sent.ref, "consent_recorded", **{**answers, **other})


def test_help_with_the_un_begins_when_the_person_allows_it(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    assert seen(coordinator, sent.ref).gates["international"] == ("consent",)
    with pytest.raises(GateClosed) as closed:
        lead(coordinator, sent, "international")
    assert closed.value.missing == ("consent",)
    allow_un(coordinator, sent)
    assert seen(coordinator, sent.ref).gates["international"] == ()
    lead(coordinator, sent, "international")
    assert "international" in seen(coordinator, sent.ref).record.tracks


def test_help_with_the_un_does_not_go_on_against_the_person_but_can_be_ended(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator)
    allow_un(coordinator, sent)
    lead(coordinator, sent, "international")
    allow_un(coordinator, sent, "withdrawn")
    with pytest.raises(GateClosed):
        lead(coordinator, sent, "international", track_status="some_ongoing")
    lead(coordinator, sent, "international", track_status="stopped")
    assert seen(coordinator, sent.ref).record.tracks["international"].status == "stopped"
