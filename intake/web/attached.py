"""A file as a field of a form: sealed while the form is read, never held whole."""

from __future__ import annotations

from collections.abc import Sequence
from io import RawIOBase
from typing import Any, ClassVar, Final
from uuid import UUID

from flask import request
from flask_babel import gettext
from typing_extensions import override
from wtforms import Field

from intake.casework.files.arriving import Arriving, FileRefused
from intake.form.manifest import Manifest
from intake.form.questions import Attached
from intake.form.text import _

CARRIED: Final = "carried-"
"""How fields begin in which a page carries a file that came in pieces; its question follows."""
REFUSED: Final = {
    "kind": _(
        "We can take pictures, films, sound, PDF and text papers. This file is something else. "
        "You can take a picture of it and add that."
    ),
    "large": _(
        "This file is too large. You can add a part of it, or tell us about it in your own "
        "words: we find a way to take it."
    ),
    "empty": _("Nothing of this file arrived. Choose it once more."),
    "full": _(
        "There is no room for files just now. Your words are kept all the same. Tell us about "
        "the file in your own words, and add it another day with your code."
    ),
    "busy": _("Very many files arrive just now. Everything else is kept. Try in a minute."),
    "two": _("Only one file fits on a page. Add the other one on a page of its own."),
    "again": _("The file is not kept yet. Choose it once more."),
    "gone": _("The file was not kept. Open your report again with your code, then add it."),
}


def refusal(why: str) -> str:
    """Why a file is not kept, as a sentence."""
    return gettext(REFUSED[why])


class Sealing(RawIOBase):
    """What a form's parser writes a file into; nothing can be read out of it."""

    def __init__(self, arriving: Arriving) -> None:
        super().__init__()
        self._arriving = arriving
        self._told: Manifest | FileRefused | None = None

    @property
    def id(self) -> UUID:
        return self._arriving.id

    @override
    def writable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def write(self, data: Any, /) -> int:
        return self._arriving.write(data)

    @override
    def seek(self, offset: int, whence: int = 0, /) -> int:
        return 0

    @override
    def readinto(self, buffer: Any, /) -> int:
        return 0

    def manifest(self) -> Manifest:
        """What came, the same however often it is asked; `FileRefused`, `StorageBusy`."""
        if self._told is None:
            try:
                self._told = self._arriving.whole()
            except FileRefused as refused:
                self._told = refused
        if isinstance(self._told, FileRefused):
            raise self._told
        return self._told

    def forget(self) -> None:
        """Take away what came: the form was not accepted."""
        self._arriving.forget()


class AttachedFile(Field):
    """A file of a form: chosen anew, or the one that was there before."""

    kind: ClassVar[str] = "file"

    def __init__(self, question: Attached, **kwargs: Any) -> None:  # noqa: ANN401 - WTForms' own
        super().__init__(**kwargs)
        self.question = question
        self.before: Manifest | None = None

    @override
    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = None
        came = [
            sent.stream
            for sent in request.files.getlist(self.name)
            if sent.filename and isinstance(sent.stream, Sealing)
        ]
        for stream in came[:1]:
            self.data = self._taken(stream)
        if came[1:]:
            raise ValueError(refusal("two"))

    def _taken(self, stream: Sealing) -> Manifest:
        try:
            return stream.manifest()
        except FileRefused as refused:
            raise ValueError(refusal(refused.why)) from None

    def lose(self) -> None:
        """Say that what came is not kept, where something came."""
        if self.data is not None:
            self.data, self.errors = None, [refusal("again")]

    def show(self, answer: Manifest) -> None:
        """Fill the field with a file that came before."""
        self.before = answer
