"""The kinds of help: who leads each, and since when."""

from uuid import uuid4

from tests.case.writing import NOW, hours, record, track


def test_a_member_leads_a_track_by_id() -> None:
    member = uuid4()
    now = record(track("legal", member=member)).tracks["legal"]
    assert (now.member, now.has_lead, now.led_since) == (member, True, NOW)


def test_a_track_that_changes_hands_was_led_all_along() -> None:
    steps = (
        track("legal", member=uuid4(), at=hours(-5)),
        track("legal", "Gulnar, from the bar", at=hours(-4)),
        track("legal", member=uuid4()),
    )
    assert record(*steps).tracks["legal"].led_since == hours(-5)


def test_a_letter_or_two_name_nobody() -> None:
    for words in ("", "x", "A.", "12 34", "…"):
        assert not record(track("legal", words)).tracks["legal"].has_lead
    assert record(track("legal", "Ким")).tracks["legal"].has_lead


def test_who_leads_is_known_of_help_that_goes_on() -> None:
    first, second = uuid4(), uuid4()
    found = record(
        track("legal", member=first),
        track("protection", member=first),
        track("psychological", member=second, status="closed"),
        track("medical_forensic", "a doctor in town"),
    )
    assert found.leads == (first, first)
