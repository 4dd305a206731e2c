"""What an applicant may know of her case by its number and her PIN: no name, no title, no data, nobody's person."""

import hmac
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.text import one_line
from engine.base.unit_of_work import Reading
from engine.definitions.model import ProcessDefinition
from engine.execution.applicants import pin_digest
from engine.execution.model import Applicant, Instance, InstanceState
from engine.organisation.model import Unit
from engine.worklist.model import WorkItem, WorkItemState

LONGEST_NUMBER = 40
NUMBER = re.compile(r"(?P<prefix>[A-Z0-9]+?)-?(?P<year>20\d\d)-?(?P<serial>\d+)", re.ASCII)
SERIAL_DIGITS = 5
NOBODY, NO_DIGEST = 0, "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A step that waits, and the unit in which it does."""

    title: str
    unit_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """`promised_at` is empty where nothing could be promised."""

    number: str
    procedure: str
    state: InstanceState
    started_at: datetime
    ended_at: datetime | None
    promised_at: datetime | None
    waits: tuple[NextStep, ...]


def find_tracked(reading: Reading, number: str, pin: str) -> Tracked | None:
    """None for a number that is not, or that has no receipt, as for a wrong PIN: after the same work."""
    row = reading.session.execute(
        select(
            Instance.id,
            Instance.number,
            Instance.state,
            Instance.started_at,
            Instance.ended_at,
            ProcessDefinition.name.label("procedure"),
            Applicant.promised_at,
            Applicant.pin_digest,
        )
        .join(Applicant, Applicant.instance_id == Instance.id)
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .where(Instance.number == number_meant(number))
    ).one_or_none()
    instance_id, kept = (row.id, row.pin_digest or NO_DIGEST) if row else (NOBODY, NO_DIGEST)
    given = pin_digest(reading.settings, instance_id, "".join(pin.split())[:LONGEST_NUMBER])
    if not hmac.compare_digest(given, kept) or row is None:
        return None
    return Tracked(
        number=row.number,
        procedure=row.procedure,
        state=InstanceState(row.state),
        started_at=row.started_at,
        ended_at=row.ended_at,
        promised_at=row.promised_at,
        waits=_waits(reading.session, row.id),
    )


def number_meant(text: str) -> str:
    """As people copy it from paper: small letters, blanks or nothing between its parts, noughts left out."""
    plain = re.sub(r"[\s‐-―._/−-]+", "-", one_line(text)[: 2 * LONGEST_NUMBER]).strip("-").upper()[:LONGEST_NUMBER]
    found = NUMBER.fullmatch(plain)
    return plain if found is None else f"{found['prefix']}-{found['year']}-{found['serial'].zfill(SERIAL_DIGITS)}"


def _waits(session: Session, instance_id: int) -> tuple[NextStep, ...]:
    query = (
        select(WorkItem.title, Unit.name.label("unit_name"))
        .outerjoin(Unit, Unit.id == WorkItem.unit_id)
        .where(WorkItem.instance_id == instance_id, WorkItem.state == WorkItemState.OPEN)
        .order_by(WorkItem.id)
    )
    return tuple(dict.fromkeys(NextStep(**row._mapping) for row in session.execute(query)))
