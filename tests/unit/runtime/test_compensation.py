"""Undoing: in what order, how often, and what the undoing sees."""

from dataclasses import replace
from typing import Any

from engine.bpmn.graph import VariableMapping
from engine.expressions.expression import Expression
from engine.runtime import inspect
from tests.support.diagrams import (
    boundary,
    call,
    chain,
    diagram,
    element,
    end,
    event,
    exclusive,
    flow,
    process,
    script_task,
    start,
    sub_process,
    throw,
    user_task,
)
from tests.support.plain_reader import read_plainly
from tests.unit.runtime.cases import Case, a_case, a_case_of, event_sub_process, multi_instance

UNDO = event("compensate")
EACH = multi_instance("<loopDataInputRef>daftar</loopDataInputRef>", '<inputDataItem name="orang"/>')


def undone_by(host: str, handler: str, identity: str) -> tuple[str, ...]:
    association = element("association", f"h_{host}", sourceRef=f"u_{host}", targetRef=identity)
    return boundary(f"u_{host}", host, UNDO), handler, association


def undone(host: str, script: str = "") -> tuple[str, ...]:
    """What undoes the work of `host`: a person's task, or a script."""
    task = f"<script>{script}</script>" if script else ""
    kind = "scriptTask" if script else "userTask"
    return undone_by(host, element(kind, f"x_{host}", task, isForCompensation="true"), f"x_{host}")


def seen(case: Case, name: str, element_name: str) -> list[Any]:
    return [
        inspect.variables(case.state, work.activity_id).get(name)
        for work in inspect.open_work(case.state)
        if work.node == element_name
    ]


def test_a_handler_sees_the_variables_as_they_were():
    case = a_case(
        *chain(start(), user_task("a"), user_task("b"), throw("undo", UNDO), user_task("z"), end()), *undone("a")
    )
    case.complete("a", hotel="H1", tamu=1)
    case.complete("b", hotel="H2", baru=True)
    assert seen(case, "hotel", "x_a") == ["H1"]
    assert inspect.open_work(case.state)[0].variables == {"hotel": "H1"}
    assert case.variables == {"hotel": "H2", "tamu": 1, "baru": True}


def test_each_turn_of_a_loop_is_undone_with_its_own_variables():
    case = a_case(
        *chain(start(), exclusive("masuk"), user_task("a"), exclusive("g", default="g_undo")),
        *(flow("g", "masuk", condition="lagi"), flow("g", "undo")),
        *(*chain(throw("undo", UNDO), user_task("z"), end()), *undone("a")),
    )
    for number in (1, 2, 3):
        case.complete("a", hotel={"nomor": number}, lagi=number < 3)
    for number in (3, 2, 1):
        assert seen(case, "hotel", "x_a") == [{"nomor": number}]
        case.complete("x_a")
    assert case.open == ["z"]


def test_what_a_handler_writes_reaches_the_case_and_the_handlers_beside_it():
    case = a_case(
        *chain(start(), script_task("a", "jejak = jejak + 'a'"), script_task("b", "jejak = jejak + 'b'")),
        *chain(throw("undo", UNDO), user_task("z"), end()),
        *(flow("b", "undo"), *undone("a", "jejak = jejak + 'A'"), *undone("b", "jejak = jejak + 'B'")),
        variables={"jejak": ""},
    )
    assert case.variables == {"jejak": "abBA"}


def test_a_called_process_is_undone_with_what_it_saw():
    called = process(*chain(start("m"), user_task("a"), end("s")), *undone("a"), identity="anak")
    main = process(*chain(start(), call("panggil", "anak"), user_task("b"), throw("undo", UNDO), user_task("z"), end()))
    case = a_case_of(main, called, variables={"x": 1})
    case.complete("a", x=2)
    case.complete("b", x=3, rahasia=True)
    assert case.visible("x_a") == {"x": 2}
    case.complete("x_a", x=4, baru=5)
    assert (case.open, case.variables) == (["z"], {"x": 3, "rahasia": True})


def test_a_handler_at_the_border_of_a_call_stands_outside():
    called = process(*chain(start("m"), user_task("a"), end("s")), *undone("a"), identity="anak")
    main = process(
        *chain(start(), call("panggil", "anak"), user_task("b"), throw("undo", UNDO), user_task("z"), end()),
        *undone("panggil"),
    )
    case = a_case_of(main, called, variables={"x": 1})
    case.complete("a", x=2)
    case.complete("b", x=3)
    assert (case.open, case.visible("x_panggil")["x"]) == (["x_panggil"], 2)
    case.complete("x_panggil", x=4)
    assert case.variables["x"] == 4


def test_a_called_process_with_its_own_way_of_being_undone_goes_that_way():
    inside = event_sub_process("k", *chain(start("d", UNDO), user_task("t"), end("e")))
    called = process(*chain(start("m"), user_task("a"), end("s")), inside, identity="anak")
    main = process(*chain(start(), call("panggil", "anak"), throw("undo", UNDO), user_task("z"), end()))
    case = a_case_of(main, called)
    case.complete("a", x=2)
    assert (case.open, case.visible("t")) == (["t"], {"x": 2})
    case.complete("t")
    assert case.open == ["z"]


