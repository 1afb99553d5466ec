"""The plain list: what each column shows to somebody who copies the database (vault.md 4).

A new column needs a line here, and with it a reason why it may be as it is.
"""

import typing

import pytest
from sqlalchemy import BigInteger, Boolean, Date, Engine, LargeBinary, String, Uuid, inspect
from sqlalchemy.orm import Mapped
from sqlalchemy.types import TypeEngine

from intake.store.columns import Base, Instant
from intake.store.schema import METADATA
from intake.vault import Sealed

PLAIN = """
addition     id             id        random
addition     case_id        id        of the case it belongs to
addition     box            sealed
addition     mac            mac       under the case's mail key

attempt      bucket         hash      keyed; names nobody
attempt      day            day       on which it is forgotten
attempt      count          count     of tries

audit        seq            sequence  of lines; the log is a chain
audit        generation     number    of the ring that opens it
audit        box            sealed
audit        previous       mac       of the line before
audit        mac            mac       under the audit key
audit        pseudonym      hash      of the case, keyed
audit        revision       number    of the case's state
audit        digest         hash      of the case's boxed state

blob         id             id        random
blob         owner          id        of the draft, later of the case
blob         pieces         count     of 8 MiB
blob         size_padded    count     of bytes, padded

case         id             id        random
case         ref            random    in the case's address
case         number         code      given at registration
case         stage          code      of its way through the desk
case         level          code      of urgency
case         may_rise_at    time      on a six-hour grid
case         warn_at        time      on a six-hour grid
case         hour           time      of receipt, rounded
case         answer_by      time      hour of receipt + the level's hours
case         holder         id        of the member it is with
case         automated      flag      probably sent by a machine
case         state_box      sealed
case         version        number    of the case's state

case_keys    id             id        random
case_keys    case_id        id        of the case they open
case_keys    ring           code      of the ring they are wrapped for
case_keys    member_id      id        of the member they are wrapped for
case_keys    generation     number    of the ring, or of the grant
case_keys    box            sealed    of one length and shape for every reader
case_keys    is_taken_back  flag      no longer opened by the member, not yet replaced

credential   id             id        random
credential   member_id      id        of its owner
credential   kind           code      second factor or address
credential   box            sealed

document     id             id        random
document     revision       number    of the document
document     case_id        id        of its case
document     compartment    code      every report has all of them
document     kind           code      of document
document     box            sealed
document     place          number    random
document     generation     number    of the ring that opens it

draft        id             id        random without the browser's secret
draft        look_up        hash      stretched from the return code, once saved
draft        day            day       on which it expires
draft        revision       number    of the draft
draft        box            sealed
draft        key_box        sealed

erased       id             id        of the case that was erased
erased       day            day       of erasure

facets       case_id        id        of its case
facets       version        number    of the case it holds for
facets       generation     number    of the ring that opens it
facets       box            sealed
facets       place          number    random

invitation   id             id        random
invitation   role           code      of the new member
invitation   look_up        hash      of the link
invitation   member_id      id        of the member who gets new keys
invitation   day            day       on which it expires
invitation   handle         handle    chosen by staff
invitation   box            sealed

link         id             id        random
link         case_id        id        of one case
link         other_id       id        of the other
link         kind           code      similar, merged or split
link         box            sealed

mailbox      case_id        id        of its case
mailbox      look_up        hash      stretched from the return code
mailbox      day            day       on which the code expires
mailbox      key_box        sealed

member       id             id        random
member       handle         handle    chosen by staff
member       roles          code      of what she may do
member       state          code      active or not
member       public_key     public    key that is sealed to
member       kdf            public    salt and cost of stretching
member       box            sealed
member       revision       number    of her box
member       since          day       on which her state or roles changed

notice       id             id        random
notice       member_id      id        of whom it is for
notice       day            day       on which it is forgotten
notice       box            sealed

outbox       id             id        random
outbox       member_id      id        of the member it goes to
outbox       kind           code      of notice
outbox       due            time      the hour
outbox       tries          count     of sending
outbox       box            sealed

proposal     id             id        random
proposal     case_id        id        of its case
proposal     action         code      of the step that takes two
proposal     by             id        of who proposed it
proposal     decided_by     id        of who decided
proposal     box            sealed

ring         name           code      of the ring
ring         generation     number    of the ring
ring         public_key     public    key that is sealed to
ring         roster_box     sealed
ring         recovery_box   sealed
ring         previous_box   sealed
ring         roster_revision number   of its roster
ring         is_due         flag      somebody who knew it was removed

ring_member  ring           code      of the ring
ring_member  generation     number    of the ring
ring_member  member_id      id        of the member it is sealed to
ring_member  box            sealed

session      id             id        random
session      token_hash     hash      of the cookie's token
session      member_id      id        of who is signed in
session      day            day       on which it ends
session      key_box        sealed
session      told_box       sealed

setting      name           code      of what is kept
setting      revision       number    of the setting
setting      box            sealed

team_document id            id        random
team_document kind          code      view, template, tag, note of a shift, draft
team_document member_id     id        of the member whose own it is
team_document generation    number    of the ring that opens what all share
team_document revision      number    of the document
team_document box           sealed
"""

