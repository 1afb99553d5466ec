"""The duty rota: who is told by mail, and when; kept through pages, read by the worker."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from babel import Locale
from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import duty as rotas
from intake.casework.duty import ALWAYS, Entry, Rota, Window
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, staff_pages
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import DAYS, HOURS, RotaForm

WINDOWS: Final = range(3)
NO_ADDRESS: Final = _("Write one address, for example name@example.org.")
NO_DAYS: Final = _("Choose days and hours, or always.")
SAME_HOURS: Final = _("Choose an end that is not the beginning.")
TOO_LATE: Final = _(
    "Somebody else kept another rota while you were writing. What stands now is shown below, "
    "and what you wrote is in the form. Send yours again if it still holds."
)
KEPT: Final = _("The rota is kept. The next mail follows it.")

duty = staff_pages.install(Blueprint("duty", __name__, url_prefix="/desk/duty"))


@dataclass(frozen=True)
class Line:
    """A member, and what the rota says of her."""

    member: UUID
    handle: str
    mail: str = field(repr=False)
    hours: tuple[str, ...]


@duty.get("")
@permitted(Permission.KEEP_ROTA)
def show() -> ResponseReturnValue:
    """Who is on duty, and when."""
    said = gettext(KEPT) if request.args.get("said") == "kept" else ""
    return render_template("desk/duty.html", lines=_lines(rotas.rota(reader())), said=said)


@duty.get("/<uuid:member>")
@permitted(Permission.KEEP_ROTA)
def change(member: UUID) -> ResponseReturnValue:
    """The hours and the address of one member."""
    rota = rotas.rota(reader())
    return _form_page(member, rota, _form_of(rota, member))


@duty.post("/<uuid:member>")
@permitted(Permission.KEEP_ROTA)
def keep(member: UUID) -> ResponseReturnValue:
    """Keep what was typed for one member; without an address she leaves the rota."""
    if member not in dict(rotas.colleagues(reader())):
        abort(404)
    form, rota = RotaForm(), rotas.rota(reader())
    is_good = form.is_accepted()
    entry = _entry(form, member) if is_good else None
    if not is_good or form.errors:
        return _form_page(member, rota, form), 422
    others = [known for known in rota.entries if known.member != member]
    try:
        rotas.keep(
            reader(),
            [*others, entry] if entry else others,
            revision=form.seen,
            now=context.now(),
        )
    except casework.Conflict:
        form.revision.data = str(rota.revision)
        return _form_page(member, rota, form, conflict=gettext(TOO_LATE)), 409
    return redirect(url_for(".show", said="kept"), 303)


def _form_page(member: UUID, rota: Rota, form: RotaForm, *, conflict: str = "") -> str:
    line = next((line for line in _lines(rota) if line.member == member), None)
    if line is None:
        abort(404)
    return render_template(
        "desk/duty-form.html",
        form=form,
        line=line,
        windows=[(form[f"days{n}"], form[f"since{n}"], form[f"until{n}"]) for n in WINDOWS],
        days=_days(),
        conflict=conflict,
    )


def _form_of(rota: Rota, member: UUID) -> RotaForm:
    entry = next((entry for entry in rota.entries if entry.member == member), None)
    form = RotaForm(
        formdata=None,
        revision=rota.revision,
        mail=entry.mail if entry else "",
        always=entry is None or entry.windows == (ALWAYS,),
    )
    spans = () if entry is None or entry.windows == (ALWAYS,) else entry.windows
    for number, span in zip(WINDOWS, spans, strict=False):
        form[f"days{number}"].data = [str(day) for day in sorted(span.days)]
        form[f"since{number}"].data = str(span.since)
        form[f"until{number}"].data = str(span.until)
    return form


def _entry(form: RotaForm, member: UUID) -> Entry | None:
    """What was typed; None without an address, and with errors in the form."""
    mail = (form.mail.data or "").strip()
    if not mail:
        return None
    windows = (ALWAYS,) if form.always.data else _windows(form)
    if not rotas.is_address(mail):
        form.mail.errors = [NO_ADDRESS]
    if not windows and not form.errors:
        form.days0.errors = [NO_DAYS]
    return None if form.errors else Entry(member, mail, windows)


def _windows(form: RotaForm) -> tuple[Window, ...]:
    found = []
    for number in WINDOWS:
        days = frozenset(int(day) for day in form[f"days{number}"].data or () if day in DAYS)
        since, until = form[f"since{number}"].data, form[f"until{number}"].data
        if days and since in HOURS and until in HOURS:
            if since in (until, "24") or until == "0":
                form[f"until{number}"].errors = [SAME_HOURS]
                continue
            found.append(Window(days, int(since), int(until)))
    return tuple(found)


def _lines(rota: Rota) -> list[Line]:
    entries = {entry.member: entry for entry in rota.entries}
    return [
        Line(
            member,
            handle,
            entries[member].mail if member in entries else "",
            _in_words(entries[member].windows) if member in entries else (),
        )
        for member, handle in rotas.colleagues(reader())
    ]


def _in_words(windows: Sequence[Window]) -> tuple[str, ...]:
    if tuple(windows) == (ALWAYS,):
        return (gettext("always, day and night"),)
    names = dict(_days("abbreviated"))
    return tuple(
        gettext(
            "%(days)s, %(since)s to %(until)s",
            days=", ".join(names[str(day)] for day in sorted(window.days)),
            since=f"{window.since:02}:00",
            until=f"{window.until:02}:00",
        )
        for window in windows
    )


def _days(width: str = "wide") -> list[tuple[str, str]]:
    names = Locale(context.language()).days["stand-alone"][width]
    return [(str(day), names[day]) for day in range(7)]
