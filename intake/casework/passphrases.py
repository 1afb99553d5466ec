"""Choosing a passphrase: the first own one, and another one later."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete

from intake.casework import account_notices, founding, log
from intake.casework.errors import WrongPassphrase
from intake.casework.member_states import ACTIVE, FIRST, FIRST_USED
from intake.casework.proof import Proof
from intake.casework.reader import Reader
from intake.casework.sessions import begin
from intake.casework.sign_in import SignedIn, known_text
from intake.store.people import MemberRow, SessionRow
from intake.vault import MemberSecret, passphrase


def propose_passphrase() -> str:
    """Six fresh words for a member to keep."""
    return passphrase()


def choose_passphrase(
    reader: Reader, words: str, *, now: datetime, proof: Proof | None = None, browser: str = ""
) -> SignedIn:
    """Make `words` the member's passphrase; every session ends but the new one.

    Whoever has one of her own gives fresh proof. Raises `WrongPassphrase` without it, and when
    her box was changed since.
    """
    service, secret = reader.service, _secret(reader, proof)
    with service.reading() as session:
        before = session.get_one(MemberRow, reader.member).revision
    if proof is not None and proof.revision != before:
        raise WrongPassphrase
    kdf, box = founding.stretched_box(
        service, secret, words, member=reader.member, revision=before + 1
    )
    with service.writing() as session:
        row = session.get_one(MemberRow, reader.member)
        if row.revision != before:
            raise WrongPassphrase
        row.kdf, row.box, row.revision = kdf, box, before + 1
        row.state = ACTIVE if row.state in {FIRST, FIRST_USED} else row.state
        session.execute(delete(SessionRow).where(SessionRow.member_id == reader.member))
        cookie = begin(session, service, row, secret, now, browser)
        log.append(session, service, "passphrase_chosen", by=reader.member, now=now)
        if proof is not None:
            hers = (reader.member,)
            account_notices.tell(session, service, hers, "passphrase_changed", now=now)
    founding.forget_first_key(service)
    must_set_up = replace(reader, state=row.state).must_set_up
    return SignedIn(cookie, known_text(service, reader.handle), must_set_up)


def _secret(reader: Reader, proof: Proof | None) -> MemberSecret:
    if proof is not None:
        return replace(proof.secret, trusted=reader.secret.trusted)
    if not reader.must_choose_passphrase:
        raise WrongPassphrase
    return MemberSecret(reader.secret.seed, reader.secret.trusted)
