"""Somebody moves or leaves, and nothing that she had stays behind without an owner."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engine.access.accounts import create_account
from engine.access.model import Role
from engine.access.passwords import readable_password
from engine.access.permissions import SecretariatOnly
from engine.access.reachable import Hindrance
from engine.audit.model import AuditEntry
from engine.organisation.delegations import NewDelegation
from engine.organisation.keeping import OfficeRefused
from engine.organisation.model import Delegation, Employee, Holding
from engine.organisation.position_queries import full_positions
from engine.organisation.queries import positions_of
from engine.staffing.delegations import give_delegation
from engine.staffing.sheet_queries import sheets
from engine.staffing.transfer import (
    Hand,
    HasLeft,
    InvalidTransfer,
    Leaves,
    Transfer,
    TransferDone,
    WorkCameIn,
    transfer,
)
from engine.staffing.transfer_plan import transfer_plan
from engine.worklist.model import WorkItem
from tests.integration.staffing.conftest import TODAY
from tests.support.offices import a_candidate, a_work_item, an_instance
from tests.support.small_office import person

TOMORROW = TODAY + timedelta(days=1)


def open_work(office, count: int) -> list[int]:
    """So many items that Ani holds and her colleague Budi might."""
    with office.core.work() as work:
        unit_id = transfer_unit(work, office)
        instance_id = an_instance(work.session, work.now)
        ids = [
            a_work_item(
                work.session,
                instance_id,
                work.now,
                activity_id=n,
                title=f"Berkas {n}",
                assignee_id=office.employee("ani"),
                unit_id=unit_id,
            )
            for n in range(1, count + 1)
        ]
        for item_id in ids:
            a_candidate(work.session, item_id, position_id=office.position("clerk"))
    return ids


def may_sign_in(office, name: str) -> None:
    with office.core.work() as work:
        create_account(work, name, readable_password(), office.employee(name), [Role.STAFF])


def transfer_unit(work, office) -> int:
    return positions_of(work.session, office.employee("ani"), TODAY)[0].unit_id


def delegation_from_ani(office) -> int:
    with office.core.work() as work:
        new = NewDelegation(
            from_id=office.employee("ani"),
            to_id=office.employee("budi"),
            starts_at=work.now,
            ends_at=work.now + timedelta(days=3),
        )
        return give_delegation(work, new).delegation_id


def move(office, to: str | None, items: dict[int, int | Hand], actor=None, **more) -> None:
    wanted = Transfer(
        employee_id=office.employee("ani"),
        to_position_id=None if to is None else office.position(to),
        day=TOMORROW,
        decree="SK 9/2026",
        items=items,
        ended_holdings=[office.holding("ani")],
        **more,
    )
    with office.core.work(*([actor] if actor else [])) as work:
        transfer(work, wanted)


def holders(office, item_ids: list[int]) -> list[int | None]:
    with office.core.read() as reading:
        return [reading.session.get_one(WorkItem, each).assignee_id for each in item_ids]


def positions(office, name: str, on: date) -> list[str]:
    with office.core.read() as reading:
        return [each.position_code for each in positions_of(reading.session, office.employee(name), on)]


def test_everything_goes_over_in_one_act(office, clock):
    first, second, third = open_work(office, 3)
    delegation_id = delegation_from_ani(office)
    clock.advance(timedelta(minutes=5))
    budi, ani = office.employee("budi"), office.employee("ani")
    items = {first: budi, second: Hand.KEEP, third: Hand.RELEASE}
    move(office, "vacant", items, ended_delegations=[delegation_id])
    assert holders(office, [first, second, third]) == [budi, ani, None]
    assert (positions(office, "ani", TODAY), positions(office, "ani", TOMORROW)) == (["clerk"], ["vacant"])
    with office.core.read() as reading:
        assert reading.session.get_one(Delegation, delegation_id).ends_at == reading.now
        acts = set(reading.session.scalars(select(AuditEntry.act)))
    assert {"employee.transferred", "work_item.reassigned", "delegation.ended", "holding.begun"} <= acts


def test_plan_tells_what_changes_and_what_is_left(office):
    (item_id,) = open_work(office, 1)
    may_sign_in(office, "budi")
    with office.core.read() as reading:
        plan = transfer_plan(reading, office.employee("ani"), office.position("writer"), TOMORROW)
    assert [duty.sentence for duty in plan.duties.added] == ["Menyusun formasi pegawai"]
    assert [duty.sentence for duty in plan.duties.dropped] == ["Memeriksa surat masuk"]
    assert plan.needs_sheet
    assert [(left.work_item_id, left.best.name, left.pool) for left in plan.items] == [
        (item_id, "Budi Santosa", ("Pengadministrasi",))
    ]


def test_nobody_whom_nothing_reaches_is_proposed(office):
    open_work(office, 1)
    with office.core.read() as reading:
        plan = transfer_plan(reading, office.employee("ani"), None, TOMORROW)
    (left,) = plan.items
    assert left.best is None
    assert left.unreached[office.employee("budi")] is Hindrance.NO_ACCOUNT


def test_same_duties_elsewhere_need_no_new_sheet(office):
    office.sheet_of("ani")
    with office.core.read() as reading:
        plan = transfer_plan(reading, office.employee("ani"), office.position("vacant"), TOMORROW)
    move(office, "vacant", {})
    with office.core.read() as reading:
        assert len(sheets(reading.session, Holding.employee_id == office.employee("ani")).items) == 1
    assert plan.duties.is_none
    assert not plan.needs_sheet


def test_whoever_leaves_keeps_nothing(office):
    (item_id,) = open_work(office, 1)
    with pytest.raises(InvalidTransfer) as refusal:
        move(office, None, {item_id: Hand.KEEP})
    assert [problem.name for problem in refusal.value.fields] == [f"item-{item_id}"]
    move(office, None, {item_id: office.employee("budi")})
    assert positions(office, "ani", TOMORROW) == []
    with office.core.read() as reading:
        assert reading.session.get_one(Employee, office.employee("ani")).left_on == TOMORROW


def test_a_transfer_before_she_came_takes_nothing_that_was_held(office):
    held = office.holding("ani")
    long_ago = Transfer(
        employee_id=office.employee("ani"),
        to_position_id=office.position("vacant"),
        day=date(1926, 11, 23),
        decree=None,
        items={},
        ended_holdings=[held],
    )
    with pytest.raises(OfficeRefused), office.core.work() as work:
        transfer(work, long_ago)
    assert office.holding("ani") == held


def test_work_for_whom_it_cannot_be_is_refused_at_its_line(office):
    (item_id,) = open_work(office, 1)
    with pytest.raises(InvalidTransfer) as refusal:
        move(office, "vacant", {item_id: office.employee("fani")})
    assert [problem.name for problem in refusal.value.fields] == [f"item-{item_id}"]
    assert positions(office, "ani", TOMORROW) == ["clerk"]


def test_work_that_came_in_meanwhile_stops_everything(office):
    first, second = open_work(office, 2)
    with pytest.raises(WorkCameIn):
        move(office, "vacant", {first: Hand.KEEP})
    assert positions(office, "ani", TOMORROW) == ["clerk"]
    assert holders(office, [second]) == [office.employee("ani")]


def test_a_transfer_that_is_sent_again_is_told_about_the_first(office):
    (item,) = open_work(office, 1)
    move(office, "vacant", {item: Hand.KEEP})
    with pytest.raises(TransferDone) as refused:
        move(office, "vacant", {item: Hand.KEEP})
    assert refused.value.done is not None
    assert refused.value.done.act == "employee.transferred"


@pytest.mark.parametrize(("passed", "said"), [(0, Leaves), (2, HasLeft)])
def test_nobody_leaves_twice_on_whatever_day(office, clock, passed, said):
    (item,) = open_work(office, 1)
    move(office, None, {item: office.employee("budi")})
    clock.advance(timedelta(days=passed))
    again = Transfer(employee_id=office.employee("ani"), to_position_id=None, day=TODAY, decree=None, items={})
    with pytest.raises(said) as refused, office.core.work() as work:
        transfer(work, again)
    assert "24 November 2026" in refused.value.text("en")
    with office.core.read() as reading:
        left = reading.session.scalars(select(AuditEntry).where(AuditEntry.act == "employee.left")).all()
    assert len(left) == 1


def test_taken_seat_is_refused_and_the_work_stays(office):
    (item_id,) = open_work(office, 1)
    with pytest.raises(OfficeRefused):
        move(office, "writer", {item_id: office.employee("budi")})
    assert holders(office, [item_id]) == [office.employee("ani")]


def test_only_the_secretariat_transfers(office):
    with pytest.raises(SecretariatOnly):
        move(office, "vacant", {}, actor=person(office.core, "citra"))


def test_a_position_without_a_free_seat_is_known_before_it_is_chosen(office):
    codes = ("clerk", "writer", "vacant")
    with office.core.read() as reading:
        full = full_positions(reading.session, [office.position(code) for code in codes], TODAY)
    assert full == {office.position("clerk"), office.position("writer")}
