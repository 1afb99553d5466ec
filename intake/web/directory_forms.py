"""The forms of the directory: an entry, what a specialist says of herself, filters."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from typing_extensions import override
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from intake.casework.directory.entries import (
    LANGUAGES,
    MOST,
    PROFESSIONS,
    REGIONS,
    SEXES,
    About,
    Specialist,
)
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.roles import Role
from intake.web import context
from intake.web.directory_words import NO_NUMBER
from intake.web.role_words import ROLES
from intake.web.staff_forms import A_FEW, RevisedForm, StaffForm, choices
from intake.web.team.forms import DayField

NOT_KNOWN: Final = _("not known")
_SHORT: Final = Length(max=200)
_NAME: Final = Length(max=120, message=_("This is too long."))


def _labels(vocabulary: str, codes: Iterable[str]) -> list[SelectChoice]:
    language = context.language()
    known = VOCABULARIES[vocabulary]
    return choices({code: known.label(code, language) for code in codes})


def _languages() -> list[SelectChoice]:
    return _labels("language", LANGUAGES)


def _regions() -> list[SelectChoice]:
    return _labels("region", REGIONS)


def _sexes() -> list[SelectChoice]:
    return [SelectChoice("", NOT_KNOWN), *_labels("sex", SEXES)]


def ticked(field: SelectMultipleField, codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that are ticked, in their order; what is no code of ours is left aside."""
    chosen = set(field.data or ())
    return tuple(code for code in codes if code in chosen)


class MineForm(RevisedForm):
    """What a specialist says of herself."""

    languages = SelectMultipleField(_("Languages"), choices=_languages, validate_choice=False)
    regions = SelectMultipleField(_("Regions"), choices=_regions, validate_choice=False)
    away_until = DayField(_("Last day away"), [Optional()])

    @property
    def spoken(self) -> tuple[str, ...]:
        return ticked(self.languages, LANGUAGES)

    @property
    def places(self) -> tuple[str, ...]:
        return ticked(self.regions, REGIONS)

    @property
    def until(self) -> date | None:
        day: date | None = self.away_until.data
        return day


class EntryForm(MineForm):
    """An entry about a member."""

    once = HiddenField(validators=[_SHORT])
    sex = SelectField(_("Sex"), choices=_sexes, validate_choice=False)
    forensic = BooleanField(_("Does forensic examinations"))
    children = BooleanField(_("Works with children"))
    survivors = BooleanField(_("Works with survivors of sexual violence"))
    most = StringField(_("How many cases at once"), [Length(max=12)])

    def validate_most(self, field: StringField) -> None:
        """A number, or nothing."""
        typed = (field.data or "").strip()
        if typed and not (typed.isascii() and typed.isdecimal() and int(typed) <= MOST):
            raise ValidationError(NO_NUMBER)

    @property
    def about(self) -> About:
        """What was typed."""
        most = (self.most.data or "").strip()
        return About(
            is_forensic=bool(self.forensic.data),
            regions=self.places,
            languages=self.spoken,
            sex=self.sex.data if self.sex.data in SEXES else "",
            with_children=bool(self.children.data),
            with_survivors=bool(self.survivors.data),
            most=int(most) if most else None,
            away_until=self.until,
        )


class OutsideForm(EntryForm):
    """An entry about somebody without an account."""

    name = StringField(_("Name, and where this person works"), [_NAME])
    professions = SelectMultipleField(
        _("Profession"),
        choices=choices({role.value: ROLES[role] for role in PROFESSIONS}),
        validate_choice=False,
    )
    reach = TextAreaField(_("How to reach this person"), [A_FEW])

    @property
    @override
    def about(self) -> About:
        """What was typed, with name and profession."""
        told = super().about
        chosen = ticked(self.professions, [role.value for role in PROFESSIONS])
        return replace(
            told,
            roles=tuple(map(Role, chosen)),
            name=" ".join((self.name.data or "").split()),
            reach=(self.reach.data or "").strip(),
        )


def mine_of(one: Specialist) -> dict[str, object]:
    """What stands now, as the fields of `MineForm` show it."""
    about = one.about
    return {
        "revision": one.revision,
        "languages": list(about.languages),
        "regions": list(about.regions),
        "away_until": about.away_until,
    }


def entry_of(one: Specialist) -> dict[str, object]:
    """What stands now, as the fields of `OutsideForm` show it."""
    about = one.about
    return {
        **mine_of(one),
        "sex": about.sex,
        "forensic": about.is_forensic,
        "children": about.with_children,
        "survivors": about.with_survivors,
        "most": "" if about.most is None else str(about.most),
        "name": about.name,
        "professions": [role.value for role in about.roles],
        "reach": about.reach,
    }


FORMS: Final[Mapping[str, type[StaffForm]]] = {
    "directory.add": OutsideForm,
    "directory.change": OutsideForm,
    "directory.change_mine": MineForm,
}
"""What somebody may be writing when her session ends, by the view it is sent to."""
