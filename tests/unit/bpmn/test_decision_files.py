"""DMN files: what they say, what is wrong with them, and that nothing in them can do harm."""

import time

import pytest

from engine.bpmn.decision import DecisionTable, HitPolicy
from engine.bpmn.dmn.reading import Decisions, read_decisions
from engine.bpmn.problems import Severity
from engine.bpmn.vocabulary import DMN_VERSIONS
from engine.expressions.expression import FeelExpression
from tests.support.decisions import decision, dmn, literal, table

BY_DAYS = table(["hari"], ["siapa"], ["<= 5", '"kasubbag"'], ["> 5", '"kepala"'])
IN_GROOVY = '<literalExpression expressionLanguage="groovy"><text>1</text></literalExpression>'
AS_CAMUNDA_MODELER_WRITES = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
 xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/"
 xmlns:camunda="http://camunda.org/schema/1.0/dmn" xmlns:modeler="http://camunda.org/schema/modeler/1.0"
 id="Definitions_1" name="DRD" namespace="http://camunda.org/schema/1.0/dmn" modeler:executionPlatform="Camunda Cloud">
  <inputData id="InputData_1" name="Lama cuti"/>
  <knowledgeSource id="KnowledgeSource_1" name="PP 11/2017"/>
  <decision id="Decision_1" name="Siapa memutuskan" camunda:historyTimeToLive="180">
    <informationRequirement id="r1"><requiredInput href="#InputData_1"/></informationRequirement>
    <authorityRequirement id="r2"><requiredAuthority href="#KnowledgeSource_1"/></authorityRequirement>
    <decisionTable id="DecisionTable_1" hitPolicy="FIRST">
      <input id="Input_1" label="Lama cuti" camunda:inputVariable="lama">
        <inputExpression id="InputExpression_1" typeRef="number"><text>= lama</text></inputExpression>
        <inputValues id="UnaryTests_0"><text>[1..90]</text></inputValues>
      </input>
      <output id="Output_1" label="Pejabat" name="pejabat" typeRef="string">
        <outputValues id="UnaryTests_1"><text>"kepala","kasubbag"</text></outputValues>
      </output>
      <annotation name="Dasar"/>
      <rule id="DecisionRule_1">
        <description>Pasal 3</description>
        <inputEntry id="UnaryTests_2"><text>&lt;= 5</text></inputEntry>
        <outputEntry id="LiteralExpression_1"><text>"kasubbag"</text></outputEntry>
        <annotationEntry><text>lihat SE</text></annotationEntry>
      </rule>
      <rule id="DecisionRule_2">
        <inputEntry id="UnaryTests_3"><text></text></inputEntry>
        <outputEntry id="LiteralExpression_2"><text>"kepala"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="Decision_1"><dc:Bounds height="80" width="180" x="1"
   y="1"/></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>"""


def aggregating(policy: str, aggregation: str) -> str:
    attributes = f'hitPolicy="{policy}" aggregation="{aggregation}"'
    return f"<decisionTable {attributes}><output/><rule><outputEntry/></rule></decisionTable>"


def reading(*decisions: str) -> Decisions:
    return read_decisions({"aturan.dmn": dmn(*decisions)})


def codes(*decisions: str) -> list[str]:
    return [problem.code for problem in reading(*decisions).problems]


def sentences(*decisions: str) -> list[str]:
    return [problem.text("en") for problem in reading(*decisions).problems]


def the_table(decisions: Decisions, identity: str = "keputusan") -> DecisionTable:
    answer = decisions.by_id[identity].answer
    assert isinstance(answer, DecisionTable)
    return answer


def test_a_file_as_designers_have_it():
    found = read_decisions({"cuti.dmn": AS_CAMUNDA_MODELER_WRITES})
    assert found.problems == ()
    read = the_table(found, "Decision_1")
    assert found.by_id["Decision_1"].name == "Siapa memutuskan"
    assert read.hit_policy is HitPolicy.FIRST
    assert [(column.label, column.expression.text) for column in read.inputs] == [("Lama cuti", "= lama")]
    assert [(column.name, column.label, column.values) for column in read.outputs] == [
        ("pejabat", "Pejabat", ("kepala", "kasubbag"))
    ]
    assert [(rule.number, rule.inputs[0].text, rule.note) for rule in read.rules] == [
        (1, "<= 5", "Pasal 3 lihat SE"),
        (2, "", ""),
    ]


@pytest.mark.parametrize("namespace", DMN_VERSIONS)
def test_every_version_of_dmn_is_read(namespace: str):
    found = read_decisions({"aturan.dmn": dmn(decision(BY_DAYS), namespace=namespace)})
    assert found.problems == ()
    assert len(the_table(found).rules) == 2


def test_a_literal_expression_is_a_decision():
    assert reading(decision(literal("hari * 2"))).by_id["keputusan"].answer == FeelExpression("hari * 2")


def test_decisions_come_after_those_that_they_need():
    parts = [
        decision(literal("dua + tiga"), identity="satu", requires=("dua", "tiga")),
        decision(literal("tiga"), identity="dua", requires=("tiga",)),
        decision(literal("3"), identity="tiga"),
    ]
    assert [each.id for each in reading(*parts).needed_for("satu")] == ["tiga", "dua", "satu"]
    assert reading(*parts).needed_for("empat") == ()


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("decision.bad_id", [decision(BY_DAYS, identity="")]),
        ("decision.duplicate_id", [decision(BY_DAYS), decision(BY_DAYS)]),
        ("decision.empty", [decision()]),
        ("decision.empty", [decision(literal(""))]),
        ("decision.empty", [decision(table(["x"], ["y"]))]),
        ("decision.unsupported", [decision(BY_DAYS), '<businessKnowledgeModel id="b" name="Rumus"/>']),
        ("decision.unsupported", [decision(BY_DAYS), '<import namespace="urn:lain"/>']),
        ("decision.unsupported", [decision(BY_DAYS, "<knowledgeRequirement/>")]),
        ("decision.unsupported", [decision("<context/>")]),
        ("decision.unsupported", [decision("<invocation/>")]),
        ("decision.unsupported", [decision(IN_GROOVY)]),
        ("decision.unknown", [decision(BY_DAYS, requires=("lain",))]),
        ("decision.unknown", [decision(BY_DAYS, requires=("../x.dmn#b",))]),
        ("decision.circle", [decision(BY_DAYS, requires=("keputusan",))]),
        ("decision.bad_policy", [decision(table(["x"], ["y"], ["1", "1"], policy="LAST"))]),
        ("decision.bad_policy", [decision(aggregating("FIRST", "SUM"))]),
        ("decision.bad_policy", [decision(aggregating("COLLECT", "AVG"))]),
        ("decision.bad_policy", [decision(table(["x"], ["a", "b"], ["1", "1", "1"], policy="COLLECT SUM"))]),
        ("decision.no_order", [decision(table(["x"], ["y"], ["1", "1"], policy="PRIORITY"))]),
        ("decision.no_order", [decision(table(["x"], ["y"], ["1", "1"], policy="OUTPUT ORDER"))]),
        ("decision.no_input", [decision(table([""], ["y"], ["1", "1"]))]),
        ("decision.bad_width", [decision(table(["x"], ["y"], ["1", "1", "1"]))]),
        ("decision.bad_width", [decision(table(["x", "z"], ["y"], ["1"]))]),
        ("decision.bad_cell", [decision(table(["x y"], ["y"], ["1", "1"]))]),
        ("decision.bad_cell", [decision(table(["x"], ["y"], ["< ", "1"]))]),
        ("decision.bad_cell", [decision(table(["x"], ["y"], ["1", "kepala kantor"]))]),
        ("decision.bad_cell", [decision(table(["x"], ["y"], ["1", "1"], output_values="< 5"))]),
        ("decision.bad_cell", [decision(table(["x"], ["y"], ["1", "1"], default="1 +"))]),
        ("decision.bad_cell", [decision(literal("os.system('id')"))]),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_told(code: str, parts: list[str]):
    assert set(codes(*parts)) == {code}


def test_names_of_several_outputs_differ_and_can_be_variables():
    assert codes(decision(table(["x"], ["a", "a"], ["1", "1", "1"]))) == ["decision.bad_name"] * 2
    assert codes(decision(table(["x"], ["a", "b c"], ["-", "1", "1"]))) == ["decision.bad_name"]
    assert codes(decision(table(["x"], ["b c"], ["-", "1"]))) == []


def test_all_faults_of_all_files_are_told_at_once_with_their_places():
    bad = table(["x"], ["y"], ["<", "1"], ["1", "b b"])
    found = read_decisions({"a.dmn": dmn(decision(bad)), "b.dmn": b"<x/>", "c.dmn": dmn(decision(BY_DAYS))})
    assert [(problem.code, problem.line, problem.text("en").split(":")[0]) for problem in found.problems] == [
        ("decision.bad_cell", 3, "a.dmn"),
        ("decision.bad_cell", 4, "a.dmn"),
        ("file.not_dmn", 1, "b.dmn"),
        ("decision.duplicate_id", None, "c.dmn"),
    ]


def test_a_bad_cell_is_told_by_rule_and_column():
    [told] = sentences(decision(table(["hari"], ["siapa"], ["1", '"a"'], ["2 +", '"b"'])))
    assert told == (
        "aturan.dmn: Rule 2, column “hari” of “Keputusan”: “2 +” cannot be understood at character 3. "
        "The text cannot be read from here on: check brackets, quotes and operators. "
        'Texts stand in quotes, such as "kepala".'
    )


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "file.empty"),
        (b"bukan xml", "file.not_xml"),
        (b"\x00\xff\xfe", "file.not_xml"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "file.not_dmn"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + dmn(decision(literal("1"))), "file.doctype"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + dmn(decision(literal("1"))), "file.doctype"),
        (dmn(" " * (2 << 20)), "file.too_large"),
        (b"<a>" * 5_000, "file.not_xml"),
    ],
)
def test_a_hostile_file_stops_at_the_gate(source: bytes, code: str):
    assert [problem.code for problem in read_decisions({"x.dmn": source}).problems] == [code]


@pytest.mark.parametrize(
    "part",
    [
        '<decision id="a"><decisionTable><input/><output/><rule/></decisionTable></decision>',
        '<decision id="a"><decisionTable><rule><inputEntry/><outputEntry/></rule></decisionTable></decision>',
        '<decision id="a"><decisionTable/><decisionTable/></decision>',
        '<decision id="a"><literalExpression/><decisionTable/></decision>',
        '<decision id="a"><informationRequirement><requiredDecision/></informationRequirement></decision>',
        '<decision id="a" name="%s %(x)s {}"><variable name="__x"/></decision>',
        "<decision/>",
        "<input/><rule/><output/>",
        '<x:decision xmlns:x="urn:x"/>',
    ],
)
def test_a_file_with_holes_is_no_exception(part: str):
    assert all(problem.text("en") and problem.text("id") for problem in reading(part).problems)


def test_more_than_anybody_can_oversee_is_refused_before_it_is_compiled():
    assert codes(decision(table(["x"], ["y"], *(["1", "1"] for _number in range(2_001))))) == ["decision.too_large"]
    assert codes(decision(table(["x"] * 30, ["y"] * 30, ["1"] * 60))) == ["decision.too_large"]
    assert codes(*(decision(literal("1"), identity=f"d{number}") for number in range(101))) == ["decision.too_large"]


@pytest.mark.parametrize("cell", ["< {}", "{}", '"{}"', "[{}..{}9]", "not({}, {}1)", "? > {}"])
def test_the_largest_table_is_read_in_a_few_seconds(cell: str):
    rules = [[cell.replace("{}", str(number)), "-", '"ya"'] for number in range(2_000)]
    began = time.process_time()
    reading(decision(table(["x", "z"], ["y"], *rules)))
    assert time.process_time() - began < 4


def test_rules_of_a_unique_table_that_meet_are_told_with_an_example():
    found = reading(
        decision(
            table(["hari", "jenis"], ["y"], ["<= 5", '"tahunan"', "1"], ["-", '"sakit"', "2"], ["[3..9]", "-", "3"])
        )
    )
    overlaps = [problem for problem in found.problems if problem.code == "decision.overlap"]
    assert [problem.severity for problem in overlaps] == [Severity.ERROR] * 2
    assert overlaps[0].text("en") == (
        "aturan.dmn: The rules 1 and 3 of “Keputusan” match at once, for example when hari = 3; jenis = \"tahunan\", "
        "and its hit policy UNIQUE lets only one match. Make one of them narrower, or choose another hit policy, "
        "such as FIRST."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<= 5", ">= 5"),
        ("< 6", "> 5"),
        ("[1..5]", "[5..9]"),
        ("5", "[1..9]"),
        ("not(5)", "6"),
        ("-", "-"),
        ("null", "-"),
        ('"a", "b"', '"b", "c"'),
        ('not("a")', '"b"'),
        ('not("a")', 'not("b")'),
        ("true", "-"),
        ('[date("2026-01-01")..date("2026-02-01")]', 'date("2026-01-15")'),
        (">= 2026-01-01", "< 2026-02-01"),
    ],
)
def test_rules_overlap(first: str, second: str):
    assert codes(decision(table(["x"], ["y"], [first, "1"], [second, "2"])))[0] == "decision.overlap"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<= 5", "> 5"),
        ("[1..5)", "[5..9]"),
        ("5", "not(5)"),
        ("null", "< 5"),
        ('"a", "b"', '"c"'),
        ('not("a")', '"a"'),
        ("true", "false"),
        ('< date("2026-01-01")', '>= date("2026-01-01")'),
        ("< batas", "> 5"),
        ("? > 5", "? > 4"),
        ('< "b"', '"a"'),
        ("5", '"a"'),
    ],
)
def test_rules_do_not_overlap_or_nobody_can_know(first: str, second: str):
    assert "decision.overlap" not in codes(decision(table(["x"], ["y"], [first, "1"], [second, "2"])))


def test_between_whole_numbers_there_is_nothing():
    whole = table(["x"], ["y"], ["< 6", "1"], ["> 5", "2"], type_="integer")
    assert codes(decision(whole)) == []


def test_columns_that_look_at_one_variable_are_not_judged():
    assert codes(decision(table(["x", "x * 2"], ["y"], ["< 5", "-", "1"], ["-", ">= 10", "2"]))) == []


@pytest.mark.parametrize("policy", ["FIRST", "ANY", "RULE ORDER", "COLLECT", "COLLECT SUM"])
def test_other_tables_may_overlap(policy: str):
    assert codes(decision(table(["x"], ["y"], ["-", "1"], ["-", "2"], policy=policy))) == []


@pytest.mark.parametrize(
    ("cells", "case"),
    [
        (["< 5", "> 5"], "x = 5"),
        (["[1..5]", "> 5"], "x < 1"),
        (["<= 5", ">= 7"], "5 < x < 7"),
        (["true"], "x = false"),
        (['not("a")'], 'x = "a"'),
        (["< 2026-01-01", "> 2026-01-01"], "x = 2026-01-01"),
    ],
)
def test_a_case_that_no_rule_matches_is_told(cells: list[str], case: str):
    found = reading(decision(table(["x"], ["y"], *([cell, "1"] for cell in cells))))
    assert [(problem.code, problem.severity) for problem in found.problems] == [("decision.gap", Severity.WARNING)]
    assert f", for example when {case}: " in found.problems[0].text("en")


def test_a_gap_may_lie_between_two_columns():
    rules = [['"a"', "<= 5", "1"], ['"a"', "> 5", "2"], ['"b"', "<= 5", "3"]]
    [told] = sentences(decision(table(["jenis", "hari"], ["y"], *rules)))
    assert 'jenis = "b"; hari > 5' in told


@pytest.mark.parametrize(
    "whole",
    [
        table(["x"], ["y"], ["<= 5", "1"], ["> 5", "2"]),
        table(["x"], ["y"], ["true", "1"], ["false", "2"]),
        table(["x"], ["y"], ['"a"', "1"], ['"b"', "2"]),
        table(["x"], ["y"], ["[1..5]", "1"], input_values="[1..5]"),
        table(["x"], ["y"], ["< 5", "1"], default="0"),
        table(["x"], ["y"], ["< 5", "1"], policy="COLLECT"),
        table(["x"], ["y"], ["< batas", "1"]),
    ],
)
def test_nothing_is_missing_or_nobody_can_know(whole: str):
    assert codes(decision(whole)) == []
