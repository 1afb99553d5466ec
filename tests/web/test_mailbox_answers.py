"""Behind the code: our questions, any page of the form, and how to be reached."""

import pytest
from sqlalchemy import select

from intake.casework import Reader, Service, correspondence, new_once, read_report, send_message
from intake.form import pages
from intake.form.answers import Answers
from intake.form.questionnaire import REPEATED
from intake.store.tables import AdditionRow
from tests.people import NOW, Sent, send_and_open, sister_report
from tests.visitor import LANGUAGES, Visited, Visitor
from tests.web.conftest import Clock

NUMBER = "+7 701 555 31 31"
WORDS = "The doctor at Thornfield hospital saw the marks."


@pytest.fixture
def sent(coordinator: Reader) -> Sent:
    """A report that a coordinator has opened."""
    return send_and_open(coordinator, sister_report())


def keys_of(*slugs: str) -> tuple[str, ...]:
    """Every question of these pages."""
    found = (pages.page_called(slug) for slug in slugs)
    return tuple(one.key for page in found if page for one in page.asked)


def field(key: str) -> str:
    (one,) = pages.asked_by([key])
    return one.field


def enter(visitor: Visitor, sent: Sent, language: str = "en") -> Visited:
    answer = visitor.send(visitor.get(f"/{language}/return/"), {"code": sent.code})
    return visitor.follow(answer)


def ask(coordinator: Reader, sent: Sent, *keys: str) -> None:
    send_message(coordinator, sent.ref, "", once=new_once(), now=NOW, questions=keys)


def questions_page(visitor: Visitor, page: Visited) -> Visited:
    return visitor.get(next(link for link in page.page.links if "/return/questions/" in link))


def page_called(visitor: Visitor, slug: str, language: str = "en") -> Visited:
    """A page of the form behind the code, where its name leads."""
    return visitor.follow(visitor.get(f"/{language}/return/more/{slug}"))


def additions(service: Service) -> int:
    with service.reading() as session:
        return len(session.scalars(select(AdditionRow.id)).all())


def values(visited: Visited) -> dict[str, list[str]]:
    return visited.page.fields(visited.page.form())


def told(coordinator: Reader, sent: Sent) -> dict[str, object]:
    found: dict[str, object] = {}
    for section in read_report(coordinator, sent.ref, now=NOW).sections:
        if section.kind == "correction":
            found |= section.answers or {}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_questions_are_answered_on_one_page_and_not_shown_again(
    visitor: Visitor, coordinator: Reader, sent: Sent, language: str
) -> None:
    ask(coordinator, sent, *keys_of("medical"))
    page = questions_page(visitor, enter(visitor, sent, language))
    filled = {field("medical/doctor"): WORDS, field("medical/medical_exam"): "none"}
    after = visitor.follow(visitor.send(page, filled))

    assert after.path == f"/{language}/return/messages"
    assert WORDS not in after.page.text
    found = told(coordinator, sent)
    assert (found["doctor"], found["medical_exam"]) == (WORDS, ["none"])


def test_the_conversation_says_that_something_was_asked_and_answered(
    visitor: Visitor, coordinator: Reader, sent: Sent
) -> None:
    ask(coordinator, sent, *keys_of("law"))
    page = enter(visitor, sent)
    label = next(one for one in pages.asked_by(keys_of("law"))).question.label
    assert "We ask you something" in page.page.text
    assert label not in page.page.text
    visitor.send(questions_page(visitor, page), {field("law/article_charged"): "article 188"})
    after = visitor.get("/en/return/messages").page.text
    assert "You answered questions" in after
    assert "article 188" not in after


def test_every_question_may_be_left_and_none_answered(
    visitor: Visitor, coordinator: Reader, sent: Sent
) -> None:
    ask(coordinator, sent, *keys_of("law"))
    page = questions_page(visitor, enter(visitor, sent))
    empty = visitor.send(page)
    assert empty.status == 422
    assert "You need not answer any." in empty.page.text
    assert visitor.send(empty, {"go": "skip"}).status == 303
    assert set(told(coordinator, sent)) == {"case_status", "article_charged"}


def test_answers_are_taken_once_however_often_the_button_is_pressed(
    visitor: Visitor, service: Service, coordinator: Reader, sent: Sent
) -> None:
    ask(coordinator, sent, *keys_of("medical"))
    page = questions_page(visitor, enter(visitor, sent))
    for _ in range(3):
        assert visitor.send(page, {field("medical/doctor"): WORDS}).status == 303
    assert additions(service) == 1


def test_questions_about_sexual_violence_are_folded_behind_a_notice(
    visitor: Visitor, coordinator: Reader, sent: Sent
) -> None:
    key = "sexual/intimate_narrative"
    ask(coordinator, sent, key, *keys_of("law"))
    page = questions_page(visitor, enter(visitor, sent))
    folded = [e for e in page.page.all("details") if "sexual violence" in e.text]
    (inside,) = (e for e in page.page.controls() if e.get("name") == field(key))
    assert len(folded) == 1
    assert folded[0] in inside.ancestors
    assert "open" not in folded[0].attributes


def test_answers_typed_when_the_visit_ended_are_sent_with_the_code(
    visitor: Visitor, service: Service, coordinator: Reader, sent: Sent, clock: Clock
) -> None:
    ask(coordinator, sent, *keys_of("medical"))
    page = questions_page(visitor, enter(visitor, sent))
    clock.pass_(hours=3)
    filled = {field("medical/doctor"): WORDS, field("medical/medical_exam"): "none"}
    ended = visitor.send(page, filled)
    assert (ended.status, additions(service)) == (200, 0)
    assert values(ended)[field("medical/doctor")] == [WORDS]
    wrong = visitor.send(ended, {"code": "1234"})
    assert wrong.status == 422
    assert values(wrong)[field("medical/medical_exam")] == ["none"]
    russian = visitor.send(wrong, {"to": "ru"}, to=wrong.path.replace("/en/", "/ru/"))
    for _ in range(2):
        assert visitor.send(russian, {"code": sent.code}).status == 303
    assert additions(service) == 1
    assert told(coordinator, sent)["doctor"] == WORDS


