"""Who is chosen for a case: those who fit first; who does not only with the person's word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from intake.casework import Lacking, Reader, new_once, overview, take, work
from intake.casework.access import access
from intake.casework.directory.choosing import Choosing, NotAsWished
from intake.casework.directory.entries import About, entry_of
from intake.casework.directory.keeping import directory, keep, remove
from intake.casework.directory.load import open_cases
from intake.casework.finding.bulk import Give, do
from intake.casework.given import answer, given
from intake.casework.offering import offer
from intake.casework.restricting import restrict
from intake.casework.team import away, handing, papers
from intake.casework.team.workload import workload
from intake.casework.work.referring import referring
from intake.form.answers import Stored
from intake.roles import Role
from intake.vault import Slot
from tests.casework.joining import add, proof
from tests.casework.work.answering import write
from tests.people import NOW, Sent, send_and_open, sister_report

SHE = About(languages=("kk", "ru"), regions=("KZ-33",), sex="female")
HE = About(languages=("ru",), sex="male")
PARTS = (Slot.IDENTITY,)


@pytest.fixture
def people(coordinator: Reader) -> dict[str, Reader]:
    """Two psychologists, of whom one fits a wish for a woman who speaks Kazakh."""
    found = {name: add(coordinator, name, Role.PSYCHOLOGIST) for name in ("aida", "boris")}
    write_down(coordinator, found["aida"].member, SHE)
    write_down(coordinator, found["boris"].member, HE)
    return found


def write_down(reader: Reader, member: UUID, about: About) -> None:
    keep(reader, entry_of(member), about, seen=_revision(reader, member), now=NOW)


def _revision(reader: Reader, member: UUID) -> int:
    return next(one.revision for one in directory(reader) if one.member == member)


def case(reader: Reader, **told: Stored) -> Sent:
    allowed: dict[str, Stored] = {"consent": ("refer_internal",), "consent_giver": "victim"}
    return send_and_open(reader, sister_report(told={**allowed, **told}))


def wishing(reader: Reader) -> Sent:
    wish: dict[str, Stored] = {
        "preferred_handler_gender": "female",
        "interpreter_language": ("kk", "en"),
    }
    return case(reader, **wish)


def seen(reader: Reader, sent: Sent) -> Choosing:
    return access(reader, sent.ref, now=NOW).choosing


def names(found: Choosing) -> tuple[list[str], list[str]]:
    return [one.name for one in found.fitting], [one.name for one in found.others]


def give(reader: Reader, sent: Sent, to: Reader, *, agreed: bool = False) -> None:
    offer(reader, sent.ref, to.member, PARTS, "", agreed=agreed, now=NOW)


@pytest.mark.usefixtures("people")
def test_those_come_first_who_fit_and_the_wish_is_read_from_the_report(
    coordinator: Reader, second: Reader
) -> None:
    sent = wishing(coordinator)
    for reader in (coordinator, second):
        found = seen(reader, sent)
        assert (found.wished.sex, found.wished.languages) == ("female", ("kk", "en"))
        assert names(found) == (["aida"], ["boris"])
        assert found.others[0].fit.against == ("sex", "language")


def test_the_language_of_the_report_binds_where_only_the_chosen_one_may_be_spoken(
    coordinator: Reader,
) -> None:
    assert not seen(coordinator, case(coordinator)).wished.is_binding
    sent = case(coordinator, contact_rules=("language",))
    assert seen(coordinator, sent).wished.languages == ("ru",)


def test_who_does_not_fit_is_not_chosen_without_the_word_that_the_person_agreed(
    coordinator: Reader, people: dict[str, Reader]
) -> None:
    sent = wishing(coordinator)
    with pytest.raises(NotAsWished) as refused:
        give(coordinator, sent, people["boris"])
    assert refused.value.against == ("sex", "language")
    assert access(coordinator, sent.ref, now=NOW).grants == ()
    give(coordinator, sent, people["boris"], agreed=True)
    give(coordinator, sent, people["aida"], agreed=True)
    beyond = {g.handle: g.beyond_wish for g in access(coordinator, sent.ref, now=NOW).grants}
    assert beyond == {"boris": True, "aida": False}


def test_of_whom_nothing_is_written_it_is_not_known_whether_she_fits(
    coordinator: Reader,
) -> None:
    cara = add(coordinator, "cara", Role.LAWYER)
    with pytest.raises(NotAsWished):
        give(coordinator, wishing(coordinator), cara)
    give(coordinator, case(coordinator), cara)


def test_whoever_is_trained_comes_first_without_telling_the_untrained_why(
    coordinator: Reader, second: Reader, people: dict[str, Reader]
) -> None:
    write_down(coordinator, people["boris"].member, replace(HE, with_survivors=True))
    told = case(coordinator, intimate_narrative="In the cellar.")
    wanted = case(coordinator, trained_only=True)
    ways = [seen(second, sent) for sent in (told, wanted)]
    assert names(ways[0]) == names(ways[1]) == (["boris", "aida"], [])
    reasons = [[one.fit for one in way.fitting] for way in ways]
    assert reasons[0] == reasons[1]
    assert names(seen(second, case(coordinator))) == (["aida", "boris"], [])


def test_a_hand_over_keeps_the_wish_too(coordinator: Reader, second: Reader) -> None:
    sent = wishing(coordinator)
    take(coordinator, sent.ref, now=NOW)
    version = overview(coordinator, sent.ref, now=NOW).version
    how = partial(_given, coordinator, sent.ref, second.member, version)
    for act in (handing.offer, handing.assign):
        with pytest.raises(NotAsWished):
            how(act)
    (result,) = do(coordinator, [sent.ref], Give(second.member), now=NOW)
    assert result.why == "not_as_wished"
    write_down(coordinator, second.member, SHE)
    assert names(handing.holding(coordinator, sent.ref, now=NOW).choosing) == (["second"], [])
    how(handing.assign)
    assert overview(coordinator, sent.ref, now=NOW).row.holder == "second"


def _given(
    reader: Reader, ref: str, to: UUID, version: int, act: Callable[..., object]
) -> None:
    act(reader, ref, to, "", once=new_once(), version=version, now=NOW)


def test_with_the_persons_word_a_case_is_handed_on_all_the_same(
    coordinator: Reader, second: Reader
) -> None:
    sent = wishing(coordinator)
    assert handing.assign(coordinator, sent.ref, second.member, agreed=True, now=NOW).won


def test_a_colleague_who_is_away_comes_after_those_who_are_here(
    coordinator: Reader, people: dict[str, Reader]
) -> None:
    third = add(coordinator, "moss", Role.COORDINATOR)
    away.keep_away(
        coordinator,
        uuid4(),
        third.member,
        NOW.date(),
        NOW.date() + timedelta(days=2),
        substitute=None,
        now=NOW,
    )
    sent = case(coordinator)
    order = names(handing.holding(coordinator, sent.ref, now=NOW).choosing)[0]
    assert order == ["second", "moss"]
    write_down(coordinator, people["aida"].member, replace(SHE, away_until=NOW.date()))
    assert names(seen(coordinator, sent))[0] == ["boris", "aida"]
    later = NOW + timedelta(days=1)
    found = access(coordinator, sent.ref, now=later).choosing
    assert [one.name for one in found.fitting] == ["aida", "boris"]


def test_help_is_led_by_who_fits_or_by_the_word_of_the_person(
    coordinator: Reader, people: dict[str, Reader]
) -> None:
    sent = wishing(coordinator)
    found = referring(coordinator, sent.ref, "psychological", now=NOW)
    assert [one.name for one in found.fitting] == ["aida"]
    with pytest.raises(Lacking) as refused:
        _lead(coordinator, sent, people["boris"].member)
    assert refused.value.names == ("track_agreed",)
    _lead(coordinator, sent, people["boris"].member, track_agreed=True)
    _lead(coordinator, sent, people["boris"].member, track_status="token")  # goes on
    assert _led_by(coordinator, sent) == people["boris"].member


def test_somebody_outside_leads_help_and_her_name_stays_when_she_is_gone(
    coordinator: Reader,
) -> None:
    id_, sent = uuid4(), case(coordinator)
    about = replace(SHE, name="D. O., Shymkent", roles=(Role.PSYCHOLOGIST,), reach="By letter")
    keep(coordinator, id_, about, seen=papers.NEW, now=NOW)
    (outside,) = seen(coordinator, sent).outside
    assert (outside.name, outside.reach) == (about.name, "By letter")
    _lead(coordinator, sent, id_)
    assert open_cases(coordinator, now=NOW)[id_] == 1
    assert {load.handle: load.led for load in workload(coordinator, now=NOW)}[about.name] == 1
    remove(coordinator, id_, seen=1, now=NOW)
    track = work(coordinator, sent.ref, now=NOW).record.tracks["psychological"]
    assert (track.member, track.lead) == (id_, about.name)


def test_cases_are_counted_once_each_from_what_is_open(
    coordinator: Reader, people: dict[str, Reader]
) -> None:
    aida = people["aida"]
    first, second_one = case(coordinator), case(coordinator)
    assert open_cases(coordinator, now=NOW)[aida.member] == 0
    give(coordinator, first, aida)
    _lead(coordinator, first, aida.member)
    give(coordinator, second_one, aida)
    take(coordinator, first.ref, now=NOW)
    counted = open_cases(coordinator, now=NOW)
    assert (counted[aida.member], counted[coordinator.member]) == (2, 1)
    write_down(coordinator, aida.member, replace(SHE, most=2))
    for told in given(aida).offers:
        answer(aida, told.id, "", accepted=False, now=NOW)
    assert open_cases(coordinator, now=NOW)[aida.member] == 1  # the help she leads
    give(coordinator, second_one, aida)
    (full,) = (one for one in seen(coordinator, case(coordinator)).fitting if one.most == 2)
    assert ("room", False) in {(reason.code, reason.holds) for reason in full.fit.reasons}


def test_a_case_kept_for_a_few_is_counted_for_nobody(
    coordinator: Reader, people: dict[str, Reader]
) -> None:
    sent = case(coordinator)
    give(coordinator, sent, people["aida"])
    restrict(coordinator, sent.ref, {coordinator.member}, "Kin.", proof(coordinator), now=NOW)
    assert open_cases(coordinator, now=NOW)[people["aida"].member] == 0


def _lead(reader: Reader, sent: Sent, member: UUID, **more: Stored) -> None:
    told: dict[str, Stored] = {
        "track": "psychological",
        "track_status": "pending",
        "track_lead": "",
        "track_member": member.hex,
    }
    write(reader, sent.ref, "track", **{**told, **more})


def _led_by(reader: Reader, sent: Sent) -> UUID | None:
    return work(reader, sent.ref, now=NOW).record.tracks["psychological"].member
