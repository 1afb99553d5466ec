"""The form, page by page: every button keeps what was typed, and nothing is judged early."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy import func, select

from intake.casework import (
    DraftTooLong,
    Reader,
    Service,
    change_draft,
    open_case,
    read_report,
)
from intake.form.draft import Draft
from intake.form.events import WORDS_SAID
from intake.form.journey import SAY_SOMETHING
from intake.form.questionnaire import BY_NAME, SECTIONS
from intake.store.columns import Base
from intake.store.tables import CaseRow, DraftRow
from intake.web.forms import Form
from tests.people import NOW
from tests.visitor import LANGUAGES, Visitor
from tests.web.conftest import Clock
from tests.web.journey_walk import STORY, Walk
from tests.web.test_urgent import codes

BUTTONS = ("on", "back", "skip", "save", "finish")


def rows(service: Service, table: type[Base]) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def walk(visitor: Visitor) -> Walk:
    return Walk.begun(visitor)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("button", ["", "skip"])
def test_every_page_can_be_passed_empty(visitor: Visitor, language: str, button: str) -> None:
    walk, seen = Walk.begun(visitor, language), list[str]()
    while walk.slug != "check":
        assert walk.slug not in seen
        seen.append(walk.slug)
        walk.press(button)
    assert len(seen) > 25


def test_looking_at_the_form_stores_nothing(walk: Walk, service: Service) -> None:
    assert walk.slug == "who"
    assert rows(service, DraftRow) == 0


@pytest.mark.parametrize("button", BUTTONS)
def test_every_button_keeps_what_was_typed(walk: Walk, button: str) -> None:
    walk.skip_to("story").press(button, {"narrative": STORY})
    assert walk.go("story").fields["narrative"] == [STORY]


@pytest.mark.parametrize(
    ("button", "leads_to"),
    [
        ("", "when"),
        ("on", "when"),
        ("nonsense", "when"),
        ("back", "person"),
        ("skip", "when"),
        ("save", "kept"),
        ("finish", "check"),
    ],
)
def test_every_button_leads_where_it_says(walk: Walk, button: str, leads_to: str) -> None:
    assert walk.skip_to("story").press(button, {"narrative": STORY}).slug == leads_to


def test_back_from_the_first_page_leads_to_the_page_that_says_how_to_go_on(walk: Walk) -> None:
    walk.press("back", {"reporter_role": "victim"})
    assert walk.slug == ""
    assert walk.page.page.heading == "You have begun to write"


@pytest.mark.parametrize("button", [b for b in BUTTONS if b != "on"])
def test_what_cannot_be_read_is_kept_as_it_was_typed(walk: Walk, button: str) -> None:
    walk.skip_to("when").press(button, {"act_date_from": "in spring", "act_time_to": "noon"})
    fields = walk.go("when").fields
    assert (fields["act_date_from"], fields["act_time_to"]) == (["in spring"], ["noon"])
    assert [e for e in walk.page.page.all("p") if e.get("class") == "wrong"] == []


def test_continue_says_beside_it_what_cannot_be_read(walk: Walk) -> None:
    answer = walk.skip_to("when").pressed("", {"act_date_from": "in spring"})
    assert answer.status == 422
    assert answer.page.title.startswith("Error: ")
    assert answer.page.leads_to("act_date_from")
    assert walk.go("when").fields["act_date_from"] == ["in spring"]


@pytest.mark.parametrize(
    ("slug", "wrong"),
    [
        ("when", {"act_date_from": "in spring", "act_time_to": "noon"}),
        ("who", {"reporter_role": "on_the_moon"}),
    ],
)
def test_no_link_of_a_page_with_errors_tells_what_was_asked(
    walk: Walk, slug: str, wrong: dict[str, str]
) -> None:
    answer = walk.skip_to(slug).pressed("", wrong)
    assert (answer.status, all(map(answer.page.leads_to, wrong))) == (422, True)
    told = {e.get("name") for e in answer.page.controls()} | BY_NAME.keys()
    links = [link for link in answer.page.links if not link.startswith("/en/")]
    assert [link for link in links if any(name and name in link for name in told)] == []


def with_a_permission(walk: Walk) -> Walk:
    """On the page that asks who allows what was allowed, and until when."""
    walk.press("", {"reporter_role": "guardian"})
    walk.go("consent").press("", {"consent": ["statistics"]})
    return walk.go("consent-for")


def test_continue_says_where_the_last_day_of_a_permission_is_over(walk: Walk) -> None:
    answer = with_a_permission(walk).pressed("", {"consent_until": "1.11.2026"})
    assert answer.status == 422
    assert "This day is over." in answer.page.text
    assert answer.page.leads_to("consent_until")
    assert answer.page.fields(answer.page.form())["consent_until"] == ["1.11.2026"]


@pytest.mark.parametrize("button", [b for b in BUTTONS if b != "on"])
def test_a_last_day_that_is_over_is_kept_by_every_other_button(walk: Walk, button: str) -> None:
    with_a_permission(walk).press(button, {"consent_until": "01.11.2026"})
    walk.go("consent-for")
    assert walk.fields["consent_until"] == ["01.11.2026"]
    assert "This day is over." not in walk.text


def test_a_last_day_that_is_still_to_come_leads_on(walk: Walk) -> None:
    assert (
        with_a_permission(walk).press("", {"consent_until": "1.12.2026"}).slug != "consent-for"
    )


@pytest.mark.parametrize(
    ("typed", "shown"), [("3.2022", "03.2022"), ("2022", "2022"), ("5/3/2022", "05.03.2022")]
)
def test_a_date_is_shown_again_as_exact_as_it_was_said(
    walk: Walk, typed: str, shown: str
) -> None:
    walk.skip_to("when").press("", {"act_date_from": typed})
    assert walk.go("when").fields["act_date_from"] == [shown]


def test_a_date_that_can_be_read_takes_the_place_of_one_that_could_not(walk: Walk) -> None:
    walk.skip_to("when").press("skip", {"act_date_from": "in spring"})
    walk.go("when").press("", {"act_date_from": "5.3.2022"})
    assert walk.go("when").fields["act_date_from"] == ["05.03.2022"]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_another_language_keeps_what_was_typed(walk: Walk, language: str) -> None:
    typed = {"narrative": STORY, "trained_only": "yes"}
    walk.skip_to("story").press("", typed, to=language)
    assert (walk.page.path.split("/")[1], walk.slug) == (language, "story")
    assert walk.fields["narrative"] == [STORY]
    assert walk.fields["trained_only"] == ["yes"]


def test_another_language_judges_nothing(walk: Walk) -> None:
    walk.skip_to("when").press("", {"act_date_from": "in spring"}, to="ru")
    assert (walk.page.status, walk.fields["act_date_from"]) == (200, ["in spring"])


def test_enter_continues(walk: Walk) -> None:
    first = walk.page.page.all("button")[0]
    assert (first.get("form"), first.get("name"), first.text) == ("page", None, "Continue")


def test_skip_weighs_as_much_as_continue(walk: Walk) -> None:
    buttons = [b for b in walk.page.page.all("button") if b.get("class") in {"go", "calm"}]
    assert [b.text for b in buttons[:2]] == ["Continue", "Skip"]
    assert buttons[0].parent is buttons[1].parent


def test_a_single_question_is_the_heading_of_its_page(walk: Walk) -> None:
    walk.press("", {"reporter_role": "victim"})
    assert walk.page.page.heading == "Where are you now?"
    assert walk.page.page.text.count("Where are you now?") == 1


def test_titles_name_the_section_and_nothing_of_the_page(walk: Walk) -> None:
    names = {f"Report \N{EN DASH} {section.title}" for section in SECTIONS}
    while walk.slug != "check":
        assert walk.page.page.title in names
        walk.press("skip")


def url_of(walk: Walk, slug: str) -> str:
    """Where the page of this report is, if it is asked."""
    return walk.visitor.get(f"/en/report/{slug}").location


def test_no_question_takes_the_name_of_something_in_the_form() -> None:
    assert [name for name in BY_NAME if hasattr(Form, name)] == []


class TestTicksBesideAQuestion:
    """«I do not know» and «I would rather not say»."""

    def test_a_tick_is_kept_and_shown(self, walk: Walk) -> None:
        walk.skip_to("person").press("", {"victim_name-state": "prefer_not_to_say"})
        assert walk.go("person").fields["victim_name-state"] == ["prefer_not_to_say"]

    def test_a_tick_can_be_taken_away(self, walk: Walk) -> None:
        walk.skip_to("person").press("", {"victim_name-state": "prefer_not_to_say"})
        walk.go("person").press("", {"victim_name-state": []})
        assert "victim_name-state" not in walk.go("person").fields

    def test_what_is_typed_wins_over_a_tick(self, walk: Walk) -> None:
        typed = {"victim_name": "Aset", "victim_name-state": "unknown"}
        walk.skip_to("person").press("", typed)
        fields = walk.go("person").fields
        assert (fields["victim_name"], "victim_name-state" in fields) == (["Aset"], False)

    def test_a_choice_can_be_taken_back(self, walk: Walk) -> None:
        walk.press("", {"reporter_role": "witness"})
        assert "No answer" in walk.go("who").text
        walk.press("", {"reporter_role": ""})
        assert "reporter_role" not in walk.go("who").fields

    def test_the_check_tells_the_ways_of_not_answering_apart(self, walk: Walk) -> None:
        states = {
            "victim_name-state": "unknown",
            "victim_birth_date-state": "prefer_not_to_say",
        }
        walk.skip_to("person").press("", states)
        walk.press("skip").press("finish")
        said = {
            dt.text: dd.text
            for dt, dd in zip(walk.page.page.all("dt"), walk.page.page.all("dd"), strict=True)
        }
        assert said["Name of the person"] == "I do not know"
        assert said["When was the person born?"] == "I would rather not say"
        items = [e.text for e in walk.page.page.all("li")]
        assert any(
            i.startswith("What happened, in your own words (page skipped)") for i in items
        )
        assert any(item.startswith("Other names of the person Change") for item in items)


class TestTowns:
    """A town is found by typing, without a script."""

    def test_a_town_is_found_in_any_spelling_with_its_regions(self, walk: Walk) -> None:
        walk.skip_to("place").press("find", {"town_said": "Семипалатинске"})
        assert walk.slug == "place"
        labels = [e.text for e in walk.page.page.all("label")]
        assert "Semey Abai Region; before June 8, 2022: East Kazakhstan Region" in labels
        assert walk.fields["town_said"] == ["Семипалатинске"]

    def test_the_town_that_was_chosen_is_kept(self, walk: Walk) -> None:
        walk.skip_to("place").press("find", {"town_said": "Semey"}).press("", {"town": "semey"})
        assert walk.go("place").fields["town"] == ["semey"]

    def test_without_a_choice_the_words_alone_are_kept(self, walk: Walk) -> None:
        walk.skip_to("place").press("find", {"town_said": "Semey"}).press()
        fields = walk.go("place").fields
        assert (fields["town_said"], "town" in fields) == (["Semey"], False)

    def test_words_of_no_town_are_kept_and_said_to_be(self, walk: Walk) -> None:
        walk.skip_to("place").press("find", {"town_said": "Xanadu"})
        assert "We do not know a town of this name." in walk.text
        assert walk.fields["town_said"] == ["Xanadu"]

    def test_a_town_of_other_words_is_dropped(self, walk: Walk) -> None:
        walk.skip_to("place").press("find", {"town_said": "Semey"}).press("", {"town": "semey"})
        walk.go("place").press("", {"town_said": "Xanadu"})
        assert "town" not in walk.go("place").fields


class TestPermissions:
    """Each on its own, unticked, with its full words."""

    @pytest.mark.parametrize("slug", ["consent", "consent-complaint", "consent-un"])
    def test_each_stands_unticked_beside_its_words(self, walk: Walk, slug: str) -> None:
        walk.press("", {"reporter_role": "victim"}).go(slug)
        ticks = [e for e in walk.page.page.controls() if e.get("name") == "consent"]
        assert ticks
        for tick in ticks:
            about = walk.page.page.by_id(tick.get("aria-describedby") or "")
            assert about is not None
            assert len(about.text) > 100
            assert tick.get("checked") is None

    def test_pages_that_ask_for_parts_of_one_list_keep_the_other_parts(
        self, walk: Walk
    ) -> None:
        walk.press("", {"reporter_role": "victim"})
        walk.go("consent").press("", {"consent": ["statistics"]})
        walk.go("consent-un").press("", {"consent": ["un_government"]})
        walk.go("consent-un").press("", {"consent": []})
        assert walk.go("consent").fields["consent"] == ["statistics"]


class TestTheEnd:
    """Reading again and sending."""

    def test_it_is_sent_once_and_its_code_shown(self, walk: Walk, service: Service) -> None:
        walk.skip_to("story").press("finish", {"narrative": STORY})
        check = walk.page
        first = codes(walk.press().page)
        walk.page = check
        again = codes(walk.press().page)
        assert first == again
        assert len(first) == 1
        assert (rows(service, CaseRow), rows(service, DraftRow)) == (1, 0)

    def test_sending_twice_at_once_shows_the_same_code(self, walk: Walk) -> None:
        check = walk.skip_to("story").press("finish", {"narrative": STORY}).page
        cookie = walk.visitor.client.get_cookie("i", domain="127.0.0.1")
        assert cookie is not None
        first = codes(walk.press().page)
        walk.visitor.client.set_cookie("i", cookie.value, domain="127.0.0.1")
        walk.page = check
        assert codes(walk.press().page) == first

    def test_the_receipt_names_the_parts_and_none_of_the_words(self, walk: Walk) -> None:
        walk.skip_to("story").press("finish", {"narrative": STORY}).press()
        assert "What we received" in walk.text
        assert "What happened" in [e.text for e in walk.page.page.all("li")]
        assert STORY not in walk.page.page.markup

    def test_nothing_said_is_not_sent(self, walk: Walk, service: Service) -> None:
        walk.skip_to("check")
        assert "Send the report" not in walk.text
        assert SAY_SOMETHING in walk.text
        assert walk.pressed().status == 422
        assert rows(service, CaseRow) == 0

    def test_an_answer_can_be_changed_and_leads_back(self, walk: Walk) -> None:
        walk.skip_to("story").press("finish", {"narrative": STORY})
        address = f"{url_of(walk, 'story')}?then=check"
        assert address in walk.page.page.links
        walk.page = walk.visitor.get(address)
        assert walk.fields["narrative"] == [STORY]
        walk.press("", {"narrative": f"{STORY} It was cold."})
        assert walk.slug == "check"
        assert f"{STORY} It was cold." in walk.text

    @pytest.mark.parametrize("button", ["", "skip", "back", "finish"])
    def test_every_button_leads_back_to_the_check(self, walk: Walk, button: str) -> None:
        walk.skip_to("story").press("finish", {"narrative": STORY})
        walk.go("story?then=check")
        assert walk.press(button).slug == "check"

    def test_a_change_that_opens_a_page_shows_it_and_then_leads_back(self, walk: Walk) -> None:
        walk.skip_to("check")
        walk.go("where?then=check")
        walk.press("", {"victim_status": "missing"})
        assert walk.slug == "missing"
        assert walk.press().slug == "check"

    def test_another_language_goes_on_leading_back(self, walk: Walk) -> None:
        walk.skip_to("story")
        walk.go("story?then=check")
        walk.press("", {"narrative": STORY}, to="ru")
        assert walk.press().page.path == "/ru/report/check"

    def test_pages_not_looked_at_are_listed(self, walk: Walk) -> None:
        walk.press("finish", {"reporter_role": "victim"})
        assert "You have not looked at these pages yet" in walk.text
        assert f"{url_of(walk, 'story')}?then=check" in walk.page.page.links
        assert url_of(walk, "who") in walk.page.page.links

    def test_what_could_not_be_read_is_sent_as_words(
        self, walk: Walk, told: Iterator[str]
    ) -> None:
        walk.skip_to("when").press("finish", {"act_date_from": "in spring"})
        assert "in spring (we could not read this; it is sent as words)" in walk.text
        walk.go("story").press("finish", {"narrative": STORY}).press()
        assert next(told) == f"{STORY}\nWhen did it begin?: in spring"

    def test_private_pages_are_folded(self, walk: Walk) -> None:
        walk.skip_to("sexual-gate").press("", {"sexual_choice": "tell"})
        assert walk.slug == "sexual"
        walk.press("finish", {"intimate_narrative": "What nobody beside me may read."})
        folded = [e.text for e in walk.page.page.all("details")]
        assert any("What nobody beside me may read." in text for text in folded)

    def test_the_words_about_a_child_are_folded(self, walk: Walk) -> None:
        walk.skip_to("danger").press("", {"urgent_signs": ["under_18"]})
        walk.skip_to("story").press("finish", {"narrative": STORY})
        assert any(STORY in e.text for e in walk.page.page.all("details"))

    def test_before_sending_it_says_when_somebody_reads_and_what_sending_means(
        self, walk: Walk
    ) -> None:
        walk.press("finish")
        assert "next working day" in walk.text
        assert "By sending you agree" in walk.text
        assert "This is not an official complaint." in walk.text

    def test_what_changed_in_another_window_is_read_again_first(self, walk: Walk) -> None:
        walk.skip_to("story").press("finish", {"narrative": STORY})
        other = Walk.at(walk.visitor, "/en/report/story")
        other.press("", {"narrative": f"{STORY} More."})
        answer = walk.pressed()
        assert answer.status == 409
        assert f"{STORY} More." in answer.page.text
        walk.page = answer
        assert len(codes(walk.press().page)) == 1

    def test_what_a_machine_fills_in_is_set_apart(self, walk: Walk, service: Service) -> None:
        walk.skip_to("story").press("finish", {"narrative": STORY})
        walk.press("", {"leave_empty": "https://spam.example"})
        with service.reading() as session:
            assert session.scalars(select(CaseRow.automated)).all() == [True]

    def test_a_long_story_is_shortened_where_it_is_read_again(self, walk: Walk) -> None:
        story = "".join(f"{n:05}" for n in range(3_999))
        walk.skip_to("story").press("finish", {"narrative": story})
        assert story[:1500] in walk.text
        assert story[:1600] not in walk.text


class TestKeepingItForLater:
    """A code that brings back what was typed."""

    def test_the_code_is_shown_for_an_hour(self, walk: Walk, clock: Clock) -> None:
        walk.skip_to("story").press("save", {"narrative": STORY})
        (code,) = codes(walk.page)
        clock.pass_(minutes=59)
        assert codes(walk.go("kept").page) == [code]
        clock.pass_(minutes=2)
        assert codes(walk.go("kept").page) == []

    def test_the_code_is_shown_no_more_once_it_is_written_down(self, walk: Walk) -> None:
        walk.skip_to("story").press("save", {"narrative": STORY})
        assert codes(walk.press("written").page) == []
        assert walk.slug == "kept"
        assert url_of(walk, "story") in walk.page.page.links

    def test_saving_twice_shows_the_same_code(self, walk: Walk) -> None:
        first = codes(walk.skip_to("story").press("save", {"narrative": STORY}).page)
        assert codes(walk.go("when").press("save").page) == first

    def test_it_says_until_when_it_is_kept(self, walk: Walk) -> None:
        walk.skip_to("story").press("save", {"narrative": STORY})
        assert "November 25, 2026" in walk.page.page.heading

    def test_it_can_be_saved_where_it_is_read_again(self, walk: Walk) -> None:
        walk.skip_to("story").press("finish", {"narrative": STORY})
        saved = walk.visitor.send(walk.page, {"go": "save"}, to="/en/report/kept")
        assert len(codes(walk.visitor.follow(saved))) == 1

    def test_deleting_is_asked_once_and_then_done(self, walk: Walk, service: Service) -> None:
        walk.skip_to("story").press("save", {"narrative": STORY})
        walk.go("forget").press()
        assert "Nothing that you wrote is kept in this browser" in walk.text
        assert rows(service, DraftRow) == 0
        assert STORY not in walk.go("story").page.page.markup

    def test_deleting_with_a_page_open_for_over_a_day_says_to_press_once_more(
        self, walk: Walk, clock: Clock
    ) -> None:
        walk.skip_to("story").press("", {"narrative": STORY})
        old = walk.go("forget").page
        clock.pass_(hours=23)
        walk.go("story")
        clock.pass_(hours=2)
        walk.page = old
        again = walk.pressed()
        assert again.status == 422
        assert "This page was open for a long time." in again.page.text
        assert walk.go("story").fields["narrative"] == [STORY]
        assert "Nothing that you wrote is kept" in walk.follow(again).press().text


@pytest.fixture
def told(service: Service, coordinator: Reader) -> Iterator[str]:
    """The stories of the cases that arrived, as a coordinator reads them."""
    return _stories(service, coordinator)


def _stories(service: Service, reader: Reader) -> Iterator[str]:
    with service.reading() as session:
        refs = list(session.scalars(select(CaseRow.ref)))
    for ref in refs:
        open_case(reader, ref, now=NOW)
        for section in read_report(reader, ref, now=NOW).sections:
            if section.answers and "narrative" in section.answers:
                yield str(section.answers["narrative"])


def test_three_hours_of_writing_fit_and_more_comes_back_with_all_its_words(
    walk: Walk,
) -> None:
    walk.skip_to("story")
    too_long = walk.pressed("", {"narrative": "я" * 80_000})
    assert too_long.status == 422
    assert too_long.page.fields(too_long.page.form())["narrative"] == ["я" * 80_000]
    assert walk.follow(too_long).press("", {"narrative": "я" * 39_000}).slug != "story"
    assert walk.go("story").fields["narrative"] == ["я" * 39_000]


def test_a_full_report_with_a_date_in_words_can_be_sent(walk: Walk, service: Service) -> None:
    walk.skip_to("story").press("", {"narrative": STORY})
    kept = walk.visitor.client.get_cookie("i", domain="127.0.0.1")
    assert kept is not None
    visit = kept.value.split("~")[2]
    for words in ("w" * 2**size for size in range(18, 2, -1)):
        with suppress(DraftTooLong):
            change_draft(service, visit, partial(_longer, words=words), now=NOW)
    walk.go("when").press("save", {"act_date_from": "soon after"})
    sent = walk.visitor.send(walk.go("check").page)
    assert (sent.status, sent.location) == (303, "/en/urgent/sent")
    assert rows(service, CaseRow) == 1


def _longer(draft: Draft, words: str) -> Draft:
    so_far = draft.answers[WORDS_SAID] or ""
    return draft.answering(draft.answers.having(WORDS_SAID, so_far + words))


def test_any_answer_may_follow_an_urgent_report_in_words(visitor: Visitor) -> None:
    sent = visitor.follow(visitor.send(visitor.get("/en/urgent/"), {"narrative": STORY}))
    visitor.send(sent, {}, to="/en/report/more")
    walk = Walk.at(visitor, "/en/report/needs").press("finish", {"need": ["medical"]})
    again = visitor.send(walk.page)
    assert (again.status, again.location) == (303, "/en/urgent/sent")