def test_the_switch_of_languages_keeps_the_answers(
    visitor: Visitor, service: Service, coordinator: Reader, sent: Sent
) -> None:
    ask(coordinator, sent, *keys_of("medical"))
    page = questions_page(visitor, enter(visitor, sent))
    typed = {field("medical/doctor"): WORDS, "to": "kk"}
    answer = visitor.send(page, typed, to=page.path.replace("/en/", "/kk/"))
    assert (answer.status, additions(service)) == (200, 0)
    assert values(answer)[field("medical/doctor")] == [WORDS]
    assert values(answer)["once"] == values(page)["once"]


def test_every_page_of_the_form_can_be_opened_and_is_empty(
    visitor: Visitor, sent: Sent
) -> None:
    enter(visitor, sent)
    for slug in [page.step.slug for page in pages.pages()]:
        page = page_called(visitor, slug, "ru")
        assert page.status == 200
        filled = {n: v for n, v in values(page).items() if n.startswith("q_") and any(v)}
        assert filled == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_listed_and_each_leads_to_its_own(
    visitor: Visitor, sent: Sent, language: str
) -> None:
    enter(visitor, sent, language)
    links = [
        link for link in visitor.get(f"/{language}/return/more").page.links if "/more/" in link
    ]
    assert len(set(links)) == len(links) == len(pages.pages())


def test_more_is_told_on_any_page_one_at_a_time(
    visitor: Visitor, coordinator: Reader, sent: Sent
) -> None:
    enter(visitor, sent)
    answer = visitor.send(
        page_called(visitor, "why"), {field("why/words_said"): "Sign, or else"}
    )
    assert "It has arrived" in visitor.follow(answer).page.text
    assert told(coordinator, sent)["words_said"] == "Sign, or else"


def test_one_more_officer_can_be_told_of(
    visitor: Visitor, coordinator: Reader, sent: Sent
) -> None:
    enter(visitor, sent)
    page = page_called(visitor, "officers")
    for _ in range(2):
        visitor.send(page, {field("officers/officer_name"): "Captain Ravenscar"})
    officers = Answers.from_json(told(coordinator, sent)).of(REPEATED["officers"])
    assert [officer.answers.values for officer in officers] == [
        {"officer_name": "Captain Ravenscar"}
    ]


def test_a_date_that_cannot_be_read_comes_back_as_it_was_typed(
    visitor: Visitor, service: Service, sent: Sent
) -> None:
    enter(visitor, sent)
    name = field("when/act_date_from")
    answer = visitor.send(page_called(visitor, "when"), {name: "31.02.2026"})
    assert answer.status == 422
    assert values(answer)[name] == ["31.02.2026"]
    assert additions(service) == 0


def test_how_to_be_reached_is_changed_and_never_shown(
    visitor: Visitor, coordinator: Reader, sent: Sent
) -> None:
    enter(visitor, sent)
    page = page_called(visitor, "contact")
    assert "takes the place of everything" in page.page.text
    visitor.send(
        page,
        {
            field("contact/contact_method"): "signal",
            field("contact/contact_value"): NUMBER,
            "consent_contact": "yes",
        },
    )
    assert NUMBER not in page_called(visitor, "contact").page.markup
    for path in ("messages", "consents"):
        assert NUMBER not in visitor.get(f"/en/return/{path}").page.markup
    assert told(coordinator, sent)["contact_value"] == NUMBER


@pytest.mark.parametrize(
    "filled", [{}, {field("contact/contact_method"): "phone"}, {"consent_contact": "yes"}]
)
def test_a_way_that_leads_nowhere_does_not_take_the_place_of_a_good_one(
    visitor: Visitor, service: Service, sent: Sent, filled: dict[str, str]
) -> None:
    enter(visitor, sent)
    answer = visitor.send(page_called(visitor, "contact"), filled)
    assert (answer.status, additions(service)) == (422, 0)


@pytest.mark.parametrize(
    "path", ["more", "more/why", "remove/6f7d0c4e-4b44-4d55-8c66-0a1b2c3d4e5f"]
)
def test_without_the_code_these_pages_ask_for_it(visitor: Visitor, path: str) -> None:
    assert visitor.get(f"/en/return/{path}").page.heading == "Type your code"


@pytest.mark.parametrize("slug", ["consent", "consent-complaint", "lists", "nothing", "%00"])
def test_what_is_no_page_to_tell_more_on_is_not_there(
    visitor: Visitor, sent: Sent, slug: str
) -> None:
    enter(visitor, sent)
    assert visitor.get(f"/en/return/more/{slug}").status == 404


def test_a_message_is_removed_from_here_and_stays_at_the_desk(
    visitor: Visitor, coordinator: Reader, sent: Sent
) -> None:
    send_message(coordinator, sent.ref, "Come at nine to the park", once=new_once(), now=NOW)
    page = enter(visitor, sent)
    asked = visitor.get(next(link for link in page.page.links if "/return/remove/" in link))
    assert "It is not deleted" in asked.page.text
    answers = [visitor.send(asked) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    answer = answers[-1]
    assert "Come at nine" not in visitor.follow(answer).page.text
    kept = correspondence(coordinator, sent.ref, now=NOW).entries
    assert "Come at nine to the park" in [entry.text for entry in kept]
