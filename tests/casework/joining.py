"""Members who come through invitations, as tests need them: fresh proof, joined, entered."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from intake.casework import Reader, Service, entering, invitations, joining, resume
from intake.casework.proof import Proof, prove
from intake.casework.standing import IN
from intake.roles import Role
from intake.store.people import MemberRow
from tests.people import NOW, PASSPHRASES, add_member, code_of, sign_in

WORDS = "ribbon candle harvest window thistle amber"


_proved: Counter[tuple[Path, str]] = Counter()


def proof(reader: Reader) -> Proof:
    """What fresh proof gives, for one of the two coordinators or whoever has `WORDS`.

    Each is given some minutes after the one before, since no code is taken twice.
    """
    place = reader.service.settings.instance, reader.handle
    _proved[place] += 1
    now = NOW + timedelta(minutes=2 * _proved[place])
    words, code = PASSPHRASES.get(reader.handle, WORDS), code_of(reader.handle, now)
    return prove(reader, words, code, now=now)


def sign_in_as(service: Service, handle: str, words: str = WORDS) -> Reader:
    """The reader of somebody who signs in."""
    return resume(service, sign_in(service, handle, words, known=None, now=NOW).cookie, now=NOW)


def add(reader: Reader, handle: str, *roles: Role) -> Reader:
    """Somebody who is in, signed in."""
    add_member(reader, handle, roles, WORDS)
    return sign_in_as(reader.service, handle)


def joined(reader: Reader, handle: str = "fern", *roles: Role) -> Reader:
    """Somebody whom `reader` invited, who chose her passphrase and waits."""
    secret = invitations.invite(reader, handle, roles or (Role.COORDINATOR,), now=NOW)
    cookie = joining.join(reader.service, secret, WORDS, now=NOW).cookie
    return resume(reader.service, cookie, now=NOW)


def fingerprint(reader: Reader) -> str:
    """What she reads aloud from her own page."""
    return reader.secret.seed.public.fingerprint()


def enter(reader: Reader, newcomer: Reader) -> None:
    """Let `reader` enter her, after comparing."""
    entering.enter(reader, newcomer.member, fingerprint(newcomer), proof(reader), now=NOW)


def row_of(service: Service, handle: str) -> MemberRow:
    """How she stands in the database."""
    with service.reading() as session:
        row = session.scalars(select(MemberRow).where(MemberRow.handle == handle)).one()
        session.expunge(row)
    return row


def is_in(service: Service, handle: str) -> bool:
    """Whether she works here."""
    return row_of(service, handle).state in IN
