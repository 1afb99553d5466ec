"""Rotation: what was removed opens nothing more, and a cut at any point loses nothing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from intake.casework import (
    Reader,
    Service,
    Wish,
    arrival,
    open_case,
    overview,
    queue,
    read_report,
    recovery,
    resume,
    rotation,
    timeline,
    verify,
)
from intake.casework.restricting import restrict
from intake.casework.rotation import Progress
from intake.roles import Role
from intake.store.adding import add as add_rows
from intake.store.people import MemberRow, RingMemberRow, RingRow
from intake.store.service import AuditRow
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow
from intake.vault import NotForYou, Ring, RingKey, Sealed, Seed, is_box
from tests.casework.joining import add, proof, sign_in_as
from tests.casework.rotating import finish, kept_by, removed, take_out
from tests.casework.test_additions import tell, told_words
from tests.people import (
    COORDINATOR,
    NOW,
    PASSPHRASES,
    SECOND,
    Installation,
    Sent,
    make_sheets,
    send,
    send_and_open,
    sign_in,
    sister_report,
)

SECRET = {"method": ("rape",)}


def statuses(service: Service) -> dict[Ring, rotation.RingStatus]:
    return {status.ring: status for status in rotation.status(service)}


def generations(service: Service) -> set[int]:
    return {status.generation for status in rotation.status(service)}


def lines(service: Service) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def all_due(service: Service) -> None:
    with service.writing() as session:
        rotation.mark_due(session, Ring)


def assert_reads(reader: Reader, *sent: Sent) -> None:
    for one in sent:
        open_case(reader, one.ref, now=NOW)
        report = read_report(reader, one.ref, now=NOW)
        assert report.differences == ()
        shut = {s.compartment for s in report.sections if s.answers is None}
        assert shut <= (set() if reader.is_trained else {"intimate"})


def test_where_nobody_was_removed_nothing_is_done(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    send_and_open(coordinator_on_each)
    before = lines(service_on_each)
    assert rotation.go_on(coordinator_on_each, now=NOW) == Progress(0, is_over=True)
    assert (lines(service_on_each), generations(service_on_each)) == (before, {1})


def test_the_keys_of_who_was_removed_open_nothing_any_more(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    coordinator = coordinator_on_each
    read, unread = send_and_open(coordinator), send(service_on_each)
    kept = removed(coordinator)
    assert {"case_keys", "facts"} <= {name for name, _ in kept.opened(service_on_each)}
    last = lines(service_on_each)

    finish(coordinator)
    later = send(service_on_each)

    opened = kept.opened(service_on_each)
    assert {name for name, _ in opened} == {"audit"}
    # The line about making it is sealed before the new key is pinned.
    assert max(number for _, number in opened if isinstance(number, int)) <= last + 16
    assert_reads(coordinator, read, unread, later)
    assert verify.verify(service_on_each) == ()


def test_everything_is_under_the_new_secret_and_the_old_wraps_are_gone(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    send_and_open(coordinator_on_each)
    send(service_on_each)
    removed(coordinator_on_each)
    finish(coordinator_on_each)
    with service_on_each.reading() as session:
        wraps = session.scalars(select(CaseKeysRow)).all()
        assert {(wrap.generation, is_box(wrap.box)) for wrap in wraps} == {(2, True)}
        facts = select(DocumentRow).where(DocumentRow.compartment == "facts")
        assert {(it.generation, is_box(it.box)) for it in session.scalars(facts)} == {(2, True)}
        assert set(session.scalars(select(RingMemberRow.generation))) == {2}
        rings = session.scalars(select(RingRow)).all()
    assert {(r.generation, r.recovery_box is None) for r in rings} == {(1, True), (2, False)}
    assert {(r.generation, r.previous_box is None) for r in rings} == {(1, True), (2, False)}
    assert all(status.is_at_rest for status in rotation.status(service_on_each))
    assert statuses(service_on_each)[Ring.CASE].holders == (COORDINATOR, SECOND)
    assert statuses(service_on_each)[Ring.CASE].since == NOW.date()


def test_each_case_has_a_line_at_the_revision_it_had(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    version = overview(coordinator, sent.ref, now=NOW).version
    removed(coordinator)
    finish(coordinator)
    assert [line.act for line in timeline(coordinator, sent.ref, now=NOW)].count("rekeyed") == 1
    assert overview(coordinator, sent.ref, now=NOW).version == version


def test_it_goes_on_in_small_batches_in_any_session(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = [send_and_open(second_on_each) for _ in range(3)]
    removed(coordinator_on_each)
    turns = finish(coordinator_on_each, second_on_each, at_most=1)
    assert turns > len(sent)
    assert_reads(second_on_each, *sent)


def test_while_it_goes_on_every_case_is_read_as_before(
    service_on_each: Service, coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = [send_and_open(second_on_each), send(service_on_each), send(service_on_each)]
    removed(coordinator_on_each)
    rotation.go_on(coordinator_on_each, now=NOW, at_most=1)
    left = statuses(service_on_each)
    assert min(left[Ring.CASE].left, left[Ring.FACTS].left) > 0
    shown = queue(second_on_each, Wish(view="custody"), now=NOW).rows
    assert {row.ref for row in shown} == {one.ref for one in sent}
    assert_reads(second_on_each, *sent)


def test_who_is_no_trained_handler_leaves_that_ring_to_those_who_are(
    service: Service, coordinator: Reader, second: Reader
) -> None:
    sent = send(service, sister_report(told=SECRET))
    removed(coordinator)
    while rotation.go_on(second, now=NOW).done:
        pass
    intimate = statuses(service)[Ring.INTIMATE]
    assert (intimate.generation, intimate.is_due, intimate.holders) == (1, True, (COORDINATOR,))
    others = [it for it in rotation.status(service) if it.ring is not Ring.INTIMATE]
    assert all(status.is_at_rest for status in others)

    finish(coordinator)
    assert statuses(service)[Ring.INTIMATE].generation == 2
    assert_reads(coordinator, sent)


def test_an_analyst_makes_the_ring_she_holds_and_no_other(
    service: Service, coordinator: Reader
) -> None:
    send(service)
    analyst = add(coordinator, "wren", Role.ANALYST)
    removed(coordinator)
    rotation.go_on(analyst, now=NOW)
    found = statuses(service)
    assert {ring for ring in Ring if found[ring].generation == 2} == {Ring.FACTS}
    assert found[Ring.FACTS].left == 1
    finish(coordinator)


def test_a_restricted_case_waits_for_somebody_who_is_named(
    service: Service, coordinator: Reader, second: Reader
) -> None:
    open_to_all, kept_apart = send_and_open(coordinator), send_and_open(coordinator)
    named = [coordinator.member]
    restrict(coordinator, kept_apart.ref, named, "A relative.", proof(coordinator), now=NOW)
    all_due(service)
    while rotation.go_on(second, now=NOW).done:
        pass
    left = statuses(service)
    assert left[Ring.CASE].left == 0
    assert left[Ring.FACTS].left > 0
    assert_reads(second, open_to_all)

    finish(coordinator)
    assert_reads(coordinator, open_to_all, kept_apart)


def cut_off_before_the_pin(service: Service, reader: Reader) -> Path:
    """A process that dies between the database and the pin."""
    obstacle = service.settings.instance / "rings.new"
    obstacle.mkdir()
    with pytest.raises(IsADirectoryError):
        rotation.go_on(reader, now=NOW)
    return obstacle


def above(service: Service) -> dict[str, bytes]:
    with service.reading() as session:
        rows = session.scalars(select(RingRow).where(RingRow.generation == 2))
        return {row.name: row.public_key for row in rows}


def test_cut_off_before_the_pin_moved_it_is_made_anew(
    service_on_each: Service, coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    before = send_and_open(coordinator_on_each)
    kept = removed(coordinator_on_each)
    obstacle = cut_off_before_the_pin(service_on_each, coordinator_on_each)
    slipped_in = above(service_on_each)
    assert (len(slipped_in), generations(service_on_each)) == (4, {1})
    meanwhile = send(service_on_each)
    assert_reads(second_on_each, before, meanwhile)
    assert verify.verify(service_on_each) == ()

    obstacle.rmdir()
    finish(coordinator_on_each)
    assert above(service_on_each).keys() == slipped_in.keys()
    assert not set(above(service_on_each).values()) & set(slipped_in.values())
    assert {name for name, _ in kept.opened(service_on_each)} == {"audit"}
    assert_reads(second_on_each, before, meanwhile)
    assert verify.verify(service_on_each) == ()


def test_somebody_can_be_let_in_after_it_was_cut_off(
    service: Service, coordinator: Reader
) -> None:
    removed(coordinator)
    cut_off_before_the_pin(service, coordinator).rmdir()
    wren = add(coordinator, "wren", Role.COORDINATOR)
    sent = send(service)
    assert_reads(wren, sent)
    finish(wren, coordinator)
    assert "wren" in statuses(service)[Ring.CASE].holders
    assert_reads(wren, sent)


def test_a_generation_that_something_was_sealed_to_is_never_taken_away(
    service: Service, coordinator: Reader
) -> None:
    pins = (service.settings.instance / "rings.pub").read_bytes()
    all_due(service)
    finish(coordinator)
    send(service)
    (service.settings.instance / "rings.pub").write_bytes(pins)
    reader = sign_in_as(service, COORDINATOR, PASSPHRASES[COORDINATOR])
    all_due(service)
    rotation.go_on(reader, now=NOW)
    assert len(above(service)) == 4


def test_sessions_that_make_it_at_once_make_one(
    service_on_each: Service, installation: Installation
) -> None:
    sent = [send(service_on_each) for _ in range(4)]
    all_due(service_on_each)
    readers = [
        resume(service_on_each, installation.cookies[handle], now=NOW)
        for handle in (COORDINATOR, SECOND, COORDINATOR, SECOND)
    ]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda reader: rotation.go_on(reader, now=NOW, at_most=1), readers))
    finish(readers[0])
    assert generations(service_on_each) == {2}
    pins = service_on_each.pins().rings
    assert above(service_on_each) == {ring: pins[ring].public.raw for ring in Ring}
    assert_reads(readers[0], *sent)
    assert_reads(readers[1], *sent)


def test_a_report_sealed_to_the_old_pin_meanwhile_is_boxed_again_too(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    pins = service_on_each.pins()
    kept = removed(coordinator_on_each)
    arrived = arrival.prepare(sister_report(), pins)
    finish(coordinator_on_each)
    with service_on_each.writing() as session:
        add_rows(session, arrived.rows)
    assert {name for name, _ in kept.opened(service_on_each)} >= {"facts", "case_keys"}
    open_case(coordinator_on_each, arrived.case.ref, now=NOW)
    finish(coordinator_on_each)
    assert {name for name, _ in kept.opened(service_on_each)} == {"audit"}
    assert queue(coordinator_on_each, Wish(view="all"), now=NOW).total == 1


def test_what_was_added_before_is_read_afterwards(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    tell(service_on_each, sent, "They came back at night")
    removed(coordinator_on_each)
    finish(coordinator_on_each)
    tell(service_on_each, sent, "And again in the morning")
    words = told_words(coordinator_on_each, sent)
    assert {"They came back at night", "And again in the morning"} <= set(words)


def test_after_two_rotations_the_oldest_still_opens(
    service_on_each: Service, coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = send(service_on_each)
    tell(service_on_each, sent, "They came back at night")
    removed(coordinator_on_each)
    rotation.go_on(coordinator_on_each, now=NOW, at_most=1)
    all_due(service_on_each)
    finish(second_on_each, coordinator_on_each)
    assert generations(service_on_each) == {3}
    assert_reads(second_on_each, sent)
    assert "They came back at night" in told_words(second_on_each, sent)


def test_a_session_that_began_before_follows_and_a_later_one_trusts_the_new_secret(
    service: Service, coordinator: Reader, installation: Installation
) -> None:
    removed(coordinator)
    finish(coordinator)
    before = resume(service, installation.cookies[SECOND], now=NOW)
    after = sign_in_as(service, SECOND, PASSPHRASES[SECOND])
    with service.reading() as session:
        assert before.ring(session, Ring.CASE) == after.ring(session, Ring.CASE)
        newest = after.ring(session, Ring.CASE)
    assert before.secret.trusted[Ring.CASE].generation == 1
    assert after.secret.trusted[Ring.CASE] == newest.trusted


def test_nothing_above_the_pin_is_followed_though_it_leads_back(
    service: Service, coordinator: Reader, installation: Installation
) -> None:
    # Who was removed knows the secret before, and so can make what leads back to it.
    kept = removed(coordinator)
    older = next(key for key in kept.rings if key.ring is Ring.CASE)
    forged = RingKey.fresh(Ring.CASE, 2)
    put(service, forged, coordinator, forged.box_previous(older))
    reader = resume(service, installation.cookies[COORDINATOR], now=NOW)
    with service.reading() as session:
        assert reader.ring(session, Ring.CASE) == older
    finish(coordinator)
    with service.reading() as session:
        assert coordinator.ring(session, Ring.CASE).public != forged.public


def test_another_key_than_the_pinned_one_is_refused_though_it_leads_back(
    service: Service, coordinator: Reader, installation: Installation
) -> None:
    kept = removed(coordinator)
    older = next(key for key in kept.rings if key.ring is Ring.CASE)
    finish(coordinator)
    forged = RingKey.fresh(Ring.CASE, 2)
    with service.writing() as session:
        ring = session.get_one(RingRow, (Ring.CASE, 2))
        ring.previous_box = forged.box_previous(older)
        wrap = session.get_one(RingMemberRow, (Ring.CASE, 2, coordinator.member))
        wrap.box = forged.wrap_for_member(coordinator.secret.seed.public, coordinator.member)
    reader = resume(service, installation.cookies[COORDINATOR], now=NOW)
    with service.reading() as session, pytest.raises(NotForYou):
        reader.ring(session, Ring.CASE)


def put(service: Service, key: RingKey, reader: Reader, previous: Sealed) -> None:
    """Put a generation and the reader's wrap of it into the database."""
    with service.writing() as session:
        row = RingRow(key.ring, key.generation, key.public.raw, Sealed(b""))
        row.previous_box = previous
        session.add(row)
        session.flush()
        box = key.wrap_for_member(reader.secret.seed.public, reader.member)
        session.add(RingMemberRow(key.ring, key.generation, reader.member, box))


