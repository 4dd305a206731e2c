"""Messages find their receiver, wait for him, or run out of time; signals reach everyone."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.audit.model import AuditEntry
from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.core.housekeeping import begin_housekeeping
from engine.execution.consistency import differences_of_running
from engine.execution.errors import NobodyWaits
from engine.execution.messages import Delivery, broadcast, deliver
from engine.execution.model import HeldMessage, Instance, InstanceState
from engine.jobs.model import Job, JobState
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    definitions,
    diagram,
    element,
    end,
    event,
    extensions,
    flow,
    person_task,
    process,
    start,
    throw,
)

REPLY = element("message", "balasan", name="Balasan")
KEYED_REPLY = element("message", "balasan", extensions('<tk:korelasi nilai="nomor"/>'), name="Balasan")
WAITS = chain(start(), catch("tunggu", event("message", messageRef="balasan")), end())
WORKS_FIRST = chain(
    start(), person_task("tulis", "writer"), catch("tunggu", event("message", messageRef="balasan")), end()
)
TELLS = throw("kirim", event("message", messageRef="balasan"))


BEGINS = diagram(
    *chain(start("mulai", event("message", messageRef="balasan")), person_task("a", "kasubbag"), end()),
    outside=(REPLY,),
)


def send(core: Core, correlation: str | None = None, **rest: Any) -> Delivery:
    with core.work() as work:
        sent = deliver(work, "Balasan", correlation, rest.pop("variables", {}), **rest)
    core.run_due_jobs()
    return sent


def begin(core: Core, desk: Desk, **variables: Any) -> int:
    started = desk.start(variables=variables)
    core.run_due_jobs()
    return started.instance_id


def states(core: Core) -> dict[int, InstanceState]:
    with core.read() as reading:
        return {
            row.id: InstanceState(row.state) for row in reading.session.scalars(select(Instance).order_by(Instance.id))
        }


def state_of(core: Core, instance_id: int) -> InstanceState:
    return states(core)[instance_id]


def variables_of(core: Core, instance_id: int) -> Mapping[str, Any]:
    with core.read() as reading:
        return reading.session.get_one(Instance, instance_id).variables


def held(core: Core) -> list[str | None]:
    with core.read() as reading:
        return list(reading.session.scalars(select(HeldMessage.correlation).order_by(HeldMessage.id)))


def acts(core: Core, instance_id: int | None) -> list[str]:
    query = select(AuditEntry.act).where(AuditEntry.instance_id == instance_id, AuditEntry.act.like("message.%"))
    with core.read() as reading:
        return list(reading.session.scalars(query.order_by(AuditEntry.id)))


def left_over(core: Core) -> list[str]:
    with core.read() as reading:
        late = Job.state.in_((JobState.WAITING, JobState.DEAD)), Job.due_at <= core.clock.now()
        undone = reading.session.scalars(select(Job.kind).where(*late))
        return [*undone, *(str(one) for one in differences_of_running(reading.session))]


def test_a_message_that_comes_too_early_is_taken_once_by_whoever_begins_to_wait(core: Core, desk: Desk):
    desk.publish(diagram(*WAITS, outside=(REPLY,)))
    assert send(core, variables={"isi": "ya"}).instance_id is None
    first, second = begin(core, desk), begin(core, desk)
    assert states(core) == {first: InstanceState.COMPLETED, second: InstanceState.ACTIVE}
    assert (variables_of(core, first)["isi"], held(core), left_over(core)) == ("ya", [], [])


def test_a_message_that_may_not_be_kept_is_refused(core: Core):
    with pytest.raises(NobodyWaits):
        send(core, keep_for=timedelta(0))
    assert held(core) == []


def test_a_message_with_a_key_is_for_the_wait_with_that_key(core: Core, desk: Desk):
    desk.publish(diagram(*WAITS, outside=(KEYED_REPLY,)))
    first, second = begin(core, desk, nomor="A"), begin(core, desk, nomor="B")
    assert send(core, "B").instance_id == second
    assert send(core, "C").instance_id is None
    assert states(core)[first] is InstanceState.ACTIVE


def test_a_message_with_a_key_is_held_for_that_key(core: Core, desk: Desk):
    desk.publish(diagram(*WAITS, outside=(KEYED_REPLY,)))
    send(core, "B")
    assert state_of(core, begin(core, desk, nomor="A")) is InstanceState.ACTIVE
    assert state_of(core, begin(core, desk, nomor="B")) is InstanceState.COMPLETED


def test_a_message_without_a_key_is_for_whoever_waits_longest(core: Core, desk: Desk):
    desk.publish(diagram(*WAITS, outside=(KEYED_REPLY,)))
    first, _second = begin(core, desk, nomor="A"), begin(core, desk, nomor="B")
    assert send(core).instance_id == first


def test_a_message_with_a_key_is_also_for_a_wait_that_asks_for_none(core: Core, desk: Desk):
    desk.publish(diagram(*WAITS, outside=(REPLY,)))
    assert send(core, "B").instance_id is None
    assert state_of(core, begin(core, desk)) is InstanceState.COMPLETED


def test_a_case_is_known_by_its_number(core: Core, desk: Desk):
    desk.publish(diagram(*WAITS, outside=(REPLY,)))
    begin(core, desk)
    second = begin(core, desk)
    with core.read() as reading:
        number = reading.session.get_one(Instance, second).number
    assert send(core, number).instance_id == second


def test_a_border_that_hears_again_and_again_takes_all_that_was_held(core: Core, desk: Desk):
    hears = boundary("dengar", "tulis", event("message", messageRef="balasan"), cancelActivity="false")
    noted = element("manualTask", "catat"), end("tercatat")
    flows = flow("dengar", "catat"), flow("catat", "tercatat")
    parts = (*chain(start(), person_task("tulis", "writer"), end()), hears, *noted, *flows)
    desk.publish(diagram(*parts, outside=(REPLY,)))
    for _time in range(3):
        send(core)
    case = begin(core, desk)
    assert (acts(core, case), held(core), left_over(core)) == (["message.delivered"] * 3, [], [])


def test_a_message_outlives_its_time_nowhere(core: Core, desk: Desk, clock: FrozenClock):
    desk.publish(diagram(*WAITS, outside=(REPLY,)))
    send(core, keep_for=timedelta(hours=1))
    clock.advance(timedelta(hours=1))
    assert state_of(core, begin(core, desk)) is InstanceState.ACTIVE
    with core.work() as work:
        begin_housekeeping(work)
    core.run_due_jobs(rounds=1)
    assert (held(core), acts(core, None)) == ([], ["message.expired"])


def test_what_nobody_hears_is_no_failed_job_but_a_line_in_the_case(core: Core, desk: Desk, clock: FrozenClock):
    told = element("message", "balasan", extensions('<tk:simpan selama="PT2H"/>'), name="Balasan")
    desk.publish(diagram(*chain(start(), TELLS, end()), outside=(told,)))
    case = begin(core, desk)
    clock.advance(timedelta(hours=2))
    with core.work() as work:
        begin_housekeeping(work)
    core.run_due_jobs(rounds=1)
    assert acts(core, case) == ["message.held", "message.expired"]
    assert held(core) == []


def test_what_may_not_be_kept_expires_at_once(core: Core, desk: Desk):
    told = element("message", "balasan", extensions('<tk:simpan selama="P0D"/>'), name="Balasan")
    desk.publish(diagram(*chain(start(), TELLS, end()), outside=(told,)))
    assert acts(core, begin(core, desk)) == ["message.expired"]
    assert (held(core), left_over(core)) == ([], [])


COLLABORATION = definitions(
    element("message", "permohonan", name="Permohonan"),
    REPLY,
    process(
        *chain(
            start(),
            throw("ajukan", event("message", messageRef="permohonan")),
            person_task("siapkan", "writer"),
            catch("tunggu", event("message", messageRef="balasan")),
            end(),
        ),
        identity="pemohon",
    ),
    process(
        *chain(
            start("datang", event("message", messageRef="permohonan")),
            person_task("periksa", "kasubbag"),
            throw("jawab", event("message", messageRef="balasan")),
            end("usai"),
        ),
        identity="kantor",
        name="Kantor",
    ),
)


def test_the_pool_across_begins_with_the_message_and_answers_whoever_asked(core: Core, desk: Desk):
    desk.publish(COLLABORATION)
    asked_first, asked_second = (desk.start(key="pemohon") for _case in range(2))
    core.run_due_jobs()
    with core.read() as reading:
        offices = reading.session.scalars(select(Instance).where(Instance.process_id == "kantor").order_by(Instance.id))
        correlations = [(office.id, office.correlation) for office in offices]
    assert [key for _id, key in correlations] == [asked_first.number, asked_second.number]
    # The second waits for its answer, but the answer to the first comes earlier: it is kept for the first.
    desk.complete(asked_second, "siapkan", by="eko")
    desk.complete_in(correlations[0][0], "periksa", by="citra")
    core.run_due_jobs()
    assert states(core)[asked_second.instance_id] is InstanceState.ACTIVE
    desk.complete(asked_first, "siapkan", by="eko")
    core.run_due_jobs()
    assert states(core)[asked_first.instance_id] is InstanceState.COMPLETED
    assert states(core)[asked_second.instance_id] is InstanceState.ACTIVE


def test_a_message_starts_a_case_with_what_it_carries(core: Core, desk: Desk):
    desk.publish(
        diagram(
            *chain(start("mulai", event("message", messageRef="balasan")), person_task("a", "kasubbag"), end()),
            outside=(REPLY,),
        )
    )
    case = send(core, "17", variables={"judul": "Permohonan Pak Budi", "n": 1}).instance_id
    with core.read() as reading:
        row = reading.session.get_one(Instance, case)
        assert (row.title, row.correlation, row.variables["n"]) == ("Permohonan Pak Budi", "17", 1)


def test_whoever_waits_comes_before_a_new_case(core: Core, desk: Desk):
    begins = chain(start("datang", event("message", messageRef="balasan")), person_task("a", "kasubbag"), end("b"))
    desk.publish(diagram(*WAITS, *begins, outside=(REPLY,)))
    waiting = begin(core, desk)
    assert send(core).instance_id == waiting
    assert send(core).instance_id not in (waiting, None)


def test_a_version_that_begins_with_a_message_hears_what_came_before_it(core: Core, desk: Desk):
    send(core)
    desk.publish(
        diagram(
            *chain(start("mulai", event("message", messageRef="balasan")), person_task("a", "kasubbag"), end()),
            outside=(REPLY,),
        )
    )
    core.run_due_jobs()
    assert (len(states(core)), held(core), left_over(core)) == (1, [], [])


BELL = element("signal", "bel", name="Bel")


def test_a_signal_reaches_everyone_who_waits_and_begins_what_begins_with_it(core: Core, desk: Desk):
    begins = chain(start("bunyi", event("signal", signalRef="bel")), person_task("a", "kasubbag"), end("b"))
    waits = chain(start(), catch("tunggu", event("signal", signalRef="bel")), end())
    desk.publish(diagram(*waits, *begins, outside=(BELL,)))
    waiting = [begin(core, desk) for _case in range(3)]
    with core.work() as work:
        assert broadcast(work, "Bel", {}) == 4
    core.run_due_jobs()
    assert [states(core)[case] for case in waiting] == [InstanceState.COMPLETED] * 3
    assert (len(states(core)), left_over(core)) == (4, [])


def test_a_signal_is_not_kept(core: Core, desk: Desk):
    desk.publish(diagram(*chain(start(), catch("tunggu", event("signal", signalRef="bel")), end()), outside=(BELL,)))
    with core.work() as work:
        assert broadcast(work, "Bel", {}) == 0
    assert state_of(core, begin(core, desk)) is InstanceState.ACTIVE
