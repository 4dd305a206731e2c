"""What must stand in the database for a case to go on, as values that can be compared."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from engine.bpmn.graph import ProcessGraph
from engine.runtime import inspect


class Subject(StrEnum):
    CASE = "case"
    WORK_ITEM = "work item"
    TIMER = "timer"
    SUBSCRIPTION = "subscription"
    SERVICE = "service"
    CONTINUATION = "continuation"
    INCIDENT = "incident"
    DEADLINE = "deadline"


class Fault(StrEnum):
    MISSING = "missing"  # the case needs it, and nothing will do it
    LEFT_OVER = "left over"  # a row of which the case knows nothing, or one too many


HARMLESS = frozenset({Subject.CONTINUATION})  # one too many finds nothing to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    subject: Subject
    activity_id: int | None = None
    facts: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = "" if self.activity_id is None else f" of activity {self.activity_id}"
        return f"{self.subject}{place} ({', '.join(self.facts)})" if self.facts else f"{self.subject}{place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    instance_id: int
    number: str
    fault: Fault
    entry: Entry

    def __str__(self) -> str:
        line = f"{self.number}: {self.fault} {self.entry}"
        return " ".join(line.split())  # names in a diagram may have several lines


def compare(instance_id: int, number: str, stated: Iterable[Entry], written: Iterable[Entry]) -> tuple[Difference, ...]:
    """What one side has and the other has not; an altered entry is told twice, as it should be and as it is."""
    should, does = Counter(stated), Counter(written)
    surplus = Counter({entry: number for entry, number in (does - should).items() if entry.subject not in HARMLESS})
    return tuple(
        Difference(instance_id=instance_id, number=number, fault=fault, entry=entry)
        for fault, entries in ((Fault.MISSING, should - does), (Fault.LEFT_OVER, surplus))
        for entry in entries.elements()
    )


def stated_by(graph: ProcessGraph, state: str) -> Iterator[Entry]:
    """What a state says must be written down."""
    yield case_entry(has_ended=inspect.is_ended(state), has_failed=bool(inspect.incidents(state)))
    for work in inspect.open_work(state):
        yield Entry(subject=Subject.WORK_ITEM, activity_id=work.activity_id, facts=(graph.nodes[work.node].bpmn_id,))
    for timer in inspect.timers(state):
        yield timer_entry(timer.activity_id, timer.timer_id, timer.due_at)
    for wait in inspect.awaited(state):
        facts = (wait.wait_id, wait.awaited, wait.name, wait.correlation or "")
        yield Entry(subject=Subject.SUBSCRIPTION, activity_id=wait.activity_id, facts=facts)
    for request in inspect.requests(graph, state):
        yield Entry(subject=Subject.SERVICE, activity_id=request.activity_id)
    if inspect.must_go_on(state):
        yield Entry(subject=Subject.CONTINUATION)
    for incident in inspect.incidents(state):
        yield Entry(subject=Subject.INCIDENT, activity_id=incident.activity_id, facts=(incident.code,))


def case_entry(*, has_ended: bool, has_failed: bool) -> Entry:
    return Entry(subject=Subject.CASE, facts=("ended" if has_ended else "stopped" if has_failed else "running",))


def timer_entry(activity_id: int, timer_id: str, due_at: datetime, job: str = "waiting") -> Entry:
    """A timer that no waiting job will fire is not the timer that the case waits for."""
    facts = (timer_id, due_at.astimezone(UTC).isoformat(), f"job {job}")
    return Entry(subject=Subject.TIMER, activity_id=activity_id, facts=facts)


def deadline_entry(work_item_id: int) -> Entry:
    return Entry(subject=Subject.DEADLINE, facts=(f"work item {work_item_id}",))