def test_who_is_removed_while_it_is_made_is_locked_out_by_the_next(
    service: Service, coordinator: Reader
) -> None:
    wren = add(coordinator, "wren", Role.COORDINATOR)
    all_due(service)
    cut_off_before_the_pin(service, coordinator).rmdir()
    kept = kept_by(wren)
    take_out(coordinator, wren.member)
    finish(coordinator)
    send(service)
    assert {name for name, _ in kept.opened(service)} == {"audit"}


def test_nobody_is_sealed_to_whose_key_was_changed_in_the_database(
    service: Service, coordinator: Reader, second: Reader
) -> None:
    stranger = Seed.random()
    with service.writing() as session:
        session.get_one(MemberRow, second.member).public_key = stranger.public.raw
    all_due(service)
    finish(coordinator)
    assert statuses(service)[Ring.CASE].holders == (COORDINATOR,)


def test_a_roster_that_was_set_back_stops_it(service: Service, coordinator: Reader) -> None:
    with service.reading() as session:
        before = session.get_one(RingRow, (Ring.CASE, 1))
        old = before.roster_revision, before.roster_box
    removed(coordinator)
    with service.writing() as session:
        row = session.get_one(RingRow, (Ring.CASE, 1))
        row.roster_revision, row.roster_box = old
    rotation.go_on(coordinator, now=NOW)
    case = statuses(service)[Ring.CASE]
    assert (case.generation, case.is_due) == (1, True)


