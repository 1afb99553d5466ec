"""Files of a case as a specialist: what she was given decides, whatever else she is."""

from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from intake.casework import Reader, UnknownCase, resume
from intake.casework.files.reading import NoSuchFile, original, papers, safe_copy
from intake.casework.given import answer, given, read_given
from intake.casework.offering import offer
from intake.casework.timeline import timeline
from intake.form.answers import Answers, Item
from intake.form.files import INTIMATE_FILE, INTIMATE_FILES
from intake.roles import Permission, Role
from intake.vault import Slot
from tests.files import picture, stored_file, with_file
from tests.people import NOW, add_member, send_and_open, sign_in, sister_report

WORDS = "seven words that no list holds here"


@dataclass
class Doctor:
    """A coordinator who is a doctor too, and a case with a picture."""

    reader: Reader
    ref: str
    file: UUID

    def accept(self) -> None:
        (told,) = given(self.reader).offers
        answer(self.reader, told.id, "", accepted=True, now=NOW)

    def original(self, needs: Permission) -> bytes:
        parts = original(self.reader, self.ref, self.file, needs=needs, now=NOW)[1]
        return b"".join(parts)


@pytest.fixture
def doctor(coordinator: Reader) -> Doctor:
    service = coordinator.service
    add_member(coordinator, "ash", (Role.COORDINATOR, Role.DOCTOR), WORDS)
    reader = resume(service, sign_in(service, "ash", WORDS, now=NOW).cookie, now=NOW)
    report = sister_report(consent=("refer_internal",), consent_giver="victim")
    ref = send_and_open(coordinator, with_file(service, report, picture())).ref
    (paper,) = papers(coordinator, ref, now=NOW)
    return Doctor(reader, ref, paper.manifest.id)


def give(coordinator: Reader, doctor: Doctor, *parts: Slot) -> None:
    offer(coordinator, doctor.ref, doctor.reader.member, parts, "", now=NOW)


def test_before_she_accepts_nothing_was_given(coordinator: Reader, doctor: Doctor) -> None:
    give(coordinator, doctor, Slot.ACCOUNT)
    with pytest.raises(UnknownCase):
        read_given(doctor.reader, doctor.ref, now=NOW)
    with pytest.raises(UnknownCase):
        safe_copy(
            doctor.reader, doctor.ref, doctor.file, needs=Permission.READ_GRANTED, now=NOW
        )
    doctor.accept()
    assert doctor.original(Permission.READ_GRANTED) == picture()


def test_her_other_keys_open_nothing_more_of_what_was_given(
    coordinator: Reader, doctor: Doctor
) -> None:
    give(coordinator, doctor, Slot.IDENTITY)
    doctor.accept()
    sections = read_given(doctor.reader, doctor.ref, now=NOW).report.sections
    assert {one.compartment for one in sections if one.answers is not None} == {"identity"}
    with pytest.raises(NoSuchFile):
        doctor.original(Permission.READ_GRANTED)
    assert doctor.original(Permission.OPEN_CASE) == picture()


def test_only_trained_handlers_learn_that_a_private_picture_was_looked_at(
    coordinator: Reader, second: Reader
) -> None:
    report = sister_report()
    private = Answers().having(INTIMATE_FILE, stored_file(coordinator.service, picture()))
    told = report.answers.with_item(INTIMATE_FILES, Item("abcdefgh", private))
    ref = send_and_open(coordinator, replace(report, answers=told)).ref
    (paper,) = papers(coordinator, ref, now=NOW)
    safe_copy(coordinator, ref, paper.manifest.id, now=NOW)
    acts = {line.act for line in timeline(coordinator, ref, now=NOW)}
    hers = {line.act for line in timeline(second, ref, now=NOW)}
    assert "read_intimate_file" in acts
    assert "read_file" in hers
    assert not [act for act in hers if "intimate" in act]
