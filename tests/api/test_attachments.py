"""Files beside a work item."""

import pytest

PDF = b"%PDF-1.7 surat"


def test_a_file_comes_back_as_it_was_sent(item, program):
    added = program("ani").upload(f"/work-items/{item}/attachments", file=("surat.pdf", PDF))
    assert (added.status_code, added.json["filename"], added.json["size"]) == (201, "surat.pdf", len(PDF))
    answer = program("budi").get(added.headers["Location"].removeprefix("/api/v1"))
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == "attachment; filename=surat.pdf"


def test_files_of_a_case_are_listed(item, program):
    program("ani").upload(f"/work-items/{item}/attachments", file=("satu.txt", b"1"))
    program("ani").upload(f"/work-items/{item}/attachments", file=("dua.txt", b"2"))
    lines = program("budi").get(f"/work-items/{item}/attachments").json["items"]
    assert [(line["filename"], line["added_by"]) for line in lines] == [
        ("satu.txt", "Ani Lestari"),
        ("dua.txt", "Ani Lestari"),
    ]


def test_a_name_with_a_path_loses_it(item, program):
    added = program("ani").upload(f"/work-items/{item}/attachments", file=("../../etc/surat.txt", b"x"))
    assert added.json["filename"] == "surat.txt"


def test_files_of_others_are_not_shown(item, program):
    added = program("ani").upload(f"/work-items/{item}/attachments", file=("surat.pdf", PDF))
    assert program("eko").get(f"/attachments/{added.json['id']}").status_code == 403
    assert program("eko").get(f"/work-items/{item}/attachments").status_code == 403
    assert program("eko").upload(f"/work-items/{item}/attachments", file=("x", b"x")).status_code == 403


def test_an_empty_file_is_refused(item, program):
    answer = program("ani").upload(f"/work-items/{item}/attachments", file=("surat.pdf", b""))
    assert (answer.status_code, answer.json["code"]) == (422, "attachment.empty")


def test_a_file_that_is_too_large_is_refused(item, settings, program):
    content = b"x" * (settings.attachment_bytes + 1)
    answer = program("ani").upload(f"/work-items/{item}/attachments", file=("surat.pdf", content))
    assert (answer.status_code, answer.json["code"]) == (422, "attachment.too_large")
    assert program("ani").get(f"/work-items/{item}/attachments").json["items"] == []


@pytest.mark.parametrize("fields", [{}, {"file": "not a file"}, {"berkas": ("x", b"x")}])
def test_a_request_without_its_file_is_refused(item, program, fields):
    answer = program("ani").upload(f"/work-items/{item}/attachments", **fields)
    assert answer.status_code in (415, 422)


def test_an_unknown_file_is_not_found(program):
    assert program("ani").get("/attachments/4711").json["code"] == "attachment.not_found"