CLASSES: dict[str, type[TypeEngine[typing.Any]] | type[Instant]] = {
    "id": Uuid,  # UUIDv4
    "sealed": LargeBinary,
    "mac": LargeBinary,
    "hash": LargeBinary,  # keyed or stretched, where what it is of could be guessed
    "public": LargeBinary,
    "random": String,
    "code": String,  # from a list in the program, never somebody's words
    "handle": String,
    "time": Instant,  # a whole hour, or coarser
    "day": Date,
    "number": BigInteger,
    "count": BigInteger,
    "sequence": BigInteger,  # the only key in order of arrival
    "flag": Boolean,
}

ROWS = [line.split(maxsplit=3) for line in PLAIN.splitlines() if line]
LISTED = {(table, column): kind for table, column, kind, *_reason in ROWS}
DECLARED = {
    (table.name, column.name): column
    for table in METADATA.tables.values()
    for column in table.c
}
CLASS_OF = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


def test_the_list_has_every_column_once() -> None:
    assert sorted((table, column) for table, column, *_ in ROWS) == sorted(DECLARED)


def test_the_database_has_no_other_column(engine: Engine) -> None:
    inspector = inspect(engine)
    found = {
        (table, column["name"])
        for table in inspector.get_table_names()
        for column in inspector.get_columns(table)
    }
    assert found == {*LISTED, ("alembic_version", "version_num")}


def test_what_is_plain_says_why_it_may_be() -> None:
    assert [row for row in ROWS if row[2] != "sealed" and len(row) < 4] == []


@pytest.mark.parametrize(
    ("place", "kind"), LISTED.items(), ids=[".".join(place) for place in LISTED]
)
def test_a_column_is_stored_as_its_class_says(place: tuple[str, str], kind: str) -> None:
    assert type(DECLARED[place].type) is CLASSES[kind]


def _hint(table: str, column: str) -> object:
    return typing.get_type_hints(CLASS_OF[table])[column]


def test_what_is_sealed_is_typed_so_and_nothing_else_is() -> None:
    typed = {
        place for place in LISTED if _hint(*place) in (Mapped[Sealed], Mapped[Sealed | None])
    }
    assert typed == {place for place, kind in LISTED.items() if kind == "sealed"}


def test_what_is_sealed_is_called_a_box() -> None:
    assert {place for place, kind in LISTED.items() if kind == "sealed"} == {
        place for place in LISTED if place[1] == "box" or place[1].endswith("_box")
    }


def test_only_the_log_is_in_order_of_arrival() -> None:
    assert [place for place, kind in LISTED.items() if kind == "sequence"] == [("audit", "seq")]
