"""HTTP: blueprints by audience, and what every page of them has in common."""

from functools import partial
from typing import Final, Literal

from flask import Blueprint, Flask
from jinja2 import FileSystemLoader, StrictUndefined

from intake.casework import Service
from intake.form.body import sides
from intake.settings import Settings
from intake.web import (
    arriving,
    body_map,
    context,
    errors,
    headers,
    languages,
    limits,
    origin,
    pace,
    passkey_offers,
    static,
)
from intake.web.access_counsel import access
from intake.web.account_pages import account
from intake.web.case_files import case_files
from intake.web.cases import cases
from intake.web.correspondence import correspondence
from intake.web.directory import directory
from intake.web.duty import duty
from intake.web.factors import factors
from intake.web.file_words import file_limits, file_words
from intake.web.filing import filing, recorded
from intake.web.filing_table import table
from intake.web.filing_together import filings
from intake.web.finding import desk
from intake.web.first_steps import first_steps
from intake.web.follow import follow
from intake.web.following import following
from intake.web.given import given
from intake.web.health import health
from intake.web.invitation import invitation
from intake.web.journey import journey
from intake.web.keeping import keeping
from intake.web.keys import keys
from intake.web.leaving import EXIT, leaving
from intake.web.linking import splitting
from intake.web.lockdown import lockdown
from intake.web.mailbox import mailbox
from intake.web.member_leaving import members
from intake.web.numbers import numbers
from intake.web.oversight import oversight
from intake.web.paper import paper
from intake.web.recording import recording
from intake.web.report import report
from intake.web.settings_pages import settings as settings_pages
from intake.web.start import law_line, start
from intake.web.step_addresses import STEP, STEP_BEHIND_CODE, StepBehindCode, StepInAddress
from intake.web.team.handing import handing
from intake.web.team.marks import marks
from intake.web.team.pages import team
from intake.web.work.deadlines import deadlines
from intake.web.work.moving import moving
from intake.web.work.proposals import proposals
from intake.web.work.steps import steps
from intake.web.work.writing import writing

DESK_ADDRESS: Final = "/desk/"
Surface = Literal["both", "public", "desk"]
PUBLIC: Final[tuple[Blueprint, ...]] = (
    leaving,
    start,
    report,
    journey,
    mailbox,
)
DESK: Final[tuple[Blueprint, ...]] = (
    account,
    factors,
    first_steps,
    desk,
    cases,
    case_files,
    correspondence,
    steps,
    writing,
    moving,
    proposals,
    deadlines,
    access,
    handing,
    marks,
    splitting,
    team,
    keeping,
    given,
    filings,
    filing,
    table,
    recording,
    recorded,
    following,
    follow,
    numbers,
    directory,
    paper,
    duty,
    keys,
    members,
    invitation,
    lockdown,
    oversight,
    settings_pages,
)


def register(app: Flask, service: Service, *, surface: Surface) -> None:
    """Put the pages of `surface` and everything they share into `app`."""
    settings = service.settings
    app.config["TRUSTED_HOSTS"] = list(_hosts(settings, surface))
    app.url_map.strict_slashes = True
    app.url_map.converters |= {STEP: StepInAddress, STEP_BEHIND_CODE: StepBehindCode}
    pace.install(app)
    context.install(app, service)
    languages.install(app, time_zone=settings.time_zone)
    limits.install(app, settings)
    arriving.install(app, settings)
    origin.install(app)
    headers.install(app, settings)
    errors.install(app)
    _templates(app, service, surface)
    static.install(app)
    for blueprint in (health, *_blueprints(surface)):
        app.register_blueprint(blueprint)


def _hosts(settings: Settings, surface: Surface) -> tuple[str, ...]:
    public = settings.public_hosts if surface != "desk" else ()
    desk = settings.desk_hosts if surface != "public" else ()
    return tuple(dict.fromkeys((*public, *desk)))


def _blueprints(surface: Surface) -> tuple[Blueprint, ...]:
    match surface:
        case "public":
            return PUBLIC
        case "desk":
            return DESK
        case "both":
            return (*PUBLIC, *DESK)


def _templates(app: Flask, service: Service, surface: Surface) -> None:
    environment = app.jinja_env
    environment.loader = FileSystemLoader(static.folder("templates"))
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(
        is_demo=service.settings.demo,
        is_public=surface != "desk",
        frame="base.html",
        filing=None,
        exit_address=EXIT,
        home_in=languages.home_in if surface != "desk" else _desk_in,
        law_line=law_line,
        body_picture=body_map.picture,
        body_sides=sides(),
        file_words=file_words,
        file_limits=partial(file_limits, service.settings),
        offers_passkeys=passkey_offers.are_made,
    )


def _desk_in(_language: str) -> str:
    return DESK_ADDRESS
