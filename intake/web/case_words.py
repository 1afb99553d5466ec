"""What the pages of a case say besides its answers: the person, acts, tabs."""

from datetime import datetime
from typing import Final

from flask_babel import gettext

from intake.casework import Overview
from intake.form.text import _
from intake.triage.facts import Facts
from intake.web import split_words
from intake.web.report_words import civil_date
from intake.web.staff_pages import label, labels
from intake.web.team import words as team_words
from intake.web.work import words as work_words

TABS: Final = (
    ("cases.overview", _("Overview")),
    ("cases.report", _("Report")),
    ("correspondence.messages", _("Messages")),
    ("case_files.show", _("Files")),
    ("steps.show", _("Steps and deadlines")),
    ("cases.timeline", _("Timeline")),
    ("access.show", _("Access")),
)
ACTS: Final = {
    "received": _("The report arrived"),
    "reporter_message": _("The reporter wrote"),
    "reporter_information": _("The reporter added something"),
    "reporter_contact": _("The reporter changed how to be reached"),
    "reporter_consent": _("The reporter changed what is allowed"),
    "reporter_withdrawal": _("The reporter asked to stop"),
    "reporter_erasure": _("The reporter asked to delete everything"),
    "reporter_dismissal": _("The reporter removed a message from the mailbox"),
    "following": _("A lawyer began to follow the messages"),
    "following_ended": _("A lawyer follows the messages no more"),
    "opened": _("Opened the report"),
    "read_report": _("Read the report"),
    "read_messages": _("Read the messages"),
    "read_file": _("Looked at a safe copy of a file"),
    "read_original": _("Took out a file as it was sent"),
    "read_intimate_file": _("Looked at a safe copy of a private picture"),
    "read_intimate_original": _("Took out a private picture or film as it was sent"),
    "read_timeline": _("Read this timeline"),
    "message_sent": _("Wrote to the reporter"),
    "questions_asked": _("Asked the reporter questions"),
    "note_added": _("Added a note"),
    "taken": _("Took the case"),
    "handed_on": _("Handed on, because the person who held it left"),
    "read_access": _("Looked at who can open it"),
    "read_given": _("Read the parts that were given"),
    "granted": _("Offered it to a specialist"),
    "offer_accepted": _("Accepted the case"),
    "offer_declined": _("Declined the case"),
    "grant_narrowed": _("Gave a specialist less of it"),
    "grant_taken_back": _("Took it back from a specialist"),
    "given_again": _("Gave it again to a member with new keys"),
    "rekeyed": _("The keys of the case were replaced"),
    "reckoned": _("The limits of an older case were worked out"),
    "restricted": _("Kept the case for named colleagues"),
    "restriction_lifted": _("Gave the case back to every coordinator"),
    "urgency_raised": _("Raised the urgency"),
    "level_rose": _("The urgency rose with time"),
    "pattern_found": _("Found others on the same place"),
    **work_words.ACTS,
    **team_words.ACTS,
    **split_words.ACTS,
    "changed": _("This line was changed in the database. Tell whoever runs the server."),
}
SAID: Final = {
    "opened": _("You opened the report. The reporter sees that somebody is looking at it."),
    "taken": _("You took it."),
    "sent": _("The message is there for the reporter, behind the return code."),
    "asked": _("The questions are there for the reporter, behind the return code."),
    "noted": _("The note is kept. The reporter never sees it."),
    "raised": _("The urgency is raised, and your reason is kept with it."),
}
LEVELS: Final = ("u1", "u2", "u3", "u4")


def higher(view: Overview) -> dict[str, str]:
    """The levels that are more urgent than the one the case has, with their names."""
    above = LEVELS[: LEVELS.index(view.row.level)]
    return {code: label("urgency", code) for code in above}


def person(view: Overview) -> list[tuple[str, str]]:
    """What codes tell about the person and the reporter, as title and words."""
    facts = view.facts
    not_yet = gettext("not shown until you open the report")
    in_report = gettext("in the report")
    rows = [
        (gettext("Name"), in_report if view.is_opened else not_yet),
        (gettext("Where now"), _where(facts)),
        (gettext("Held since"), _held_since(facts)),
        (gettext("Reported by"), _reported_by(facts)),
        (gettext("Safe way to answer"), _way(facts) if view.is_opened else not_yet),
        (gettext("Asks for"), _listed("need", facts.need)),
    ]
    return [(title, words) for title, words in rows if words]


def _where(facts: Facts) -> str:
    words = (
        label("victim_status", facts.victim_status),
        label("locality", facts.locality),
        label("region", facts.region),
    )
    return ", ".join(word for word in words if word) or gettext("not said")


def _held_since(facts: Facts) -> str:
    if not facts.in_custody or facts.detained_on is None:
        return ""
    at = facts.detained_time.isoformat("minutes") if facts.detained_time else ""
    return " ".join(word for word in (civil_date(facts.detained_on), at) if word)


def _reported_by(facts: Facts) -> str:
    words = (
        label("reporter_role", facts.reporter_role) or gettext("not said who"),
        label("channel", facts.channel),
        label("language", facts.language),
    )
    return ", ".join(word for word in words if word)


def _way(facts: Facts) -> str:
    if (
        facts.contact_method
        and not facts.consent_contact
        and facts.contact_method != ("mailbox",)
    ):
        return gettext("only behind the return code: other ways were named, but not allowed")
    return _listed("contact_method", facts.contact_method) or gettext(
        "only behind the return code"
    )


def _listed(vocabulary: str, codes: tuple[str, ...]) -> str:
    return ", ".join(labels(vocabulary, codes))


def lately(view: Overview) -> list[tuple[datetime, str]]:
    """The last things that happened, newest first."""
    facts = view.facts
    raised = facts.raised
    found = [
        (facts.received_at, gettext("the report arrived")),
        (facts.last_from_coalition_at, gettext("we wrote")),
        (facts.last_from_reporter_at, gettext("the reporter wrote")),
        (facts.stage_changed_at, label("stage", view.row.stage)),
        (raised and raised.at, raised and gettext("%(handle)s raised it", handle=raised.by)),
    ]
    return sorted([(at, words) for at, words in found if at and words], reverse=True)
