import pytest

from engine.definitions.folder import BadIdentity, identity_from
from engine.definitions.uploading import (
    ChosenFile,
    FileTooLarge,
    IdentityOfSeveral,
    NoDiagram,
    OtherKind,
    SeveralIdentities,
    TooManyFiles,
    uploads_from_files,
)

LIMIT = 1 << 20
DIAGRAM = ChosenFile(filename="cuti.bpmn", content=b"<definitions/>")
LETTER = ChosenFile(filename="surat.bpmn", content=b"")
FORM = ChosenFile(filename="isian.json", content=b"{}")
IDENTITY = ChosenFile(filename="sop.yaml", content=b"judul: Cuti")


def test_each_file_is_known_by_how_its_name_ends():
    (upload,) = uploads_from_files([FORM, IDENTITY, DIAGRAM], LIMIT)
    assert (upload.filename, upload.source) == ("cuti.bpmn", b"<definitions/>")
    assert (upload.forms, upload.identity) == ({"isian": b"{}"}, {"judul": "Cuti"})


def test_a_file_of_another_kind_is_refused_with_the_kinds_that_are_taken():
    with pytest.raises(OtherKind, match=r"gen\.py .*\.bpmn or \.xml.*\.dmn.*\.json.*sop\.yaml"):
        uploads_from_files([DIAGRAM, ChosenFile(filename="gen.py", content=b"import os")], LIMIT)


def test_decision_tables_go_with_the_diagram_under_their_names():
    rules = ChosenFile(filename="cuti/Penyetuju.DMN", content=b"<definitions/>")
    (upload,) = uploads_from_files([rules, DIAGRAM], LIMIT)
    assert (upload.filename, upload.decisions) == ("cuti.bpmn", {"Penyetuju.DMN": b"<definitions/>"})


def test_folders_in_a_name_are_left_out():
    file = ChosenFile(filename="C:\\Users\\galih\\cuti.bpmn", content=b"")
    assert [each.filename for each in uploads_from_files([file], LIMIT)] == ["cuti.bpmn"]


def test_a_diagram_is_needed():
    with pytest.raises(NoDiagram):
        uploads_from_files([FORM], LIMIT)


def test_of_several_diagrams_each_may_use_the_forms():
    uploads = uploads_from_files([DIAGRAM, LETTER, FORM], LIMIT)
    assert [(each.filename, each.forms.keys()) for each in uploads] == [
        ("cuti.bpmn", {"isian"}),
        ("surat.bpmn", {"isian"}),
    ]


def test_an_identity_belongs_to_one_diagram():
    with pytest.raises(IdentityOfSeveral, match=r"cuti\.bpmn, surat\.bpmn"):
        uploads_from_files([DIAGRAM, LETTER, IDENTITY], LIMIT)


def test_one_identity_at_a_time():
    with pytest.raises(SeveralIdentities):
        uploads_from_files([DIAGRAM, IDENTITY, IDENTITY], LIMIT)


def test_a_file_that_is_too_large_is_named():
    with pytest.raises(FileTooLarge, match=r"cuti\.bpmn"):
        uploads_from_files([DIAGRAM], 3)


def test_the_number_of_files_is_bounded():
    with pytest.raises(TooManyFiles):
        uploads_from_files([DIAGRAM, *[FORM] * 200], LIMIT)


@pytest.mark.parametrize(
    "document",
    [b"- a list", b"a: [", b"\xff\xfe", b"a: &x [1]\nb: *x", b"a: " + b"[" * 20_000, b"a: " + b"x" * 70_000, b""],
    ids=["list", "broken", "not UTF-8", "alias", "deep", "large", "empty"],
)
def test_an_identity_that_cannot_be_read_is_refused_by_name(document: bytes):
    with pytest.raises(BadIdentity, match=r"sop\.yaml"):
        identity_from(document, "sop.yaml")
