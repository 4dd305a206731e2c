"""What the clocks of a simulated year must say, counted anew from its history by plain means."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.audit.model import AuditEntry
from engine.execution.model import ActivityRecord, Instance, InstanceState
from engine.sla.model import Climb, ClockStop
from engine.worklist.model import Return, WorkItem, WorkItemState
from tests.support.known_calendar import KnownCalendar
from tests.support.plain_working_time import MINUTE, PlainOffice
from tests.support.simulated_office import DAYS, MINUTES, STEPS, WHOLE_DAYS

TAKEN = ("work_item.claimed", "work_item.reassigned", "work_item.handed_on")
HANDS = (*TAKEN, "work_item.released", "work_item.rerouted")
IN_POOL = ("It waits in the pool of", "Nobody holds the position %(position)s, nor")
Stretch = tuple[datetime, datetime]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    waited: int
    worked: int
    stopped: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    elapsed: int
    stopped: int
    due_at: datetime | None


class History:
    """The rows of the history, by what they are about."""

    def __init__(self, session: Session, zone: ZoneInfo) -> None:
        self.calendar = KnownCalendar(session, zone)
        self.items = list(session.scalars(select(WorkItem).order_by(WorkItem.id)))
        self.cases = list(session.scalars(select(Instance).order_by(Instance.id)))
        self.returns = list(session.scalars(select(Return)))
        self.records = {
            (each.instance_id, each.activity_id): (each.opened_at, each.closed_at)
            for each in session.scalars(select(ActivityRecord))
        }
        self.acts: dict[int, list[Row[Any]]] = defaultdict(list)
        entries = select(AuditEntry.subject_id, AuditEntry.act, AuditEntry.at, AuditEntry.employee_id, AuditEntry.facts)
        for entry in session.execute(entries.where(AuditEntry.subject == "work_item").order_by(AuditEntry.id)):
            self.acts[entry.subject_id].append(entry)
        self.moves = {
            (climb.work_item_id, climb.climbed_at): climb.outcome["left_with"] is not None
            for climb in session.scalars(select(Climb).order_by(Climb.id))
            if "left_with" in climb.outcome
        }
        self.stops: dict[int, list[ClockStop]] = defaultdict(list)
        for stop in session.scalars(select(ClockStop).order_by(ClockStop.stopped_at)):
            self.stops[stop.instance_id].append(stop)

    def step(self, item: WorkItem) -> Step:
        opened_at, closed_at = self.records[item.instance_id, item.activity_id]
        assert closed_at is not None
        office = self.calendar.office_at(closed_at, item.unit_id)
        stops = [
            (stop.stopped_at, stop.resumed_at or closed_at)
            for stop in self.stops[item.instance_id]
            if stop.work_item_id == item.id
        ]
        waited, worked = self._shared_out(item, opened_at, closed_at, stops)
        return Step(
            waited=waited,
            worked=worked,
            stopped=sum(office.minutes(*stop) for stop in stops),
            due_at=self._due(item.element, opened_at, stops, office),
        )

    def case(self, case: Instance, key: str) -> Case:
        assert case.ended_at is not None
        office, ended_at = self.calendar.office_at(case.ended_at, case.unit_id), case.ended_at
        stops = _joined((stop.stopped_at, stop.resumed_at or ended_at) for stop in self.stops[case.id])
        stopped = sum(office.minutes(*stop) for stop in stops)
        due_at = _whole(key, case.started_at, office)
        return Case(
            elapsed=office.minutes(case.started_at, ended_at) - stopped,
            stopped=stopped,
            due_at=due_at and _later(due_at, stops, office),
        )

    def _shared_out(
        self, item: WorkItem, opened_at: datetime, closed_at: datetime, stops: Sequence[Stretch]
    ) -> tuple[int, int]:
        """Whole minutes, as they are measured whenever the task changes hands, by what the calendar says then."""
        shared = {True: 0, False: 0}
        is_held = self._was_held_at_first(item)
        for moment, held_then in (*self._hands(item), (closed_at, False)):
            office = self.calendar.office_at(moment, item.unit_id)
            stood = sum(office.minutes(begin, min(end, moment)) for begin, end in stops if begin < moment)
            ran = office.minutes(opened_at, moment) - stood
            before = min(shared[not is_held], ran)  # less than was measured, when the day was closed since
            shared = {not is_held: before, is_held: ran - before}
            is_held = held_then
        return shared[False], shared[True]

    def _hands(self, item: WorkItem) -> Iterable[tuple[datetime, bool]]:
        for entry in self.acts[item.id]:
            if entry.act in TAKEN:
                yield entry.at, True
            elif entry.act == "work_item.released":
                yield entry.at, False
            elif entry.act == "work_item.rerouted":
                yield entry.at, bool(entry.facts["to"])
            elif entry.act == "work_item.escalated" and (item.id, entry.at) in self.moves:
                yield entry.at, self.moves[item.id, entry.at]

    def _was_held_at_first(self, item: WorkItem) -> bool:
        """Whoever had to take it had it not; what came back lies with whoever did it before."""
        hands = [entry for entry in self.acts[item.id] if entry.act in HANDS or (item.id, entry.at) in self.moves]
        if hands and hands[0].act == "work_item.claimed":
            return False
        if item.is_returned:
            return True
        reason = next(entry.facts["reason"] for entry in self.acts[item.id] if entry.act == "work_item.opened")
        while "one" in reason["params"]:  # the first of several sentences
            reason = reason["params"]["one"]
        return not reason["message"].startswith(IN_POOL)

    def _due(self, element: str, opened_at: datetime, stops: Sequence[Stretch], office: PlainOffice) -> datetime | None:
        allowed = _allowed(element, opened_at, office)
        return allowed and _later(allowed, stops, office)


def by_step(history: History, zone: ZoneInfo) -> Counter[Key]:
    """Sums by day, procedure, step, unit and person, as the figures of days have them."""
    sums: Counter[Key] = Counter()
    for item in history.items:
        key = (item.definition_id, item.element, item.unit_id)
        if item.state == WorkItemState.COMPLETED and item.closed_at is not None:
            step, closed_at = history.step(item), item.closed_at
            on = (_day(closed_at, zone), *key, _who_completed(history.acts[item.id]))
            sums[*on, "done"] += 1
            sums[*on, "met"] += step.due_at is not None and closed_at <= step.due_at
            sums[*on, "missed"] += step.due_at is not None and closed_at > step.due_at
            sums[*on, "waited_minutes"] += step.waited
            sums[*on, "worked_minutes"] += step.worked
            sums[*on, "stopped_minutes"] += step.stopped
    places = {item.id: (item.definition_id, item.element, item.unit_id) for item in history.items}
    for each in history.returns:
        on = (_day(each.returned_at, zone), *places[each.work_item_id], each.returned_by_id)
        sums[*on, "returned"] += not each.is_recall
    return +sums


def by_case(history: History, keys: Mapping[int, str], zone: ZoneInfo) -> Counter[Key]:
    sums: Counter[Key] = Counter()
    for case in history.cases:
        place = (case.definition_id, case.unit_id)
        sums[_day(case.started_at, zone), *place, "started"] += 1
        if case.ended_at is None:
            continue
        on = (_day(case.ended_at, zone), *place)
        if case.state == InstanceState.CANCELLED:
            sums[*on, "cancelled"] += 1
            continue
        said = history.case(case, keys[case.definition_id])
        sums[*on, "completed"] += 1
        sums[*on, "elapsed_minutes"] += said.elapsed
        sums[*on, "met"] += said.due_at is not None and case.ended_at <= said.due_at
        sums[*on, "missed"] += said.due_at is not None and case.ended_at > said.due_at
    return +sums


def _who_completed(acts: Iterable[Row[Any]]) -> int | None:
    found: int | None = next(entry.employee_id for entry in acts if entry.act == "work_item.completed")
    return found


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _allowed(element: str, begin: datetime, office: PlainOffice) -> datetime | None:
    if element in MINUTES:
        return office.after(begin, MINUTES[element] * MINUTE)
    return office.end_of_day(begin, DAYS[element]) if element in DAYS else None


def _whole(key: str, begin: datetime, office: PlainOffice) -> datetime | None:
    """By the time of the whole procedure, else along its steps; nobody knows where one of them may take any time."""
    if key in WHOLE_DAYS:
        return office.end_of_day(begin, WHOLE_DAYS[key])
    moment: datetime | None = begin
    for element in STEPS[key]:
        moment = moment and _allowed(element, moment, office)
    return moment


def _later(moment: datetime, stops: Iterable[Stretch], office: PlainOffice) -> datetime:
    for begin, end in stops:
        stood = office.between(begin, end)
        moment = office.after(moment, stood) if stood else moment
    return moment


def _joined(stops: Iterable[Stretch]) -> list[Stretch]:
    """Stops that overlap are one."""
    joined: list[Stretch] = []
    for begin, end in sorted(stops):
        if joined and begin < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
