"""What narrows a list of cases: written in its address, so that it can be shared and a board can lead to it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from flask import request

from engine.base.paging import Page
from engine.base.unit_of_work import Reading
from engine.definitions.errors import DefinitionNotFound
from engine.definitions.queries import InForce, in_force, procedures
from engine.execution.model import InstanceState
from engine.execution.queries import CaseLine, cases
from engine.execution.standing import Standing
from engine.organisation.queries import UnitLine, UnitNotFound, unit
from webui.texts import _

SEARCH_LENGTH = 100
LARGEST_ID = 2**31 - 1
STATES = {
    "selesai": InstanceState.COMPLETED,
    "dibatalkan": InstanceState.CANCELLED,
}
STANDINGS = {
    "berjalan": Standing.RUNNING,
    "terlambat": Standing.LATE,
    "berisiko": Standing.AT_RISK,
    "lancar": Standing.ON_TRACK,
    "tanpa-pelaksana": Standing.UNASSIGNED,
    "terhenti": Standing.STOPPED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """`state` is a word of STATES or STANDINGS; what the address says and we do not know is left out."""

    search: str
    state: str
    procedure: InForce | None
    unit: UnitLine | None
    ended_since: date | None

    @property
    def is_empty(self) -> bool:
        return not self.query()

    def query(self, **other: Any) -> dict[str, Any]:
        """The parts of the address; `other` adds to them or, with None, takes one out."""
        parts = {
            "cari": self.search or None,
            "keadaan": self.state or None,
            "prosedur": self.procedure.key if self.procedure else None,
            "unit": self.unit.id if self.unit else None,
            "selesai_sejak": self.ended_since.isoformat() if self.ended_since else None,
            **other,
        }
        return {name: value for name, value in parts.items() if value is not None}


def filter_of_address(reading: Reading) -> CaseFilter:
    state = request.args.get("keadaan", "")
    return CaseFilter(
        search=request.args.get("cari", "").strip()[:SEARCH_LENGTH],
        state=state if state in STATES or state in STANDINGS else "",
        procedure=_procedure(reading, request.args.get("prosedur", "")),
        unit=_unit(reading, request.args.get("unit", 0, type=int)),
        ended_since=_day(request.args.get("selesai_sejak", "")),
    )


def filtered_cases(reading: Reading, chosen: CaseFilter) -> Page[CaseLine]:
    since = chosen.ended_since
    return cases(
        reading,
        search=chosen.search,
        state=STATES.get(chosen.state),
        standing=STANDINGS.get(chosen.state),
        definition_id=chosen.procedure.definition_id if chosen.procedure else None,
        unit_id=chosen.unit.id if chosen.unit else None,
        ended_since=datetime.combine(since, time(), reading.settings.zone).astimezone(UTC) if since else None,
        cursor=request.args.get("sesudah"),
    )


def states() -> list[tuple[str, str]]:
    """What one can choose from, in words."""
    return [
        ("", _("All states")),
        ("berjalan", _("Running")),
        ("terlambat", _("Late")),
        ("berisiko", _("At risk")),
        ("lancar", _("On track")),
        ("tanpa-pelaksana", _("Waiting for nobody")),
        ("terhenti", _("Stopped by a fault")),
        ("selesai", _("Completed")),
        ("dibatalkan", _("Cancelled")),
    ]


def procedures_to_choose(reading: Reading) -> list[tuple[str, str]]:
    return [("", _("All procedures")), *((line.key, line.name) for line in procedures(reading.session))]


def _procedure(reading: Reading, key: str) -> InForce | None:
    if not key or not key.isprintable():
        return None
    try:
        return in_force(reading.session, key)
    except DefinitionNotFound:
        return None


def _unit(reading: Reading, unit_id: int) -> UnitLine | None:
    if not 0 < unit_id <= LARGEST_ID:
        return None
    try:
        return unit(reading.session, unit_id)
    except UnitNotFound:
        return None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    # The first and last years of the calendar cannot be turned into another zone.
    return day if 1900 <= day.year <= 2999 else None
