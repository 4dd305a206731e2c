"""Which files a case takes, told by their content: a name alone can promise anything."""

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO
from zipfile import BadZipFile, ZipFile

from engine.base.errors import Invalid
from engine.base.i18n import _

CHUNK = 1 << 16
MOST_ENTRIES = 20_000
_HEAD = 16
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIP_FAULTS = (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError)


class KindNotAccepted(Invalid):
    code = "attachment.kind_not_accepted"
    message = _("Files such as “%(name)s” are not accepted. Save it as one of these: %(kinds)s.")


class ContentDiffers(Invalid):
    code = "attachment.content_differs"
    message = _(
        "The file “%(name)s” is not what its name says (%(kind)s). Open it, save it again as %(kind)s, and attach that."
    )


class HasMacros(Invalid):
    code = "attachment.has_macros"
    message = _("The file “%(name)s” contains macros (program code). Save it without macros, or as PDF.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file: what people call it, its media type, and whether a file's content is of it."""

    name: str
    media_type: str
    holds: Callable[[IO[bytes]], bool]


def media_type_of(filename: str, content: IO[bytes]) -> str:
    """The media type of an acceptable file; raises KindNotAccepted, ContentDiffers or HasMacros."""
    kind = KINDS.get(PurePath(filename).suffix.lower())
    if kind is None:
        raise KindNotAccepted(name=filename, kinds=", ".join(sorted(suffix.lstrip(".") for suffix in KINDS)))
    content.seek(0)
    if not kind.holds(content):
        raise ContentDiffers(name=filename, kind=kind.name)
    if any(entry.lower().endswith("vbaproject.bin") for entry in _entries(content)):
        raise HasMacros(name=filename)
    return kind.media_type


def _begins_with(*signatures: bytes) -> Callable[[IO[bytes]], bool]:
    return lambda content: content.read(_HEAD).startswith(signatures)


def _is_webp(content: IO[bytes]) -> bool:
    head = content.read(_HEAD)
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_text(content: IO[bytes]) -> bool:
    """Readable throughout, and no markup: a browser must never take it for a page."""
    beginning = b""
    while chunk := content.read(CHUNK):
        if _NOT_TEXT.search(chunk):
            return False
        beginning = beginning or chunk
    return not beginning.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")


def _office_with(part: str) -> Callable[[IO[bytes]], bool]:
    return lambda content: {"[Content_Types].xml", part} <= set(_entries(content))


def _open_document(kind: str) -> Callable[[IO[bytes]], bool]:
    expected = (_OPEN_DOCUMENT + kind).encode()

    def holds(content: IO[bytes]) -> bool:
        if "mimetype" not in _entries(content):
            return False
        try:
            with ZipFile(content) as archive, archive.open("mimetype") as entry:
                return entry.read(len(expected) + 1).strip() == expected
        except _ZIP_FAULTS:
            return False

    return holds


def _entries(content: IO[bytes]) -> list[str]:
    """Names of the entries of a zip file; none for any other file. Nothing is unpacked."""
    content.seek(0)
    if not content.read(_HEAD).startswith(b"PK\x03\x04"):
        return []
    try:
        with ZipFile(content) as archive:
            names = archive.namelist()
    except _ZIP_FAULTS:
        return []
    return names if len(names) <= MOST_ENTRIES else []


_JPEG = Kind(name="JPEG", media_type="image/jpeg", holds=_begins_with(b"\xff\xd8\xff"))

KINDS: Mapping[str, Kind] = {
    ".pdf": Kind(name="PDF", media_type="application/pdf", holds=_begins_with(b"%PDF-")),
    ".png": Kind(name="PNG", media_type="image/png", holds=_begins_with(b"\x89PNG\r\n\x1a\n")),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".gif": Kind(name="GIF", media_type="image/gif", holds=_begins_with(b"GIF87a", b"GIF89a")),
    ".webp": Kind(name="WebP", media_type="image/webp", holds=_is_webp),
    ".docx": Kind(
        name="Word (.docx)",
        media_type=_OFFICE + "wordprocessingml.document",
        holds=_office_with("word/document.xml"),
    ),
    ".xlsx": Kind(
        name="Excel (.xlsx)", media_type=_OFFICE + "spreadsheetml.sheet", holds=_office_with("xl/workbook.xml")
    ),
    ".pptx": Kind(
        name="PowerPoint (.pptx)",
        media_type=_OFFICE + "presentationml.presentation",
        holds=_office_with("ppt/presentation.xml"),
    ),
    ".odt": Kind(name="OpenDocument (.odt)", media_type=_OPEN_DOCUMENT + "text", holds=_open_document("text")),
    ".ods": Kind(
        name="OpenDocument (.ods)", media_type=_OPEN_DOCUMENT + "spreadsheet", holds=_open_document("spreadsheet")
    ),
    ".txt": Kind(name="text (.txt)", media_type="text/plain", holds=_is_text),
    ".csv": Kind(name="CSV", media_type="text/csv", holds=_is_text),
}
