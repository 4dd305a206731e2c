"""A message and whoever begins to wait for it at the same instant always find each other, exactly once."""

from collections import Counter
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.definitions.triggers import TIMED_START_JOB
from engine.execution.messages import Delivery, deliver
from engine.execution.model import HeldMessage, Instance, InstanceState
from engine.jobs.model import Job, JobState
from tests.integration.execution.conftest import Desk
from tests.integration.execution.test_races import at_once, differences, ids
from tests.support.diagrams import (
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    extensions,
    parallel,
    person_task,
    start,
    throw,
    timer,
)

ROUNDS = 100
KEYED = element("message", "balasan", extensions('<tk:korelasi nilai="nomor"/>'), name="Balasan")
OTHER = element("message", "kabar", extensions('<tk:korelasi nilai="nomor"/>'), name="Kabar")
WAITING = diagram(
    *chain(start(), catch("tunggu", event("message", messageRef="balasan")), end()), outside=(KEYED, OTHER)
)
# Each waits for what the other sends, in the opposite order: a lock taken the wrong way round would be a deadlock.
CROSSED = diagram(
    *chain(start(), parallel("bagi"), catch("tunggu", event("message", messageRef="balasan")), end()),
    *chain(throw("kabari", event("message", messageRef="kabar")), end("a")),
    *chain(catch("dengar", event("message", messageRef="kabar")), end("b")),
    element("sequenceFlow", "f1", sourceRef="bagi", targetRef="kabari"),
    element("sequenceFlow", "f2", sourceRef="bagi", targetRef="dengar"),
    outside=(KEYED, OTHER),
)


def send(core: Core, key: str | None) -> Delivery:
    with core.work() as work:
        return deliver(work, "Balasan", key, {"dari": key})


def settle(core: Core) -> None:
    for _round in range(3):
        at_once(*[core.run_due_jobs] * 3)


def ended(core: Core) -> Counter[str]:
    with core.read() as reading:
        return Counter(reading.session.scalars(select(Instance.state)))


def left(core: Core) -> list[object]:
    undone = ids(core, Job.id, Job.state.in_((JobState.WAITING, JobState.LEASED, JobState.DEAD)))
    return [*undone, *ids(core, HeldMessage.id, HeldMessage.id > 0), *differences(core)]


def test_a_message_and_its_wait_at_the_same_instant_meet(core: Core, desk: Desk):
    desk.publish(WAITING)
    for number in range(ROUNDS):
        at_once(partial(send, core, str(number)), partial(desk.start, variables={"nomor": number}))
    settle(core)
    assert (ended(core), left(core)) == ({InstanceState.COMPLETED: ROUNDS}, [])


def test_many_messages_and_many_waits_all_find_one_partner(core: Core, desk: Desk):
    desk.publish(WAITING)
    for _round in range(ROUNDS // 4):
        sending, waiting = partial(send, core, None), partial(desk.start, variables={"nomor": "x"})
        at_once(*[sending] * 3, *[waiting] * 3)
    settle(core)
    assert (ended(core), left(core)) == ({InstanceState.COMPLETED: ROUNDS // 4 * 3}, [])


def test_cases_that_speak_with_each_other_never_lock_each_other_out(core: Core, desk: Desk):
    desk.publish(CROSSED)
    for number in range(ROUNDS // 4):
        begin = partial(desk.start, variables={"nomor": number})
        at_once(begin, begin, partial(send, core, str(number)), partial(send, core, str(number)), core.run_due_jobs)
    settle(core)
    assert (ended(core), left(core)) == ({InstanceState.COMPLETED: ROUNDS // 4 * 2}, [])


def test_two_workers_start_one_case_at_a_set_time(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(diagram(*chain(start("mulai", timer("R/PT1H", "timeCycle")), person_task("a", "kasubbag"), end())))
    for turn in range(1, ROUNDS // 4 + 1):
        [job] = ids(core, Job.id, (Job.kind == TIMED_START_JOB) & (Job.state == JobState.WAITING))
        clock.advance(timedelta(hours=1))
        at_once(*[partial(core.run_job, job)] * 2)
        assert len(ids(core, Instance.id, Instance.id > 0)) == turn
