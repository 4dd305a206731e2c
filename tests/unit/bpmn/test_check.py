import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from engine.bpmn.check import check, check_safely
from engine.bpmn.graph import ProcessGraph
from engine.bpmn.problems import Problem, Severity, Verdict
from tests.support.diagrams import a_sound_diagram, chain, diagram, end, exclusive, flow, start


def find_fault(graph: ProcessGraph, code: str = "trial.failed") -> tuple[Problem, ...]:
    """A trial that fails, and tells in which process it ran."""
    return (
        Problem(code=code, severity=Severity.ERROR, message="", params={"pid": os.getpid(), "nodes": len(graph.nodes)}),
    )


def never_end(graph: ProcessGraph) -> tuple[Problem, ...]:
    while graph:
        pass
    return ()


def eat_memory(graph: ProcessGraph) -> tuple[Problem, ...]:
    return tuple([find_fault(graph)] * (1 << 40))  # type: ignore[arg-type]


def kill_self(graph: ProcessGraph) -> tuple[Problem, ...]:
    os.kill(os.getpid(), signal.SIGKILL)
    return ()


def codes(source: bytes, **more) -> list[str]:
    return [problem.code for problem in check_safely(source, **more).problems]


def test_the_child_finds_what_this_process_finds():
    for source in (a_sound_diagram(), b"", b"\x89PNG", diagram(start(), end())):
        assert check_safely(source) == check(source)


def test_a_report_names_processes_and_lanes():
    report = check_safely(a_sound_diagram())
    assert report.verdict is Verdict.DEPLOYABLE
    assert [(process.id, process.name) for process in report.processes] == [("proses", "Proses")]
    assert report.lanes == ("Staf Tata Usaha", "Kepala Seksi")


def test_what_is_missing_makes_a_draft():
    source = diagram(
        *chain(start(), exclusive("g")), end(), end("lain"), flow("g", "selesai", "Ya"), flow("g", "lain", "Tidak")
    )
    assert check_safely(source).verdict is Verdict.DRAFT


def test_a_trial_runs_in_the_child():
    [problem] = check_safely(a_sound_diagram(), trial=partial(find_fault, code="trial.other")).problems
    assert (problem.code, problem.params["nodes"]) == ("trial.other", 7)
    assert problem.params["pid"] != os.getpid()


def test_a_trial_is_for_graphs_only():
    assert codes(b"", trial=find_fault) == ["file.empty"]


def test_an_endless_check_is_stopped_and_the_next_one_answered():
    assert codes(a_sound_diagram(), trial=never_end, seconds=0.3) == ["file.too_complex"]
    assert codes(a_sound_diagram()) == []


def test_a_greedy_check_is_stopped():
    assert codes(a_sound_diagram(), trial=eat_memory) == ["file.too_complex"]


def test_a_killed_child_is_replaced():
    assert codes(a_sound_diagram(), trial=kill_self) == ["file.too_complex"]
    assert codes(a_sound_diagram()) == []


def test_fifty_megabytes_never_reach_the_child():
    assert codes(b"x" * (50 << 20)) == ["file.too_large"]


def test_many_threads_may_ask():
    with ThreadPoolExecutor(8) as threads:
        reports = list(threads.map(check_safely, [a_sound_diagram(), b"", b"<x/>"] * 8))
    assert [len(report.problems) for report in reports] == [0, 1, 1] * 8


def test_a_forked_server_gets_a_child_of_its_own():
    check_safely(a_sound_diagram())
    forked = os.fork()
    if forked == 0:
        is_right = check_safely(a_sound_diagram()).verdict is Verdict.DEPLOYABLE
        os._exit(0 if is_right else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert codes(a_sound_diagram()) == []


def test_the_three_words_that_others_know():
    assert [severity.outside for severity in Severity] == ["error", "warning", "warning", "info"]
    assert json.dumps(Severity.MISSING.outside) == '"warning"'


def test_the_child_ends_with_its_parent():
    program = "from engine.bpmn import check; check.prepare(); print(check._CHILD._process.pid, flush=True)"
    child = int(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout)
    for _attempt in range(50):
        if not os.path.exists(f"/proc/{child}"):
            return
        time.sleep(0.1)
    raise AssertionError("the child lives on")