def test_every_pass_of_many_is_undone_with_its_item():
    inside = (
        *chain(start("m"), user_task("a"), end("n")),
        event_sub_process("k", *chain(start("d", UNDO), user_task("t"), end("e"))),
    )
    case = a_case(
        *chain(start(), sub_process("s", EACH, *inside), throw("undo", event("compensate", activityRef="s"))),
        *(user_task("z"), flow("undo", "z")),
        variables={"daftar": ["Ani", "Budi"]},
    )
    case.complete("a")
    case.complete("a")
    assert seen(case, "orang", "t") == ["Budi", "Ani"]


def test_activities_inside_each_pass_are_undone_with_their_item():
    inside = (*chain(start("m"), user_task("a"), end("n")), *undone("a"))
    case = a_case(
        *chain(start(), sub_process("s", EACH, *inside), throw("undo", UNDO), user_task("z"), end()),
        variables={"daftar": ["Ani", "Budi"]},
    )
    case.complete("a")
    case.complete("a")
    assert seen(case, "orang", "x_a") == ["Budi", "Ani"]


def test_a_handler_at_the_border_of_a_repetition_undoes_each_of_its_passes():
    case = a_case(
        *chain(start(), user_task("a", EACH), throw("undo", UNDO), user_task("z"), end()),
        *undone("a"),
        variables={"daftar": ["Ani", "Budi"]},
    )
    case.complete("a")
    case.complete("a")
    assert seen(case, "orang", "x_a") == ["Budi", "Ani"]


def test_passes_that_came_one_after_the_other_are_undone_so():
    in_turn = EACH.replace("Characteristics", 'Characteristics isSequential="true"', 1)
    case = a_case(
        *chain(start(), user_task("a", in_turn), throw("undo", UNDO), user_task("z"), end()),
        *undone("a"),
        variables={"daftar": ["Ani", "Budi"]},
    )
    case.complete("a")
    case.complete("a")
    assert seen(case, "orang", "x_a") == ["Budi"]
    case.complete("x_a")
    assert seen(case, "orang", "x_a") == ["Ani"]


def test_calls_that_are_repeated_are_undone_with_their_item():
    main = process(
        *chain(start(), element("callActivity", "c", EACH, calledElement="anak"), throw("undo", UNDO), end()),
        *undone("c"),
    )
    called = process(*chain(start("m"), user_task("a"), end("s")), identity="anak")
    case = a_case_of(main, called, variables={"daftar": ["Ani", "Budi"]})
    case.complete("a")
    case.complete("a", rahasia=True)
    assert seen(case, "orang", "x_c") == ["Budi", "Ani"]


def test_an_event_sub_process_that_compensates_can_undo_what_was_inside():
    handling = event_sub_process("k", *chain(start("d", UNDO), throw("dalam", UNDO), user_task("t"), end("e")))
    inside = (*chain(start("m"), user_task("a"), end("n")), *undone("a"), handling)
    case = a_case(*chain(start(), sub_process("s", *inside), throw("undo", UNDO), user_task("z"), end()))
    case.complete("a")
    assert case.open == ["x_a"]
    case.complete("x_a")
    assert case.open == ["t"]
    case.complete("t")
    assert case.open == ["z"]


def test_mapped_inputs_are_still_seen():
    inside = (*chain(start("m"), user_task("a"), end("n")), *undone("a"))
    graph = read_plainly(
        diagram(*chain(start(), sub_process("s", *inside), throw("undo", UNDO), user_task("z"), end()))
    )
    mapped = replace(graph.nodes["s"], inputs=(VariableMapping(target="tamu", value=Expression("nama")),))
    case = Case(replace(graph, nodes={**graph.nodes, "s": mapped}), {"nama": "Ani"})
    case.complete("a")
    assert case.visible("x_a")["tamu"] == "Ani"


def test_a_handler_may_be_repeated_itself():
    handler = element("userTask", "x_a", EACH, isForCompensation="true")
    case = a_case(
        *chain(start(), user_task("a"), user_task("b"), throw("undo", UNDO), user_task("z"), end()),
        *undone_by("a", handler, "x_a"),
        variables={"daftar": ["Ani", "Budi"], "x": 1},
    )
    case.complete("a")
    case.complete("b", x=2)
    assert seen(case, "x", "x_a") == [1, 1]
    case.complete("x_a")
    case.complete("x_a", x=3)
    assert (case.open, case.variables["x"]) == (["z"], 3)


def test_the_log_keeps_once_what_does_not_change():
    case = a_case(
        *chain(start(), exclusive("masuk"), user_task("a"), exclusive("g", default="g_undo")),
        *(flow("g", "masuk", condition="lagi"), flow("g", "undo"), *chain(throw("undo", UNDO), end()), *undone("a")),
        variables={"besar": ["x" * 1000] * 10},
    )
    case.complete("a", lagi=True, n=0)
    before = len(case.state)
    for number in range(1, 30):
        case.complete("a", lagi=True, n=number)
    assert len(case.state) - before < 30 * 60


def test_nothing_is_kept_where_nothing_asks_for_undoing():
    case = a_case(
        *chain(start(), exclusive("masuk"), user_task("a"), exclusive("g", default="g_selesai"), end()),
        *(flow("g", "masuk", condition="lagi"), *undone("a")),
    )
    case.complete("a", lagi=True)
    before = len(case.state)
    for _number in range(5):
        case.complete("a")
    assert len(case.state) == before
