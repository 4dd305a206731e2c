"""A case dies by SIGKILL at every statement of every step, and goes on as if nothing had happened.

Each move is made by a child process that kills itself before its first statement, then before its second, and so on;
what the database holds must be untouched by every such death. When the move has at last been committed the child dies
before it could tell anyone, and the same move made again must be refused or find nothing to do.
"""

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any, NoReturn

import pytest
from sqlalchemy import select

from engine.base.clock import FrozenClock
from engine.base.database import Row
from engine.base.errors import TataKerjaError
from engine.core.core import Core
from engine.execution import user_tasks
from engine.execution.advance import advance
from engine.execution.cases import start_case
from engine.execution.consistency import differences_of_running
from engine.execution.incidents import retry
from engine.execution.model import ActivityRecord, Incident, Instance, InstanceState
from engine.jobs.model import Job, JobState
from engine.runtime.stimuli import SetVariables
from engine.worklist.model import WorkItem, WorkItemState
from tests.integration.execution.conftest import Desk
from tests.support.busy_procedure import busy_procedure
from tests.support.diagrams import script_task
from tests.support.dying import let_die
from tests.support.patience import eventually
from tests.support.small_office import person

FAILS = script_task("gagal", "kurang = jumlah + 1")
WAITED = ["gagal", "isi", "jeda", "kabari", "nomori", "periksa", "setujui", "tegur", "tunggu"]
REFUSED, DONE, BROKEN = 1, 0, 2

Act = Callable[[Core], object]


@pytest.mark.timeout(420)  # forty seconds where nothing else runs
def test_a_case_survives_a_death_at_every_statement(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(busy_procedure(FAILS))
    deaths = [die_until_done(core, act) for act in acts_of_a_case(core, clock)]
    assert min(deaths) > 2
    assert [element for element in history(core) if element in WAITED] == WAITED
    assert left_to_do(core) == []


def acts_of_a_case(core: Core, clock: FrozenClock) -> Iterator[Act]:
    """What there is to do next, asked anew after each act, until the case has ended."""
    yield begin
    clock.advance(timedelta(minutes=1))
    while not column(core, Instance.id, Instance.state == InstanceState.COMPLETED):
        if jobs := core.due_job_ids():
            yield partial(run_job, job_id=jobs[0])
        elif items := column(core, WorkItem.id, WorkItem.state == WorkItemState.OPEN):
            yield partial(complete, work_item_id=items[0])
        elif incidents := column(core, Incident.id, Incident.resolved_at.is_(None)):
            yield partial(mend, incident_id=incidents[0])
        else:
            clock.advance(timedelta(minutes=2))


def begin(core: Core) -> None:
    """Started again it would rightly be a second case; the first one stands for it."""
    if column(core, Instance.id, Instance.title == "Berkas"):
        raise AlreadyBegun
    with core.work() as work:
        start_case(work, "proses", "Berkas")


class AlreadyBegun(TataKerjaError):
    """The test's own refusal."""


def run_job(core: Core, job_id: int) -> None:
    """By the next worker, once the database has noticed the death of the one before."""
    if column(core, Job.id, Job.id == job_id, Job.state == JobState.DONE):
        raise AlreadyBegun
    assert eventually(lambda: core.run_job(job_id))


def complete(core: Core, work_item_id: int) -> None:
    with core.work(person(core, "citra")) as work:
        item = work.session.get_one(WorkItem, work_item_id)
        item.assignee_id = work.actor.employee_id
        user_tasks.complete(work, work_item_id, {})


def mend(core: Core, incident_id: int) -> None:
    with core.work(person(core, "fani")) as work:
        instance_id = work.session.get_one(Incident, incident_id).instance_id
        advance(work, instance_id, SetVariables({"jumlah": 1}))
        retry(work, incident_id)


def die_until_done(core: Core, act: Act) -> int:
    """At how many statements the act was killed before it was let through."""
    for statement in count(1):
        before = everything(core)
        if made_by_a_child(core, act, dies_at=statement) == DONE:
            break
        assert everything(core) == before
    assert differences(core) == []
    after = everything(core)
    assert made_by_a_child(core, act) == REFUSED
    assert everything(core) == after
    return statement - 1


def made_by_a_child(core: Core, act: Act, dies_at: int = 0) -> int:
    """DONE, REFUSED, or minus the signal that killed the child."""
    child = os.fork()
    if child == 0:
        _act_as_child(core, act, dies_at)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (DONE, REFUSED, -signal.SIGKILL)
    return code


def _act_as_child(core: Core, act: Act, dies_at: int) -> NoReturn:
    """With a door and connections of its own: those of the parent are not touched."""
    code = BROKEN
    try:
        own = Core(core.settings, core.clock)
        let_die(own, dies_at)
        act(own)
        code = DONE
    except TataKerjaError:
        code = REFUSED
    except Exception:  # noqa: BLE001  # the door of the child: what went wrong is told, and is no death that was meant
        traceback.print_exc()
    finally:
        os._exit(code)


def everything(core: Core) -> dict[str, list[str]]:
    """All rows of all tables."""
    with core.read() as reading:
        return {
            table.name: sorted(str(tuple(row)) for row in reading.session.execute(select(table)))
            for table in Row.metadata.sorted_tables
        }


def column(core: Core, wanted: Any, *conditions: Any) -> list[Any]:
    with core.read() as reading:
        return list(reading.session.scalars(select(wanted).where(*conditions).order_by(wanted)))


def history(core: Core) -> list[str]:
    return column(core, ActivityRecord.element)


def left_to_do(core: Core) -> list[int]:
    return column(core, Job.id, Job.state.in_((JobState.WAITING, JobState.LEASED, JobState.DEAD)))


def differences(core: Core) -> list[str]:
    with core.read() as reading:
        return [str(difference) for difference in differences_of_running(reading.session)]
