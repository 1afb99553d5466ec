"""A thief's walk: every stored box and seal, tried with every key that what he has leads to.

He knows the format. What opens may hold further keys, which are tried in turn, until nothing
new opens. Everything is tried in its true place, so that only keys decide.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from intake.casework import Service
from intake.store.columns import Base
from intake.store.people import MemberRow
from intake.vault import (
    Key,
    Once,
    Ring,
    Seed,
    Stretching,
    UnsealError,
    code_keys,
    context,
    normalise_passphrase,
    read_code,
    return_code,
    stretch,
)
from intake.vault.keys import Identity
from intake.vault.sealed import ADDITION, BOX, SEAL, Sealed

FORMAT: Final = Path(__file__).parents[2] / "intake/vault/FORMAT.md"
DERIVED: Final = re.compile(r'(?:derive|mac)\([^()"]*(?:\([^()]*\))?[^()"]*"([\w -]+)"')
IN_PROSE: Final = ("attempt", "attempt-sign-in", "attempt-proof", "late", "warned", "told")
LABELS: Final = sorted({*DERIVED.findall(FORMAT.read_text("utf-8")), *IN_PROSE})
KEY: Final = 32
CASE_KEYS, SESSION, MEMBER = 193, 184, 249
SUITE: Final = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM"
KEY_SEAL: Final = 1 + 1120 + KEY + 16
Row = Mapping[str, Any]
Place = tuple[str, str]


@dataclass(frozen=True)
class Stored:
    """One box or seal, where it lies, and the contexts in which its place lets it open."""

    place: Place
    kind: str
    sealed: Sealed = field(repr=False)
    contexts: tuple[bytes, ...] = field(repr=False)

    @property
    def name(self) -> str:
        return f"{'.'.join(self.place)}: {self.kind}"


Contexts = Callable[[Row], Iterable[tuple[str, bytes]]]


def _document(row: Row) -> Iterator[tuple[str, bytes]]:
    case, id_, revision = row["case_id"], row["id"], row["revision"]
    if row["compartment"] == "facts":
        yield "facts", context("facts", case, revision, row["generation"] or 1)
    elif row["kind"] == "message":
        yield "message", context("message", case, id_)
    elif row["box"][:1] == SEAL:
        yield "case keys for recovery", context("case-keys", "recovery", case, id_)
    else:
        yield "document", context("document", case, row["compartment"], id_, revision)


def _case_keys(row: Row) -> Iterator[tuple[str, bytes]]:
    case, ring = row["case_id"], row["ring"]
    if ring is not None:
        yield "ring's wrap", context("case-keys", ring, row["generation"], case)
    else:
        yield "grant", context("grant", case, row["member_id"], row["generation"])


def _proposal(row: Row) -> Iterator[tuple[str, bytes]]:
    case, id_ = row["case_id"], row["id"]
    if row["action"] == "answer":
        yield "answer", context("answer", id_, case)
    elif row["action"] != "offer":
        yield "proposal", context("proposal", id_, case, row["action"], row["by"])
        return
    for member in row["members"]:
        yield "offer", context("offer", id_, case, member)


def _team_document(row: Row) -> Iterator[tuple[str, bytes]]:
    id_, kind, revision = row["id"], row["kind"], row["revision"]
    if row["member_id"] is None:
        yield "shared", context("team", id_, kind, revision, row["generation"])
    elif kind == "directory_listing":
        yield "listing", context("listing", id_, row["member_id"], revision)
    else:
        yield "own", context("own", id_, kind, revision, row["member_id"])


def _ring(name: str, *more: str) -> Contexts:
    def contexts(row: Row) -> Iterator[tuple[str, bytes]]:
        yield name, context("ring", row["name"], row["generation"], *more)

    return contexts


def _one(kind: str, *parts: str, label: str = "") -> Contexts:
    """One context: the label, then the row's columns, a `!` marking what stands as it is."""

    def contexts(row: Row) -> Iterator[tuple[str, bytes]]:
        values = (part[1:] if part.startswith("!") else row[part] for part in parts)
        yield kind, context(label or kind, *values)

    return contexts


