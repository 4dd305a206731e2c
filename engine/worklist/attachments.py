"""Files of a case: rows here, bytes in the file store."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.audit.operations import record
from engine.base.errors import Invalid, NotFound
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.worklist.file_store import TooMuch, keep, received
from engine.worklist.media_types import media_type_of
from engine.worklist.model import Attachment

NAME_LENGTH = 200
MIB = 1 << 20
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class AttachmentNotFound(NotFound):
    code = "attachment.not_found"
    message = _("There is no such file.")


class EmptyFile(Invalid):
    code = "attachment.empty"
    message = _("The file “%(name)s” is empty. Choose it again.")


class FileTooLarge(Invalid):
    code = "attachment.too_large"
    message = _("The file “%(name)s” is larger than %(limit)s MB. Make it smaller, or split it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLine:
    attachment_id: int
    instance_id: int
    work_item_id: int | None
    filename: str
    media_type: str
    size: int
    digest: str
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file in the file store, with the name that it came with."""

    filename: str
    media_type: str
    size: int
    digest: str


def receive(work: UnitOfWork, filename: str, stream: IO[bytes]) -> KeptFile:
    """Keep the bytes of an acceptable file; raises EmptyFile, FileTooLarge, or what `media_type_of` raises."""
    name = clean_name(filename)
    try:
        with received(work.settings, stream) as file:
            if file.size == 0:
                raise EmptyFile(name=name)
            media_type = media_type_of(name, file.content)
            keep(work.settings, file)
    except TooMuch:
        raise FileTooLarge(name=name, limit=work.settings.attachment_bytes // MIB) from None
    return KeptFile(filename=name, media_type=media_type, size=file.size, digest=file.digest)


def attach(work: UnitOfWork, instance_id: int, work_item_id: int | None, filename: str, stream: IO[bytes]) -> int:
    """Keep a file with a case; whether the actor may is decided by the caller, who knows the case."""
    file = receive(work, filename, stream)
    row = Attachment(
        instance_id=instance_id,
        work_item_id=work_item_id,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        added_at=work.now,
        added_by_id=work.actor.employee_id,
        added_by_name=work.actor.name,
    )
    work.session.add(row)
    work.session.flush()  # its id is the answer
    record(work, "attachment.added", "attachment", row.id, instance_id, filename=file.filename, digest=file.digest)
    return row.id


def attachments_of_case(session: Session, instance_id: int) -> tuple[AttachmentLine, ...]:
    query = select(Attachment).where(Attachment.instance_id == instance_id).order_by(Attachment.id)
    return tuple(_line(row) for row in session.scalars(query))


def files_with_item(session: Session, work_item_id: int) -> int:
    query = select(func.count()).select_from(Attachment).where(Attachment.work_item_id == work_item_id)
    return session.scalars(query).one()


def attachment(session: Session, attachment_id: int) -> AttachmentLine:
    row = session.get(Attachment, attachment_id)
    if row is None:
        raise AttachmentNotFound
    return _line(row)


def clean_name(filename: str) -> str:
    """The last part of a path from anywhere, printable, its ending kept when it is long."""
    name = _UNPRINTABLE.sub("", re.split(r"[/\\]", filename)[-1]).strip(" .") or "berkas"
    if len(name) <= NAME_LENGTH:
        return name
    suffix = Path(name).suffix[:20]
    return name[: NAME_LENGTH - len(suffix)] + suffix


def _line(row: Attachment) -> AttachmentLine:
    return AttachmentLine(
        attachment_id=row.id,
        instance_id=row.instance_id,
        work_item_id=row.work_item_id,
        filename=row.filename,
        media_type=row.media_type,
        size=row.size,
        digest=row.digest,
        added_at=row.added_at,
        added_by=row.added_by_name,
    )
