"""The form under the queue: what can be done with all cases that are ticked."""

from typing import Final

from flask_babel import gettext, ngettext
from wtforms import HiddenField, SelectField

from intake import casework
from intake.casework.finding import bulk
from intake.form.text import _
from intake.web.filter_words import Filters
from intake.web.staff_forms import StaffForm, choices
from intake.web.staff_pages import label
from intake.web.team.forms import days

SAID: Final = {
    "take": _("Take"),
    "give": _("Give to a colleague"),
    "back": _("Give back"),
    "tag": _("Tag"),
    "untag": _("Take the tag off"),
    "off": _("Put it off"),
    "again": _("Show it again"),
    "move": _("Move"),
}
"""Each act in words, by the value of its button."""


class BulkForm(StaffForm):
    """What is to be done with the cases that are ticked; each button has its list beside it."""

    once = HiddenField()
    to = SelectField(_("Colleague"), validate_choice=False)
    tag = SelectField(_("Tag"), validate_choice=False)
    days = SelectField(_("Until"), validate_choice=False)
    stage = SelectField(_("Stage"), validate_choice=False)


def bulk_form(found: Filters, *, is_sent: bool = False) -> BulkForm:
    """The form with what each of its lists offers to this reader."""
    form = BulkForm() if is_sent else BulkForm(formdata=None, once=casework.new_once())
    me = found.reader.member.hex
    form.to.choices = choices({k: v for k, v in found.handles.items() if k != me})
    form.tag.choices = choices(dict(sorted(found.tags.items(), key=lambda one: one[1])))
    form.days.choices = days()
    form.stage.choices = choices({code: _target(code) for code in bulk.TARGETS})
    return form


def _target(stage: str) -> str:
    words = label("stage", stage)
    if stage in bulk.CONFIRMING:
        return gettext("%(stage)s, with the urgency as it stands", stage=words)
    return words


def done_in_words(act: str, done: str) -> str:
    """What the last button did, as the address carries it; nothing for anything else."""
    if act not in SAID or not done.isdecimal() or int(done[:3]) > bulk.AT_MOST:
        return ""
    words = gettext(SAID[act])
    return f"{words}: {ngettext('%(num)s done', '%(num)s done', int(done[:3]))}"