PLACES: Final[Mapping[Place, Contexts]] = {
    ("addition", "box"): _one("addition", "case_id", "id"),
    ("audit", "box"): _one("audit", "seq", "generation"),
    ("case", "state_box"): _one("state", "id", "version"),
    ("case_keys", "box"): _case_keys,
    ("credential", "box"): _one("credential", "id", "member_id", "kind"),
    ("document", "box"): _document,
    ("draft", "box"): _one("draft", "id", "revision"),
    ("draft", "key_box"): _one("draft-key", "id"),
    ("facets", "box"): _one("facets", "case_id", "version", "generation"),
    ("invitation", "box"): _one("invitation", "id", "role"),
    ("link", "box"): _one("link", "id"),
    ("mailbox", "key_box"): _one("mail-key", "case_id"),
    ("member", "box"): _one("member", "id", "revision"),
    ("notice", "box"): _one("notice", "id", "member_id"),
    ("outbox", "box"): _one("server", "!outbox", "id"),
    ("proposal", "box"): _proposal,
    ("ring", "previous_box"): _ring("previous", "previous"),
    ("ring", "recovery_box"): _ring("recovery", "recovery"),
    ("ring", "roster_box"): _one("roster", "name", "roster_revision", "generation"),
    ("ring_member", "box"): _one("ring", "ring", "generation", "!member", "member_id"),
    ("session", "key_box"): _one("session", "id", "member_id"),
    ("session", "told_box"): _one("told", "id", "member_id"),
    ("setting", "box"): _one("server", "!setting", "name", "revision"),
    ("team_document", "box"): _team_document,
}
"""In which contexts the boxes of each column open (FORMAT.md 3)."""


def stored(service: Service) -> list[Stored]:
    """Every box and seal of every table."""
    found: list[Stored] = []
    with service.reading() as session:
        generations = set(session.scalars(select(Base.metadata.tables["ring"].c.generation)))
        members = list(session.scalars(select(MemberRow.id)))
        for (table, column), contexts in PLACES.items():
            for row in session.execute(select(Base.metadata.tables[table])).mappings():
                if row[column]:
                    whole = {**row, "members": members}
                    found += _objects(
                        (table, column), whole, row[column], contexts, generations
                    )
    return found


def _objects(
    place: Place, row: Row, sealed: Sealed, contexts: Contexts, generations: set[int]
) -> Iterator[Stored]:
    if sealed[:1] == ADDITION:
        case, id_ = row["case_id"], row["id"]
        for at, ring in enumerate((Ring.CASE, Ring.INTIMATE)):
            seal = Sealed(sealed[1 + at * KEY_SEAL : 1 + (at + 1) * KEY_SEAL])
            places = (context("addition", case, id_, ring, one) for one in generations)
            yield Stored(place, "key of an addition", seal, tuple(places))
        sealed = Sealed(sealed[1 + 2 * KEY_SEAL :])
    known = list(contexts(row))
    kind = known[0][0] if len(known) == 1 else "any"
    yield Stored(place, kind, sealed, tuple(where for _kind, where in known))


@dataclass(frozen=True)
class _Kind:
    """How far a secret is followed: whose labels are derived, and which become key pairs."""

    derives: bool
    derived_pairs: bool


SERVERS: Final = _Kind(derives=True, derived_pairs=True)
FOUND: Final = _Kind(derives=True, derived_pairs=False)
PLAIN: Final = _Kind(derives=False, derived_pairs=False)


