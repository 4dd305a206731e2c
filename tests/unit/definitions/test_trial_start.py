"""What a trial start finds before anyone relies on a diagram."""

from engine.bpmn.problems import Severity
from engine.bpmn.reader import compile_graph
from engine.definitions.examination import trial_start
from tests.support.diagrams import (
    chain,
    definitions,
    diagram,
    end,
    exclusive,
    flow,
    person_task,
    process,
    script_task,
    start,
)


def found(source: bytes) -> list[tuple[str, Severity, str | None]]:
    return [(problem.code, problem.severity, problem.element) for problem in trial_start(compile_graph(source))]


def test_a_sound_diagram_starts():
    assert found(diagram(*chain(start(), person_task("tulis"), end()))) == []


def test_a_script_that_needs_data_is_told_with_its_place():
    source = diagram(*chain(start(), script_task("hitung", "x = jumlah * 2"), end()))
    assert found(source) == [("trial.failed", Severity.WARNING, "hitung")]


def test_the_reason_is_said_in_the_readers_language():
    [problem] = trial_start(compile_graph(diagram(*chain(start(), script_task("hitung", "x = jumlah * 2"), end()))))
    assert "jumlah" in problem.text("en")
    assert ".." not in problem.text("en")


def test_a_circle_in_which_nobody_waits_makes_a_draft():
    circle = (*chain(start(), script_task("ulang", "x = 1"), exclusive("lagi", default="lagi_ulang")), end())
    source = definitions(process(*circle, flow("lagi", "ulang"), flow("lagi", "selesai", condition="x == 2")))
    assert found(source) == [("trial.restless", Severity.MISSING, "proses")]


def test_a_long_count_that_ends_is_no_circle():
    tasks = (script_task("nol", "n = 0"), script_task("hitung", "n = n + 1"))
    count = (*chain(start(), *tasks, exclusive("cukup")), end())
    again = flow("cukup", "hitung", condition="n < 11000")
    assert found(diagram(*count, again, flow("cukup", "selesai", condition="n >= 11000"))) == []
