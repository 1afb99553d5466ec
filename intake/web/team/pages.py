"""Every page of the team on its blueprint, and what stands above the queue."""

from intake.web.desk import desk
from intake.web.team import away, home, replies, shift_notes, tags, templates
from intake.web.team.blueprint import team

__all__ = ["away", "home", "replies", "tags", "team", "templates"]

desk.context_processor(shift_notes.above_the_queue)
