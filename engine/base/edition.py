"""The data that all steps read and few acts change: its edition has a mark, another one after every change.

The database itself sets the mark, by triggers on the tables of the organisation, the calendar and the definitions
(migration 0006): no writer can forget it, and a mark that was rolled back never comes again.
"""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.base.database import Row
from engine.base.looking import remember_edition
from engine.base.rows import connection_of, read_text

REFERENCE = "reference"


class Edition(Row):
    __tablename__ = "edition"

    subject: Mapped[str] = mapped_column(String(20), primary_key=True)
    mark: Mapped[str] = mapped_column(String(40))


MARK = f"(SELECT mark FROM {Edition.__tablename__} WHERE subject = '{REFERENCE}')"  # noqa: S608  # names of ours


def read_edition(session: Session) -> None:
    """From here on, what this session asks of these data may be answered from memory."""
    # What she has changed herself has its mark then, for it is written before.
    ((mark,),) = read_text(connection_of(session), f"SELECT {MARK}", ())
    remember_edition(session, mark)
