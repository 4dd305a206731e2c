"""What is wrong with a form is told with its place, if it has one."""

from engine.definitions.examination import Upload, examine
from tests.support.diagrams import chain, diagram, end, person_task, start

SOUND = diagram(*chain(start(), person_task("tulis", "writer"), end()))


def told(form: bytes) -> list[str]:
    return [problem.text("en") for problem in examine(Upload(filename="p", source=SOUND, forms={"isi": form})).problems]


def test_a_form_that_is_none_is_told_without_a_place():
    [text] = told(b"[]")
    assert text.startswith("Form “isi”: This is not a form")
