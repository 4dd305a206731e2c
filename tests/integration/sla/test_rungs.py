"""What each rung does with the rows, the people and the clock of an office; and what counts as an answer."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engine.base.actor import SYSTEM, Actor
from engine.core.core import Core
from engine.execution.model import Instance
from engine.notifications.model import Notice
from engine.organisation.model import Absence, AbsenceKind, Employee, Holding, HoldingKind, Position
from engine.sla.climbing import RungRule
from engine.sla.ladder_keeping import keep_ladder
from engine.sla.ladders import OFFICE, Place
from engine.sla.model import Anchor, Climb, Ladder, Rung, RungAction
from engine.sla.operations import become_overdue, climb_on
from engine.worklist.deadlines import Moments, schedule_deadlines, schedule_deadlines_again
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.operations import claim, give_to
from tests.support.offices import LONG_AGO, a_candidate, a_work_item, hold

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
REMIND, TELL = RungAction.REMIND_HOLDER, RungAction.TELL_SUPERIOR
OFFER, REASSIGN, HEAD = RungAction.OFFER_TO_POOL, RungAction.REASSIGN_TO_SUPERIOR, RungAction.TELL_HEAD


def rung(action, hours=0.0, **more):
    return RungRule(anchor=Anchor.DUE, action=action, after=hours * HOUR, **more)


@pytest.fixture
def above(session, office):
    """Dewi, who heads the whole office above Budi's unit."""
    dewi = Employee(name="Dewi")
    session.add(dewi)
    position = Position(code="KK", title="Kepala Kantor", kind="structural", unit_id=office.unit_id)
    session.add(position)
    session.flush()
    hold(session, dewi.id, position.id)
    session.get_one(Position, office.head_position_id).superior_id = position.id
    session.commit()
    return dewi.id


@pytest.fixture
def late_item(core: Core, session, instance_id, clock, office):
    """Siti has an hour for it, and the office this ladder; the clock then stands at its due moment."""

    def make(*rungs, position_id=None, **facts):
        facts = {"assignee_id": office.siti, "routed_to_id": office.siti, **facts}
        item_id = a_work_item(session, instance_id, clock.now(), unit_id=office.unit_id, **facts)
        if position_id is not None:
            a_candidate(session, item_id, position_id=position_id)
        session.commit()
        with core.work() as work:
            keep_ladder(work, OFFICE, rungs)
            moments = Moments(
                work_item_id=item_id,
                instance_id=instance_id,
                risk_at=clock.now() + 0.75 * HOUR,
                due_at=clock.now() + HOUR,
            )
            schedule_deadlines(work, [moments])
        clock.advance(HOUR)
        core.run_due_jobs()
        return item_id

    return make


@pytest.fixture
def holder(core):
    def of(item_id):
        with core.read() as reading:
            return reading.session.get_one(WorkItem, item_id).assignee_id

    return of


@pytest.fixture
def came(core):
    """What was done in fact, in its order."""

    def done():
        with core.read() as reading:
            return [climb.outcome["did"] for climb in reading.session.scalars(select(Climb).order_by(Climb.id))]

    return done


@pytest.fixture
def told(core):
    def kinds(employee_id):
        with core.read() as reading:
            query = select(Notice.kind).where(Notice.employee_id == employee_id).order_by(Notice.id)
            return list(reading.session.scalars(query))

    return kinds


def away(session, employee_id, clock):
    session.add(
        Absence(
            employee_id=employee_id,
            kind=AbsenceKind.SICK,
            starts_on=LONG_AGO,
            ends_on=date(2030, 1, 1),
            recorded_at=clock.now(),
            recorded_by="Tester",
        )
    )
    session.commit()


def test_it_goes_to_the_superior_who_hears_of_it_with_whoever_had_it(late_item, holder, told, office):
    item_id = late_item(rung(REASSIGN))
    assert holder(item_id) == office.budi
    assert (told(office.budi), told(office.siti)) == (["sla.handed_up"], ["sla.taken_up"])


