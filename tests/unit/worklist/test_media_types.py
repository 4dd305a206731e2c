import io
from zipfile import ZipFile

import pytest

from engine.worklist.media_types import ContentDiffers, HasMacros, KindNotAccepted, media_type_of

PDF = b"%PDF-1.7\n1 0 obj\n"
ODT = "application/vnd.oasis.opendocument.text"
WORD = {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}


def zipped(entries: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("filename", "content", "media_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PNG", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.gif", b"GIF89a", "image/gif"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        ("a.docx", zipped(WORD), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.odt", zipped({"mimetype": ODT}), ODT),
        ("a.txt", b"Nomor: 1/2026\r\n", "text/plain"),
        ("a.csv", b"\xef\xbb\xbfnama;nip\nSiti;1\n", "text/csv"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_media_type_is_that_of_the_content(filename, content, media_type):
    assert media_type_of(filename, io.BytesIO(content)) == media_type


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("page.pdf", b"<html><script>alert(1)</script>"),
        ("pdf.png", PDF),
        ("zip.docx", zipped({"a": "b"})),
        ("word.xlsx", zipped(WORD)),
        ("cut.docx", zipped(WORD)[:60]),
        ("other.odt", zipped({"mimetype": "application/x"})),
        ("binary.txt", b"\x00\x01"),
        ("picture.csv", b"\xef\xbb\xbf  <svg onload='x'>"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_name_that_promises_something_else_is_refused(filename, content):
    with pytest.raises(ContentDiffers):
        media_type_of(filename, io.BytesIO(content))


@pytest.mark.parametrize("filename", ["surat.exe", "surat.html", "surat.svg", "surat.docm", "surat", ".pdf"])
def test_other_kinds_are_refused_with_those_that_are_taken(filename):
    with pytest.raises(KindNotAccepted, match="docx, gif, jpeg"):
        media_type_of(filename, io.BytesIO(PDF))


def test_macros_are_refused():
    with pytest.raises(HasMacros):
        media_type_of("a.docx", io.BytesIO(zipped(WORD | {"word/vbaProject.bin": ""})))
