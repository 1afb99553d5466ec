"""What can go wrong in a use case; none of these carries what somebody typed."""

from dataclasses import dataclass
from uuid import UUID


class CaseworkError(Exception):
    """Every error a use case raises on purpose."""


class StorageFull(CaseworkError):  # noqa: N818 - reads as what is the matter
    """The disk is full, or what is left is kept for reports; nothing was stored."""


class StorageBusy(CaseworkError):  # noqa: N818
    """The database could not be written just now; nothing was stored."""


class UnknownCode(CaseworkError):  # noqa: N818
    """No report belongs to this return code."""


class ExpiredCode(CaseworkError):  # noqa: N818
    """The return code was right once; its conversation is gone."""


class DraftTooLong(CaseworkError):  # noqa: N818
    """The draft would be longer than drafts may be; it stays as it was."""


class NothingToSend(CaseworkError):  # noqa: N818
    """The draft tells nothing yet, so it was not sent."""


class UnknownCase(CaseworkError):  # noqa: N818
    """There is no such case, or this member may not know of it."""


class NotAllowed(CaseworkError):  # noqa: N818
    """The member's roles do not include the act."""


class NotOpened(NotAllowed):
    """Nobody has opened the report yet."""


class UnknownMember(NotAllowed):
    """There is no such member."""


class Conflict(CaseworkError):  # noqa: N818
    """Somebody changed the case since the page was shown."""


class AlreadyDecided(CaseworkError):  # noqa: N818
    """Somebody else decided it first, or it was taken back."""


@dataclass
class Lacking(CaseworkError):  # noqa: N818
    """A step says nothing without answers to the questions of these names."""

    names: tuple[str, ...]


@dataclass
class NotYet(CaseworkError):  # noqa: N818
    """What must be done before: codes of the vocabulary `missing`."""

    missing: tuple[str, ...]


@dataclass
class GateClosed(CaseworkError):  # noqa: N818
    """Nothing may leave the coalition in this way now: codes of the vocabulary `gate`."""

    missing: tuple[str, ...]


class WrongPassphrase(CaseworkError):  # noqa: N818
    """The handle and the passphrase do not belong together."""


@dataclass
class SlowDown(CaseworkError):  # noqa: N818
    """Too many wrong tries: the next one is possible in `seconds`."""

    seconds: int


@dataclass
class SessionEnded(CaseworkError):  # noqa: N818
    """Nobody is signed in with this cookie; `member` is known when it once was good."""

    member: UUID | None = None
