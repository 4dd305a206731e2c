"""Programs that play bring decision tables beside their diagrams."""

from tests.integration.play.conftest import Program
from tests.support.decisions import decision, dmn, table
from tests.support.diagrams import chain, diagram, element, end, start, user_task

ASKING = diagram(
    *chain(start(), element("businessRuleTask", "tentukan", camunda__decisionRef="siapa"), user_task("lihat"), end())
)
DAYS = [["<= 5", '"kasubbag"'], [">= 5", '"kepala"']]


def rules(policy: str) -> str:
    return dmn(decision(table(["hari"], ["pejabat"], *DAYS, policy=policy), identity="siapa")).decode()


def test_a_table_decides(program: Program):
    assert program.tell("deploy", files={"cuti.bpmn": ASKING.decode(), "siapa.dmn": rules("FIRST")})["ok"]
    program.tell("start", process="proses", variables={"hari": 9})
    assert (program.case["open"], program.case["variables"]["pejabat"]) == (["lihat"], "kepala")
    assert program.case["completed"] == ["mulai", "tentukan"]


def test_a_table_that_answers_twice_is_refused(program: Program):
    program.tell("deploy", files={"cuti.bpmn": ASKING.decode(), "siapa.dmn": rules("UNIQUE")})
    assert not program.answer["ok"]
    assert "decision.overlap" in [each["code"] for each in program.answer["problems"]]


def test_a_table_that_is_not_there_is_told(program: Program):
    program.deploy(ASKING)
    assert not program.answer["ok"]
    assert "decision.missing" in [each["code"] for each in program.answer["problems"]]


def test_what_cannot_be_decided_is_an_incident(program: Program):
    program.tell("deploy", files={"cuti.bpmn": ASKING.decode(), "siapa.dmn": rules("FIRST")})
    program.tell("start", process="proses", variables={"hari": "lima"})
    assert (program.case["status"], program.case["incidents"][0]["activity"]) == ("incident", "tentukan")
    assert "rule 1, column “hari”" in program.case["incidents"][0]["message"]


def test_a_task_that_asks_no_decision_is_refused_at_once(program: Program):
    silent = diagram(*chain(start(), element("businessRuleTask", "tentukan"), user_task("lihat"), end()))
    program.tell("deploy", files={"cuti.bpmn": silent.decode()})
    assert not program.answer["ok"]
    assert "decision.not_said" in [each["code"] for each in program.answer["problems"]]
