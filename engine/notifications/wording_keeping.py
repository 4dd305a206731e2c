"""The office writes its own words for a kind of notice, or goes back to those of the program."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.errors import NotFound
from engine.base.i18n import LANGUAGES, _
from engine.base.unit_of_work import UnitOfWork
from engine.notifications.model import NoticeWording
from engine.notifications.texts import TEXTS, NoticeText
from engine.notifications.wordings import checked, program_words


class KindNotFound(NotFound):
    code = "wording.kind_not_found"
    message = _("There is no notice of this kind, or not in this language.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingLine:
    """What a kind of notice says; `changed_at` and `changed_by` are of the office's own words."""

    kind: str
    text: NoticeText
    changed_at: datetime | None = None
    changed_by: str = ""


def wordings_in(session: Session, language: str) -> tuple[WordingLine, ...]:
    """All kinds, with the words that hold in this language; one statement."""
    rows = session.scalars(select(NoticeWording).where(NoticeWording.language == language))
    own = {row.kind: _own(row) for row in rows}
    return tuple(own.get(kind) or WordingLine(kind=kind, text=program_words(kind, language)) for kind in TEXTS)


def wording(session: Session, kind: str, language: str) -> WordingLine:
    """Raises KindNotFound."""
    _require_known(kind, language)
    row = session.get(NoticeWording, (kind, language))
    return WordingLine(kind=kind, text=program_words(kind, language)) if row is None else _own(row)


def tried(kind: str, language: str, title: str, body: str) -> NoticeText:
    """Words that would do; raises KindNotFound, or BadWording with what is wrong with them."""
    _require_known(kind, language)
    return checked(kind, title, body)


def keep_wording(work: UnitOfWork, kind: str, language: str, title: str, body: str) -> None:
    """Raises KindNotFound, BadWording."""
    require(work.actor, Permission.KEEP_CHANNELS)
    text = tried(kind, language, title, body)
    if text == program_words(kind, language):
        drop_wording(work, kind, language)
        return
    work.session.merge(
        NoticeWording(
            kind=kind,
            language=language,
            title=text.title,
            body=text.body,
            changed_at=work.now,
            changed_by=work.actor.name,
        )
    )
    record(work, "wording.kept", "wording", None, kind=kind, language=language, name=text.title)


def drop_wording(work: UnitOfWork, kind: str, language: str) -> None:
    """The program's words hold again."""
    require(work.actor, Permission.KEEP_CHANNELS)
    _require_known(kind, language)
    mine = (NoticeWording.kind == kind, NoticeWording.language == language)
    work.session.execute(delete(NoticeWording).where(*mine))
    name = program_words(kind, language).title
    record(work, "wording.dropped", "wording", None, kind=kind, language=language, name=name)


def _own(row: NoticeWording) -> WordingLine:
    text = NoticeText(title=row.title, body=row.body)
    return WordingLine(kind=row.kind, text=text, changed_at=row.changed_at, changed_by=row.changed_by)


def _require_known(kind: str, language: str) -> None:
    if kind not in TEXTS or language not in LANGUAGES:
        raise KindNotFound
