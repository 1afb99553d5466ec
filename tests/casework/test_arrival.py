"""What a report carries besides its answers: the way through the form, and what is allowed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from intake.casework import (
    Incoming,
    Reader,
    Section,
    Service,
    conversation,
    enter,
    open_case,
    overview,
    read_report,
    submit,
)
from intake.casework.mail_entries import Entry
from intake.consent import Consent
from intake.form.answers import Answers, Stored
from intake.form.consent_texts import consent_text
from intake.form.vocabularies import vocabulary
from intake.store.tables import DocumentRow
from tests.people import NOW, Sent, send, send_and_open, sister_report

LATER = NOW + timedelta(minutes=20)
TOLD: Mapping[str, Stored] = {"narrative": "they came at night", "reporter_role": "victim"}
VERSION = consent_text("store").version
WAY = ("who", "story", "sexual-gate", "sexual", "consent-pictures", "consent")


def full_report(
    now: datetime = NOW, skipped: tuple[str, ...] = (), /, **more: Stored
) -> Incoming:
    """What came through the pages of the full form."""
    return Incoming(
        Answers({**TOLD, **more}),
        language="ru",
        route="full",
        channel="web_form",
        received_at=now,
        passed=WAY,
        skipped=skipped,
    )


def section(reader: Reader, sent: Sent, compartment: str) -> Section:
    sections = read_report(reader, sent.ref, now=NOW).sections
    return next(section for section in sections if section.compartment == compartment)


def given(reader: Reader, sent: Sent) -> list[Consent]:
    return list(map(Consent.from_json, section(reader, sent, "identity").consents))


def allowed(reader: Reader, **told: Stored) -> list[tuple[str, str]]:
    """Each consent of a report that tells this, with its giver."""
    sent = send_and_open(reader, full_report(**told))
    return [(consent.code, consent.giver) for consent in given(reader, sent)]


def first_entry(service: Service, sent: Sent) -> Entry:
    return conversation(service, enter(service, sent.code, now=NOW), now=NOW).entries[0]


def test_the_account_tells_which_pages_were_passed_and_skipped(coordinator: Reader) -> None:
    sent = send_and_open(coordinator, full_report(NOW, ("story",)))
    account = section(coordinator, sent, "account")
    assert account.passed == ("who", "story", "consent")
    assert account.skipped == ("story",)


def test_that_a_page_on_sexual_violence_was_opened_is_for_trained_handlers(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator, full_report(NOW, ("sexual",)))

    intimate = section(coordinator, sent, "intimate")
    assert intimate.passed == ("sexual-gate", "sexual", "consent-pictures")
    assert intimate.skipped == ("sexual",)
    assert "sexual" not in str(section(second, sent, "account"))
    assert section(second, sent, "intimate").answers is None
    assert section(second, sent, "intimate").passed == ()


def test_sending_allows_to_keep_it_and_nothing_else(coordinator: Reader) -> None:
    sent = send_and_open(coordinator, full_report())
    assert given(coordinator, sent) == [Consent("store", "victim", NOW, VERSION)]
    assert overview(coordinator, sent.ref, now=NOW).consents == ("store",)


def test_each_tick_is_a_consent_with_its_words_and_its_end(
    service: Service, coordinator: Reader
) -> None:
    ticked = full_report(
        consent=("statistics", "un_government"), consent_until="2027-03", consent_contact=True
    )
    sent = send_and_open(coordinator, ticked)

    end = datetime(2027, 3, 31, 19, tzinfo=UTC)  # midnight in Astana
    assert given(coordinator, sent) == [
        Consent("store", "victim", NOW, VERSION),
        Consent("contact", "victim", NOW, consent_text("contact").version),
        Consent("statistics", "victim", NOW, consent_text("statistics").version, end),
        Consent("un_government", "victim", NOW, consent_text("un_government").version, end),
    ]
    codes = ("store", "contact", "statistics", "un_government")
    assert overview(coordinator, sent.ref, now=NOW).consents == codes
    entry = first_entry(service, sent)
    assert (entry.consents, entry.until) == (codes, end)


def test_a_consent_ends_with_the_year_that_was_said(coordinator: Reader) -> None:
    sent = send_and_open(
        coordinator, full_report(consent=("statistics",), consent_until="2027")
    )
    _, consent = given(coordinator, sent)
    last, after = datetime(2027, 12, 31, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    assert (consent.is_in_force(last), consent.is_in_force(after)) == (True, False)


RELATIVE: Mapping[str, Stored] = {"reporter_role": "relative", "victim_status": "sizo"}


@pytest.mark.parametrize(
    ("told", "giver"),
    [
        ({}, "victim"),
        ({"reporter_role": "prefer_not_to_say"}, "victim"),
        ({**RELATIVE, "consent_giver": "representative"}, "representative"),
        ({"reporter_role": "guardian", "child_assent": "yes"}, "guardian_assent"),
        ({**RELATIVE, "victim_status": "missing"}, "family_deceased_missing"),
    ],
)
def test_a_consent_names_who_gave_it(
    coordinator: Reader, told: dict[str, Stored], giver: str
) -> None:
    consents = allowed(coordinator, consent=("state_complaint",), **told)
    assert consents == [("store", giver), ("state_complaint", giver)]


@pytest.mark.parametrize(
    "told",
    [
        RELATIVE,
        {**RELATIVE, "consent_giver": "none"},
        {"reporter_role": "guardian", "child_assent": "no"},
        {"reporter_role": "guardian"},
    ],
)
def test_what_nobody_may_allow_is_no_consent_and_contact_is_the_reporters_own(
    coordinator: Reader, told: dict[str, Stored]
) -> None:
    consents = allowed(coordinator, consent=("state_complaint",), consent_contact=True, **told)
    assert consents == [("store", ""), ("contact", "")]


def test_the_urgent_page_asks_for_contact_alone(coordinator: Reader) -> None:
    sent = send_and_open(coordinator, sister_report())
    assert [c.code for c in given(coordinator, sent)] == ["store", "contact"]
    assert overview(coordinator, sent.ref, now=NOW).consents == ("store", "contact")


def test_what_is_allowed_later_comes_with_what_is_told_later(
    service: Service, coordinator: Reader
) -> None:
    sent = send(service)
    more = full_report(LATER, consent=("partners",), consent_contact=True)
    submit(service, more, once=sent.once)

    open_case(coordinator, sent.ref, now=LATER)
    sections = read_report(coordinator, sent.ref, now=LATER).sections

    later = next(s for s in sections if s.compartment == "identity" and s.kind == "correction")
    codes = [consent["code"] for consent in later.consents]
    assert codes == ["contact", "partners"]
    words = next(s for s in sections if s.compartment == "account" and s.kind == "correction")
    assert words.passed == ("who", "story", "consent")
    assert "partners" in overview(coordinator, sent.ref, now=LATER).consents


def test_what_is_allowed_does_not_show_in_any_row(service: Service) -> None:
    everything = tuple(vocabulary("consent").by_code)
    reports = (
        full_report(consent=everything, consent_until="2027-03", consent_contact=True),
        full_report(),
        sister_report(),
    )
    assert len({tuple(sorted(shape(service, report))) for report in reports}) == 1


def shape(service: Service, report: Incoming) -> list[tuple[str, int]]:
    """What a thief sees of the documents of a new case."""
    id_ = send(service, report).id
    with service.reading() as session:
        rows = session.scalars(select(DocumentRow).where(DocumentRow.case_id == id_))
        return [(row.compartment, len(row.box)) for row in rows]
