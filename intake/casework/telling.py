"""Changing what people are told: each change is kept, logged and told to those concerned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import account_notices, log, told, told_rows
from intake.casework.codec import instant
from intake.casework.errors import Conflict, NotAllowed
from intake.casework.proof import Proof
from intake.casework.reader import Reader
from intake.casework.service import Service
from intake.casework.statements import COMPLAINT, Statement, fixed, of_consent
from intake.casework.told import CHECKS, Mark, Told, Version, consent_part
from intake.casework.told_parts import read_part
from intake.casework.told_rows import Kept
from intake.form.consent_texts import consent_text
from intake.form.vocabularies import LANGUAGES
from intake.roles import Permission, Role, may
from intake.store.people import MemberRow

CHANGED: Final = "settings_changed"
NEEDS_PROOF: Final = frozenset({"addresses", "exit"})
"""Parts that lead people to another site: whoever changes them shows again who it is."""


def standing(reader: Reader) -> Told:
    """What is in force this moment; `NotAllowed` without the permission to keep it."""
    reader.demand(Permission.KEEP_SETTINGS)
    with reader.service.reading() as session:
        return told.made(reader.service.settings, told_rows.kept(session, reader.service))


def revisions(reader: Reader) -> Mapping[str, int]:
    """The newest revision of each part that was ever kept, damaged ones too."""
    reader.demand(Permission.KEEP_SETTINGS)
    with reader.service.reading() as session:
        return told_rows.revisions(session)


def handles(reader: Reader) -> Mapping[UUID, str]:
    """What those who kept something are called."""
    reader.demand(Permission.KEEP_SETTINGS)
    with reader.service.reading() as session:
        rows = session.execute(select(MemberRow.id, MemberRow.handle))
        return {id_: handle for id_, handle in rows}  # noqa: C416 - rows are no pairs for mypy


def keep_part(
    reader: Reader,
    part: str,
    content: Mapping[str, Any],
    *,
    proof: Proof | None = None,
    revision: int,
    now: datetime,
) -> None:
    """Tell people what `content` says, as JSON; `revision` is that which the page showed.

    Raises `NotAllowed`, also without the `proof` that some parts need, `SettingsError`, and
    `Conflict` when somebody kept another meanwhile.
    """
    reader.demand(Permission.KEEP_SETTINGS)
    if part in NEEDS_PROOF:
        _demand_proof(reader, proof)
    read_part(reader.service.settings, part, content)
    _keep(reader, part, content, revision=revision, now=now)


def use_file(reader: Reader, part: str, *, revision: int, now: datetime) -> None:
    """Tell a part as the file tells it; raises as `keep_part`."""
    reader.demand(Permission.KEEP_SETTINGS)
    _keep(reader, part, None, revision=revision, now=now)


def publish(
    reader: Reader,
    code: str,
    texts: Mapping[str, str],
    *,
    proof: Proof,
    revision: int,
    now: datetime,
) -> str:
    """Ask for a permission in new words from now on; the name of this version.

    `texts` are in all three languages. Earlier versions stay, since consents name them.
    Raises `NotAllowed`, `Conflict`, and `ValueError` where a language is missing.
    """
    reader.demand(Permission.KEEP_SETTINGS)
    _demand_proof(reader, proof)
    if set(texts) != set(LANGUAGES) or not all(words.strip() for words in texts.values()):
        raise ValueError("The words stand in every language.")
    service = reader.service
    with service.writing() as session:
        before = _versions(session, service, code, revision)
        version = _name(before, now, service.settings.zone)
        new = {"version": version, "at": instant(now), "by": reader.member.hex, **texts}
        content = {"versions": [*map(_as_json, before), new]}
        new_row = Kept(revision + 1, now, reader.member, content)
        _write(session, reader, consent_part(code), new_row, version=version)
    told.forget(service)
    return version


def mark(reader: Reader, key: str, checked: Mark, *, revision: int, now: datetime) -> None:
    """Keep that these very words were checked; raises `NotAllowed` and `Conflict`."""
    _change_marks(reader, key, checked, revision=revision, now=now)


def unmark(reader: Reader, key: str, *, revision: int, now: datetime) -> None:
    """Take a mark away; raises `NotAllowed` and `Conflict`."""
    _change_marks(reader, key, None, revision=revision, now=now)


def statements(now_told: Told) -> Mapping[str, Statement]:
    """Every statement that needs a lawyer's eye, in the words that are shown now, by key."""
    consent = of_consent(now_told.consent_text(COMPLAINT))
    return {**fixed(), consent.key: consent}


