"""Two at once: one wins, the other is told, and what had to happen happens once. Many rounds, real threads."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from engine.audit.model import AuditEntry
from engine.base.clock import FrozenClock
from engine.base.errors import TataKerjaError
from engine.base.unit_of_work import UnitOfWork
from engine.core.core import Core
from engine.execution import user_tasks
from engine.execution.cases import start_case
from engine.execution.consistency import differences_of_running
from engine.execution.messages import deliver
from engine.execution.model import Instance
from engine.execution.routing import ASK_JOB
from engine.execution.timer_rows import TIMER_JOB
from engine.jobs.model import Job, JobState
from engine.worklist import operations as worklist
from engine.worklist.errors import AlreadyClaimed, AlreadyClosed
from engine.worklist.model import WorkItem
from tests.integration.execution.conftest import Desk
from tests.support.depth import times
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    flow,
    person_task,
    service_task,
    start,
    timer,
)
from tests.support.small_office import person

ROUNDS = times(daily=100, nightly=1_000)

POOLED = diagram(*chain(start(), person_task("catat", "clerk"), person_task("setujui", "kasubbag"), end()))
HURRIED = diagram(
    *chain(start(), person_task("tulis", "writer"), end()),
    *(boundary("telat", "tulis", timer("PT1M")), end("terlambat"), flow("telat", "terlambat")),
)
NUMBERED = diagram(*chain(start(), service_task("nomori", "number_letter"), end()))
WAITING = diagram(
    *chain(start(), catch("tunggu", event("message", messageRef="balasan")), end()),
    outside=(element("message", "balasan", name="Balasan"),),
)
HEARD_OR_LATE = diagram(
    *chain(start(), element("eventBasedGateway", "mana"), catch("surat", event("message", messageRef="balasan"))),
    *chain(catch("telat", timer("PT1M")), end("terlambat")),
    *(end(), flow("surat", "selesai"), flow("mana", "telat")),
    outside=(element("message", "balasan", name="Balasan"),),
)

Act = Callable[[], object]


def at_once(*acts: Act) -> list[object]:
    """What each act gave or was refused with; all begin at the same moment."""
    gate = Barrier(len(acts))

    def run(act: Act) -> object:
        gate.wait()
        try:
            return act()
        except TataKerjaError as refusal:
            return type(refusal)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def rivals(core: Core, deed: Callable[[UnitOfWork, int], object], *names: str) -> Callable[[int], list[object]]:
    """Lets all of them do the same to one thing; gives the name of whoever did it, and what the others were told."""
    actors = {name: person(core, name) for name in names}

    def act_as(name: str, subject: int) -> str:
        with core.work(actors[name]) as work:
            deed(work, subject)
        return name

    return lambda subject: at_once(*(partial(act_as, name, subject) for name in names))


def complete(work: UnitOfWork, work_item_id: int) -> None:
    user_tasks.complete(work, work_item_id, {})


def begin_cases(core: Core, desk: Desk, source: bytes) -> None:
    desk.publish(source)
    with core.work() as work:
        for number in range(ROUNDS):
            start_case(work, "proses", f"Berkas {number}")


def ids(core: Core, *query: Any) -> list[int]:
    with core.read() as reading:
        return list(reading.session.scalars(select(*query[:1]).where(*query[1:]).order_by(query[0])))


def acts_on_record(core: Core, act: str) -> int:
    return len(ids(core, AuditEntry.id, AuditEntry.act == act))


def left_to_do(core: Core) -> list[int]:
    """For the cases: that the office was set up just now is looked into some time."""
    is_left = Job.state.in_((JobState.WAITING, JobState.LEASED, JobState.DEAD))
    return ids(core, Job.id, is_left, Job.kind != ASK_JOB)


def differences(core: Core) -> list[str]:
    with core.read() as reading:
        return [str(difference) for difference in differences_of_running(reading.session)]


@pytest.mark.parametrize("names", [("ani", "budi"), ("ani", "ani")], ids=["two people", "two clicks of one"])
def test_of_two_who_complete_one_item_one_wins(core: Core, desk: Desk, names: tuple[str, str]):
    begin_cases(core, desk, POOLED)
    both = rivals(core, complete, *names)
    outcomes = [both(item) for item in ids(core, WorkItem.id, WorkItem.element == "catat")]
    assert all(sum(outcome is AlreadyClosed for outcome in pair) == 1 for pair in outcomes)
    assert acts_on_record(core, "work_item.completed") == ROUNDS
    assert len(ids(core, WorkItem.id, WorkItem.element == "setujui")) == ROUNDS
    assert differences(core) == []


def test_of_two_who_claim_one_item_one_has_it(core: Core, desk: Desk):
    begin_cases(core, desk, POOLED)
    both = rivals(core, worklist.claim, "ani", "budi")
    outcomes = [both(item) for item in ids(core, WorkItem.id)]
    assert all(sum(outcome is AlreadyClaimed for outcome in pair) == 1 for pair in outcomes)
    assert acts_on_record(core, "work_item.claimed") == ROUNDS


def test_a_timer_and_a_click_never_both_move_the_case(core: Core, desk: Desk, clock: FrozenClock):
    begin_cases(core, desk, HURRIED)
    clock.advance(timedelta(minutes=2))
    click = rivals(core, complete, "eko")
    jobs = ids(core, Job.id, Job.kind == TIMER_JOB)
    items = ids(core, WorkItem.id)
    for job_id, item in zip(jobs, items, strict=True):
        at_once(partial(core.run_job, job_id), partial(click, item))
    assert acts_on_record(core, "timer.fired") + acts_on_record(core, "work_item.completed") == ROUNDS
    assert acts_on_record(core, "case.completed") == ROUNDS
    assert left_to_do(core) == []


def test_a_message_and_a_timer_never_both_move_the_case(core: Core, desk: Desk, clock: FrozenClock):
    begin_cases(core, desk, HEARD_OR_LATE)
    clock.advance(timedelta(minutes=2))

    def send() -> int | None:
        with core.work() as work:
            return deliver(work, "Balasan", None, {}, timedelta(0)).instance_id

    for job_id in ids(core, Job.id, Job.kind == TIMER_JOB):
        at_once(partial(core.run_job, job_id), send)
    core.run_due_jobs()
    assert acts_on_record(core, "timer.fired") + acts_on_record(core, "message.delivered") == ROUNDS
    assert acts_on_record(core, "case.completed") == ROUNDS
    assert (left_to_do(core), differences(core)) == ([], [])


def test_two_workers_run_one_job_once(core: Core, desk: Desk):
    begin_cases(core, desk, NUMBERED)
    jobs = ids(core, Job.id)
    outcomes = [at_once(*[partial(core.run_job, job_id)] * 2) for job_id in jobs]
    core.run_due_jobs()
    with core.read() as reading:
        numbers = sorted(one["nomor"] for one in reading.session.scalars(select(Instance.variables)))
    assert all(pair.count(True) == 1 for pair in outcomes)
    assert numbers == [f"SURAT-2026-{number:05d}" for number in range(1, ROUNDS + 1)]


def test_one_message_is_for_one_case_once(core: Core, desk: Desk):
    begin_cases(core, desk, WAITING)

    def send() -> int | None:
        with core.work() as work:
            return deliver(work, "Balasan", None, {}, timedelta(0)).instance_id

    reached = [outcome for _round in range(ROUNDS) for outcome in at_once(send, send) if isinstance(outcome, int)]
    assert Counter(reached) == Counter(ids(core, Instance.id))


def test_no_case_number_is_given_twice(core: Core, desk: Desk):
    desk.publish(POOLED)

    def start_some() -> list[str]:
        numbers = []
        for number in range(ROUNDS // 4):
            with core.work() as work:
                numbers.append(start_case(work, "proses", f"Berkas {number}").number)
        return numbers

    started = sorted(number for some in at_once(*[start_some] * 4) for number in some)
    assert [int(number[-5:]) for number in started] == list(range(1, ROUNDS + 1))
