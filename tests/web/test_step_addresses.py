"""Addresses in a history tell no answer: only the report itself reads its pages' names."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from intake.casework import Service, begin_draft, new_once
from intake.form.draft import Draft
from intake.form.journey import asked_steps
from intake.form.questionnaire import OF_WHO_TELLS
from intake.web.step_addresses import PageNames, is_name
from tests.form.profiles import PROFILES
from tests.people import NOW, send
from tests.visitor import LANGUAGES, Visited, Visitor
from tests.web.conftest import Clock
from tests.web.journey_walk import STORY, Walk
from tests.web.test_urgent import codes

SLUGS = frozenset(step.slug for section in OF_WHO_TELLS for step in section.steps)
INVENTED = "/en/report/bbbbb"
GONE = "This browser has no report open"


@pytest.fixture
def walk(visitor: Visitor) -> Walk:
    """Somebody who looks at the page that is asked of who is missing."""
    walk = Walk.begun(visitor).go("where").press("", {"victim_status": "missing"})
    return walk.go("missing")


def another_walk(app: Flask) -> Walk:
    walk = Walk.begun(Visitor(app.test_client())).go("where")
    return walk.press("", {"victim_status": "missing"}).go("missing")


def names_of(slug: str, walk: Walk) -> str:
    return walk.go(slug).page.path.split("/")[3]


def named_in(address: str) -> frozenset[str]:
    """The pages of the form that an address names."""
    return SLUGS & {*re.split(r"[/?&=]", address.partition("#")[0])}


def addresses_on(visited: Visited) -> Iterator[str]:
    for element in visited.page.elements:
        yield from filter(None, (element.get(n) for n in ("href", "action", "formaction")))


def profile_pages(app: Flask, service: Service) -> Iterator[tuple[Visitor, Visited]]:
    """Every page of the form, once, with the browser that shows it."""
    seen = set[str]()
    for answers in PROFILES.values():
        draft, visitor = Draft(answers), Visitor(app.test_client())
        visit = begin_draft(service, once=new_once(), now=NOW, draft=draft)
        visitor.client.set_cookie("i", f"~~{visit}", domain="127.0.0.1")
        for step in asked_steps(answers):
            if step.slug in seen:
                continue
            seen.add(step.slug)
            page = visitor.follow(visitor.get(f"/en/report/{step.slug}"))
            yield visitor, page
            yield from ((visitor, visitor.get(a)) for a in things_on(page))
    assert seen == SLUGS


def things_on(visited: Visited) -> list[str]:
    return [a for a in visited.page.links if re.fullmatch(r"/en/report/[a-z]+/\w{8}", a)]


def leave(visitor: Visitor) -> None:
    visitor.get("/exit").answer.close()


def test_two_reports_call_the_same_page_by_different_names(app: Flask, walk: Walk) -> None:
    assert walk.page.path != another_walk(app).page.path


def test_a_page_keeps_its_name_in_every_language_and_as_time_goes_by(
    walk: Walk, clock: Clock
) -> None:
    name = names_of("missing", walk)
    for language in LANGUAGES:
        clock.pass_(hours=20)
        assert walk.visitor.get(f"/{language}/report/{name}").page.heading
        page = walk.visitor.follow(walk.visitor.get(f"/{language}/report/missing"))
        assert page.path == f"/{language}/report/{name}"
        assert f"/kk/report/{name}" in addresses_on(page)


def test_who_comes_back_with_the_code_finds_the_same_names(app: Flask, walk: Walk) -> None:
    address = walk.page.path
    (code,) = codes(walk.press("save", {"custody_place": "Bazaar"}).page)
    other = Visitor(app.test_client())
    other.send(other.get("/en/return/"), {"code": code})
    assert Walk.at(other, address).slug == "missing"


def test_no_two_pages_share_a_name_and_none_has_the_name_of_a_slug() -> None:
    for number in range(2_000):
        names = PageNames.made_with(number.to_bytes(32, "big"))
        assert {slug: names.slug_of(names.name_of(slug)) for slug in SLUGS} == {
            slug: slug for slug in SLUGS
        }
    assert [slug for slug in (*SLUGS, "check", "kept", "more") if is_name(slug)] == []


def test_no_page_leads_to_an_address_that_tells_what_is_asked(
    app: Flask, service: Service
) -> None:
    for visitor, shown in profile_pages(app, service):
        assert is_name(shown.path.split("/")[3])
        for page in (shown, *(visitor.get(f"/en/report/{p}") for p in ("check", "kept", ""))):
            assert [a for a in addresses_on(page) if named_in(a)] == [], page.path


@pytest.mark.parametrize("button", ["on", "back", "skip", "save", "finish", "remove", "ru"])
def test_no_button_leads_to_one(app: Flask, service: Service, button: str) -> None:
    for visitor, page in profile_pages(app, service):
        sent = {"to": button} if button == "ru" else {"go": button}
        answer = visitor.send(page, sent)
        assert answer.status == 303
        assert named_in(answer.location) == set(), page.path


def test_after_leaving_the_addresses_of_a_report_say_nothing(walk: Walk) -> None:
    walk.press("", {"custody_place": "Bazaar"}).go("missing")
    address = walk.page.path
    leave(walk.visitor)
    left = walk.visitor.get(address)
    assert (left.status, left.page.heading) == (200, GONE)
    nobodys = walk.visitor.get(INVENTED).page.markup
    assert left.page.markup.replace(address[3:], INVENTED[3:]) == nobodys


def test_another_report_of_the_same_browser_does_not_read_them_either(walk: Walk) -> None:
    address = walk.go("story").page.path
    leave(walk.visitor)
    Walk.begun(walk.visitor)
    assert Walk.at(walk.visitor, address).slug == "who"


def test_a_page_that_is_sent_without_its_cookie_comes_back_with_what_was_typed(
    walk: Walk,
) -> None:
    address = walk.go("story").page.path
    leave(walk.visitor)
    walk.press("", {"narrative": STORY})
    assert (walk.page.status, walk.fields["narrative"]) == (200, [STORY])
    assert [a for a in addresses_on(walk.page) if named_in(a)] == []
    walk.press("", to="ru").press("anew")
    assert (walk.slug, walk.fields["narrative"]) == ("story", [STORY])
    assert walk.page.path not in {address, address.replace("/en/", "/ru/")}


def test_a_page_that_is_sent_in_another_report_stays_the_page_it_is(walk: Walk) -> None:
    walk.go("story")
    leave(walk.visitor)
    Walk.begun(walk.visitor)
    walk.press("", {"narrative": STORY})
    assert walk.go("story").fields["narrative"] == [STORY]


def test_a_page_that_does_not_say_which_it_is_leads_on(walk: Walk) -> None:
    answer = walk.visitor.post(INVENTED, {"narrative": STORY})
    assert Walk(walk.visitor, answer).follow_on().slug == "who"
    leave(walk.visitor)
    assert walk.visitor.post(INVENTED, {}).page.heading == GONE


def test_a_page_that_is_typed_by_hand_leads_to_its_name(walk: Walk) -> None:
    name = names_of("story", walk)
    answer = walk.visitor.get("/en/report/story?then=check&other=1")
    assert (answer.status, answer.location) == (303, f"/en/report/{name}?then=check")
    list_of = names_of("officers", walk)
    answer = walk.visitor.get("/en/report/officers/abcdefgh")
    assert answer.location == f"/en/report/{list_of}/abcdefgh"


@pytest.mark.parametrize("path", ["bbbbb", "bbbbb/abcdefgh"])
def test_a_name_of_another_report_leads_to_where_somebody_goes_on(
    walk: Walk, path: str
) -> None:
    assert walk.go(path).slug == "who"


@pytest.mark.parametrize(
    "path", ["bbbb", "bbbbbb", "aeiou", "BBBBB", "bbbbb/x", "nothing/abcdefgh"]
)
def test_what_no_report_calls_a_page_is_not_found(walk: Walk, path: str) -> None:
    assert walk.visitor.get(f"/en/report/{path}").status == 404


class TestBehindTheCode:
    """Pages of the form on which more is told."""

    @pytest.fixture
    def inside(self, service: Service, visitor: Visitor) -> Visitor:
        return enter(service, visitor)

    def test_no_page_leads_to_an_address_that_tells_what_is_asked(
        self, inside: Visitor
    ) -> None:
        listed = inside.get("/en/return/more")
        links = [a for a in listed.page.links if a.startswith("/en/return/more/")]
        for page in (listed, inside.get("/en/return/messages"), *map(inside.get, links)):
            assert page.status == 200
            assert [a for a in addresses_on(page) if named_in(a)] == []

    def test_two_reports_call_the_same_page_by_different_names(
        self, app: Flask, service: Service, inside: Visitor
    ) -> None:
        other = enter(service, Visitor(app.test_client()))
        mine, others = (v.get("/en/return/more/sexual").location for v in (inside, other))
        assert mine != others
        assert other.get(mine).location == "/en/return/more"
        assert other.get(others).status == 200

    def test_without_the_conversation_a_name_says_nothing(self, inside: Visitor) -> None:
        address = inside.get("/en/return/more/sexual").location
        leave(inside)
        assert inside.get(address).page.heading == "Type your code"

    def test_a_page_that_is_sent_without_its_cookie_comes_back_with_what_was_typed(
        self, inside: Visitor
    ) -> None:
        page = inside.follow(inside.get("/en/return/more/why"))
        leave(inside)
        answer = inside.send(page, {"q_why_words_said": STORY})
        assert answer.page.fields(answer.page.form())["q_why_words_said"] == [STORY]
        assert [a for a in addresses_on(answer) if named_in(a)] == []


def enter(service: Service, visitor: Visitor) -> Visitor:
    """A browser in which the conversation of a report of its own is open."""
    visitor.get("/en/return/")
    visitor.send(visitor.get("/en/return/"), {"code": send(service).code})
    return visitor
