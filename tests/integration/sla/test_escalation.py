"""The two moments of an item where nobody has said anything else: whom they concern, and what is written down."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.audit.model import AuditEntry
from engine.sla.events import WorkEscalated
from engine.sla.model import RungAction
from engine.sla.operations import become_overdue, remind
from engine.worklist.model import WorkItem, WorkItemState
from tests.support.offices import a_candidate, a_work_item, hold

HOUR = timedelta(hours=1)
REMINDED, TOLD = RungAction.REMIND_HOLDER, RungAction.TELL_SUPERIOR


@pytest.fixture
def an_item(session, instance_id, clock, office):
    """Make an item; the clock then stands at its due moment."""

    def make(position_id=None, **facts):
        item_id = a_work_item(session, instance_id, clock.now(), unit_id=office.unit_id, **facts)
        if position_id is not None:
            a_candidate(session, item_id, position_id=position_id)
        session.commit()
        clock.advance(HOUR)
        return item_id

    return make


@pytest.fixture
def lateness_of(work):
    """Whom each rung tells when the item becomes overdue."""

    def tell(item_id):
        with work() as w:
            become_overdue(w, {"work_item_id": item_id})
        return {event.action: event.told_ids for event in w.events if isinstance(event, WorkEscalated)}

    return tell


def test_the_holder_is_reminded(an_item, work, office):
    item_id = an_item(assignee_id=office.siti)
    with work() as w:
        remind(w, {"work_item_id": item_id})
    assert [(event.action, event.told_ids) for event in w.events] == [(REMINDED, {office.siti})]


def test_all_who_may_take_unclaimed_work_are_reminded(an_item, work, office):
    item_id = an_item(position_id=office.clerk_position_id)
    with work() as w:
        remind(w, {"work_item_id": item_id})
    assert w.events[0].told_ids == {office.siti, office.rina}


def test_late_work_is_marked_and_written_down(an_item, lateness_of, session, office, clock):
    item_id = an_item(assignee_id=office.siti)
    lateness_of(item_id)
    assert session.get_one(WorkItem, item_id).overdue_at == clock.now()
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.act for entry in entries] == ["work_item.became_late", *["work_item.escalated"] * 2]
    assert [entry.facts.get("told") for entry in entries] == [None, [office.siti], [office.budi]]


def test_late_work_reaches_the_superior_of_its_holder(an_item, lateness_of, office):
    assert lateness_of(an_item(assignee_id=office.siti)) == {REMINDED: {office.siti}, TOLD: {office.budi}}


def test_late_work_in_a_pool_reaches_the_superior_of_the_position(an_item, lateness_of, office):
    told = lateness_of(an_item(position_id=office.clerk_position_id))
    assert told == {REMINDED: {office.siti, office.rina}, TOLD: {office.budi}}


def test_late_work_that_nobody_can_do_reaches_the_head_of_the_unit(an_item, lateness_of, office):
    assert lateness_of(an_item()) == {REMINDED: frozenset(), TOLD: {office.budi}}


def test_who_is_above_himself_is_told_as_one_who_may_do_it(an_item, lateness_of, session, office):
    hold(session, office.budi, office.clerk_position_id)
    assert lateness_of(an_item(position_id=office.clerk_position_id)) == {
        REMINDED: {office.budi, office.siti, office.rina}
    }


def test_work_becomes_late_once(an_item, lateness_of, office):
    item_id = an_item(assignee_id=office.siti)
    assert (len(lateness_of(item_id)), len(lateness_of(item_id))) == (2, 0)


def test_work_with_a_later_date_is_not_late_yet(an_item, lateness_of, office, clock):
    assert lateness_of(an_item(assignee_id=office.siti, due_at=clock.now() + 2 * HOUR)) == {}


@pytest.mark.parametrize("state", [WorkItemState.COMPLETED, WorkItemState.CANCELLED])
def test_closed_work_concerns_nobody(an_item, work, office, clock, state):
    item_id = an_item(assignee_id=office.siti, state=state, closed_at=clock.now())
    with work() as w:
        remind(w, {"work_item_id": item_id})
        become_overdue(w, {"work_item_id": item_id})
    assert w.events == []


def test_work_whose_clock_stands_still_concerns_nobody(an_item, work, office, clock):
    item_id = an_item(assignee_id=office.siti, clock_stopped_at=clock.now())
    with work() as w:
        remind(w, {"work_item_id": item_id})
        become_overdue(w, {"work_item_id": item_id})
    assert w.events == []


def test_late_work_is_not_called_due_soon(an_item, work, office, clock):
    item_id = an_item(assignee_id=office.siti, overdue_at=clock.now())
    with work() as w:
        remind(w, {"work_item_id": item_id})
    assert w.events == []


def test_work_that_is_gone_concerns_nobody(work):
    with work() as w:
        become_overdue(w, {"work_item_id": 404})
    assert w.events == []