def test_a_wrap_that_was_changed_keeps_nobody_from_the_others(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = [send_and_open(coordinator_on_each) for _ in range(4)]
    with service_on_each.writing() as session:
        broken = session.scalars(
            select(CaseKeysRow).where(
                CaseKeysRow.case_id == sent[0].id, CaseKeysRow.ring == "case"
            )
        ).one()
        broken.box = Sealed(broken.box[:-1] + bytes([broken.box[-1] ^ 1]))
    all_due(service_on_each)
    for _ in range(60):
        rotation.go_on(coordinator_on_each, now=NOW, at_most=2)
    left = statuses(service_on_each)
    assert (left[Ring.CASE].left, left[Ring.INTIMATE].left, left[Ring.FACTS].left) == (1, 0, 0)
    assert_reads(coordinator_on_each, *sent[1:])


def test_boxing_again_makes_nothing_right_that_was_changed(
    service: Service, coordinator: Reader
) -> None:
    changed, set_back, damaged = (send_and_open(coordinator) for _ in range(3))
    with service.reading() as session:
        row = session.get_one(CaseRow, set_back.id)
        older = {"version": row.version, "state_box": row.state_box}
    read_report(coordinator, changed.ref, now=NOW)
    with service.writing() as session:
        of_case = update(DocumentRow).where(DocumentRow.case_id == changed.id)
        session.execute(of_case.where(DocumentRow.compartment == "facts").values(kind="note"))
        session.execute(
            update(CaseRow).where(CaseRow.id == damaged.id).values(state_box=Sealed(b"\x02"))
        )
    _newer_state(coordinator, set_back)
    with service.writing() as session:
        session.execute(update(CaseRow).where(CaseRow.id == set_back.id).values(**older))
    all_due(service)
    for _ in range(3):
        rotation.go_on(coordinator, now=NOW)
    assert "document" in overview(coordinator, changed.ref, now=NOW).differences
    assert "log" in overview(coordinator, set_back.ref, now=NOW).differences
    assert "state" in overview(coordinator, damaged.ref, now=NOW).differences
    assert statuses(service)[Ring.FACTS].left > 0


def _newer_state(reader: Reader, sent: Sent) -> None:
    tell(reader.service, sent, "More")
    read_report(reader, sent.ref, now=NOW)


def test_sheets_made_before_open_the_rings_of_afterwards(
    service: Service, coordinator: Reader, installation: Installation
) -> None:
    sent = send_and_open(coordinator)
    removed(coordinator)
    finish(coordinator)
    later = send(service)
    first = recovery.recover(service, installation.sheets[:2], handle="heron", now=NOW)
    heron = resume(
        service, sign_in(service, "heron", first.passphrase, now=NOW).cookie, now=NOW
    )
    assert_reads(heron, sent, later)


def test_sheets_made_while_it_goes_on_cover_the_secrets_in_force(
    service: Service, coordinator: Reader
) -> None:
    sent = send(service)
    removed(coordinator)
    rotation.go_on(coordinator, now=NOW, at_most=1)
    sheets = make_sheets(coordinator)
    finish(coordinator)
    assert generations(service) == {2}
    first = recovery.recover(service, sheets[:2], handle="heron", now=NOW)
    heron = resume(
        service, sign_in(service, "heron", first.passphrase, now=NOW).cookie, now=NOW
    )
    assert_reads(heron, sent)
