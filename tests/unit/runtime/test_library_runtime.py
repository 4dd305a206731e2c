"""SpiffWorkflow's own runtime as a second opinion, on the shapes that it runs rightly (decision 0001).

Both play the same file in the same order; after every completed task the same people's tasks must be open.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tests.support.diagrams import (
    boundary,
    call,
    catch,
    chain,
    definitions,
    diagram,
    element,
    end,
    exclusive,
    flow,
    parallel,
    process,
    script_task,
    start,
    sub_process,
    throw,
    user_task,
)
from tests.support.plain_reader import read_plainly
from tests.unit.runtime.cases import (
    BY_ERROR,
    BY_ESCALATION,
    BY_MESSAGE,
    BY_SIGNAL,
    NAMED,
    Case,
    inclusive,
    multi_instance,
)

Choose = Callable[[list[str]], str]
Step = tuple[str, ...]

A_SEQUENCE = chain(start(), user_task("a"), user_task("b"), user_task("c"), end())
A_SCRIPT = (
    *chain(start(), user_task("a"), script_task("hitung", "x = 2"), exclusive("pilih", default="pilih_c")),
    *chain(user_task("b"), end()),
    *(user_task("c"), flow("c", "selesai"), flow("pilih", "b", condition="x == 2"), flow("pilih", "c")),
)
A_SPLIT = (
    *chain(start(), parallel("bagi"), user_task("a"), parallel("kumpul"), user_task("d"), end()),
    *(user_task("b"), user_task("c"), flow("bagi", "b"), flow("b", "c"), flow("c", "kumpul")),
)
A_LOOP = (
    *chain(
        start(), user_task("a"), script_task("hitung", "n = n + 1"), exclusive("lagi", default="lagi_selesai"), end()
    ),
    flow("lagi", "a", condition="n < 3"),
)
SOME_BRANCHES = (
    *chain(start(), inclusive("bagi")),
    *chain(user_task("a"), inclusive("kumpul"), user_task("d"), end()),
    *(user_task("b"), user_task("c"), flow("b", "kumpul"), flow("c", "kumpul")),
    *(flow("bagi", part, condition=f"n < {most}") for part, most in (("a", 5), ("b", 1), ("c", 0))),
)
A_SUB_PROCESS = chain(
    start(), user_task("a"), sub_process("sub", *chain(start("m"), user_task("b"), end("s"))), user_task("c"), end()
)
ENDED_EARLY = (
    *chain(start(), parallel("bagi"), user_task("a"), end("henti", "<terminateEventDefinition/>")),
    *(user_task("b"), end("tamat"), flow("bagi", "b"), flow("b", "tamat")),
)
CALLED = process(*chain(start("m"), user_task("b"), end("s")), identity="anak")
A_CALL = (process(*chain(start(), user_task("a"), call("panggil", "anak"), user_task("c"), end())), CALLED)
INSIDE = chain(start("m"), user_task("kerja"), user_task("lagi"), end("s"))
TURNING = element("standardLoopCharacteristics", "", loopMaximum="3", testBefore="false")
TWICE = "<loopCardinality>2</loopCardinality>"
A_STANDARD_LOOP = chain(start(), user_task("a", TURNING), user_task("z"), end())
SIDE_BY_SIDE = chain(start(), sub_process("bagian", multi_instance(TWICE), *INSIDE), user_task("z"), end())
IN_TURN = chain(start(), user_task("a", multi_instance(TWICE, isSequential="true")), user_task("z"), end())
A_CATCH = chain(start(), user_task("a"), catch("surat", BY_MESSAGE), user_task("b"), end())
SHAPES = {
    "a sequence": A_SEQUENCE,
    "a script and a decision": A_SCRIPT,
    "a parallel split and join": A_SPLIT,
    "a loop": A_LOOP,
    "an inclusive split and join": SOME_BRANCHES,
    "a sub-process": A_SUB_PROCESS,
    "a terminate end": ENDED_EARLY,
    "a standard loop": A_STANDARD_LOOP,
    "a multi-instance side by side": SIDE_BY_SIDE,
    "a multi-instance one after the other": IN_TURN,
}


def guarded(definition: str, *inside: str, interrupting: str = "true") -> tuple[str, ...]:
    """A sub-process with an event at its border that leads to the task `tangani`."""
    return (
        *chain(start(), sub_process("bagian", *(inside or INSIDE)), user_task("lanjut"), end()),
        *(boundary("tepi", "bagian", definition, cancelActivity=interrupting), user_task("tangani"), end("e")),
        *(flow("tepi", "tangani"), flow("tangani", "e")),
    )


RAISING = chain(start("m"), user_task("kerja"), throw("naik", BY_ESCALATION), user_task("lagi"), end("s"))
FAILING = chain(start("m"), user_task("kerja"), end("s", BY_ERROR))
# what happens between the tasks: a message, by its name
TOLD = {
    "a message that is waited for": (A_CATCH, ("a", "message", "b")),
    "a message that interrupts": (guarded(BY_MESSAGE), ("message", "tangani")),
    "a message that comes later": (guarded(BY_MESSAGE), ("kerja", "message", "tangani")),
    "a message that does not interrupt": (
        guarded(BY_MESSAGE, interrupting="false"),
        ("message", "kerja", "tangani", "lagi", "lanjut"),
    ),
    "a signal that interrupts": (guarded(BY_SIGNAL), ("kerja", "signal", "tangani")),
    "an error that is caught": (guarded(BY_ERROR, *FAILING), ("kerja", "tangani")),
    "an escalation that does not interrupt": (
        guarded(BY_ESCALATION, *RAISING, interrupting="false"),
        ("kerja", "tangani", "lagi", "lanjut"),
    ),
}
VARIABLES = {"n": 0}


def ours(source: bytes, choose: Choose) -> Iterator[Step]:
    case = Case(read_plainly(source), dict(VARIABLES))
    while case.open:
        yield tuple(case.open)
        case.complete(choose(case.open))
    assert case.has_ended
    yield ()


def begun(source: bytes) -> BpmnWorkflow:
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(source))
    workflow = BpmnWorkflow(
        parser.get_spec("proses"), parser.get_subprocess_specs("proses"), script_engine=PythonScriptEngine()
    )
    workflow.data.update(VARIABLES)
    workflow.task_tree.data.update(VARIABLES)
    workflow.do_engine_steps()
    return workflow


def the_librarys(source: bytes, choose: Choose) -> Iterator[Step]:
    workflow = begun(source)
    while tasks := _waiting(workflow):
        names = sorted(named(task) for task in tasks)
        yield tuple(names)
        next(task for task in tasks if named(task) == choose(names)).run()
        workflow.do_engine_steps()
    assert workflow.completed
    yield ()


def ours_told(source: bytes, acts: tuple[str, ...]) -> Iterator[Step]:
    case = Case(read_plainly(source), dict(VARIABLES))
    for act in acts:
        yield tuple(case.open)
        {"message": case.message, "signal": case.signal}.get(act, lambda act=act: case.complete(act))()
    assert case.has_ended


def the_librarys_told(source: bytes, acts: tuple[str, ...]) -> Iterator[Step]:
    workflow = begun(source)
    for act in acts:
        tasks = {named(task): task for task in _waiting(workflow)}
        yield tuple(sorted(tasks))
        if act in HEARD:
            workflow.catch(BpmnEvent(HEARD[act], payload={}))
        else:
            tasks[act].run()
        workflow.do_engine_steps()
    assert workflow.completed


HEARD = {"message": MessageEventDefinition("pesan"), "signal": SignalEventDefinition("sinyal")}


def named(task: Any) -> str:
    """A pass of a loop has a name of its own there."""
    return str(task.task_spec.name).removesuffix(" [child]")


def _waiting(workflow: BpmnWorkflow) -> list[Any]:
    return list(workflow.get_tasks(state=TaskState.READY, manual=True))


@pytest.mark.parametrize("choose", [min, max], ids=["first", "last"])
@pytest.mark.parametrize("shape", SHAPES)
def test_both_runtimes_open_the_same_tasks(shape: str, choose: Choose):
    source = diagram(*SHAPES[shape])
    assert list(ours(source, choose)) == list(the_librarys(source, choose))


@pytest.mark.parametrize("shape", TOLD)
def test_both_runtimes_hear_the_same(shape: str):
    parts, acts = TOLD[shape]
    source = diagram(*parts, outside=NAMED)
    assert list(ours_told(source, acts)) == list(the_librarys_told(source, acts))


def test_both_runtimes_call_and_come_back():
    source = definitions(*A_CALL)
    assert list(ours(source, min)) == list(the_librarys(source, min))
