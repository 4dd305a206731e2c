"""Rules about what is written in a drawing, and what an SOP should say."""

import pytest

from engine.bpmn.problems import Severity
from engine.bpmn.reader import compile_graph, read
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    exclusive,
    extensions,
    flow,
    lane,
    parallel,
    person_task,
    script_task,
    service_task,
    start,
    timer,
    user_task,
)
from tests.unit.bpmn.findings import codes, places, refusals, the_problem


def timed(text: str, kind: str = "timeDuration") -> bytes:
    return diagram(*chain(start(), catch("tunggu", timer(text, kind)), end()))


def decided(*conditions: str, labels: tuple[str, ...] = ("A", "B", "C"), default: str = "") -> bytes:
    ends = [end(f"e{n}") for n in range(len(conditions))]
    branches = [flow("g", f"e{n}", labels[n], condition) for n, condition in enumerate(conditions)]
    return diagram(*chain(start(), exclusive("g", **({"default": default} if default else {}))), *ends, *branches)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PT1H", "timeDuration"),
        ("P3D", "timeDuration"),
        ("${tenggat}", "timeDuration"),
        ("='PT' + '5M'", "timeDuration"),
        ("now()", "timeDate"),
        ("2026-01-31T08:00:00+07:00", "timeDate"),
        ("R3/PT1H", "timeCycle"),
        ("0 8 * * MON-FRI", "timeCycle"),
    ],
)
def test_a_timer_says_when(text, kind):
    assert refusals(timed(text, kind)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("besok pagi", "timeDate"),
        ("5 menit", "timeDuration"),
        ("-PT1H", "timeDuration"),
        ("P99999999999Y", "timeDuration"),
        ("PT1H", "timeDate"),
        ("R/PT0S", "timeCycle"),
        ("0 25 * * *", "timeCycle"),
        ("0 0 8 ? * 2", "timeCycle"),
        ("0 0 31 2 *", "timeCycle"),
        ("0 8 * * MON", "timeDuration"),
        ("5", "timeDuration"),
        ("60 * 60", "timeDuration"),
        ("'besok'", "timeDate"),
        ("true", "timeCycle"),
        ("open('/etc/passwd')", "timeDuration"),
    ],
)
def test_a_nonsense_time_is_refused_with_its_text(text, kind):
    problem = the_problem(timed(text, kind), "timer.bad")
    assert (problem.severity, problem.element, problem.params["text"]) == (Severity.ERROR, "tunggu", text)
    assert problem.params["reason"]["message"]


def test_a_time_may_have_places_that_are_worked_out():
    source = timed("PT${jam}H")
    assert refusals(source) == []
    assert compile_graph(source).nodes["tunggu"].events[0].value.evaluate({"jam": 5}) == "PT5H"
    assert refusals(timed("PT${jam +}H")) == ["timer.bad"]


def test_a_timer_without_time_is_a_draft():
    assert refusals(timed("")) == ["timer.missing"]


def test_branches_say_when_they_are_taken():
    assert refusals(decided("x > 1", "x <= 1")) == []
    assert refusals(decided("", "")) == ["condition.missing"] * 2
    assert places(decided("x > 1", "", ""), "condition.missing") == ["g_e1", "g_e2"]
    assert places(decided("x > 1", "", "", default="g_e1"), "condition.missing") == ["g_e2"]


@pytest.mark.parametrize(
    ("inside", "names", "decider"),
    [
        ("", ("Ya", "Tidak"), "Periksa"),
        ('<tk:formulir kunci="periksa"/>', ("Ya", "Tidak"), None),
        ("", ("Ya", ""), None),
        ("", ("Ya", "ya"), None),
    ],
)
def test_the_first_open_branch_tells_who_may_be_asked_for_all(inside, names, decider):
    branches = (flow("g", "a", names[0]), flow("g", "b", names[1]), end("a"), end("b"))
    drawn = diagram(*chain(start(), user_task("periksa", extensions(inside)), exclusive("g")), *branches)
    first, second = (each for each in read(drawn).problems if each.code == "condition.missing")
    assert (first.params.get("decider"), second.params.get("decider")) == (decider, None)


