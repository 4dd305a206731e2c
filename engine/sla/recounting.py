"""The deadlines of open work and of running cases, counted anew on a changed calendar, with all that stood still."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from engine.base.rows import update_row
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.clocks import Stop, later, time_stopped, whole_minutes
from engine.calendar.hours import WorkingHours
from engine.calendar.queries import working_hours
from engine.calendar.standard import Deadlines, deadlines, deadlines_until
from engine.definitions.graphs import graph_of
from engine.execution.counted_times import standard_time_in
from engine.execution.model import Instance
from engine.execution.promises import promised_at
from engine.runtime.inspect import variables
from engine.sla.model import ClockStop
from engine.worklist.model import WorkItem

Stops = Mapping[int, Sequence[Stop]]


def stops_of_items(work: UnitOfWork, item_ids: Collection[int]) -> Stops:
    """Those that are over, by item."""
    return _stops(work, ClockStop.work_item_id, item_ids)


def stops_of_cases(work: UnitOfWork, instance_ids: Collection[int]) -> Stops:
    return _stops(work, ClockStop.instance_id, instance_ids)


def item_moments(work: UnitOfWork, item: WorkItem, version_id: int, stops: Stops) -> dict[str, Any]:
    """How long it stood still; its deadlines too, if it has a standard time and the case itself names no moment."""
    hours = working_hours(work.session, work.settings.zone, item.unit_id)
    found = _deadlines(work, item, version_id, hours)
    standard = {} if found is None else {"standard_minutes": found.minutes}
    return standard | _with_stops(found, stops.get(item.id, ()), hours)


def case_moments(work: UnitOfWork, instance: Instance, stops: Stops) -> dict[str, Any]:
    """The same of a case; no deadlines where nobody can say when it should be over."""
    graph = graph_of(work.session, instance.version_id)
    hours = working_hours(work.session, work.settings.zone, instance.unit_id)
    promised = promised_at(graph, instance.process_id, instance.started_at, hours)
    found = None if promised is None else deadlines_until(instance.started_at, promised, hours)
    return _with_stops(found, stops.get(instance.id, ()), hours)


def _deadlines(work: UnitOfWork, item: WorkItem, version_id: int, hours: WorkingHours) -> Deadlines | None:
    node = graph_of(work.session, version_id).nodes.get(item.node or item.element)
    step = None if node is None else node.step
    if step is None or step.standard_time is None or step.due is not None:
        return None
    standard = step.standard_time if step.count is None else standard_time_in(step, _known(work, item))
    if standard is None:
        return None
    return deadlines(
        item.opened_at, hours, working_minutes=standard.working_minutes, working_days=standard.working_days
    )


def _with_stops(found: Deadlines | None, stops: Sequence[Stop], hours: WorkingHours) -> dict[str, Any]:
    stood = time_stopped(stops, hours) if stops else timedelta(0)
    values: dict[str, Any] = {"stopped_minutes": whole_minutes(stood)}
    if found is not None:
        values |= {"risk_at": later(found.risk_at, stood, hours), "due_at": later(found.due_at, stood, hours)}
    return values


def recount(work: UnitOfWork, row: WorkItem | Instance, counted: dict[str, Any]) -> datetime | None:
    """Write what was counted anew, where it differs; when it was due, if it is due at another moment now."""
    was = row.due_at
    if all(getattr(row, name) == value for name, value in counted.items()):
        return None
    is_moved = was is not None and "due_at" in counted and (counted["due_at"], counted["risk_at"]) != (was, row.risk_at)
    if is_moved:
        is_late = row.overdue_at is not None and counted["due_at"] <= work.now
        counted = {**counted, "overdue_at": row.overdue_at if is_late else None}
    update_row(work.session, row, **counted)
    return was if is_moved else None


def _known(work: UnitOfWork, item: WorkItem) -> Mapping[str, Any]:
    return variables(work.session.get_one(Instance, item.instance_id).state_text, item.activity_id)


def _stops(work: UnitOfWork, of: Any, ids: Collection[int]) -> Stops:
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    query = select(of.label("whose"), ClockStop.stopped_at, ClockStop.resumed_at)
    for whose, begin, end in work.session.execute(query.where(of.in_(ids), ClockStop.resumed_at.is_not(None))):
        found[whose].append((begin, end))
    return found
