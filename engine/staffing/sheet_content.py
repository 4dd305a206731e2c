"""What a lembar uraian tugas says: made once, kept as it is, known by its digest."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from engine.organisation.duty_changes import Duty, difference
from engine.organisation.model import DutyKind, HoldingKind

FORMAT = 1
# A Plh acts for somebody who comes back; her decree says what for, and the sheet stays that of the holder.
GIVEN_FOR = frozenset({HoldingKind.DEFINITIVE, HoldingKind.PLT})


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPerson:
    name: str
    nip: str | None
    rank: str | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """Who is given which duties, and by whom, on the day of issue."""

    office: str
    office_above: str
    office_address: str
    employee: SheetPerson
    unit: str
    job_class: int | None
    kind: HoldingKind
    decree: str | None
    scope: str | None
    starts_on: date
    ends_on: date | None
    superior: SheetPerson | None
    issued_on: date
    duties: tuple[Duty, ...]


def content_of(facts: SheetFacts) -> dict[str, Any]:
    """As JSON keeps it: days as ISO texts."""
    days = {name: _iso(getattr(facts, name)) for name in ("starts_on", "ends_on", "issued_on")}
    return {"format": FORMAT, **asdict(facts), **days, "duties": [asdict(duty) for duty in facts.duties]}


def digest_of(content: Mapping[str, Any]) -> str:
    """The same for the same words, whatever the order in which they are kept."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def duties_in(content: Mapping[str, Any]) -> tuple[Duty, ...]:
    return tuple(Duty(**{**line, "kind": DutyKind(line["kind"])}) for line in content["duties"])


def is_said_already(contents: Sequence[Mapping[str, Any]], duties: Sequence[Duty]) -> bool:
    """One of these sheets gives exactly these duties."""
    return any(difference(duties_in(content), duties).is_none for content in contents)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
