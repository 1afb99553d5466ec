"""A link written into both cases that it joins."""

from intake.casework.case_file import CaseFile
from intake.casework.splitting import link_boxes
from intake.casework.splitting.link_boxes import Ended, Link


def put(file: CaseFile, other: CaseFile, link: Link) -> None:
    """Keep the link of `file` in both; each is changed by it, so that nobody overlooks it."""
    link_boxes.put(file.session, file.keys, link)
    link_boxes.put(other.session, other.keys, link.seen_from_other())
    file.is_changed = other.is_changed = True


def end(file: CaseFile, link: Link, why: str) -> None:
    """Keep in this one of both that the link holds no longer."""
    ended = Ended(file.reader.member, file.now, why)
    link_boxes.end(file.session, file.keys, link, ended)
    file.is_changed = True
