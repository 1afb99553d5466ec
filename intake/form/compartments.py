"""The compartments of a case, each readable by its own circle of people."""

from enum import StrEnum


class Compartment(StrEnum):
    """What is sealed under one key of a case (vault.md 2)."""

    IDENTITY = "identity"
    """Names, contacts, safe ways to answer, papers."""
    ACCOUNT = "account"
    """What happened, in words: narrative, perpetrators, injuries, places."""
    INTIMATE = "intimate"
    """The section on sexual violence and intimate images."""
    FACTS = "facts"
    """Coded answers, for the queue and for counting."""
    WORK = "work"
    """Notes, safety plan and legal record, made by the desk."""
    MAIL = "mail"
    """The conversation with the reporter."""
