"""Templates, drafts, tags, shift notes and putting off, in the browser."""

import re

import pytest

from intake.casework import Reader, Service, conversation, enter
from intake.casework.team import drafts, tags, templates
from tests.html import Element
from tests.people import NOW, Sent, send_and_open, short_report
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock
from tests.web.test_account import sign_in as sign_in_again
from tests.web.test_cases import press, texts

WORDS = {"title": "A lawyer", "ru": "Мы ищем адвоката.", "en": "We look for a lawyer."}


@pytest.fixture
def sent(coordinator: Reader) -> Sent:
    """A report that a coordinator has opened."""
    return send_and_open(coordinator, short_report(narrative="They took him."))


def messages(visitor: Visitor, sent: Sent) -> Visited:
    return visitor.get(f"/desk/cases/{sent.ref}/messages")


def said(service: Service, sent: Sent) -> list[str]:
    told = conversation(service, enter(service, sent.code, now=NOW), now=NOW)
    return [entry.text.strip() for entry in told.entries if entry.text]


def ticked(page: Visited) -> list[str]:
    asked = [e for e in page.page.all("input") if e.get("name") == "ask"]
    return [e.get("value") or "" for e in asked if "checked" in e.attributes]


def write_template(visitor: Visitor, **words: str) -> Visited:
    return visitor.send(visitor.get("/desk/team/templates/new"), words or WORDS)


def form_at(page: Visited, ending: str) -> Element:
    forms = [e for e in page.page.all("form") if (e.get("action") or "").endswith(ending)]
    return forms[0]


def sent_to(visitor: Visitor, page: Visited, ending: str, **typed: str) -> Visited:
    form = form_at(page, ending)
    fields = {**page.page.fields(form), **typed}
    return visitor.post(form.get("action") or "", fields)


def test_a_template_is_written_once_and_used_in_the_language_of_the_reporter(
    desk: Visitor, second_desk: Visitor, service: Service, sent: Sent
) -> None:
    new = desk.get("/desk/team/templates/new")
    for _ in range(2):
        assert desk.send(new, WORDS).status == 303
    listed = second_desk.get("/desk/team/templates").page
    assert listed.text.count("A lawyer") == 2  # its title, and the link to change it
    page = messages(second_desk, sent)
    (option,) = [e for e in page.page.all("option") if e.text == "A lawyer"]
    address = f"/desk/cases/{sent.ref}/messages/template"
    typed = {"template": option.get("value") or "", "text": "Hello.", "note": "Not yet."}
    put_in = second_desk.send(page, typed, to=address)
    assert put_in.status == 200
    assert texts(put_in) == [f"Hello.\n\n{WORDS['ru']}", "Not yet."]
    assert "Nothing is sent yet" in put_in.page.text
    assert said(service, sent) == []


def test_another_language_is_put_in_where_one_is_missing_and_said_so(
    desk: Visitor, coordinator: Reader, sent: Sent
) -> None:
    write_template(desk, title="A lawyer", en=WORDS["en"])
    (one,) = templates.templates(coordinator)
    address = f"/desk/cases/{sent.ref}/messages/template"
    put_in = desk.send(messages(desk, sent), {"template": one.key}, to=address)
    assert texts(put_in)[0] == WORDS["en"]
    assert "It is in the message in another one: English" in put_in.page.text


