"""Decision tables come in with the diagram that asks them."""

from tests.support.decisions import decision, dmn, table
from tests.support.diagrams import chain, diagram, element, end, person_task, start

ASKING = diagram(
    *chain(
        start(),
        person_task("tulis", "writer"),
        element("businessRuleTask", "tentukan", camunda__decisionRef="siapa"),
        end(),
    )
)
TABLE = dmn(decision(table(["hari"], ["siapa"], ["<= 5", '"kasubbag"'], ["> 5", '"kepala"']), identity="siapa"))


def test_files_and_texts_bring_decisions(program):
    files = program("eko").upload("/processes", diagram=("cuti.bpmn", ASKING), decisions=[("siapa.dmn", TABLE)])
    texts = {"diagram": ASKING.decode(), "filename": "cuti.bpmn", "decisions": {"siapa.dmn": TABLE.decode()}}
    assert (files.status_code, files.json["state"]) == (201, "ready")
    assert program("eko").post("/processes", texts).json["version_id"] == files.json["version_id"]


def test_a_decision_that_is_not_sent_is_missing(program):
    answer = program("eko").upload("/processes", diagram=("cuti.bpmn", ASKING))
    assert (answer.json["state"], [each["code"] for each in answer.json["problems"]]) == ("draft", ["decision.missing"])


def test_a_faulty_table_refuses_the_diagram_with_it(program):
    faulty = TABLE.replace(b"&lt;= 5", b"&lt;=")
    answer = program("eko").upload("/processes", diagram=("cuti.bpmn", ASKING), decisions=[("siapa.dmn", faulty)])
    assert (answer.status_code, [each["code"] for each in answer.json["problems"]]) == (422, ["decision.bad_cell"])


def test_one_name_means_one_file(program):
    answer = program("eko").upload("/processes", diagram=("cuti.bpmn", ASKING), decisions=[("a.dmn", TABLE)] * 2)
    assert answer.status_code == 422


def test_too_large_a_file_is_refused_by_name(program):
    large = ("besar.dmn", TABLE + b" " * (2 << 20))
    answer = program("eko").upload("/processes", diagram=("cuti.bpmn", ASKING), decisions=[large])
    assert "file.too_large" in [each["code"] for each in answer.json["problems"]]
