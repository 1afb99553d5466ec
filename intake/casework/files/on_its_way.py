"""How far a file came into a conversation, as its page carries it: boxed, and stored nowhere.

So who comes back with the code, or takes it away from somebody, cannot ask which files came.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from intake.casework.codec import decode, encode
from intake.casework.files import rooms
from intake.casework.files.arriving import FileRefused, Room, take_away
from intake.casework.mailbox import opened
from intake.casework.service import Service
from intake.form.manifest import Manifest
from intake.store.tables import BlobRow
from intake.vault import Sealed, UnsealError, box_on_its_way, open_on_its_way


@dataclass
class OnItsWay:
    """The file that `carried` tells of, of the conversation that `visit` opens.

    `carried` is the text that the page carries, empty where nothing came yet.
    """

    service: Service
    visit: str = field(repr=False)
    carried: str = field(repr=False)
    now: datetime

    def known(self, name: str, length: int) -> Manifest | None:
        """The file, if it is so called and so long; `FileRefused` once it was sent or swept."""
        found = self.found()
        if found is None or (found.name, found.length) != (name, length):
            return None
        if self._owner(found) in (None, self._case):
            raise FileRefused("gone")  # what belongs to the case is changed by nobody
        return found

    def room(self) -> Room:
        """Room beside the files that the case has."""
        return rooms.behind_code(self.service, self.visit, now=self.now)

    def keep(self, further: Manifest) -> Manifest:
        """Carry that it came so far."""
        writer = opened(self.service, self.visit, now=self.now)
        content = encode({"file": list(further.to_stored())})
        boxed = box_on_its_way(writer.mail_key, content, case=writer.case_id)
        self.carried = urlsafe_b64encode(boxed).decode()
        return further

    def drop(self, known: Manifest) -> None:
        """Carry it no more."""
        self.carried = ""
        take_away(self.service, [known.id])

    def whole(self) -> Manifest:
        """The file, all of which came; `FileRefused` where it did not, or was swept since."""
        found = self.found()
        if found is None or not found.is_whole or (owner := self._owner(found)) is None:
            raise FileRefused("again")
        if owner != self._case and self.room().bytes < found.length:
            raise FileRefused("large")  # others were sent meanwhile
        return found

    def found(self) -> Manifest | None:
        """The file that is carried; None for what this conversation did not box."""
        writer = opened(self.service, self.visit, now=self.now)
        try:
            boxed = Sealed(urlsafe_b64decode(self.carried))
            content = open_on_its_way(writer.mail_key, boxed, case=writer.case_id)
        except (ValueError, UnsealError):
            return None
        return Manifest.from_stored(decode(content)["file"])

    @property
    def _case(self) -> UUID:
        return opened(self.service, self.visit, now=self.now).case_id

    def _owner(self, found: Manifest) -> UUID | None:
        with self.service.reading() as session:
            row = session.get(BlobRow, found.id)
            return row.owner if row else None
