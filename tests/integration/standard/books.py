"""The books after a day of accidents: what there is of each thing, and what there should be."""

from collections import Counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.audit.model import AuditEntry
from engine.core.core import Core
from engine.execution.model import ActivityRecord, Instance, InstanceState, LetterRegister
from engine.execution.standing import RUNNING
from engine.jobs.model import Job, JobState
from engine.notifications.model import Notice
from engine.worklist.model import WorkItem, WorkItemState
from tests.integration.standard.crowd import Crowd

Pair = tuple[object, object]


def running(core: Core) -> int:
    with core.read() as reading:
        return reading.session.scalar(select(func.count()).where(Instance.state.in_(RUNNING))) or 0


def imbalances(core: Core, crowd: Crowd) -> list[str]:
    """Where the books do not balance, in words."""
    with core.read() as reading:
        balance = books(reading.session, crowd)
    return [f"{rule}: {found}, not {due}" for rule, (found, due) in balance.items() if found != due]


def books(session: Session, crowd: Crowd) -> dict[str, Pair]:
    cases = session.scalars(select(Instance)).all()
    items = session.scalars(select(WorkItem)).all()
    return {
        **_of_cases(session, cases, crowd),
        **_of_steps(session, items, crowd, len(cases)),
        **_of_jobs(session, items),
    }


def _of_cases(session: Session, cases: Any, crowd: Crowd) -> dict[str, Pair]:
    number = len(cases)
    serials = sorted(int(case.number[-5:]) for case in cases)
    letters = sorted(int(case.variables["nomor"][-5:]) for case in cases)
    without_gaps = list(range(1, number + 1))
    last = session.scalar(select(LetterRegister.last).where(LetterRegister.register == "SURAT"))
    return {
        "every case came to its end": (
            Counter(case.state for case in cases),
            Counter({InstanceState.COMPLETED: number}),
        ),
        "what was confirmed as started is there": (set(crowd.started) - {case.number for case in cases}, set()),
        "case numbers have no gaps and no doubles": (serials, without_gaps),
        "each case has one letter number, without gaps and doubles": (letters, without_gaps),
        "no letter number was given for nothing": (last, number),
    }


def _of_steps(session: Session, items: Any, crowd: Crowd, number: int) -> dict[str, Pair]:
    done = sorted(item.id for item in items)
    late = sum(item.element == "tegur" for item in items)
    expected = {"isi": number, "periksa": number, "setujui": number, "tegur": late}
    passed = {**expected, **dict.fromkeys(("nomori", "tunggu", "jeda", "kabari"), number)}
    history = session.scalars(select(ActivityRecord)).all()
    ways = Counter(record.element for record in history if record.element in passed)
    doubled = [key for key, count in Counter((one.instance_id, one.element) for one in history).items() if count > 1]
    return {
        "every work item was completed": ({item.state for item in items}, {WorkItemState.COMPLETED}),
        "each step was opened once": (Counter(item.element for item in items), Counter(expected)),
        "each element was passed once": (ways, Counter(passed)),
        "no element was passed twice in one case": ([key for key in doubled if key[1] in passed], []),
        "every pass has ended": (sum(record.closed_at is None for record in history), 0),
        "completions on record are the completed items": (_on_record(session, "work_item.completed"), done),
        "what was confirmed as completed is completed": (set(crowd.completed) - set(done), set()),
        "no completion was confirmed twice": (len(crowd.completed), len(set(crowd.completed))),
        "every timer fired once": (len(_on_record(session, "timer.fired")), number + late),
        "everyone was told once": (
            Counter(session.scalars(select(Notice.kind))),
            Counter({"case.completed": number, "service.notify": number, "work.arrived": number + late}),
        ),
    }


def _of_jobs(session: Session, items: Any) -> dict[str, Pair]:
    steps = Counter(item.element for item in items)
    number, late = steps["isi"], steps["tegur"]
    expected = {
        ("service.run", JobState.DONE): 2 * number,
        ("message.route", JobState.DONE): number,
        ("timer.fire", JobState.DONE): number + late,
        ("timer.fire", JobState.CANCELLED): number - late,
        ("sla.remind", JobState.CANCELLED): len(items),
        ("sla.overdue", JobState.CANCELLED): len(items),
    }
    rows = session.execute(select(Job.kind, Job.state))
    return {
        "every job was done or not needed": (
            Counter((kind, JobState(state)) for kind, state in rows),
            Counter(expected),
        )
    }


def _on_record(session: Session, act: str) -> list[int]:
    return sorted(session.scalars(select(AuditEntry.subject_id).where(AuditEntry.act == act)))
