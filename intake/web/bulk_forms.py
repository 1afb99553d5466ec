"""The form under the queue: what can be done with all cases that are ticked."""

from datetime import timedelta
from typing import Final

from flask_babel import gettext, ngettext
from wtforms import HiddenField, SelectField

from intake import casework
from intake.casework.finding import bulk
from intake.form.text import _
from intake.web.filter_words import Filters
from intake.web.staff_forms import StaffForm, choices
from intake.web.staff_pages import label

DAYS: Final = {"1": timedelta(days=1), "3": timedelta(days=3), "7": timedelta(days=7)}

SAID: Final = {
    "take": _("Take"),
    "give": _("Give to a colleague"),
    "tag": _("Tag"),
    "off": _("Put it off"),
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
    form.days.choices = choices(
        {days: ngettext("%(num)s day", "%(num)s days", int(days)) for days in DAYS}
    )
    form.stage.choices = choices({code: label("stage", code) for code in bulk.TARGETS})
    return form


def done_in_words(act: str, done: str) -> str:
    """What the last button did, as the address carries it; nothing for anything else."""
    if act not in SAID or not done.isdecimal() or int(done[:3]) > bulk.AT_MOST:
        return ""
    words = gettext(SAID[act])
    return f"{words}: {ngettext('%(num)s done', '%(num)s done', int(done[:3]))}"
