"""The case view: what was said, what was not and why, what came later, and who may see it."""

from datetime import timedelta

import pytest

from intake.casework import Incoming, Reader, submit
from intake.form.answers import Answers, Item, State, Stored
from intake.form.journey import asked_steps
from intake.form.questionnaire import REPEATED
from tests.html import Element, Page
from tests.people import NOW, send_and_open
from tests.visitor import Visitor

LATER = NOW + timedelta(minutes=40)
TOLD: dict[str, Stored | State] = {
    "reporter_role": "relative",
    "victim_knowledge": "does_not_know",
    "victim_name": "Tolebi",
    "victim_status": "free",
    "narrative": "Ағамды көшеде ұрды.",
    "contact_method": ("phone",),
    "contact_value": "+7 700 000 31 31",
    "consent_contact": True,
}


def full(told: dict[str, Stored | State] | Answers, **more: object) -> Incoming:
    """A report through the form, in Kazakh."""
    answers = told if isinstance(told, Answers) else Answers(told)
    values = {"language": "kk", "route": "full", "channel": "web_form", "received_at": NOW}
    return Incoming(answers, **{**values, **more})  # type: ignore[arg-type] # as a test gives them


def read(desk: Visitor, reader: Reader, report: Incoming, *later: Incoming) -> Page:
    """What the desk shows of a report and of what its reporter added since."""
    sent = send_and_open(reader, report)
    for addition in later:
        submit(reader.service, addition, once=sent.once)
    return desk.get(f"/desk/cases/{sent.ref}/report").page


def beside(page: Page, label: str) -> list[Element]:
    """What stands beside a question, wherever it is asked."""
    found, is_asked = [], False
    for element in page.all("dt", "dd"):
        if element.tag == "dt":
            is_asked = element.text == label
        elif is_asked:
            found.append(element)
    return found


def words(page: Page, label: str) -> list[str]:
    return [element.text for element in beside(page, label)]


def part(page: Page, key: str) -> Element:
    found = page.by_id(key)
    assert found is not None
    return found


def test_own_words_carry_the_language_of_the_report(desk: Visitor, coordinator: Reader) -> None:
    page = read(desk, coordinator, full(TOLD))
    own = [e for e in page.all("blockquote", "q") if e.text in TOLD.values()]
    assert [(e.tag, e.get("lang")) for e in own] == [
        ("q", "kk"),
        ("blockquote", "kk"),
        ("q", "kk"),
    ]


def test_every_way_of_not_answering_is_told_apart(desk: Visitor, coordinator: Reader) -> None:
    told = {**TOLD, "act_date_to": State.UNKNOWN, "reprisal": State.PREFER_NOT_TO_SAY}
    slugs = [step.slug for step in asked_steps(Answers(told))]
    passed = tuple(slugs[: slugs.index("profile")])
    page = read(desk, coordinator, full(told, passed=passed, skipped=("witnesses",)))
    assert words(page, "When did it happen for the last time?") == ["does not know"]
    assert words(page, "Are there threats or pressure now?") == ["does not want to say"]
    assert "Did somebody see or hear it?" in words(page, "Skipped")[0]
    assert (
        "Why did they do it, as the person understood?" in words(page, "Seen and left empty")[0]
    )
    assert words(page, "Not reached before it was sent")[0].startswith("What else matters")
    not_asked = words(page, "Not asked, because other answers did not lead there")[0]
    assert "The death of the person" in not_asked
    assert "What else matters" not in not_asked


def test_of_a_page_with_answers_what_was_left_empty_is_named_beside_them(
    desk: Visitor, coordinator: Reader
) -> None:
    told = {**TOLD, "place_name": "Zhanaozen, by the market"}
    page = read(desk, coordinator, full(told, passed=("place",)))
    assert (
        "Left empty: In which town or village did it happen?; Which of these towns is it?"
        in (part(page, "part-account").text)
    )


def test_what_was_added_later_stands_beside_what_was_said_first(
    desk: Visitor, coordinator: Reader
) -> None:
    added = full({"narrative": "Көлік ақ болды.", "victim_status": "free"}, received_at=LATER)
    page = read(desk, coordinator, full(TOLD), added)
    first, later = beside(page, "What happened, in your own words")
    assert (first.text, later.text.startswith("added later")) == ("Ағамды көшеде ұрды.", True)
    assert later.text.endswith("Көлік ақ болды.")
    assert words(page, "Where is the person now?") == ["Free"]  # said again is nothing new
    assert "people remember more with time" in page.text


def test_the_newest_way_to_answer_stands_first_and_the_other_is_marked(
    desk: Visitor, coordinator: Reader
) -> None:
    told = full({**TOLD, "contact_rules": ("no_voicemail",)})
    added = full(
        {"contact_value": "+7 700 000 44 44", "contact_rules": ("monitored",)},
        received_at=LATER,
    )
    page = read(desk, coordinator, told, added)
    newest, older = words(page, "Number, name or address for this way")
    assert newest.endswith("+7 700 000 44 44")
    assert older == "older +7 700 000 31 31"
    rules = [
        e.text for e in page.all("strong") if "rules" in (e.ancestors[1].get("class") or "")
    ]
    assert "The phone may be tapped or was taken" in rules
    assert "Leave no message" not in rules


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({}, "Do not use the person's name."),
        ({"victim_status": "sizo"}, "assume that phone and visits are watched"),
        ({"victim_knowledge": "does_not_know"}, "nothing new about the person"),
        ({"consent_contact": False}, "Answer behind the return code only."),
        ({"contact_method": ("none",)}, "Do not get in touch."),
    ],
)
def test_what_must_be_minded_when_answering_stands_in_bold(
    desk: Visitor, coordinator: Reader, told: dict[str, Stored], rule: str
) -> None:
    page = read(desk, coordinator, full({**TOLD, **told}))
    assert [e for e in page.all("strong") if rule in e.text] != []