def test_a_conditional_event_has_a_condition():
    with_one = catch(
        "tunggu", "<conditionalEventDefinition><condition>lengkap</condition></conditionalEventDefinition>"
    )
    assert refusals(diagram(*chain(start(), with_one, end()))) == []
    without = catch("tunggu", "<conditionalEventDefinition/>")
    assert refusals(diagram(*chain(start(), without, end()))) == ["condition.missing"]


@pytest.mark.parametrize("text", ["lengkap ==", "__import__('os')", "x.__class__", "open('x')", "lambda: 1", "${1 +}"])
def test_a_condition_that_is_no_expression_is_refused_with_the_place(text):
    problem = the_problem(decided(text, "x"), "expression.bad")
    assert (problem.severity, problem.element) == (Severity.ERROR, "g_e0")
    assert problem.params["place"] >= 1


def test_expressions_in_parameters_and_performers_are_looked_at():
    wrong = extensions('<tk:layanan operasi="notify"><tk:parameter nama="text" nilai="1 +"/></tk:layanan>')
    assert refusals(diagram(*chain(start(), element("serviceTask", "s", wrong), end()))) == ["expression.bad"]
    task = user_task("t", extensions('<tk:pelaksana pegawai="${exec(1)}"/>'))
    assert places(diagram(*chain(start(), task, end())), "expression.bad") == ["t"]


def test_what_is_worked_out_in_the_name_of_an_event_is_looked_at():
    waiting = chain(start(), catch("tunggu", event("message", messageRef="pesan")), end())
    named = element("message", "pesan", name="${surat.getNomor()}")
    assert places(diagram(*waiting, outside=(named,)), "expression.bad") == ["pesan"]
    by_its_own_name = catch("${1 +}", event("signal"))
    assert places(diagram(*chain(start(), by_its_own_name, end())), "expression.bad") == ["${1 +}"]


def test_a_script_assigns_values():
    assert refusals(diagram(*chain(start(), script_task("s", "a = 1\nb = a + 1"), end()))) == []


@pytest.mark.parametrize("script", ["import os", "a = 1\nimport os\nos.system('x')", "def f(): pass", "eval('1')"])
def test_any_other_script_is_refused(script):
    problem = the_problem(diagram(*chain(start(), script_task("s", script), end())), "script.bad")
    assert (problem.severity, problem.element) == (Severity.ERROR, "s")


def test_the_line_in_a_script_is_told():
    source = diagram(*chain(start(), script_task("s", "a = 1\nimport os"), end()))
    assert the_problem(source, "script.bad").params["script_line"] == 2


def test_a_script_task_without_script_is_a_draft():
    assert refusals(diagram(*chain(start(), element("scriptTask", "s"), end()))) == ["script.missing"]


def test_a_service_asks_for_a_known_operation():
    assert refusals(diagram(*chain(start(), service_task("s", "number_letter"), end()))) == []
    assert refusals(diagram(*chain(start(), service_task("s", "launch_rocket"), end()))) == ["service.unknown"]
    assert refusals(diagram(*chain(start(), element("serviceTask", "s"), end()))) == ["service.missing"]


def several(*inside: str, **attributes: str) -> bytes:
    loop = element("multiInstanceLoopCharacteristics", "", *inside, **attributes)
    return diagram(*chain(start(), element("task", "t", loop), end()))


def test_a_loop_says_how_often():
    assert refusals(several("<loopCardinality>3</loopCardinality>")) == []
    assert refusals(several()) == ["loop.missing"]
    assert refusals(several("<loopCardinality>-3</loopCardinality>")) == ["loop.bad_count"]
    both = several("<loopCardinality>3</loopCardinality>", "<loopDataInputRef>a</loopDataInputRef>")
    assert refusals(both) == ["loop.two_ways"]
    assert refusals(several("<loopCardinality>3</loopCardinality>", behavior="Complex")) == ["element.unsupported"]


def test_a_loop_that_tells_of_its_passes_says_by_what_event():
    def telling(reference: str) -> bytes:
        number, attributes = (
            "<loopCardinality>3</loopCardinality>",
            {"behavior": "One", "oneBehaviorEventRef": reference},
        )
        loop = element("multiInstanceLoopCharacteristics", "", number, **attributes)
        told = element("signalEventDefinition", "kabar", signalRef="sinyal")
        parts = chain(start(), element("task", "t", loop), end())
        return diagram(
            *parts, outside=(told, element("signal", "sinyal", name="sinyal"), element("timerEventDefinition", "waktu"))
        )

    assert refusals(telling("kabar")) == []
    assert refusals(telling("waktu")) == refusals(telling("hilang")) == ["loop.no_event"]


