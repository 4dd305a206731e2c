import pytest

from engine.definitions.folder import BadIdentity, identity_from
from engine.definitions.uploading import (
    ChosenFile,
    FileTooLarge,
    NoDiagram,
    SeveralDiagrams,
    SeveralIdentities,
    TooManyFiles,
    upload_from_files,
)

LIMIT = 1 << 20
DIAGRAM = ChosenFile(filename="cuti.bpmn", content=b"<definitions/>")
FORM = ChosenFile(filename="isian.json", content=b"{}")
IDENTITY = ChosenFile(filename="sop.yaml", content=b"judul: Cuti")


def test_each_file_is_known_by_how_its_name_ends():
    upload = upload_from_files([FORM, IDENTITY, DIAGRAM], LIMIT)
    assert (upload.filename, upload.source) == ("cuti.bpmn", b"<definitions/>")
    assert (upload.forms, upload.identity) == ({"isian": b"{}"}, {"judul": "Cuti"})


def test_what_is_no_form_and_no_identity_is_examined_as_the_diagram():
    picture = ChosenFile(filename="foto.png", content=b"\x89PNG")
    assert upload_from_files([picture], LIMIT).filename == "foto.png"


def test_folders_in_a_name_are_left_out():
    file = ChosenFile(filename="C:\\Users\\galih\\cuti.bpmn", content=b"")
    assert upload_from_files([file], LIMIT).filename == "cuti.bpmn"


def test_a_diagram_is_needed():
    with pytest.raises(NoDiagram):
        upload_from_files([FORM], LIMIT)


def test_one_diagram_at_a_time():
    with pytest.raises(SeveralDiagrams, match=r"cuti\.bpmn, surat\.bpmn"):
        upload_from_files([DIAGRAM, ChosenFile(filename="surat.bpmn", content=b"")], LIMIT)


def test_one_identity_at_a_time():
    with pytest.raises(SeveralIdentities):
        upload_from_files([DIAGRAM, IDENTITY, IDENTITY], LIMIT)


def test_a_file_that_is_too_large_is_named():
    with pytest.raises(FileTooLarge, match=r"cuti\.bpmn"):
        upload_from_files([DIAGRAM], 3)


def test_the_number_of_files_is_bounded():
    with pytest.raises(TooManyFiles):
        upload_from_files([DIAGRAM, *[FORM] * 200], LIMIT)


@pytest.mark.parametrize(
    "document",
    [b"- a list", b"a: [", b"\xff\xfe", b"a: &x [1]\nb: *x", b"a: " + b"[" * 20_000, b"a: " + b"x" * 70_000, b""],
    ids=["list", "broken", "not UTF-8", "alias", "deep", "large", "empty"],
)
def test_an_identity_that_cannot_be_read_is_refused_by_name(document: bytes):
    with pytest.raises(BadIdentity, match=r"sop\.yaml"):
        identity_from(document, "sop.yaml")