def test_the_notice_above_names_who_has_it_already(late_item, told, core, office, above):
    late_item(rung(TELL), rung(REASSIGN))
    assert told(above) == ["sla.overdue_below"]
    with core.read() as reading:
        facts = reading.session.scalars(select(Notice.facts).where(Notice.employee_id == above)).one()
    assert facts["holders"] == "Budi"


def test_it_is_offered_to_the_others_of_its_pool(late_item, holder, told, office):
    item_id = late_item(rung(OFFER), position_id=office.clerk_position_id)
    assert holder(item_id) is None
    assert (told(office.rina), told(office.siti)) == (["sla.offered"], ["sla.taken_up"])


def test_without_a_pool_the_superior_is_told_instead(late_item, holder, came, office):
    item_id = late_item(rung(OFFER))
    assert (holder(item_id), came()) == (office.siti, [TELL])


def test_the_head_above_the_superior_is_told(late_item, told, office, above):
    late_item(rung(HEAD))
    assert (told(above), told(office.budi)) == (["sla.overdue_below"], [])


def test_who_acts_for_the_superior_gets_it(late_item, holder, session, office, clock):
    citra = Employee(name="Citra")
    session.add(citra)
    session.flush()
    acting = Holding(
        employee_id=citra.id, position_id=office.head_position_id, kind=HoldingKind.PLH, starts_on=LONG_AGO, decree="1"
    )
    session.add(acting)
    away(session, office.budi, clock)
    assert holder(late_item(rung(REASSIGN))) == citra.id


def test_where_nobody_acts_for_an_absent_superior_the_next_above_gets_it(
    late_item, holder, session, office, above, clock
):
    away(session, office.budi, clock)
    assert holder(late_item(rung(REASSIGN))) == above


def test_a_strategic_act_does_not_go_to_an_acting_superior(late_item, holder, came, session, office, clock):
    session.scalars(select(Holding).where(Holding.employee_id == office.budi)).one().kind = HoldingKind.PLT
    session.commit()
    item_id = late_item(rung(REASSIGN), is_strategic=True, position_id=office.clerk_position_id)
    assert (holder(item_id), came()) == (None, [OFFER])


def test_it_does_not_go_to_whoever_did_the_other_step(late_item, holder, came, session, instance_id, clock, office):
    done = {"state": WorkItemState.COMPLETED, "closed_at": clock.now(), "closed_by_id": office.budi, "activity_id": 2}
    a_work_item(session, instance_id, clock.now(), element="other", closed_by_name="Budi", **done)
    item_id = late_item(rung(REASSIGN), differs_from=["other"])
    assert (holder(item_id), came()) == (office.siti, [TELL])


def test_an_unanswered_escalation_climbs_by_itself(late_item, came, core, clock):
    late_item(rung(REMIND), rung(TELL, hours=2), rung(REASSIGN, hours=4))
    for _hour in range(2):
        clock.advance(3 * HOUR)
        core.run_due_jobs()
    assert came() == [REMIND, TELL, REASSIGN]


def test_repetitions_end(late_item, came, core, clock):
    late_item(rung(REMIND, repeats=2, every=HOUR))
    for _hour in range(5):
        clock.advance(HOUR)
        core.run_due_jobs()
    assert came() == [REMIND] * 3


def test_who_takes_it_from_the_pool_has_answered(late_item, came, core, clock, office):
    item_id = late_item(rung(OFFER), rung(TELL, hours=1), position_id=office.clerk_position_id)
    with core.work(Actor(account_id=1, employee_id=office.rina, name="Rina", roles=frozenset({"staff"}))) as work:
        claim(work, item_id)
    clock.advance(2 * HOUR)
    core.run_due_jobs()
    assert came() == [OFFER]


