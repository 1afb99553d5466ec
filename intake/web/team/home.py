"""The page of the team: what waits for oneself, and how much each colleague holds."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework.team.inbox import inbox
from intake.casework.team.mentions import mentions
from intake.casework.team.workload import workload
from intake.roles import Permission
from intake.web import context
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import Press
from intake.web.team.blueprint import team, team_page


@team.get("/")
@permitted(Permission.HAND_OVER)
def home() -> ResponseReturnValue:
    """Offers, mentions, and who holds how much."""
    return team_page(
        "desk/team/home.html",
        "team.home",
        inbox=inbox(reader()),
        mentions=mentions(reader()),
        loads=workload(reader(), now=context.now()),
    )


@team.post("/mentions/<uuid:notice>/away")
@permitted(Permission.HAND_OVER)
def put_away(notice: UUID) -> ResponseReturnValue:
    """Put a mention away."""
    if Press().is_accepted():
        casework.dismiss_notice(reader(), notice)
    return redirect(url_for(".home", said="put-away"), 303)
