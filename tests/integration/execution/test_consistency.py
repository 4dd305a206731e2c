"""The rows of a case are a function of its state, and a lost row is found."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from engine.core.core import Core
from engine.execution.consistency import differences, differences_of_running
from engine.execution.errors import CaseNotFound
from engine.execution.model import Incident, Instance, Subscription, Timer
from engine.jobs.model import Job, JobState
from engine.worklist.model import WorkItem
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    flow,
    parallel,
    person_task,
    script_task,
    service_task,
    start,
    timer,
)

EVERYTHING = diagram(
    *chain(start(), parallel("bagi"), person_task("tulis", "writer"), end()),
    *(boundary("telat", "tulis", timer("PT2H"), cancelActivity="false"), end("sudah"), flow("telat", "sudah")),
    *(catch("tunggu", event("message", messageRef="balasan")), flow("bagi", "tunggu"), flow("tunggu", "sudah")),
    *(service_task("nomori", "number_letter"), flow("bagi", "nomori"), flow("nomori", "sudah")),
    *(script_task("hitung", "x = jumlah * 2"), flow("bagi", "hitung"), flow("hitung", "sudah")),
    outside=(element("message", "balasan", name="Balasan"),),
)


@pytest.fixture
def case(desk: Desk) -> int:
    """A case that waits for a person, a moment, a message, a service, and for someone to mend a fault."""
    desk.publish(EVERYTHING)
    return desk.start(by="eko").instance_id


def told(core: Core, case: int) -> list[str]:
    with core.read() as reading:
        return [str(difference).split(": ", 1)[1] for difference in differences(reading.session, case)]


def test_a_case_that_waits_for_everything_agrees_with_its_rows(core: Core, case: int):
    assert told(core, case) == []


def test_a_case_that_went_on_agrees_with_its_rows(core: Core, desk: Desk, case: int):
    core.run_due_jobs()
    with core.read() as reading:
        assert list(differences_of_running(reading.session)) == []


def lose_the_item(session: Session) -> None:
    session.execute(update(WorkItem).values(activity_id=99))


def lose_the_timer(session: Session) -> None:
    session.execute(delete(Timer))


def lose_the_timers_job(session: Session) -> None:
    session.execute(update(Job).where(Job.kind == "timer.fire").values(state=JobState.DEAD))


def lose_the_subscription(session: Session) -> None:
    session.execute(delete(Subscription))


def lose_the_service(session: Session) -> None:
    session.execute(update(Job).where(Job.kind == "service.run").values(state=JobState.DEAD))


def lose_the_incident(session: Session) -> None:
    session.execute(delete(Incident))


def lose_the_deadline(session: Session) -> None:
    session.execute(update(Job).where(Job.kind == "sla.overdue").values(state=JobState.CANCELLED))


def mistake_the_state(session: Session) -> None:
    session.execute(update(Instance).values(state="completed"))


@pytest.mark.parametrize(
    ("lose", "first_words"),
    [
        (lose_the_item, "missing work item"),
        (lose_the_timer, "missing timer"),
        (lose_the_timers_job, "missing timer"),
        (lose_the_subscription, "missing subscription"),
        (lose_the_service, "missing service"),
        (lose_the_incident, "missing incident"),
        (lose_the_deadline, "missing deadline"),
        (mistake_the_state, "missing case"),
    ],
)
def test_what_is_lost_is_told(core: Core, case: int, lose: Callable[[Session], None], first_words: str):
    with core.work() as work:
        lose(work.session)
    assert told(core, case)[0].startswith(first_words)


def test_a_row_too_many_is_told(core: Core, case: int):
    with core.work() as work:
        row = {"activity_id": 1, "wait_id": "x", "element": "x", "awaited": "message", "name": "Lain"}
        work.session.execute(insert(Subscription).values(instance_id=case, **row))
    assert told(core, case) == ["left over subscription of activity 1 (x, message, Lain, )"]


def test_an_unknown_case_is_not_found(core: Core):
    with pytest.raises(CaseNotFound), core.read() as reading:
        differences(reading.session, 4711)
