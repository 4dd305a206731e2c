"""What is kept between two steps: small, versioned, and readable for ever."""

import json
import pickle
from pathlib import Path

import pytest

from engine.runtime import inspect
from engine.runtime.codec import CODEC, dump, load
from engine.runtime.errors import UnreadableState
from engine.runtime.kernel import apply
from engine.runtime.stimuli import CompleteActivity
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    exclusive,
    flow,
    parallel,
    start,
    throw,
    timer,
    user_task,
)
from tests.support.plain_reader import read_plainly
from tests.unit.runtime.cases import BY_MESSAGE, Case, a_case, multi_instance

GOLDEN = Path(__file__).parent / "golden"


def rich_case() -> Case:
    """Every part of a state is there: waits, items, a join, a fault, a log of what can be undone."""
    each = multi_instance(
        "<loopDataInputRef>daftar</loopDataInputRef>", '<inputDataItem name="orang"/>', isSequential="true"
    )
    case = a_case(
        *chain(start(), user_task("isi"), parallel("bagi"), user_task("nilai", each), parallel("gabung"), end()),
        *(boundary("ingatkan", "nilai", timer("R3/PT1H", "timeCycle"), cancelActivity="false"), user_task("tegur")),
        *(flow("ingatkan", "tegur"), catch("surat", BY_MESSAGE), flow("bagi", "surat"), flow("surat", "gabung")),
        *(exclusive("pilih"), flow("bagi", "pilih"), flow("pilih", "gabung", condition="setuju")),
        *(boundary("undo", "isi", "<compensateEventDefinition/>"), user_task("batalkan", isForCompensation="true")),
        element("association", "hubungan", sourceRef="undo", targetRef="batalkan"),
        variables={"daftar": [{"nama": "Ani"}, {"nama": "Budi"}], "catatan": None},
    )
    case.complete("isi")
    case.wait(hours=1)
    case.message()
    return case


def test_a_state_survives_being_read_and_written():
    state = rich_case().state
    assert dump(load(state)) == state


def assert_read_as_it_was_written(state: str) -> None:
    """Beside what the present codec says at the head."""
    now, then = json.loads(dump(load(state))), json.loads(state)
    assert now == then | {"codec": CODEC, "ids": now["ids"], "parents": now["parents"]}
    assert now["ids"] == [activity["id"] for activity in then["activities"]]
    assert now["parents"] == [activity["parent"] for activity in then["activities"]]


def golden(version: int) -> str:
    return (GOLDEN / f"codec_{version}.json").read_text(encoding="utf-8").strip()


def test_a_state_of_codec_1_is_read_as_it_was_written():
    state = golden(1)
    assert_read_as_it_was_written(state)
    assert [incident.code for incident in inspect.incidents(state)] == ["expression.unknown_name"]
    assert [work.node for work in inspect.open_work(state)] == ["nilai", "tegur"]


def test_a_case_saved_by_codec_1_goes_on():
    case, state = rich_case(), golden(1)
    work = next(one for one in inspect.open_work(state) if one.node == "tegur")
    later, _changes = apply(case.graph, state, CompleteActivity(work.activity_id), case.now)
    assert [one.node for one in inspect.open_work(later)] == ["nilai"]


def undoing_case() -> Case:
    """What came with codec 2: a log with variables, undoing under way, a month's last day, ad-hoc work that ends."""
    undo = "<compensateEventDefinition/>"
    case = a_case(
        *chain(start(), parallel("bagi"), user_task("a"), user_task("b"), throw("balik", undo), end()),
        *(boundary("u", "a", undo), user_task("x", isForCompensation="true"), flow("bagi", "c"), flow("c", "d")),
        *(element("association", "h", sourceRef="u", targetRef="x"), user_task("c"), user_task("d"), flow("d", "c")),
        *(boundary("v", "c", undo), user_task("y", isForCompensation="true"), flow("bagi", "bebas")),
        element("association", "i", sourceRef="v", targetRef="y"),
        *(boundary("tiap", "d", timer("R/2026-12-31T08:00/P1M", "timeCycle"), cancelActivity="false"), end("e")),
        flow("tiap", "e"),
        element(
            "adHocSubProcess",
            "bebas",
            *(user_task("f"), user_task("g"), "<completionCondition>cukup</completionCondition>"),
            cancelRemainingInstances="false",
        ),
        variables={"n": 0},
    )
    case.complete("a", n=1, daftar=[1, {"x": None}])
    case.complete("f", cukup=True)
    case.complete("b", n=2)
    case.complete("c", n=3)
    case.complete("d")
    case.complete("c", n=4)
    return case


def test_a_state_of_codec_2_is_read_as_it_was_written():
    state = golden(2)
    assert_read_as_it_was_written(state)


def test_a_case_saved_by_codec_2_goes_on():
    case = undoing_case()
    case.state = golden(2)
    assert case.visible("x")["n"] == 1
    for name in ("x", "g"):
        case.complete(name)
    assert case.open == ["d"]


def test_a_state_of_another_version_is_refused():
    with pytest.raises(UnreadableState):
        load(json.dumps({"codec": CODEC + 1}))


def test_a_state_of_which_a_line_is_lost_is_refused():
    lines = rich_case().state.splitlines(keepends=True)
    with pytest.raises(UnreadableState):
        load("".join([*lines[:2], *lines[3:]]))


def turning_for_ever(*inside: str) -> Case:
    """Two loops, one in the other: the inner one turns three times for each turn of the outer one."""
    return a_case(
        *chain(
            start(),
            exclusive("luar"),
            exclusive("dalam"),
            user_task("kerja"),
            exclusive("ulang", default="ulang_selesai"),
        ),
        *(end(), flow("ulang", "selesai"), flow("ulang", "dalam", condition="giliran % 3 != 0")),
        flow("ulang", "luar", condition="giliran < 1500"),
        *inside,
    )


def test_1500_turns_of_nested_loops_leave_the_state_as_small_as_the_first():
    case = turning_for_ever(boundary("tepi", "kerja", timer()), user_task("tegur"), flow("tepi", "tegur"))
    sizes = set()
    for turn in range(1, 1500):
        state, _changes = apply(case.graph, case.state, CompleteActivity(max(case.work), {"giliran": turn}), case.now)
        sizes.add(len(state))
        case.state, case.work = state, {work.activity_id: work.node for work in inspect.open_work(state)}
    assert case.open == ["kerja"]
    assert max(sizes) - min(sizes) < 30
    state, _changes = apply(case.graph, case.state, CompleteActivity(max(case.work), {"giliran": 1500}), case.now)
    assert inspect.is_ended(state)


def test_a_graph_crosses_to_another_process():
    graph = read_plainly(diagram(*chain(start(), exclusive("pilih"), user_task("a"), end())))
    assert pickle.loads(pickle.dumps(graph)) == graph
