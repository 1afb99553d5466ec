"""The first start: rings, their pinned keys, and the first coordinator."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import instance
from intake.casework import log
from intake.casework.codec import encode
from intake.casework.member_states import FIRST, FIRST_USED
from intake.casework.pinning import pin as pin  # noqa: PLC0414 - one place writes them
from intake.casework.service import Service
from intake.roles import Role
from intake.store.people import MemberRow, RingMemberRow, RingRow, SessionRow
from intake.vault import (
    MemberSecret,
    Pin,
    Pins,
    PublicKey,
    Ring,
    RingKey,
    Sealed,
    Seed,
    Stretching,
    box_member,
    box_roster,
    box_server,
    normalise_passphrase,
    open_server,
    passphrase,
    stretch,
)

HANDLE = "coordinator"
ROLES = (Role.COORDINATOR, Role.HANDLER)


@dataclass(frozen=True)
class First:
    """How the first coordinator signs in for the first time."""

    handle: str
    passphrase: str = field(repr=False)


def found(service: Service, *, now: datetime) -> First | None:
    """Make rings, pins and the first coordinator; None when there is somebody already.

    The pins are written before the database commits: a form never seals to a ring that
    nobody holds, and a start that was cut off begins again with fresh rings. Raises
    `InstanceError` where the pins belong to another database, whose reports they close.
    """
    with service.writing() as session:
        is_new = session.scalars(select(MemberRow.id).limit(1)).first() is None
        first = _begun(session, service, now) if is_new else None
    _begun_path(service).unlink(missing_ok=True)
    return first


def _begun(session: Session, service: Service, now: datetime) -> First:
    _refuse_other_pins(service)
    _begun_path(service).touch(mode=0o600)
    rings = tuple(RingKey.fresh(ring) for ring in Ring)
    seed = Seed.random()
    secret = MemberSecret(seed, {key.ring: key.trusted for key in rings})
    first = First(HANDLE, passphrase())
    member = _member(service, secret, first)
    _keep_first_key(service, seed, member.id)
    pin(service, Pins({key.ring: Pin(key.generation, key.public) for key in rings}))
    session.add(member)
    session.flush()
    hold(session, rings, member)
    log.append(session, service, "founded", by=member.id, now=now)
    return first


def _refuse_other_pins(service: Service) -> None:
    """Pins without a start that was cut off have members, in some other database."""
    folder = service.settings.instance
    if instance.pins_path(folder).exists() and not _begun_path(service).exists():
        raise instance.InstanceError(
            f"{folder} belongs to another database than this one, which is empty. "
            "Check INTAKE_DATABASE_URL, or restore a backup."
        )


def _begun_path(service: Service) -> Path:
    return service.settings.instance / "founding.begun"


def hold(session: Session, rings: tuple[RingKey, ...], member: MemberRow) -> None:
    """Add the first generation of each ring, held by `member` alone."""
    roster = encode({"members": {member.id.hex: roster_entry(member)}})
    for key in rings:
        session.add(
            RingRow(
                name=key.ring,
                generation=key.generation,
                public_key=key.public.raw,
                roster_box=box_roster(key, roster, revision=key.generation),
            )
        )
    session.flush()
    session.add_all([wrap(key, member) for key in rings])


def wrap(key: RingKey, member: MemberRow) -> RingMemberRow:
    """A ring's secret for one more member."""
    public = _public(member)
    return RingMemberRow(
        ring=key.ring,
        generation=key.generation,
        member_id=member.id,
        box=key.wrap_for_member(public, member.id),
    )


def roster_entry(member: MemberRow) -> dict[str, str]:
    """How a ring remembers whose key is whose."""
    return {"handle": member.handle, "roles": member.roles, "key": member.public_key.hex()}


def another_passphrase(service: Service, *, now: datetime) -> First | None:
    """A new one-time passphrase, and no session left; None once she has chosen her own."""
    with service.writing() as session:
        member = session.scalars(
            select(MemberRow).where(MemberRow.state.in_((FIRST, FIRST_USED)))
        ).first()
        if member is None or (seed := _first_seed(service, member.id)) is None:
            return None
        first = First(member.handle, passphrase())
        rings = {
            row.ring: RingKey.open_for_member(
                row.box,
                seed.identity,
                ring=Ring(row.ring),
                generation=row.generation,
                member=member.id,
            )
            for row in session.scalars(
                select(RingMemberRow).where(RingMemberRow.member_id == member.id)
            )
        }
        member.revision += 1
        member.state = FIRST
        secret = MemberSecret(seed, {Ring(name): key.trusted for name, key in rings.items()})
        member.kdf, member.box = stretched_box(
            service, secret, first.passphrase, member=member.id, revision=member.revision
        )
        session.execute(delete(SessionRow).where(SessionRow.member_id == member.id))
        log.append(session, service, "another_passphrase", by=member.id, now=now)
        return first


def stretched_box(
    service: Service, secret: MemberSecret, words: str, *, member: UUID, revision: int
) -> tuple[bytes, Sealed]:
    """The parameters of a fresh stretching of `words`, and the member box it opens."""
    how = Stretching.for_passphrase()
    key = stretch(normalise_passphrase(words), how, pepper=service.keys.pepper)
    return how.to_bytes(), box_member(key, secret, member=member, revision=revision)


def forget_first_key(service: Service) -> None:
    """From now on nothing on the server opens what arrived (the first start is over)."""
    path = _first_key_path(service)
    if path.exists():
        path.write_bytes(bytes(path.stat().st_size))
        path.unlink()


def is_first_key_kept(service: Service) -> bool:
    """Whether the server itself could still open what arrived."""
    return _first_key_path(service).exists()


def _member(service: Service, secret: MemberSecret, first: First) -> MemberRow:
    id_ = uuid4()
    kdf, box = stretched_box(service, secret, first.passphrase, member=id_, revision=1)
    return MemberRow(
        id=id_,
        handle=first.handle,
        roles=" ".join(ROLES),
        state=FIRST,
        public_key=secret.seed.public.raw,
        kdf=kdf,
        box=box,
    )


def _public(member: MemberRow) -> PublicKey:
    return PublicKey(member.public_key)


# Until the first coordinator has her own passphrase, a lost one-time passphrase would lose
# every report that came meanwhile. Her seed therefore waits beside the server key, and the
# threat model says so.
def _keep_first_key(service: Service, seed: Seed, member: UUID) -> None:
    path = _first_key_path(service)
    path.unlink(missing_ok=True)
    instance.keep(path, box_server(service.keys.server, "first", seed.raw, member))


def _first_seed(service: Service, member: UUID) -> Seed | None:
    path = _first_key_path(service)
    if not path.exists():
        return None
    opened = open_server(service.keys.server, "first", Sealed(path.read_bytes()), member)
    return Seed(opened)


def _first_key_path(service: Service) -> Path:
    return service.settings.instance / "first.key"
