"""The data that all steps read and few acts change: its edition has a mark, another one after every change.

The database itself sets the mark, by triggers on the tables of the organisation, the calendar and the definitions
(migration 0006): no writer can forget it, and a mark that was rolled back never comes again.
"""

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.base.database import Row
from engine.base.looking import remember_edition

REFERENCE = "reference"


class Edition(Row):
    __tablename__ = "edition"

    subject: Mapped[str] = mapped_column(String(20), primary_key=True)
    mark: Mapped[str] = mapped_column(String(40))


MARK = select(Edition.mark).where(Edition.subject == REFERENCE).label("mark")
_ASKED = f"SELECT mark FROM {Edition.__tablename__} WHERE subject = '{REFERENCE}'"  # noqa: S608  # names of ours


def read_edition(session: Session) -> None:
    """From here on, what this session asks of these data may be answered from memory."""
    session.flush()  # what she has changed herself has its mark then
    remember_edition(session, session.connection().exec_driver_sql(_ASKED).scalar())
