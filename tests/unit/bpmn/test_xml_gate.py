import pytest

from engine.bpmn.problems import BadDiagram
from engine.bpmn.xml import MOST_BYTES, parse
from tests.support.diagrams import a_sound_diagram

BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol">%s]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" name="&j;">&j;</definitions>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


def refusal(source: bytes) -> str:
    with pytest.raises(BadDiagram) as refused:
        parse(source)
    [problem] = refused.value.problems
    assert problem.line is not None
    assert problem.text("en")
    return problem.code


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "file.empty"),
        (b" \n ", "file.empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file.not_xml"),
        (b"PK\x03\x04 a zip", "file.not_xml"),
        (b"<definitions>", "file.not_xml"),
        (b"\xff\xfe<\0a\0", "file.not_xml"),
        (b"<html/>", "file.not_bpmn"),
        (b"<definitions/>", "file.not_bpmn"),
        (b'<!DOCTYPE x><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "file.doctype"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "file.doctype"),
        (BILLION_LAUGHS, "file.doctype"),
        ("<!DOCTYPE x><x/>".encode("utf-16"), "file.doctype"),
        (b"<a>" * 100_000, "file.not_xml"),
    ],
)
def test_a_file_that_is_no_diagram_gets_one_located_sentence(source: bytes, code: str):
    assert refusal(source) == code


def test_a_decision_table_alone_is_told_to_come_with_its_diagram():
    with pytest.raises(BadDiagram) as refused:
        parse(b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>')
    assert "diagram.bpmn table.dmn" in refused.value.problems[0].text("en")


def test_size_is_looked_at_before_anything_is_parsed():
    assert refusal(b"\x00" * (50 << 20)) == "file.too_large"
    assert refusal(b"<" * (MOST_BYTES + 1)) == "file.too_large"


def test_a_doctype_inside_a_comment_or_text_is_only_text():
    source = a_sound_diagram().replace(b"<process", b"<!-- <!DOCTYPE x> --><process", 1)
    assert parse(source) is not None
