"""Checks of what the pages tell people: whether it is there, and was tried not long ago."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from intake.casework.checks.finding import Finding, fail, ok, warn
from intake.casework.service import Service
from intake.casework.told import Told, in_force, made
from intake.casework.told_rows import kept
from intake.settings import Settings
from intake.settings.rules import is_loopback

GOOD_FOR: Final = timedelta(days=180)


def settings(service: Service, _now: datetime) -> Finding:
    """Whether all that the pages of the settings keep can be used."""
    with service.reading() as session:
        told = made(service.settings, kept(session, service))
    if told.damaged:
        return fail(
            f"The settings page keeps what cannot be used ({', '.join(told.damaged)}), so "
            "people are told what intake.toml says. Save it anew there; where that does not "
            "help, bring a backup back."
        )
    return ok(f"Parts that the settings page keeps: {len(told.kept)}.")


def numbers(service: Service, now: datetime) -> Finding:
    """Whether somebody rang each emergency number that is shown, not long ago."""
    told = in_force(service).emergency_numbers
    if not any(number.checked for number in told):
        return warn(
            "No emergency number is shown to people. Ring one, and enter it in the settings."
        )
    if hidden := [number.number for number in told if not number.checked]:
        return warn(f"Nobody rang {', '.join(hidden)} yet, so it is not shown.")
    today = _today(now, service.settings.zone)
    for number in told:
        if fault := _fault(number.checked_on, number.checked_by, today):
            return warn(f"{fault} for the number {number.number}. Ring it and say so there.")
    return ok(f"Emergency numbers rung in the last {GOOD_FOR.days} days: {len(told)}.")


def hours(service: Service, now: datetime) -> Finding:
    """Whether the duty hours that people read are still kept."""
    told = in_force(service)
    if not told.duty_hours:
        return warn("People are told that there are no fixed hours on duty. Set them.")
    today = _today(now, service.settings.zone)
    fault = _fault(told.duty_hours_checked_on, told.duty_hours_checked_by, today)
    if fault:
        return warn(f"{fault} for the duty hours. Compare the rota and say so there.")
    return ok(f"The duty hours were checked in the last {GOOD_FOR.days} days.")


def addresses(service: Service, _now: datetime) -> Finding:
    """Whether people can compare the address of their browser with one that we tell."""
    told = in_force(service)
    if not (told.public_addresses or told.onion_address):
        return warn(
            "No page tells people our true address. Set public_addresses and onion_address."
        )
    if untold := sorted(set(_open_hosts(service.settings)) - set(_told_hosts(told))):
        return warn(
            f"It answers to {', '.join(untold)} too, which the page about our address does not "
            "name: who comes that way must think it false."
        )
    if not told.printed_where:
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


def _told_hosts(told: Told) -> Iterator[str]:
    addresses = (*told.public_addresses, told.onion_address)
    return (urlsplit(address).hostname or "" for address in addresses)
