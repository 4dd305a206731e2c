"""Every operation that a diagram may ask for is carried out, by the kind of job that its description promises."""

from engine.bpmn.operations import OPERATIONS
from engine.core.wiring import CALLS, SERVICES
from engine.expressions import pattern


def test_what_changes_our_own_rows_only_runs_in_one_transaction():
    assert set(SERVICES) == {name for name, operation in OPERATIONS.items() if not operation.calls_outside}


def test_what_talks_to_another_server_runs_with_no_transaction_open():
    assert set(CALLS) == {name for name, operation in OPERATIONS.items() if operation.calls_outside}


def test_the_places_of_a_letter_number_are_all_described():
    described = next(each.about for each in OPERATIONS["number_letter"].parameters if each.name == "pattern")
    assert {place for place in pattern.PLACES if f"{{{place}}}" not in described} == set()