def test_the_superior_who_hands_it_back_has_answered(late_item, came, core, clock, office):
    item_id = late_item(rung(REASSIGN), rung(HEAD, hours=1), position_id=office.clerk_position_id)
    with core.work(SYSTEM) as work:
        give_to(work, work.session.get_one(WorkItem, item_id), office.siti)
    clock.advance(2 * HOUR)
    core.run_due_jobs()
    assert came() == [REASSIGN]


def test_another_due_moment_begins_the_climb_anew(late_item, came, core, clock, instance_id):
    item_id = late_item(rung(REMIND), rung(TELL, hours=4))
    later = clock.now() + HOUR
    with core.work() as work:
        item = work.session.get_one(WorkItem, item_id)
        item.risk_at, item.due_at, item.overdue_at = clock.now() + HOUR / 2, later, None
        moments = Moments(work_item_id=item_id, instance_id=instance_id, risk_at=item.risk_at, due_at=later)
        schedule_deadlines_again(work, [moments])
    clock.advance(HOUR)
    core.run_due_jobs()
    assert came() == [REMIND, REMIND]


def test_work_that_stays_late_goes_on_from_where_it_was(late_item, came, core, clock, instance_id):
    item_id = late_item(rung(REMIND), rung(REASSIGN, hours=2))
    clock.advance(HOUR)
    with core.work() as work:
        item = work.session.get_one(WorkItem, item_id)
        item.due_at = clock.now() - HOUR / 2
        moved = Moments(
            work_item_id=item_id, instance_id=instance_id, risk_at=clock.now() + DAY, due_at=clock.now() - HOUR / 2
        )
        schedule_deadlines_again(work, [moved])
    core.run_due_jobs()
    clock.advance(2 * HOUR)
    core.run_due_jobs()
    assert came() == [REMIND, REASSIGN]


def test_nothing_comes_while_the_clock_stands_still(late_item, came, core, clock):
    item_id = late_item(rung(REMIND), rung(TELL, hours=1))
    with core.work() as work:
        work.session.get_one(WorkItem, item_id).clock_stopped_at = clock.now()
    clock.advance(2 * HOUR)
    core.run_due_jobs()
    assert came() == [REMIND]


def test_a_handler_that_is_run_twice_has_one_effect(late_item, came, work, clock):
    item_id = late_item(rung(REMIND), rung(REASSIGN))
    due = clock.now().isoformat()
    for _worker in range(2):
        with work() as w:
            become_overdue(w, {"work_item_id": item_id})
            climb_on(w, {"work_item_id": item_id, "anchor": Anchor.DUE, "due_at": due, "after": None})
    assert came() == [REASSIGN, REMIND]


def test_the_ladder_of_the_step_goes_before_that_of_the_office(late_item, came, core, session, instance_id):
    definition_id = session.get_one(Instance, instance_id).definition_id
    session.commit()
    with core.work() as work:
        keep_ladder(work, Place(definition_id=definition_id, element="Activity_1"), [rung(REMIND)])
    late_item(rung(TELL), definition_id=definition_id)
    assert came() == [REMIND]


def test_an_item_that_fails_stops_none_of_those_beside_it(late_item, came, core, session, instance_id, office, clock):
    """A ladder that nobody could have kept leads beyond all calendars."""
    place = {"definition_id": session.get_one(Instance, instance_id).definition_id, "element": "broken"}
    ladder = Ladder(**place, changed_at=clock.now(), changed_by="Tester")
    session.add(ladder)
    session.flush()
    session.add(Rung(ladder_id=ladder.id, position=1, anchor=Anchor.DUE, after_minutes=2**30, action=TELL))
    broken_id = a_work_item(
        session, instance_id, clock.now(), activity_id=9, assignee_id=office.rina, unit_id=office.unit_id, **place
    )
    session.commit()
    with core.work() as work:
        due = Moments(
            work_item_id=broken_id, instance_id=instance_id, risk_at=clock.now() + HOUR, due_at=clock.now() + HOUR
        )
        schedule_deadlines(work, [due])
    late_item(rung(TELL))
    assert came() == [TELL]
