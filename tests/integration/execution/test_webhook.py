"""Steps that call another office's server: signed, again until it answers, and never by an address of the diagram."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from engine.base.clock import FrozenClock
from engine.base.destinations import Destination
from engine.base.settings import Settings
from engine.core.core import Core
from engine.core.running import LEASE_SECONDS
from engine.execution import webhook as webhook_service
from engine.execution.cases import cancel_case
from engine.execution.consistency import differences
from engine.execution.incidents import retry
from engine.execution.model import Incident, Instance, InstanceState
from engine.jobs import claiming
from engine.jobs.backoff import MAX_ATTEMPTS
from engine.jobs.model import Job, JobState
from engine.worklist.queries import open_items_of_case
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import boundary, chain, diagram, element, end, event, extensions, flow, person_task, start
from tests.support.small_office import person
from tests.support.web_server import Neighbour, web_server

SECRET = "rahasia-yang-panjang"


def webhook(result: str = "", destination: str = "dukcapil", data: str = "{'nik': '3315', 'judul': judul}") -> str:
    hasil = f' hasil="{result}"' if result else ""
    given = f'<tk:parameter nama="destination" teks="{destination}"/><tk:parameter nama="data" nilai="{data}"/>'
    return extensions(f'<tk:layanan operasi="webhook"{hasil}>{given}</tk:layanan>')


def calling(**said: str) -> bytes:
    return diagram(*chain(start(), element("serviceTask", "panggil", webhook(**said), name="Panggil"), end()))


FORGIVING = diagram(
    *chain(start(), element("serviceTask", "panggil", webhook(), name="Panggil"), end()),
    boundary("ditolak", "panggil", event("error", errorRef="salah")),
    *(person_task("perbaiki", "writer"), end("selesai_lain")),
    *(flow("ditolak", "perbaiki"), flow("perbaiki", "selesai_lain")),
    outside=(element("error", "salah", errorCode="NIK_SALAH"),),
)


@pytest.fixture
def neighbour() -> Iterator[Neighbour]:
    with web_server() as neighbour:
        yield neighbour


@pytest.fixture
def settings(settings: Settings, neighbour: Neighbour) -> Settings:
    known = Destination(name="dukcapil", url=neighbour.url, secret=SECRET)
    return replace(settings, webhooks={"dukcapil": known}, language="en")


class Caller:
    """One case that calls; what a test asks about it afterwards."""

    def __init__(self, core: Core, desk: Desk) -> None:
        self.core, self.desk = core, desk
        self.instance_id = 0

    def start(self, source: bytes) -> None:
        self.desk.publish(source)
        self.instance_id = self.desk.start().instance_id

    def run(self, source: bytes) -> None:
        self.start(source)
        self.core.run_due_jobs()

    @property
    def state(self) -> InstanceState:
        with self.core.read() as reading:
            return InstanceState(reading.session.get_one(Instance, self.instance_id).state)

    @property
    def variables(self) -> Mapping[str, Any]:
        with self.core.read() as reading:
            found: Mapping[str, Any] = reading.session.get_one(Instance, self.instance_id).variables
        return found

    @property
    def incidents(self) -> list[str]:
        with self.core.read() as reading:
            query = select(Incident.message).where(Incident.resolved_at.is_(None))
            return list(reading.session.scalars(query))

    @property
    def job(self) -> Job:
        with self.core.read() as reading:
            return reading.session.scalars(select(Job).where(Job.kind == "service.call")).one()

    def is_consistent(self) -> bool:
        with self.core.read() as reading:
            return differences(reading.session, self.instance_id) == ()


@pytest.fixture
def caller(core: Core, desk: Desk) -> Caller:
    return Caller(core, desk)


def test_what_the_diagram_gives_is_sent_with_the_case_it_is_about(caller: Caller, neighbour: Neighbour):
    caller.run(calling())
    (visit,) = neighbour.visits
    assert visit.said["data"] == {"nik": "3315", "judul": "Sebuah berkas"}
    assert (visit.said["case"]["title"], visit.said["step"]) == ("Sebuah berkas", "panggil")
    assert caller.state == InstanceState.COMPLETED


def test_who_knows_the_secret_can_tell_that_it_came_from_here(caller: Caller, neighbour: Neighbour, clock: FrozenClock):
    caller.run(calling())
    (visit,) = neighbour.visits
    timestamp = visit.headers["x-tatakerja-timestamp"]
    expected = hmac.new(SECRET.encode(), timestamp.encode() + b"." + visit.body, hashlib.sha256).hexdigest()
    assert visit.headers["x-tatakerja-signature"] == f"sha256={expected}"
    assert int(timestamp) == int(clock.now().timestamp())
    assert visit.headers["x-tatakerja-idempotency-key"] == str(caller.job.id)


def test_the_answer_is_kept_in_the_variable_that_the_diagram_names(caller: Caller, neighbour: Neighbour):
    neighbour.answer = b'{"nama": "Siti", "umur": 30}'
    caller.run(calling(result="penduduk"))
    assert caller.variables["penduduk"] == {"nama": "Siti", "umur": 30}


def test_an_answer_that_nobody_asked_for_changes_nothing(caller: Caller, neighbour: Neighbour):
    neighbour.answer = b'{"judul": "Disetujui"}'
    caller.run(calling())
    assert caller.variables["judul"] == "Sebuah berkas"
    assert caller.state == InstanceState.COMPLETED


@pytest.mark.parametrize(
    "answer",
    [
        b"OK",
        b"[" * 5000,
        b'{"a": NaN}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'"' + b"x" * 70_000 + b'"',
        b'{"a": "\\u0000"}',
        b"\xff",
    ],
)
def test_an_answer_that_cannot_be_kept_stops_the_case_with_a_reason(
    caller: Caller, neighbour: Neighbour, answer: bytes
):
    neighbour.answer = answer
    caller.run(calling(result="jawaban"))
    (message,) = caller.incidents
    assert "its answer cannot be kept" in message
    assert caller.is_consistent()


def test_a_refusal_stops_the_case_at_once_with_what_was_said(caller: Caller, neighbour: Neighbour):
    neighbour.status, neighbour.answer = 422, b"NIK tidak terdaftar"
    caller.run(calling())
    assert (len(neighbour.visits), caller.job.state) == (1, JobState.DONE)
    (message,) = caller.incidents
    assert "“dukcapil” refused it with 422: NIK tidak terdaftar" in message


def test_a_refusal_with_an_error_code_is_caught_by_the_diagram(caller: Caller, neighbour: Neighbour):
    neighbour.status, neighbour.answer = 400, b'{"error": "NIK_SALAH"}'
    caller.run(FORGIVING)
    assert (caller.state, caller.incidents) == (InstanceState.ACTIVE, [])
    with caller.core.read() as reading:
        items = open_items_of_case(reading.session, caller.instance_id)
    assert [item.element for item in items] == ["perbaiki"]


def test_an_error_that_nobody_catches_is_an_incident(caller: Caller, neighbour: Neighbour):
    neighbour.status, neighbour.answer = 400, b'{"error": "LAIN"}'
    caller.run(calling())
    (message,) = caller.incidents
    assert "“LAIN”" in message


def test_a_redirection_is_a_refusal(caller: Caller, neighbour: Neighbour):
    neighbour.status, neighbour.headers = 307, {"Location": neighbour.url}
    caller.run(calling())
    assert (len(neighbour.visits), caller.state) == (1, InstanceState.INCIDENT)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_in_trouble_is_called_again_with_the_same_key(
    caller: Caller, neighbour: Neighbour, clock: FrozenClock, status: int
):
    neighbour.status = status
    caller.run(calling())
    assert (caller.state, caller.incidents, caller.is_consistent()) == (InstanceState.ACTIVE, [], True)
    neighbour.status = 200
    clock.advance(timedelta(seconds=10))
    caller.core.run_due_jobs()
    assert caller.state == InstanceState.COMPLETED
    assert len({visit.headers["x-tatakerja-idempotency-key"] for visit in neighbour.visits}) == 1


def test_a_server_that_stays_in_trouble_becomes_an_incident_that_can_be_tried_again(
    caller: Caller, neighbour: Neighbour, clock: FrozenClock
):
    neighbour.status = 503
    caller.start(calling())
    for _attempt in range(MAX_ATTEMPTS + 2):
        caller.core.run_due_jobs()
        clock.advance(timedelta(hours=1))
    assert len(neighbour.visits) == MAX_ATTEMPTS
    (message,) = caller.incidents
    assert f"tried {MAX_ATTEMPTS} times" in message
    assert "it answered 503" in message
    neighbour.status = 200
    with caller.core.work() as work:
        retry(work, work.session.scalars(select(Incident.id)).one())
    caller.core.run_due_jobs()
    assert caller.state == InstanceState.COMPLETED


def test_a_destination_that_is_not_set_up_says_what_to_do(caller: Caller, neighbour: Neighbour):
    caller.run(calling(destination=neighbour.url))
    (message,) = caller.incidents
    assert "TATAKERJA_WEBHOOKS" in message
    assert neighbour.visits == []


def test_a_call_whose_worker_died_is_made_by_another_with_the_same_key(
    caller: Caller, neighbour: Neighbour, clock: FrozenClock
):
    caller.start(calling())
    with caller.core.work() as work:
        claiming.lease(work, caller.job.id, LEASE_SECONDS)  # and nothing more is heard of this worker
    caller.core.run_due_jobs()
    assert neighbour.visits == []
    clock.advance(timedelta(seconds=LEASE_SECONDS + 1))
    caller.core.run_due_jobs()
    assert [visit.headers["x-tatakerja-idempotency-key"] for visit in neighbour.visits] == [str(caller.job.id)]
    assert caller.state == InstanceState.COMPLETED


def test_a_call_that_was_made_but_never_recorded_is_made_again_with_the_same_key(
    caller: Caller, neighbour: Neighbour, clock: FrozenClock
):
    caller.start(calling())
    with caller.core.work() as work:
        call = claiming.lease(work, caller.job.id, LEASE_SECONDS)
    assert call is not None
    webhook_service.call(caller.core.read, call)  # and then the machine loses its power
    clock.advance(timedelta(seconds=LEASE_SECONDS + 1))
    caller.core.run_due_jobs()
    assert [visit.headers["x-tatakerja-idempotency-key"] for visit in neighbour.visits] == [str(caller.job.id)] * 2
    assert caller.state == InstanceState.COMPLETED


def test_a_call_whose_workers_all_die_becomes_an_incident(caller: Caller, clock: FrozenClock):
    caller.start(calling())
    for _attempt in range(MAX_ATTEMPTS):
        with caller.core.work() as work:
            claiming.lease(work, caller.job.id, LEASE_SECONDS)
        clock.advance(timedelta(seconds=LEASE_SECONDS + 1))
    caller.core.run_due_jobs()
    assert (caller.state, caller.is_consistent()) == (InstanceState.INCIDENT, True)


def on_the_way(caller: Caller, neighbour: Neighbour) -> Thread:
    """The call has reached the other server, which has not answered yet."""
    neighbour.gate.clear()
    thread = Thread(target=caller.core.run_job, args=(caller.job.id,))
    thread.start()
    assert neighbour.arrived.wait(10)
    return thread


@pytest.mark.parametrize("status", [200, 400, 500])
def test_an_answer_to_a_case_that_was_cancelled_meanwhile_is_dropped(caller: Caller, neighbour: Neighbour, status: int):
    caller.start(calling(result="jawaban"))
    thread = on_the_way(caller, neighbour)
    with caller.core.work(person(caller.core, "fani")) as work:
        cancel_case(work, caller.instance_id, "Dikirim dua kali")
    neighbour.status = status
    neighbour.gate.set()
    thread.join(10)
    assert (caller.state, caller.incidents, caller.job.state) == (InstanceState.CANCELLED, [], JobState.CANCELLED)


def test_no_transaction_is_open_while_the_other_server_thinks(caller: Caller, neighbour: Neighbour):
    caller.start(calling())
    thread = on_the_way(caller, neighbour)
    caller.desk.start()  # writes, also on SQLite, which has one writer at a time
    neighbour.gate.set()
    thread.join(10)
    assert caller.state == InstanceState.COMPLETED


def test_a_slow_worker_that_fails_after_its_lease_leaves_the_say_to_the_next(
    caller: Caller, neighbour: Neighbour, clock: FrozenClock
):
    caller.start(calling())
    neighbour.status = 400
    thread = on_the_way(caller, neighbour)
    clock.advance(timedelta(seconds=LEASE_SECONDS + 1))
    with caller.core.work() as work:
        claiming.lease(work, caller.job.id, LEASE_SECONDS)
    neighbour.gate.set()
    thread.join(10)
    assert (caller.incidents, caller.job.state) == ([], JobState.LEASED)
