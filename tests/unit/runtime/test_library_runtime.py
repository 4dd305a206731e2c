"""SpiffWorkflow's own runtime as a second opinion, on the shapes that it runs rightly (decision 0001).

Both play the same file in the same order; after every completed task the same people's tasks must be open.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tests.support.diagrams import (
    chain,
    diagram,
    end,
    exclusive,
    flow,
    parallel,
    script_task,
    start,
    sub_process,
    user_task,
)
from tests.support.plain_reader import read_plainly
from tests.unit.runtime.cases import Case, inclusive

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
SHAPES = {
    "a sequence": A_SEQUENCE,
    "a script and a decision": A_SCRIPT,
    "a parallel split and join": A_SPLIT,
    "a loop": A_LOOP,
    "an inclusive split and join": SOME_BRANCHES,
    "a sub-process": A_SUB_PROCESS,
    "a terminate end": ENDED_EARLY,
}
VARIABLES = {"n": 0}


def ours(source: bytes, choose: Choose) -> Iterator[Step]:
    case = Case(read_plainly(source), dict(VARIABLES))
    while case.open:
        yield tuple(case.open)
        case.complete(choose(case.open))
    assert case.has_ended
    yield ()


def the_librarys(source: bytes, choose: Choose) -> Iterator[Step]:
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(source))
    workflow = BpmnWorkflow(
        parser.get_spec("proses"), parser.get_subprocess_specs("proses"), script_engine=PythonScriptEngine()
    )
    workflow.data.update(VARIABLES)
    workflow.task_tree.data.update(VARIABLES)
    workflow.do_engine_steps()
    while tasks := {task.task_spec.name: task for task in _waiting(workflow)}:
        names = sorted(tasks)
        yield tuple(names)
        tasks[choose(names)].run()
        workflow.do_engine_steps()
    assert workflow.completed
    yield ()


def _waiting(workflow: BpmnWorkflow) -> list[Any]:
    return list(workflow.get_tasks(state=TaskState.READY, manual=True))


@pytest.mark.parametrize("choose", [min, max], ids=["first", "last"])
@pytest.mark.parametrize("shape", SHAPES)
def test_both_runtimes_open_the_same_tasks(shape: str, choose: Choose):
    source = diagram(*SHAPES[shape])
    assert list(ours(source, choose)) == list(the_librarys(source, choose))