def test_a_standard_loop_ends():
    loop = "<standardLoopCharacteristics/>"
    assert refusals(diagram(*chain(start(), element("task", "t", loop), end()))) == ["loop.missing"]


@pytest.mark.parametrize("value", ["0", "-1", "banyak", "1.5", "9" * 5000])
def test_quantities_are_whole_numbers(value):
    assert refusals(diagram(*chain(start(), element("task", "t", startQuantity=value), end()))) == ["number.bad"]


def test_a_step_has_a_performer():
    assert refusals(diagram(*chain(start(), user_task("t"), end()))) == ["performer.missing"]
    assert refusals(diagram(lane("Staf", "t"), *chain(start(), user_task("t"), end()))) == []


def test_a_step_should_have_a_standard_time_and_an_output():
    source = diagram(lane("Staf", "t"), *chain(start(), user_task("t"), end()))
    assert the_problem(source, "standard_time.missing").severity is Severity.WARNING
    assert the_problem(source, "output.missing").severity is Severity.INFO
    assert codes(diagram(*chain(start(), person_task("t"), end()))) == set()


@pytest.mark.parametrize("said", ["-4", "0", "banyak", ""])
def test_an_effort_norm_is_a_number_of_minutes(said: str):
    source = diagram(*chain(start(), person_task("t", "Staf", f'<tk:norma menit="{said}"/>'), end()))
    assert refusals(source) == ["effort_norm.bad"]


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("besok", ["due_date.bad"]),
        ("5", ["due_date.bad"]),
        ("${5}", ["due_date.bad"]),
        ("2026-13-40", ["due_date.bad"]),
        ("P99Y", ["due_date.too_long"]),
        ("P2Y", []),
        ("${'P3D'}", []),
        ("${besok}", []),
        ("2026-12-31", []),
    ],
)
def test_a_due_date_is_a_moment_or_an_expression(said: str, refused: list[str]):
    task = user_task("t", extensions('<tk:pelaksana jabatan="Staf"/>'), camunda__dueDate=said)
    assert refusals(diagram(*chain(start(), task, end()))) == refused


def test_a_bare_word_is_a_variable_in_our_own_element():
    assert refusals(diagram(*chain(start(), person_task("t", "Staf", '<tk:tenggat nilai="batas"/>'), end()))) == []


def test_branches_should_have_labels():
    assert places(decided("x", "not x", labels=("Ya", "")), "branch.no_label") == ["g_e1"]
    assert codes(decided("x", "not x")) == set()


def test_branches_side_by_side_should_be_joined():
    sides = (element("task", "a"), element("task", "b"), flow("p", "a"), flow("p", "b"))
    joined = (parallel("q"), flow("a", "q"), flow("b", "q"), *chain(element("task", "c"), end()), flow("q", "c"))
    loose = (flow("a", "c"), flow("b", "c"), *chain(element("task", "c"), end()))
    assert codes(diagram(*chain(start(), parallel("p")), *sides, *joined)) == set()
    assert places(diagram(*chain(start(), parallel("p")), *sides, *loose), "join.implicit") == ["c"]


def test_a_long_procedure_should_be_divided():
    tasks = [element("task", f"t{n}") for n in range(21)]
    assert codes(diagram(*chain(start(), *tasks[:20], end()))) == set()
    assert the_problem(diagram(*chain(start(), *tasks, end())), "process.long").severity is Severity.WARNING


def test_all_faults_are_told_at_once():
    source = diagram(
        *chain(start(), script_task("s", "import os"), user_task("t"), end()),
        boundary("b", "hilang", timer("kapan-kapan saja")),
        flow("b", "selesai"),
        flow("x", "y"),
    )
    assert {"script.bad", "performer.missing", "boundary.no_host", "timer.bad", "flow.loose"} <= set(refusals(source))


def test_every_sentence_can_be_filled_in():
    source = diagram(*chain(start(), script_task("s", "import os"), element("serviceTask", "x"), user_task("t")))
    for code in codes(source):
        for place in places(source, code):
            assert place is not None
        assert "%(" not in the_problem(source, code).text("en")
