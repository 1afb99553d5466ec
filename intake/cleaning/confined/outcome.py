"""What comes back from the confined process."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Copy:
    """The content of a copy of the kind `code`; `more` when the file holds more pictures."""

    code: str
    content: bytes = field(repr=False)
    more: bool = False
