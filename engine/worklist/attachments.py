"""Files of a case: rows here, bytes in the file store."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engine.audit.operations import record
from engine.base.errors import Invalid, NotFound
from engine.base.i18n import _
from engine.base.settings import Settings
from engine.base.unit_of_work import UnitOfWork
from engine.worklist.file_store import TooMuch, keep, received
from engine.worklist.media_types import media_type_of
from engine.worklist.model import Attachment
from engine.worklist.scanning import Infected, scan

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
    scanned_at: datetime | None
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file in the file store, with the name that it came with; `scanned_at` is empty where no scanner is set up."""

    filename: str
    media_type: str
    size: int
    digest: str
    scanned_at: datetime | None = None


def receive(settings: Settings, filename: str, stream: IO[bytes], now: datetime) -> KeptFile:
    """Keep the bytes of an acceptable file; raises EmptyFile, FileTooLarge, or what `media_type_of` and `scan` raise.

    It takes no unit of work, for a scan may take its time: call it with no transaction open.
    """
    name = clean_name(filename)
    try:
        with received(settings, stream) as file:
            if file.size == 0:
                raise EmptyFile(name=name)
            media_type = media_type_of(name, file.content)
            if settings.scan_command:
                scan(settings.scan_command, Path(file.content.name), name, file.digest)
            keep(settings, file)
    except TooMuch:
        raise FileTooLarge(name=name, limit=settings.attachment_bytes // MIB) from None
    scanned_at = now if settings.scan_command else None
    return KeptFile(filename=name, media_type=media_type, size=file.size, digest=file.digest, scanned_at=scanned_at)


def record_infected(work: UnitOfWork, refusal: Infected, instance_id: int | None = None) -> None:
    """Nothing was kept, but that it was tried is."""
    facts = {"filename": refusal.params["name"], "digest": refusal.digest}
    record(work, "attachment.infected", "attachment", None, instance_id, **facts)


def attach(work: UnitOfWork, instance_id: int, work_item_id: int | None, file: KeptFile) -> int:
    """Lay a kept file to a case; whether the actor may is decided by the caller, who knows the case.

    The same file under the same name is there once, however often a form is sent.
    """
    there = work.session.scalar(_same(instance_id, work_item_id, file))
    if there is not None:
        return there
    row = Attachment(
        instance_id=instance_id,
        work_item_id=work_item_id,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        scanned_at=file.scanned_at,
        added_at=work.now,
        added_by_id=work.actor.employee_id,
        added_by_name=work.actor.name,
    )
    work.session.add(row)
    work.session.flush()  # its id is the answer
    record(work, "attachment.added", "attachment", row.id, instance_id, filename=file.filename, digest=file.digest)
    return row.id


def _same(instance_id: int, work_item_id: int | None, file: KeptFile) -> Select[int]:
    return select(Attachment.id).where(
        Attachment.instance_id == instance_id,
        Attachment.work_item_id == work_item_id,
        Attachment.digest == file.digest,
        Attachment.filename == file.filename,
    )


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
        scanned_at=row.scanned_at,
        added_at=row.added_at,
        added_by=row.added_by_name,
    )
