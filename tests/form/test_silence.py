"""A lawyer who signed a paper of silence is asked nothing out of the case file (E26)."""

import re
from collections.abc import Iterator
from typing import Final

from hypothesis import given

from intake.form import journey
from intake.form.answers import Answers
from intake.form.questions import AnyQuestion, Listed
from tests.form.profiles import PROFILES
from tests.form.strategies import answers

OUT_OF_THE_FILE: Final = {
    *("case_status", "article_charged", "signed", "registered_on", "erdr_number"),
    *("step_kind", "step_body", "step_on", "step_number", "step_answer", "step_limit"),
}
OUT_OF_THE_FILE_CODES: Final = {
    "evidence": {"court_doc", "forensic_report", "detention_record"},
    "file_shows": {"court_doc", "forensic_report", "detention_record"},
    "legal_step": {"erdr", "under_investigation", "requalified", "trial", "conviction"},
}
WORDS: Final = re.compile(
    r"(?i)\b(articles?|charged?|investigat\w+|interrogat\w+|verdict|indict\w+|accus\w+|"
    r"case|courts?|judges?|protocols?|regist\w+|written down)\b"
)
# Days that others must know in time stand in no file, and the steps are those of the lawyer.
ASKED_ALL_THE_SAME: Final = {"under_non_disclosure", "hearing_on", "legal_step"}


def silenced(answers: Answers) -> Answers:
    signed = {"reporter_role": "lawyer", "under_non_disclosure": "yes"}
    return Answers({**answers.values, **signed}, answers.items)


def asked(answers: Answers) -> Iterator[AnyQuestion]:
    for step in journey.asked_steps(answers):
        yield from journey.questions_of(step, answers)
        yield from step.repeats.questions if step.repeats else ()


@given(answers())
def test_no_question_out_of_the_file_is_asked(answers: Answers) -> None:
    known = silenced(answers)
    for question in asked(known):
        assert question.name not in OUT_OF_THE_FILE
        if isinstance(question, Listed):
            offered = {term.code for term in question.offered(known)}
            assert not offered & OUT_OF_THE_FILE_CODES.get(question.name, set())


@given(answers())
def test_no_question_speaks_of_courts_charges_or_investigators(answers: Answers) -> None:
    speaking = {q.name for q in asked(silenced(answers)) if WORDS.search(f"{q.label} {q.hint}")}
    assert speaking <= ASKED_ALL_THE_SAME


@given(answers())
def test_no_page_is_left_without_a_question_or_a_word(answers: Answers) -> None:
    known = silenced(answers)
    for step in journey.asked_steps(known):
        assert journey.questions_of(step, known) or step.told or step.repeats


def test_other_lawyers_are_asked_all_of_it() -> None:
    of_the_file = {question.name for question in asked(PROFILES["lawyer"])}
    assert of_the_file >= OUT_OF_THE_FILE - {"erdr_number"}
    assert "deadline_on" in {question.name for question in asked(PROFILES["silenced"])}