@dataclass
class Thief:
    """What he has: secrets of 32 bytes, words to guess with, and what he opened so far."""

    service: Service
    opened: dict[Stored, bytes] = field(default_factory=dict)
    left: list[Stored] = field(default_factory=list)
    _known: set[bytes] = field(default_factory=set)
    _new: list[tuple[bytes, _Kind]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = stored(self.service)

    @property
    def names(self) -> set[str]:
        """What opened."""
        return {one.name for one in self.opened}

    def learn(self, *secrets: bytes, kind: _Kind = FOUND) -> None:
        """Secrets as they are; what is shorter or longer than a key, as it could be one."""
        for secret in secrets:
            for form in _forms(secret):
                if form not in self._known:
                    self._known.add(form)
                    self._new.append((form, kind))

    def guess(self, handle: str, words: str, *, peppers: Iterable[bytes]) -> None:
        """Words as the passphrase of a member."""
        with self.service.reading() as session:
            named = select(MemberRow.kdf).where(MemberRow.handle == handle)
            how = Stretching.from_bytes(session.scalars(named).one())
        for pepper in peppers:
            key = stretch(normalise_passphrase(words), how, pepper=Key(pepper))
            self.learn(key.raw)

    def type_code(self, code: str) -> None:
        """A return code, with the site's salt as it lies in the instance."""
        self.learn(code_keys(read_code(code), self.service.keys.site_salt).key.raw)

    def type_codes_of(self, secret: bytes) -> None:
        """Return codes as they would come of a secret that is no form's."""
        for form in _forms(secret):
            self.type_code(return_code(Once(form)))

    def walk(self) -> None:
        """Try everything on everything, until nothing new opens."""
        while self._new:
            new, self._new = self._new, []
            keys = [key.raw for secret, kind in new for key in _keys(secret, kind.derives)]
            identities = [
                Seed(key.raw).identity
                for secret, kind in new
                for key in _keys(secret, kind.derived_pairs)
            ]
            for one in list(self.left):
                plain = _open(one, keys, identities)
                if plain is not None:
                    self.opened[one] = plain
                    self.left.remove(one)
                    self.learn(*_inside(plain))


def _keys(secret: bytes, derives: bool) -> Iterator[Key]:  # noqa: FBT001
    yield Key(secret)
    for label in LABELS if derives else ("symmetric",):
        yield Key(secret).derive(label)


def _forms(secret: bytes) -> Iterator[bytes]:
    if len(secret) < KEY:
        yield secret.ljust(KEY, b"\0")
    elif len(secret) == KEY:
        yield secret
    else:
        yield hashlib.sha256(secret).digest()
        yield secret[:KEY]
        yield secret[-KEY:]


def _open(one: Stored, keys: list[bytes], identities: list[Identity]) -> bytes | None:
    if one.sealed[:1] == BOX:
        found = (_unboxed(one.sealed, where, keys) for where in one.contexts)
    else:
        found = (_unsealed(one.sealed, where, identities) for where in one.contexts)
    return next((plain for plain in found if plain is not None), None)


def _unboxed(sealed: Sealed, where: bytes, keys: list[bytes]) -> bytes | None:
    # Its commitment tells which key fits, far sooner than opening (FORMAT.md 2.3).
    info = SUITE + b"\0" + sealed[1:25] + where + b"\x01"
    wanted = sealed[25:45]
    for key in keys:
        if hmac.digest(key, info, "sha512")[44:] == wanted:
            return Key(key).unbox(sealed, context=where)
    return None


def _unsealed(sealed: Sealed, where: bytes, identities: list[Identity]) -> bytes | None:
    for identity in identities:
        with suppress(UnsealError):
            return identity.unseal(sealed, context=where)
    return None


def _inside(plain: bytes) -> Iterator[bytes]:
    """Whatever in an opened thing may be a key (FORMAT.md 4), or stands in its JSON."""
    if len(plain) == CASE_KEYS:
        yield from (plain[at : at + KEY] for at in range(1, CASE_KEYS, KEY))
    elif len(plain) in {KEY, 2 * KEY, SESSION, MEMBER}:
        yield plain[:KEY]
    for text in re.findall(rb'"([0-9a-f]{64})"', plain):
        yield bytes.fromhex(text.decode())
