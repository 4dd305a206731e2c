"""The pages that are made from the program say what it says; `make docs` brings them up to date."""

import re

import pytest

from engine.bpmn.vocabulary import FLOW_NODES
from tests.conformance.catalogue import REFUSED, TRACES
from tests.conformance.faults import FAULTS
from tests.conformance.pages import lint_page, support_page
from tests.conformance.pages.codes import SOURCES, told_by
from tests.conformance.pages.probes import KINDS, PLACES, probe
from tests.conformance.subjects import subjects_of
from tests.conformance.test_conformance import refusing

CODE = re.compile(
    r'"((?:boundary|branch|call|condition|element|end|event|event_gateway|expression|file|flow|form|join|link|loop|number'
    r'|output|performer|process|reference|repair|script|service|standard_time|start|timer|trial)\.[a-z_]+)"'
)
NOT_OF_A_DIAGRAM = {"form.not_json", "process.bpmn", "expression.no_list"}
PROVEN = {subject for case in TRACES for subject in case.about}


def test_the_page_of_supported_elements_is_up_to_date():
    assert support_page.PAGE.read_text(encoding="utf-8") == support_page.support_page(), "make docs"


def test_the_page_of_lint_rules_is_up_to_date():
    assert lint_page.PAGE.read_text(encoding="utf-8") == lint_page.lint_page(), "make docs"


def test_every_code_of_the_check_is_found_for_the_page():
    in_the_program = {code for source in SOURCES for code in CODE.findall(source.read_text(encoding="utf-8"))}
    assert in_the_program - {told.code for told in told_by()} - NOT_OF_A_DIAGRAM == set()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_event_is_accepted_where_cases_prove_it_and_nowhere_else(kind: str, place: str):
    assert (refusing(probe(kind, place)) == []) == (f"{kind} {place}" in PROVEN)


def test_every_element_and_fault_has_its_cases():
    events = {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
    about = PROVEN | {subject for case in REFUSED for subject in case.about}
    assert (FLOW_NODES - events | set(FAULTS) | set(support_page.AROUND)) - about == set()


@pytest.mark.parametrize("case", [*TRACES, *REFUSED], ids=lambda case: case.name)
def test_a_case_holds_what_it_is_about(case):
    drawn = subjects_of(case.source)
    assert {subject for subject in case.about if subject in drawn.known} <= drawn.held
