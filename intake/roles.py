"""What each role may do, and which rings it holds."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is in the coalition; one person may have several roles."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    HANDLER = "handler"
    LAWYER = "lawyer"
    PSYCHOLOGIST = "psychologist"
    DOCTOR = "doctor"
    FILING_LAWYER = "filing_lawyer"
    ANALYST = "analyst"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """An act of the desk that not everybody may do."""

    READ_QUEUE = "read_queue"
    OPEN_CASE = "open_case"
    TAKE_CASE = "take_case"
    WRITE_NOTES = "write_notes"
    SEND_MESSAGES = "send_messages"
    RAISE_URGENCY = "raise_urgency"
    WRITE_STEPS = "write_steps"
    MOVE_CASE = "move_case"
    DECIDE = "decide"
    HAND_OVER = "hand_over"
    KEEP_TEAM = "keep_team"
    READ_NUMBERS = "read_numbers"
    KEEP_ROTA = "keep_rota"
    READ_LOG = "read_log"
    SET_UP = "set_up"
    READ_GRANTED = "read_granted"
    GRANT = "grant"
    SEE_MEMBERS = "see_members"
    INVITE = "invite"
    ENTER = "enter"
    SUSPEND = "suspend"
    KEEP_SETTINGS = "keep_settings"
    LOCK_DOWN = "lock_down"
    FILE = "file"
    RECORD = "record"


_CASEWORK: Final = frozenset(
    {
        Permission.READ_QUEUE,
        Permission.OPEN_CASE,
        Permission.TAKE_CASE,
        Permission.WRITE_NOTES,
        Permission.SEND_MESSAGES,
        Permission.RAISE_URGENCY,
        Permission.WRITE_STEPS,
        Permission.MOVE_CASE,
        Permission.DECIDE,
        Permission.HAND_OVER,
        Permission.KEEP_TEAM,
        Permission.READ_NUMBERS,
        Permission.RECORD,
    }
)
_PEOPLE: Final = frozenset(
    {
        Permission.SEE_MEMBERS,
        Permission.INVITE,
        Permission.SUSPEND,
        Permission.KEEP_ROTA,
        Permission.LOCK_DOWN,
    }
)
_NOTHING: Final[frozenset[Permission]] = frozenset()
_GRANTED: Final = frozenset({Permission.READ_GRANTED})

# Recovery sheets and rosters are made out of the rings, which administrators do not hold.
ALLOWED: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.ADMINISTRATOR: _PEOPLE | {Permission.KEEP_SETTINGS},
    Role.COORDINATOR: _CASEWORK
    | _PEOPLE
    | {Permission.READ_LOG, Permission.SET_UP, Permission.ENTER, Permission.GRANT},
    Role.HANDLER: _NOTHING,  # training adds a ring to a coordinator, and no act
    Role.LAWYER: _GRANTED,
    Role.PSYCHOLOGIST: _GRANTED,
    Role.DOCTOR: _GRANTED,
    Role.FILING_LAWYER: frozenset({Permission.FILE}),
    Role.ANALYST: _NOTHING,
    Role.AUDITOR: frozenset({Permission.READ_LOG}),
}

_RINGS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.COORDINATOR: ("case", "facts", "audit"),
    Role.HANDLER: ("intimate",),
    Role.ANALYST: ("facts",),
    Role.AUDITOR: ("audit",),
}


def may(roles: Iterable[Role], permission: Permission) -> bool:
    """Whether one of the roles includes `permission`."""
    return any(permission in ALLOWED[role] for role in roles)


def rings_of(role: Role) -> tuple[str, ...]:
    """The rings that a role holds (vault.md 2); administrators and specialists hold none."""
    return _RINGS.get(role, ())