def test_nobody_is_told_to_mind_what_does_not_apply(desk: Visitor, coordinator: Reader) -> None:
    page = read(desk, coordinator, full({**TOLD, "victim_knowledge": "agreed"}))
    rules = next(e for e in page.all("ul") if e.get("class") == "rules")
    assert rules.text == "Do not use the person's name."


def test_a_town_is_shown_with_its_unit_now_and_then(desk: Visitor, coordinator: Reader) -> None:
    told = {**TOLD, "town_said": "Семипалатинск", "town": "semey", "act_date_from": "2022-03"}
    page = read(desk, coordinator, full(told))
    (shown,) = words(page, "Which of these towns is it?")
    assert shown.startswith("Semey Region or city now: Abai Region;")
    assert shown.endswith("on that day (March 2022): East Kazakhstan Region.")


def test_a_place_in_words_is_shown_as_said_with_the_town_that_was_read(
    desk: Visitor, coordinator: Reader
) -> None:
    page = read(desk, coordinator, full({**TOLD, "place_name": "Жаңаөзен, базар маңы"}))
    assert words(page, "Name and address of the place") == [
        "Жаңаөзен, базар маңы Read as: Zhanaozen. Region or city: Mangystau Region."
    ]


def officers(*things: tuple[str, str]) -> Answers:
    answers = Answers({"narrative": "They were two."})
    for id_, name in things:
        answers = answers.with_item(
            REPEATED["officers"], Item(id_, Answers({"officer_name": name}))
        )
    return answers


def test_things_that_repeat_are_numbered_and_keep_their_ids(
    desk: Visitor, coordinator: Reader
) -> None:
    first = full(officers(("aaaaaaaa", "B."), ("bbbbbbbb", "K.")))
    added = full(officers(("bbbbbbbb", "Kaldybek"), ("cccccccc", "D.")), received_at=LATER)
    page = read(desk, coordinator, first, added)
    cards = [e for e in page.all("li") if e.get("class") == "thing"]
    assert [e.get("id") for e in cards] == [
        f"account-officers-{id_}" for id_ in ("aaaaaaaa", "bbbbbbbb", "cccccccc")
    ]
    assert [e.text.split(".")[0] for e in cards] == ["1", "2", "3"]
    assert "K. added later" in cards[1].text
    assert "Kaldybek" in cards[1].text
    assert "added later" in cards[2].text


def test_what_is_about_a_child_is_folded_behind_a_notice(
    desk: Visitor, coordinator: Reader
) -> None:
    page = read(desk, coordinator, full({**TOLD, "age_band_then": "14_15"}))
    folded = part(page, "part-account")
    assert folded.tag == "details"
    assert "open" not in folded.attributes
    assert "This part is about a child." in folded.text


def test_what_is_added_for_a_trained_reader_has_a_notice_of_its_own(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator, full(TOLD))
    told: dict[str, Stored | State] = {
        "intimate_narrative": "what they did",
        "method": ("rape",),
    }
    submit(coordinator.service, full(told, received_at=LATER), once=sent.once)
    address = f"/desk/cases/{sent.ref}/report"
    folded = part(desk.get(address).page, "part-later-1")
    assert folded.tag == "details"
    assert "This may be about sexual violence." in folded.text
    assert "what they did" in folded.text
    locked = part(second_desk.get(address).page, "part-locked-later")
    assert locked.text.startswith("Added later This part opens for specially trained handlers")


def test_that_a_page_on_sexual_violence_was_opened_shows_to_nobody_else(
    second_desk: Visitor, desk: Visitor, coordinator: Reader
) -> None:
    told = {
        **TOLD,
        "sexual_choice": "tell",
        "intimate_narrative": "what they did",
        "preferred_handler_gender": "female",
    }
    slugs = tuple(step.slug for step in asked_steps(Answers(told)))
    sent = send_and_open(coordinator, full(told, passed=slugs))
    address = f"/desk/cases/{sent.ref}/report"
    trained = desk.get(address).page
    assert "In your own words and time" in part(trained, "part-intimate").text
    assert "In your own words and time" not in part(trained, "part-identity").text
    page = second_desk.get(address).page
    assert words(page, "Whom would you rather talk to?") == ["A woman"]
    for title in ("In your own words and time", "A private question", "what they did"):
        assert title not in page.text


def test_consents_are_shown_with_giver_times_and_version(
    desk: Visitor, coordinator: Reader
) -> None:
    told = {
        **TOLD,
        "victim_knowledge": "agreed",
        "consent": ("refer_internal", "statistics"),
        "consent_giver": "victim",
        "consent_until": "2026-11-17",
    }
    page = read(desk, coordinator, full(told))
    rows = next(e.text for e in part(page, "consents").children if e.tag == "table")
    assert "Contact me in the safe way I chose in force" in rows
    assert "Pass to a Coalition lawyer, psychologist or doctor run out The person" in rows
