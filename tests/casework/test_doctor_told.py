"""What the doctor says about texts that people rely on."""

from datetime import date, timedelta

import pytest

from intake.casework import Service
from intake.casework.checks import told
from intake.casework.checks.finding import Health
from intake.settings import EmergencyNumber, Texts
from tests.casework.test_doctor import with_settings
from tests.people import NOW

OK, WARN = Health.OK, Health.WARN
LABEL = Texts("жедел", "скорая", "ambulance")
HOURS = Texts("күн сайын", "ежедневно", "every day")
TODAY = date(2026, 11, 18)


def number(
    *, checked: bool = True, on: date | None = TODAY, by: str = "coordinator"
) -> EmergencyNumber:
    return EmergencyNumber("100", LABEL, checked, on, by)


@pytest.mark.parametrize(
    ("numbers", "health", "words"),
    [
        ((), WARN, "No emergency number is shown"),
        ((number(checked=False),), WARN, "No emergency number is shown"),
        ((number(), number(checked=False)), WARN, "so it is not shown"),
        ((number(on=None),), WARN, "no day of a check"),
        ((number(on=TODAY + timedelta(days=1)),), WARN, "still to come"),
        ((number(on=TODAY - timedelta(days=181)),), WARN, "181 days old"),
        ((number(by=""),), WARN, "in which role"),
        ((number(), number(on=None)), WARN, "no day of a check"),
        ((number(on=TODAY - timedelta(days=180)),), OK, "1"),
    ],
)
def test_a_number_is_good_for_half_a_year(
    service: Service, numbers: tuple[EmergencyNumber, ...], health: Health, words: str
) -> None:
    finding = told.numbers(with_settings(service, emergency_numbers=numbers), NOW)
    assert finding.health is health
    assert words in finding.words


@pytest.mark.parametrize(
    ("hours", "checked_on", "by", "health"),
    [
        (Texts(), None, "", WARN),
        (HOURS, None, "coordinator", WARN),
        (HOURS, TODAY - timedelta(days=181), "coordinator", WARN),
        (HOURS, TODAY, "", WARN),
        (HOURS, TODAY, "coordinator", OK),
    ],
)
def test_duty_hours_are_good_for_half_a_year(
    service: Service, hours: Texts, checked_on: date | None, by: str, health: Health
) -> None:
    changed = with_settings(
        service,
        duty_hours=hours,
        duty_hours_checked_on=checked_on,
        duty_hours_checked_by=by,
    )
    assert told.hours(changed, NOW).health is health


@pytest.mark.parametrize(
    ("hosts", "addresses", "onion", "health"),
    [
        (("127.0.0.1",), (), "", WARN),
        (("report.example",), ("https://report.example/",), "", OK),
        (("report.example", "a.onion"), ("https://report.example/",), "", WARN),
        (("report.example", "a.onion"), ("https://report.example/",), "http://a.onion", OK),
        (("127.0.0.1", "a.onion"), (), "http://a.onion/", OK),
    ],
)
def test_every_name_that_is_answered_is_told_to_people(
    service: Service,
    hosts: tuple[str, ...],
    addresses: tuple[str, ...],
    onion: str,
    health: Health,
) -> None:
    changed = with_settings(
        service,
        public_hosts=hosts,
        public_addresses=addresses,
        onion_address=onion,
        printed_where=HOURS,
    )
    assert told.addresses(changed, NOW).health is health


def test_where_the_address_is_printed_is_asked_for(service: Service) -> None:
    changed = with_settings(
        service,
        public_hosts=("report.example",),
        public_addresses=("https://report.example",),
        printed_where=Texts(),
    )
    finding = told.addresses(changed, NOW)
    assert finding.health is WARN
    assert "printed_where" in finding.words