def _demand_proof(reader: Reader, proof: Proof | None) -> None:
    if proof is None or proof.member != reader.member:
        raise NotAllowed


def _keep(
    reader: Reader,
    part: str,
    content: Mapping[str, Any] | None,
    *,
    revision: int,
    now: datetime,
) -> None:
    with reader.service.writing() as session:
        _write(session, reader, part, Kept(revision + 1, now, reader.member, content))
    told.forget(reader.service)


def _write(session: Session, reader: Reader, part: str, new: Kept, **besides: str) -> None:
    """Keep a part with its line in the log."""
    service = reader.service
    told_rows.write(session, service, part, new)
    detail = {"part": part, "revision": new.revision, **besides}
    log.append(session, service, CHANGED, by=new.by, now=new.at, detail=detail)
    about = {"part": part, "by": reader.handle}
    account_notices.tell(
        session, service, _concerned(session), CHANGED, about=about, now=new.at
    )


def _concerned(session: Session) -> list[UUID]:
    """Administrators and coordinators, who answer for what people are told."""
    rows = session.execute(select(MemberRow.id, MemberRow.roles))
    return [id_ for id_, roles in rows if may(map(Role, roles.split()), Permission.SEE_MEMBERS)]


def _versions(
    session: Session, service: Service, code: str, revision: int
) -> tuple[Version, ...]:
    """The versions so far; a history that does not open any more is never written over."""
    row = told_rows.kept_part(session, service, consent_part(code))
    if row is None:
        if revision or told_rows.revision_of(session, consent_part(code)):
            raise Conflict
        return (Version(consent_text(code)),)
    return told.made(service.settings, {consent_part(code): row}).versions(code)


def _as_json(version: Version) -> dict[str, Any]:
    words = version.words
    return {
        "version": words.version,
        "at": instant(version.at) if version.at else None,
        "by": version.by.hex if version.by else None,
        **{language: words.text(language) for language in LANGUAGES},
    }


def _name(before: tuple[Version, ...], now: datetime, zone: ZoneInfo) -> str:
    """The day, and which one of that day: none has had this name before."""
    day = now.astimezone(zone).date().isoformat()
    taken = {version.words.version for version in before}
    return next(name for n in range(1, len(taken) + 2) if (name := f"{day}.{n}") not in taken)


def _change_marks(
    reader: Reader,
    key: str,
    new: Mark | None,
    *,
    revision: int,
    now: datetime,
) -> None:
    reader.demand(Permission.KEEP_SETTINGS)
    service = reader.service
    with service.writing() as session:
        row = told_rows.kept_part(session, service, CHECKS)
        marks = _sound_marks(service, row)
        others = {name: one for name, one in marks.items() if name != key}
        left = {**others, key: new} if new else others
        content = {name: _mark_json(one) for name, one in left.items()}
        _write(session, reader, CHECKS, Kept(revision + 1, now, reader.member, content), of=key)
    told.forget(service)


def _sound_marks(service: Service, row: Kept | None) -> Mapping[str, Mark]:
    return told.made(service.settings, {CHECKS: row}).checked


def _mark_json(one: Mark) -> dict[str, str]:
    return {
        "digest": one.digest,
        "role": one.role,
        "on": one.on.isoformat(),
        "note": one.note,
    }
