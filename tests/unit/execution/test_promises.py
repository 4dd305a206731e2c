"""By when a case should be over."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.bpmn.reader import compile_graph
from engine.calendar.hours import WorkingHours
from engine.execution.promises import is_promised_as_a_whole, promised_at
from tests.support.diagrams import (
    Part,
    arrows,
    call,
    catch,
    chain,
    definitions,
    diagram,
    element,
    end,
    exclusive,
    extensions,
    flow,
    parallel,
    process,
    service_task,
    standard_time,
    start,
    sub_process,
    timer,
    user_task,
)

JAKARTA = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 8, tzinfo=JAKARTA)
HOURS = WorkingHours(zone=JAKARTA)


def step(identity: str, amount: int, unit: str = "menit") -> Part:
    return user_task(identity, extensions(standard_time(amount, unit)))


def promised(source: bytes) -> timedelta | None:
    found = promised_at(compile_graph(source), "proses", MONDAY, HOURS)
    return None if found is None else found - MONDAY


def test_steps_take_their_time_one_after_the_other():
    found = promised(diagram(*chain(start(), step("a", 10), service_task("kirim"), step("b", 20), end())))
    assert found == timedelta(minutes=30)


@pytest.mark.parametrize("gateway", [parallel, exclusive])
def test_the_longest_way_counts(gateway):
    one = chain(start(), gateway("bagi"), step("a", 10), gateway("gabung"), step("c", 5), end())
    found = promised(diagram(*one, step("b", 40), *arrows("bagi", "b", "gabung")))
    assert found == timedelta(minutes=45)


def test_a_way_back_does_not_count():
    once = chain(start(), step("a", 10), exclusive("lengkap"), step("b", 20), end())
    assert promised(diagram(*once, flow("lengkap", "a"))) == timedelta(minutes=30)


def test_days_and_minutes_add_up_on_the_calendar():
    """Two working days end with Wednesday; half an hour more is Thursday's first."""
    source = diagram(*chain(start(), step("a", 2, "hari-kerja"), step("b", 30), end()))
    found = promised_at(compile_graph(source), "proses", MONDAY, HOURS)
    assert found is not None
    assert found.astimezone(JAKARTA) == datetime(2026, 11, 26, 8, 0, tzinfo=JAKARTA)


def test_what_happens_inside_counts():
    inside = sub_process("bagian", *chain(start("m"), step("b", 20), end("s")))
    assert promised(diagram(*chain(start(), step("a", 10), inside, end()))) == timedelta(minutes=30)


def test_what_is_called_counts():
    called = process(*chain(start("m"), step("b", 20), end("s")), identity="lain")
    source = definitions(process(*chain(start(), step("a", 10), call("panggil", "lain"), end())), called)
    assert promised(source) == timedelta(minutes=30)


def test_the_standard_time_of_the_process_itself_wins():
    whole = extensions(standard_time(3, "jam"))
    source = definitions(process(whole, *chain(start(), step("a", 10), user_task("b"), end())))
    assert promised(source) == timedelta(hours=3)
    assert is_promised_as_a_whole(compile_graph(source), "proses")


def test_what_stops_the_clock_takes_no_time():
    waits = element("receiveTask", "b", messageRef="pesan", name="Berkas", tk__jamHenti="true")
    message = element("message", "pesan", name="Pesan")
    source = definitions(process(*chain(start(), step("a", 10), waits, end())), message)
    assert promised(source) == timedelta(minutes=10)


@pytest.mark.parametrize(
    "part",
    [
        user_task("b"),
        catch("b", timer()),
        user_task("b", extensions('<tk:waktu teks="sesuai kebutuhan"/>')),
        call("b", "proses"),
    ],
)
def test_what_nobody_knows_is_not_promised(part):
    assert promised(diagram(*chain(start(), step("a", 10), part, end()))) is None
