"""The kernel moves tokens through a graph of several files as through one."""

from engine.bpmn.graph import ProcessGraph
from engine.bpmn.joining import Called, joined
from tests.support.diagrams import (
    boundary,
    call,
    chain,
    definitions,
    diagram,
    end,
    event,
    exclusive,
    flow,
    process,
    start,
    throw,
    user_task,
)
from tests.support.plain_reader import read_plainly
from tests.unit.runtime.cases import BY_ERROR, NAMED, Case

TO_ITS_HANDLER = '<association id="a" sourceRef="batal" targetRef="pulihkan"/>'


def with_called(caller: bytes, called: bytes) -> ProcessGraph:
    return joined(read_plainly(caller), {"anak": 7}, {7: Called(graph=read_plainly(called), calls={})})


def child(*parts: str) -> bytes:
    return definitions(process(*parts, identity="anak"), *NAMED)


def test_steps_of_caller_and_called_may_have_the_same_id():
    same = (*chain(start(), user_task("kerja"), end()),)
    caller = diagram(*chain(start(), user_task("kerja"), call("panggil", "anak"), end()))
    case = Case(with_called(caller, child(*same)))
    case.complete("kerja")
    case.complete("kerja")
    assert case.open == []
    assert case.has_ended


def test_an_error_of_the_called_file_is_caught_at_the_border_of_the_call():
    caller = diagram(
        *chain(start(), call("panggil", "anak"), end()),
        boundary("galat_datang", "panggil", BY_ERROR),
        flow("galat_datang", "tolong"),
        *chain(user_task("tolong"), end("e")),
        outside=NAMED,
    )
    case = Case(with_called(caller, child(*chain(start(), user_task("kerja"), end("gagal", BY_ERROR)))))
    case.complete("kerja")
    assert case.open == ["tolong"]


def test_loops_and_defaults_stay_within_the_called_file():
    source = child(
        *chain(start(), user_task("kerja"), exclusive("putus", default="ulang")),
        end(),
        flow("putus", "selesai", condition="cukup == true"),
        flow("putus", "kerja", identity="ulang"),
    )
    case = Case(with_called(diagram(*chain(start(), call("panggil", "anak"), end())), source), {"cukup": False})
    case.complete("kerja")
    assert case.open == ["kerja"]


def test_compensation_undoes_what_was_completed_in_the_called_file():
    undoing = (
        *chain(start(), user_task("kerja"), throw("batalkan", event("compensate")), end()),
        boundary("batal", "kerja", event("compensate")),
        user_task("pulihkan", isForCompensation="true"),
        TO_ITS_HANDLER,
    )
    case = Case(with_called(diagram(*chain(start(), call("panggil", "anak"), end())), child(*undoing)))
    case.complete("kerja")
    assert case.open == ["pulihkan"]
