"""Checks of what the pages tell people: whether it is there, and was tried not long ago."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from intake.casework.checks.finding import Finding, ok, warn
from intake.casework.service import Service
from intake.settings import Settings
from intake.settings.rules import is_loopback

GOOD_FOR: Final = timedelta(days=180)


def numbers(service: Service, now: datetime) -> Finding:
    """Whether somebody rang each emergency number that is shown, not long ago."""
    told = service.settings.emergency_numbers
    if not any(number.checked for number in told):
        return warn(
            "No emergency number is shown to people. Ring one and set emergency_numbers."
        )
    if hidden := [number.number for number in told if not number.checked]:
        return warn(f"Nobody rang {', '.join(hidden)} yet, so it is not shown.")
    today = _today(now, service.settings.zone)
    for number in told:
        if fault := _fault(number.checked_on, number.checked_by, today):
            return warn(f"{fault} for the number {number.number}. Ring it and set checked_on.")
    return ok(f"Emergency numbers rung in the last {GOOD_FOR.days} days: {len(told)}.")


def hours(service: Service, now: datetime) -> Finding:
    """Whether the duty hours that people read are still kept."""
    settings = service.settings
    if not settings.duty_hours:
        return warn("People are told that there are no fixed hours on duty. Set duty_hours.")
    today = _today(now, settings.zone)
    fault = _fault(settings.duty_hours_checked_on, settings.duty_hours_checked_by, today)
    if fault:
        return warn(f"{fault} for the duty hours. Compare the rota, set duty_hours_checked_on.")
    return ok(f"The duty hours were checked in the last {GOOD_FOR.days} days.")


def addresses(service: Service, _now: datetime) -> Finding:
    """Whether people can compare the address of their browser with one that we tell."""
    settings = service.settings
    if not (settings.public_addresses or settings.onion_address):
        return warn(
            "No page tells people our true address. Set public_addresses and onion_address."
        )
    if untold := sorted(set(_open_hosts(settings)) - set(_told_hosts(settings))):
        return warn(
            f"It answers to {', '.join(untold)} too, which the page about our address does not "
            "name: who comes that way must think it false."
        )
    if not settings.printed_where:
        return warn("No page tells where else our address is printed. Set printed_where.")
    return ok("People are told our address, and where else it is printed.")


def _fault(checked_on: date | None, checked_by: str, today: date) -> str:
    """The first half of a sentence; empty when all is well."""
    if checked_on is None:
        return "There is no day of a check"
    if checked_on > today:
        return "The day of the check is still to come"
    if today - checked_on > GOOD_FOR:
        return f"The last check is {(today - checked_on).days} days old"
    return "" if checked_by else "It is not said in which role somebody checked"


def _today(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()


def _open_hosts(settings: Settings) -> Iterator[str]:
    return (host for host in settings.public_hosts if not is_loopback(host))


def _told_hosts(settings: Settings) -> Iterator[str]:
    told = (*settings.public_addresses, settings.onion_address)
    return (urlsplit(address).hostname or "" for address in told)
