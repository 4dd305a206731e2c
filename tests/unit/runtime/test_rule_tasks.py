"""Business rule tasks on their way through a case: results, loops, faults, retries, boundary events."""

from typing import Any

import pytest

from engine.bpmn.reader import compile_graph
from engine.runtime import changes as c
from engine.runtime.stimuli import SetVariables
from tests.support.decisions import decision, dmn, literal, table
from tests.support.diagrams import Part, boundary, chain, diagram, element, end, extensions, flow, start, user_task
from tests.unit.runtime.cases import BY_ERROR, NAMED, Case, multi_instance

BY_DAYS = decision(table(["hari"], ["siapa"], ["<= 5", '"kasubbag"'], ["> 5", '"kepala"']))
SEVERAL = decision(
    table(["hari"], ["siapa", "batas"], ["> 0", '"kasubbag"', "hari"], ["> 5", '"kepala"', "2"], policy="COLLECT")
)

BOTH = [{"siapa": "kasubbag", "batas": 9}, {"siapa": "kepala", "batas": 2}]


def rule_task(said: str = 'kunci="keputusan"', *inside: str, mapped: str = "") -> Part:
    return element("businessRuleTask", "tentukan", extensions(f"<tk:keputusan {said}/>", mapped), *inside)


def a_case(*parts: Part, decisions: str = BY_DAYS, **variables: Any) -> Case:
    source = diagram(*parts, outside=NAMED)
    return Case(compile_graph(source, {"aturan.dmn": dmn(decisions)}), variables)


def decided(said: str, decisions: str = BY_DAYS, **variables: Any) -> dict[str, Any]:
    """What the case knows after the task and did not know before."""
    case = a_case(*chain(start(), rule_task(said), user_task("lihat"), end()), decisions=decisions, **variables)
    return {name: value for name, value in case.variables.items() if name not in variables}


def test_without_a_result_the_outputs_are_variables():
    assert decided('kunci="keputusan"', hari=3) == {"siapa": "kasubbag"}
    assert decided('kunci="keputusan"', SEVERAL, hari=9) == {"siapa": ["kasubbag", "kepala"], "batas": [9, 2]}
    assert decided('kunci="keputusan"', decision(literal("hari * 2")), hari=3) == {"Keputusan": 6}


def test_no_rule_leaves_nothing_under_the_name():
    assert decided('kunci="keputusan" hasil="x"', hari=None) == {"x": None}
    assert decided('kunci="keputusan" hasil="x"', SEVERAL, hari=None) == {"x": []}


@pytest.mark.parametrize(
    ("shape", "one", "all_"),
    [
        ("", "kasubbag", BOTH),
        ("daftar-catatan", [{"siapa": "kasubbag"}], BOTH),
        ("nilai", "kasubbag", None),
        ("catatan", {"siapa": "kasubbag"}, None),
        ("daftar-nilai", ["kasubbag"], None),
    ],
)
def test_the_result_comes_in_the_form_that_is_wanted(shape: str, one: Any, all_: Any):
    said = f'kunci="keputusan" hasil="x" bentuk="{shape}"'
    assert decided(said, hari=3) == {"x": one}
    assert decided(said, SEVERAL, hari=9) == ({} if all_ is None else {"x": all_})


def test_a_form_that_the_answer_does_not_have_is_an_incident():
    task = rule_task('kunci="keputusan" hasil="x" bentuk="nilai"')
    case = a_case(*chain(start(), task, end()), decisions=SEVERAL, hari=9)
    assert case.faults == ["decision.several_answers"]


def test_what_was_decided_and_by_which_rules_is_told():
    needed = decision(literal("batas * 2"), identity="ganda", name="Ganda")
    asked = decision(table(["ganda"], ["y"], ["< 5", "1"], ["-", "2"], policy="RULE ORDER"), requires=("ganda",))
    case = a_case(*chain(start(), rule_task(), end()), decisions=needed + asked, batas=1)
    told = [(made.decision, made.rules) for made in case.history if isinstance(made, c.DecisionMade)]
    assert told == [("Ganda", ()), ("Keputusan", (1, 2))]
    assert case.has_ended


def test_a_fault_stops_the_case_until_it_is_mended_and_retried():
    case = a_case(*chain(start(), rule_task(), user_task("lihat"), end()))
    assert case.faults == ["expression.unknown_name"]
    case.tell(SetVariables({"hari": 9}))
    case.retry()
    assert (case.open, case.variables["siapa"]) == (["lihat"], "kepala")


def test_a_decision_that_is_not_there_is_an_incident():
    source = diagram(*chain(start(), rule_task('kunci="hilang"'), end()))
    assert Case(compile_graph(source), {}).faults == ["decision.missing"]


def test_each_item_of_a_multi_instance_is_decided_by_itself():
    loop = multi_instance(
        "<loopDataInputRef>lama</loopDataInputRef><loopDataOutputRef>semua</loopDataOutputRef>"
        '<inputDataItem name="hari"/><outputDataItem name="siapa"/>'
    )
    case = a_case(*chain(start(), rule_task('kunci="keputusan"', loop), user_task("lihat"), end()), lama=[3, 9, 5])
    assert case.variables["semua"] == ["kasubbag", "kepala", "kasubbag"]


def test_a_standard_loop_asks_again():
    loop = element("standardLoopCharacteristics", "", "<loopCondition>total &lt; 5</loopCondition>")
    counting = decision(table([], ["total"], ["total + 1"]))
    parts = chain(start(), rule_task('kunci="keputusan"', loop), user_task("lihat"), end())
    assert a_case(*parts, decisions=counting, total=0).variables["total"] == 5


def test_inputs_and_outputs_are_mapped():
    mapped = '<tk:masukan nama="hari" nilai="lama + 1"/><tk:hasil nama="pejabat" nilai="siapa"/>'
    case = a_case(*chain(start(), rule_task(mapped=mapped), user_task("lihat"), end()), lama=5)
    assert case.variables["pejabat"] == "kepala"
    assert "hari" not in case.variables


def test_a_boundary_event_at_the_task_changes_nothing_of_it():
    parts = chain(start(), rule_task(), user_task("lihat"), end())
    case = a_case(*parts, boundary("batas", "tentukan", BY_ERROR), flow("batas", "selesai"), hari=3)
    assert case.open == ["lihat"]
