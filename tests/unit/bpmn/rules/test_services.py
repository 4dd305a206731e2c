"""A service task gives its operation what it needs."""

import pytest

from engine.bpmn.check import check
from engine.bpmn.problems import Severity
from tests.support.diagrams import chain, diagram, element, end, extensions, start


def asking(operation: str, *parameters: str) -> bytes:
    said = extensions(f'<tk:layanan operasi="{operation}">{"".join(parameters)}</tk:layanan>')
    return diagram(*chain(start(), element("serviceTask", "s", said, name="Layanan"), end()))


def codes(source: bytes) -> list[str]:
    return [
        problem.code for problem in check(source).problems if problem.severity in (Severity.ERROR, Severity.MISSING)
    ]


def parameter(name: str, text: str) -> str:
    return f'<tk:parameter nama="{name}" teks="{text}"/>'


def test_a_required_parameter_that_is_missing_makes_a_draft_that_says_which():
    problems = [each for each in check(asking("webhook")).problems if each.code == "service.parameter_missing"]
    assert [(each.element, each.params["parameter"], each.severity) for each in problems] == [
        ("s", "destination", Severity.MISSING)
    ]


def test_operations_are_called_by_words_and_by_how_a_file_writes_them():
    [problem] = [each for each in check(asking("sms")).problems if each.code == "service.unknown"]
    assert problem.text("en").endswith(
        "Choose one of: a notice (notify), the number of a letter (number_letter), an e-mail (send_email), "
        "a call to another server (webhook)."
    )


def test_a_parameter_that_the_operation_does_not_know_is_told():
    assert codes(asking("notify", parameter("teks", "Halo"))) == ["service.parameter_unknown"]


def test_what_an_operation_needs_may_be_text_with_places():
    mail = parameter("to", "${pemohon}"), parameter("subject", "Surat ${nomor}"), parameter("body", "Sudah jadi.")
    assert codes(asking("send_email", *mail)) == []


def test_the_text_of_a_parameter_may_be_the_content_of_its_element():
    mail = (
        parameter("to", "kepala"),
        parameter("subject", "S"),
        '<tk:parameter nama="body">Yth. ${nama},</tk:parameter>',
    )
    assert codes(asking("send_email", *mail)) == []


def test_a_place_in_a_text_is_an_expression_and_is_looked_at():
    assert codes(asking("notify", parameter("text", "Surat ${open('x')}"))) == ["expression.bad"]


@pytest.mark.parametrize("pattern", ["{nomor:03}/Kk.11.15/{kode}/{bulan_romawi}/{tahun}", "${pola}"])
def test_a_pattern_of_known_places_is_accepted(pattern):
    assert codes(asking("number_letter", parameter("pattern", pattern))) == []


@pytest.mark.parametrize(
    "pattern", ["{nomor.__class__}", "{nomor!r}", "{nomor:9999}", "{serial}", "tetap", "{nomor} {"]
)
def test_any_other_pattern_is_a_draft(pattern):
    assert codes(asking("number_letter", parameter("pattern", pattern))) == ["service.bad_pattern"]
