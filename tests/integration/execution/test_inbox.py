"""Inboxes: narrowed, in order, page by page, and as quick among many items as among few."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from engine.base.clock import FrozenClock
from engine.base.paging import BadCursor, to_cursor
from engine.execution.inbox import inbox
from engine.execution.model import Instance
from engine.execution.words import with_words
from engine.worklist.counts import MOST_COUNTED, counts
from engine.worklist.model import WorkItem
from engine.worklist.terms import Due, FollowUp, Priority, Sort, Terms
from engine.worklist.views import Reader, View
from tests.support.offices import SmallOffice, a_candidate, a_small_office, a_work_item, an_instance

DUES = (None, 2, -3, None, 2, 0, 5, -3, 40, None)  # hours from now; some share a moment
PRIORITIES = (0, 1, 0, -1, 0, 1, 0, 0, -1, 1)


@pytest.fixture
def office(session: Session) -> SmallOffice:
    return a_small_office(session)


@pytest.fixture
def reader(office: SmallOffice) -> Reader:
    """Siti, who leads her unit as well, so that all views are hers."""
    return Reader(
        employee_id=office.siti,
        position_ids=frozenset({office.clerk_position_id}),
        unit_ids=frozenset({office.unit_id}),
    )


@pytest.fixture
def items(session: Session, office: SmallOffice, clock: FrozenClock) -> list[WorkItem]:
    """Ten of hers, each in a case of its own whose number does not follow the order of arrival."""
    now = clock.now()
    made = []
    for place, (due, priority) in enumerate(zip(DUES, PRIORITIES, strict=True)):
        number = f"SM-2026-{(place * 7) % 10:05}"
        instance_id = an_instance(session, now, number)
        instance = session.get_one(Instance, instance_id)
        instance.words = with_words("", number, f"Undangan {place}")
        item_id = a_work_item(
            session,
            instance_id,
            now + timedelta(minutes=place),
            risk_at=None,
            due_at=None if due is None else now + timedelta(hours=due),
            priority=priority,
            assignee_id=office.siti,
            unit_id=office.unit_id,
            definition_id=instance.definition_id,
        )
        made.append(session.get_one(WorkItem, item_id))
    return made


def in_words(session: Session, item: WorkItem) -> str:
    return session.get_one(Instance, item.instance_id).number


def walked(session: Session, reader: Reader, now: datetime, terms: Terms, view: View = View.MINE) -> list[int]:
    """The ids, three at a time."""
    found: list[int] = []
    cursor = None
    while True:
        page = inbox(session, reader, view, now, cursor, 3, terms)
        found += [line.work_item_id for line in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return found


def found(session: Session, reader: Reader, now: datetime, view: View = View.MINE, **terms: object) -> list[int]:
    return [line.work_item_id for line in inbox(session, reader, view, now, terms=Terms(**terms)).items]  # type: ignore[arg-type]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("view", [View.MINE, View.UNIT])
def test_every_order_is_walked_page_by_page_without_a_gap(session, reader, items, clock, sort, view):
    late = datetime.max.replace(tzinfo=clock.now().tzinfo)
    keys = {
        Sort.DUE: lambda item: (item.due_at or late, item.id),
        Sort.ARRIVED: lambda item: -item.id,
        Sort.PRIORITY: lambda item: (-item.priority, item.due_at or late, item.id),
        Sort.NUMBER: lambda item: (in_words(session, item), item.id),
    }
    expected = [item.id for item in sorted(items, key=keys[sort])]
    assert walked(session, reader, clock.now(), Terms(sort=sort), view) == expected


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    "key", [["x", 1], [None, "1"], [1], [7, None, 1], ["2026-01-01", 1], [None, 2**40], [1, "2026", 1], ["\x00", 1]]
)
def test_a_place_in_the_list_that_nobody_made_is_refused(session, reader, clock, sort, key):
    if sort is Sort.ARRIVED and key == [1]:
        key = ["1"]
    if sort is Sort.NUMBER and key == ["2026-01-01", 1]:
        key = [2026, 1]
    if sort is Sort.NUMBER and key == ["x", 1]:
        key = ["x", True]
    with pytest.raises(BadCursor):
        inbox(session, reader, View.MINE, clock.now(), to_cursor(key), terms=Terms(sort=sort))


def test_terms_narrow_a_view(session, reader, items, clock):
    now = clock.now()
    late, none = [items[2].id, items[7].id, items[5].id], [items[0].id, items[3].id, items[9].id]
    assert found(session, reader, now, due=Due.LATE) == late
    assert found(session, reader, now, due=Due.NONE) == none
    assert found(session, reader, now, due=Due.LATE, priority=Priority.URGENT) == [items[5].id]
    assert found(session, reader, now, definition_key="p_SM-2026-00007") == [items[1].id]
    assert found(session, reader, now, holder="sit") == found(session, reader, now)
    assert found(session, reader, now, holder="%") == []


def test_days_are_local_and_both_are_included(session, reader, items, clock):
    day = (clock.now() + timedelta(hours=40)).date()
    assert found(session, reader, clock.now(), due_from=day, due_to=day) == [items[8].id]


def test_what_is_to_be_followed_up_is_found_from_its_day_on(session, reader, items, clock):
    items[4].follow_up_on = clock.now().date()
    items[5].follow_up_on = date(2099, 1, 1)
    session.flush()
    assert found(session, reader, clock.now(), follow_up=FollowUp.NOW) == [items[4].id]
    assert found(session, reader, clock.now(), follow_up=FollowUp.ANY) == [items[5].id, items[4].id]


@pytest.mark.parametrize(
    ("text", "place"),
    [("sm-2026-00007", 1), ("UNDANG 3", 3), ("undangan 3 sm", 3), ("3 undangan", 3)],
)
def test_a_case_is_found_by_how_its_words_begin(session, reader, items, clock, text, place):
    assert found(session, reader, clock.now(), text=text) == [items[place].id]


@pytest.mark.parametrize("text", ["dangan", "undangan surat", "' | 'a", "00042:*", "!undangan 99"])
def test_nothing_else_is_found(session, reader, items, clock, text):
    assert found(session, reader, clock.now(), text=text) == []


def test_a_text_without_a_word_finds_nothing(session, reader, items, clock):
    assert found(session, reader, clock.now(), text="--- %") == []


def test_each_view_counts_what_it_shows(session, reader, office, items, clock):
    items[0].assignee_id = None
    a_candidate(session, items[0].id, position_id=office.clerk_position_id)
    now = clock.now()
    counted = counts(session, reader, now)
    assert counted == {view: len(found(session, reader, now, view)) for view in counted}
    assert counted[View.POOL] == 1
    assert counted[View.LATE] == 3  # one of them is due at this instant


def test_counting_stops_at_a_thousand(session, reader, office, clock):
    instance_id = an_instance(session, clock.now())
    session.add_all(
        WorkItem(
            instance_id=instance_id,
            activity_id=number,
            element="a",
            title="Periksa",
            assignment_reason={},
            opened_at=clock.now(),
            assignee_id=office.siti,
        )
        for number in range(MOST_COUNTED + 5)
    )
    session.flush()
    assert counts(session, reader, clock.now())[View.MINE] == MOST_COUNTED


def test_who_leads_nobody_and_acts_for_nobody_has_no_such_views(session, office, clock):
    counted = counts(session, Reader(employee_id=office.rina, position_ids=frozenset()), clock.now())
    assert not {View.UNIT, View.BEHALF} & set(counted)
