"""What is sent out of the coalition: requests, appeals, sharing, publication."""

from typing import Final

from intake.case.kinds.kind import Kind, page
from intake.form.compartments import Compartment
from intake.form.questions import Choice, Day, LongText, Text
from intake.form.text import _

_WORK: Final = Compartment.WORK
INTERNATIONAL: Final = "international"


def _on(kind: str) -> Day:
    return Day(f"{kind}_on", _("On which day?"), compartment=_WORK)


def _words(kind: str) -> LongText:
    return LongText(f"{kind}_words", _("What goes out, in short?"), rows=4, compartment=_WORK)


NPM_TO = Text("npm_to", _("To whom?"), compartment=_WORK)
NPM_ON, NPM_WORDS = _on("npm"), _words("npm")
UN_ACT = Choice(
    "un_act",
    _("Which letter?"),
    vocabulary="outgoing_act",
    codes=("un_urgent", "un_allegation"),
    compartment=_WORK,
)
UN_TO = Text("un_to", _("To which mandate?"), compartment=_WORK)
UN_ON, UN_WORDS = _on("un"), _words("un")
WGEID_ON, WGEID_WORDS = _on("wgeid"), _words("wgeid")
PARTNER_TO = Text("partner_to", _("Which organisation?"), compartment=_WORK)
PARTNER_ON, PARTNER_WORDS = _on("partner"), _words("partner")
PUBLISHED_AS = Choice(
    "published_as",
    _("With or without the name?"),
    vocabulary="outgoing_act",
    codes=("publish_anonymous", "publish_named"),
    compartment=_WORK,
)
PUBLISHED_WHERE = Text("published_where", _("Where?"), compartment=_WORK)
PUBLISHED_ON, PUBLISHED_WORDS = _on("published"), _words("published")

OUTGOING_KINDS: Final = (
    Kind(
        "npm_request",
        _("Visit asked for"),
        _("Save the request"),
        page(
            "npm-request", _("A visit asked of the Ombudsman or NPM"), NPM_TO, NPM_ON, NPM_WORDS
        ),
        needed=(NPM_ON,),
        track="protection",
        act="npm",
    ),
    Kind(
        "un_appeal",
        _("Letter to the UN"),
        _("Save the letter"),
        page("un-appeal", _("A letter to the UN"), UN_ACT, UN_TO, UN_ON, UN_WORDS),
        needed=(UN_ACT, UN_ON),
        track=INTERNATIONAL,
        act=UN_ACT,
    ),
    Kind(
        "wgeid_form",
        _("Search for a missing person"),
        _("Save the search"),
        page(
            "wgeid-form",
            _("Search calls made, and the form of the UN working group sent"),
            WGEID_ON,
            WGEID_WORDS,
        ),
        needed=(WGEID_ON,),
        track=INTERNATIONAL,
        act="wgeid",
    ),
    Kind(
        "partner_share",
        _("Shared with a partner"),
        _("Save what was shared"),
        page(
            "partner-share",
            _("Shared with another organisation"),
            PARTNER_TO,
            PARTNER_ON,
            PARTNER_WORDS,
        ),
        needed=(PARTNER_TO, PARTNER_ON),
        act="partner",
    ),
    Kind(
        "publication",
        _("Publication"),
        _("Save the publication"),
        page(
            "publication",
            _("A publication"),
            PUBLISHED_AS,
            PUBLISHED_WHERE,
            PUBLISHED_ON,
            PUBLISHED_WORDS,
        ),
        needed=(PUBLISHED_AS, PUBLISHED_WHERE, PUBLISHED_ON),
        act=PUBLISHED_AS,
    ),
)