def test_of_two_who_change_a_template_both_texts_stand_side_by_side(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    write_template(desk)
    (one,) = templates.templates(coordinator)
    address = f"/desk/team/templates/{one.id}"
    first, later = desk.get(address), second_desk.get(address)
    assert sent_to(desk, first, address, ru="Мы нашли адвоката.").status == 303
    conflict = sent_to(second_desk, later, address, ru="Мы ещё ищем.")
    assert conflict.status == 409
    sides = [e.text for e in conflict.page.all("div") if e.get("class") == "sides"]
    assert "Мы нашли адвоката." in sides[0]
    assert "Мы ещё ищем." in sides[0]
    assert texts(conflict)[0] == "Мы ещё ищем."
    assert sent_to(second_desk, conflict, address).status == 303
    removed = press(second_desk, second_desk.get(address), "/remove")
    assert "The template is taken away" in second_desk.follow(removed).page.text


def test_a_template_without_words_comes_back(desk: Visitor) -> None:
    refused = write_template(desk, title="Nothing else")
    assert refused.status == 422
    assert "Write the words in at least one language." in refused.page.text
    (title,) = [e for e in refused.page.all("input") if e.get("name") == "title"]
    assert title.get("value") == "Nothing else"


def test_a_draft_is_there_again_until_it_is_sent(
    desk: Visitor, second_desk: Visitor, service: Service, sent: Sent
) -> None:
    address = f"/desk/cases/{sent.ref}/messages/draft"
    page = messages(desk, sent)
    kept = desk.send(page, {"text": "When is it safe", "ask": ["medical/doctor"]}, to=address)
    assert "Only you see it." in desk.follow(kept).page.text
    again = messages(desk, sent)
    assert texts(again)[0] == "When is it safe"
    assert "your draft" in again.page.text
    assert texts(messages(second_desk, sent))[0] == ""
    assert said(service, sent) == []
    answer = desk.send(again, {"text": "When is it safe to call?"})
    assert answer.status == 303
    assert said(service, sent) == ["When is it safe to call?"]
    assert texts(messages(desk, sent))[0] == ""


def test_two_windows_keep_no_draft_over_the_other(desk: Visitor, sent: Sent) -> None:
    address = f"/desk/cases/{sent.ref}/messages/draft"
    one, other = messages(desk, sent), messages(desk, sent)
    desk.send(one, {"text": "First window"}, to=address)
    conflict = desk.send(other, {"text": "Second window", "note": "A note"}, to=address)
    assert conflict.status == 409
    assert "First window" in conflict.page.text
    assert texts(conflict) == ["Second window", "A note"]
    assert desk.send(conflict, to=address).status == 200
    assert texts(messages(desk, sent))[0] == "Second window"
    gone = press(desk, messages(desk, sent), "/throw-away")
    assert texts(desk.follow(gone))[0] == ""


def test_a_draft_that_was_shown_can_be_taken_for_the_message(
    desk: Visitor, second_desk: Visitor, service: Service, sent: Sent
) -> None:
    address = f"/desk/cases/{sent.ref}/messages/draft/show"
    shown = desk.send(messages(desk, sent), {"text": "When is it safe?"}, to=address)
    assert "Nothing was sent" in desk.follow(shown).page.text
    page = messages(second_desk, sent)
    assert "draft of a reply, not sent" in page.page.text
    (link,) = [link for link in page.page.links if "use=" in link]
    begun = second_desk.get(link)
    assert texts(begun)[0] == "When is it safe?"
    assert said(service, sent) == []
    second_desk.send(begun)
    assert said(service, sent) == ["When is it safe?"]


def test_sending_the_words_of_a_colleague_leaves_ones_own_draft(
    desk: Visitor, second_desk: Visitor, coordinator: Reader, sent: Sent
) -> None:
    address = f"/desk/cases/{sent.ref}/messages/draft"
    desk.send(messages(desk, sent), {"text": "Two pages of words"}, to=address)
    shown = {"text": "We have read it."}
    second_desk.send(messages(second_desk, sent), shown, to=f"{address}/show")
    page = messages(desk, sent).page
    (link,) = (link for link in page.links if "use=" in link)
    begun = desk.get(link.removesuffix("#text"))
    assert texts(begun)[0] == "We have read it."
    assert desk.send(begun).status == 303
    kept = drafts.draft_of(coordinator, sent.ref)
    assert kept is not None
    assert kept.text == "Two pages of words"
    assert texts(messages(desk, sent))[0] == "Two pages of words"


def test_a_page_from_before_a_draft_sends_and_leaves_it(
    desk: Visitor, coordinator: Reader, sent: Sent
) -> None:
    before = messages(desk, sent)
    address = f"/desk/cases/{sent.ref}/messages/draft"
    desk.send(messages(desk, sent), {"text": "Two pages of words"}, to=address)
    assert desk.send(before, {"text": "We have read it."}).status == 303
    kept = drafts.draft_of(coordinator, sent.ref)
    assert kept is not None
    assert kept.text == "Two pages of words"


def test_questions_go_with_a_draft_that_is_shown(
    desk: Visitor, second_desk: Visitor, sent: Sent
) -> None:
    key, address = "medical/doctor", f"/desk/cases/{sent.ref}/messages/draft/show"
    typed = {"ask": [key], "note": "Look at it"}
    shown = desk.send(messages(desk, sent), typed, to=address)
    assert texts(shown) == ["", "Look at it"]
    assert ticked(shown) == []
    (link,) = [link for link in messages(second_desk, sent).page.links if "use=" in link]
    begun = second_desk.get(link)
    assert ticked(begun) == [key]
    assert second_desk.send(begun).status == 303


def test_an_empty_draft_is_none_and_a_note_beside_it_stays(desk: Visitor, sent: Sent) -> None:
    for ending in ("draft", "draft/show"):
        address = f"/desk/cases/{sent.ref}/messages/{ending}"
        refused = desk.send(messages(desk, sent), {"note": "A note"}, to=address)
        assert refused.status == 422
        assert texts(refused)[1] == "A note"


def test_a_draft_outlives_the_session(
    desk: Visitor, coordinator: Reader, sent: Sent, clock: Clock
) -> None:
    page = messages(desk, sent)
    clock.pass_(minutes=61)
    address = f"/desk/cases/{sent.ref}/messages/draft"
    offered = sign_in_again(desk, page=desk.send(page, {"text": "When is"}, to=address))
    assert desk.send(offered).status == 303
    found = drafts.draft_of(coordinator, sent.ref)
    assert found is not None
    assert found.text.strip() == "When is"


def test_a_shift_note_stands_above_the_queue_until_it_is_read(
    desk: Visitor, second_desk: Visitor
) -> None:
    page = desk.get("/desk/team/shift")
    for _ in range(2):
        desk.send(page, {"text": "Two calls are open."})
    assert "Two calls are open." not in desk.get("/desk/").page.text
    queue = second_desk.get("/desk/")
    assert queue.page.text.count("Two calls are open.") == 1
    after = second_desk.follow(press(second_desk, queue, "/read"))
    assert "Two calls are open." not in after.page.text
    assert "Two calls are open." in second_desk.get("/desk/team/shift").page.text
    press(desk, desk.get("/desk/team/shift"), "/remove")
    assert "No note yet." in second_desk.get("/desk/team/shift").page.text


def test_tags_are_made_put_on_a_case_and_renamed(
    desk: Visitor, second_desk: Visitor, coordinator: Reader, sent: Sent
) -> None:
    page = desk.get("/desk/team/tags")
    for _ in range(2):
        assert desk.send(page, {"name": "Strike"}).status == 303
    assert desk.send(desk.get("/desk/team/tags"), {"name": "strike"}).status == 422
    (tag,) = tags.tags(coordinator)
    address = f"/desk/cases/{sent.ref}/tags"
    chosen = second_desk.send(second_desk.get(address), {"tags": [tag.key]})
    assert chosen.location == f"/desk/cases/{sent.ref}?said=tags-put"
    overview = second_desk.follow(chosen).page
    assert "Strike" in [e.text for e in overview.all("span") if e.get("class") == "tag"]
    renaming = f"/desk/team/tags/{tag.id}"
    form = desk.get(renaming)
    sent_to(desk, form, renaming, name="Prison strike")
    conflict = sent_to(second_desk, form, renaming, name="Hunger strike")
    assert conflict.status in {409, 422}
    assert "Prison strike" in desk.get(f"/desk/cases/{sent.ref}").page.text


def test_tags_that_somebody_chose_meanwhile_stand_beside(
    desk: Visitor, second_desk: Visitor, coordinator: Reader, sent: Sent
) -> None:
    for name in ("One", "Other"):
        desk.send(desk.get("/desk/team/tags"), {"name": name})
    one, other = tags.tags(coordinator)
    address = f"/desk/cases/{sent.ref}/tags"
    first, later = desk.get(address), second_desk.get(address)
    desk.send(first, {"tags": [one.key]})
    conflict = second_desk.send(later, {"tags": [other.key]})
    assert conflict.status == 409
    sides = [e.text for e in conflict.page.all("div") if e.get("class") == "sides"]
    assert len(sides) == 1
    assert re.search("What stands now *One *What you chose *Other", sides[0])


def test_a_case_is_put_off_and_shown_again(desk: Visitor, sent: Sent) -> None:
    page = desk.get(f"/desk/cases/{sent.ref}/snooze")
    done = [desk.send(page, {"days": "3"}) for _ in range(2)]
    assert [answer.status for answer in done] == [303, 303]
    assert "put off until" in desk.follow(done[0]).page.text
    again = press(desk, desk.get(f"/desk/cases/{sent.ref}/snooze"), "/wake")
    assert "put off until" not in desk.follow(again).page.text


def test_an_urgent_case_is_not_offered_long_rests(desk: Visitor, coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/snooze")
    assert [e.get("value") for e in page.page.all("option")] == ["1"]
    refused = desk.send(page, {"days": "7"})
    assert refused.status == 422
    assert "cannot be put off for so long" in refused.page.text
