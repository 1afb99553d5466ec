"""What any signed-in member's session does beside her own work: it goes on with what is due."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from intake.casework import patterns, rekeying, rotation
from intake.casework.errors import CaseworkError, StorageBusy, StorageFull
from intake.casework.reader import Reader
from intake.casework.team.forgetting import forget_erased
from intake.casework.work import earlier
from intake.logs import Event, record
from intake.vault import NotForYou, UnsealError

_REST: Final = timedelta(minutes=10)
_SHORT_REST: Final = timedelta(minutes=1)
"""Where new reports are what there is to do: the queue waits for it."""
_AT_ONCE: Final = 5
"""Cases that are changed beside one page: each is a transaction of its own."""

_FACETS, _PATTERNS = "facets", "patterns"
_OF_NEW: Final = frozenset({_FACETS, _PATTERNS})
_FACETS_AT_ONCE: Final = 50


class _Resting:
    """Sessions whose keys open nothing of what is left, in this process, and until when."""

    def __init__(self) -> None:
        self._until: dict[object, datetime] = {}
        self._lock = Lock()

    def until(self, who: object, now: datetime) -> datetime:
        """Until when `who` rests; `now` for who does not."""
        with self._lock:
            return self._until.get(who, now)

    def rest(self, who: object, now: datetime, span: timedelta) -> None:
        with self._lock:
            self._until = {key: at for key, at in self._until.items() if at > now}
            self._until[who] = now + span


_RESTING: Final = _Resting()


def go_on(reader: Reader, *, now: datetime) -> None:
    """Go on a little with what this reader's keys can do; never in the way of her own work.

    Where they open nothing of what is left, her pages try again after ten minutes; whether
    new reports came, after one.
    """
    for name, work in _WORK.items():
        who = (name, reader.service.settings.instance, reader.session_id)
        if _RESTING.until(who, now) > now:
            continue
        try:
            if not work(reader, now):
                _RESTING.rest(who, now, _SHORT_REST if name in _OF_NEW else _REST)
        except (StorageBusy, StorageFull, OSError) as error:
            record(Event.STORAGE_BUSY, level="warning", kind=name, error=error)
        except (CaseworkError, NotForYou, UnsealError) as error:
            # Somebody changed a row: doctor says which, and her pages open as they did.
            record(Event.TASK_FAILED, level="error", kind=name, error=error)
            _RESTING.rest(who, now, _REST)


def _rotation(reader: Reader, now: datetime) -> bool:
    """Whether something was done, or nothing is left."""
    progress = rotation.go_on(reader, now=now)
    return bool(progress.done) or progress.is_over


def _rekeying(reader: Reader, now: datetime) -> bool:
    with reader.service.reading() as session:
        if not rekeying.due(session, at_most=1):
            return True
    return bool(rekeying.go_on(reader, now=now, at_most=_AT_ONCE))


def _facets(reader: Reader, now: datetime) -> bool:
    return bool(earlier.go_on(reader, now=now, at_most=_FACETS_AT_ONCE))


def _forgetting(reader: Reader, now: datetime) -> bool:
    """Never more than once in a while: there is next to nothing to forget."""
    del now
    forget_erased(reader)
    return False


def _patterns(reader: Reader, now: datetime) -> bool:
    return bool(patterns.go_on(reader, now=now, at_most=_AT_ONCE))


_WORK: Final[dict[str, Callable[[Reader, datetime], bool]]] = {
    "rotation": _rotation,
    "rekeying": _rekeying,
    _FACETS: _facets,
    _PATTERNS: _patterns,
    "forgetting": _forgetting,
}
