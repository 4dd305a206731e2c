"""What narrows a list of cases: written in its address, so that it can be shared and a board can lead to it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request
from sqlalchemy import ColumnElement, and_, true

from engine.base.paging import LARGEST_ID, Page
from engine.base.unit_of_work import Reading
from engine.definitions.errors import DefinitionNotFound
from engine.definitions.queries import InForce, in_force, procedures
from engine.execution.model import InstanceState
from engine.execution.queries import CaseLine, cases
from engine.execution.standing import Standing
from engine.insight.cases_by import cases_within, kept_deadline
from engine.insight.days import Days
from engine.insight.within import NO_UNIT, Within
from engine.organisation.queries import UnitLine, UnitNotFound, unit
from webui.pages.board_address import FIRST_YEAR, LAST_YEAR, day_of, reach_of_list
from webui.texts import _

SEARCH_LENGTH = 100
STATES = {
    "selesai": InstanceState.COMPLETED,
    "dibatalkan": InstanceState.CANCELLED,
}
NOWHERE = "tanpa"
OUTCOMES = {"tepat": True, "lewat": False}
EARLIEST, LATEST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
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
    """`state` is a word of STATES or STANDINGS; what the address says and we do not know is left out.

    `reach` is the part of the office that a figure of the board counts, as `reach_word` of the address names it.
    `outcome` is a word of OUTCOMES: of those that are completed, whether they kept their deadline.
    """

    search: str
    state: str
    procedure: InForce | None
    unit: UnitLine | None
    ended_since: date | None
    ended_until: date | None
    started_since: date | None
    started_until: date | None
    outcome: str
    has_no_unit: bool
    reach: Within | None
    reach_word: str

    @property
    def is_empty(self) -> bool:
        return not self.query()

    def query(self, **other: Any) -> dict[str, Any]:
        """The parts of the address; `other` adds to them or, with None, takes one out."""
        parts = {
            "cari": self.search or None,
            "keadaan": self.state or None,
            "prosedur": self.procedure.key if self.procedure else None,
            "unit": NOWHERE if self.has_no_unit else self.unit.id if self.unit else None,
            "selesai_sejak": _iso(self.ended_since),
            "selesai_sampai": _iso(self.ended_until),
            "mulai_sejak": _iso(self.started_since),
            "mulai_sampai": _iso(self.started_until),
            "hasil": self.outcome or None,
            "lingkup": self.reach_word if self.reach else None,
            **other,
        }
        return {name: value for name, value in parts.items() if value is not None}


def filter_of_address(reading: Reading) -> CaseFilter:
    state, outcome = request.args.get("keadaan", ""), request.args.get("hasil", "")
    return CaseFilter(
        search=request.args.get("cari", "").strip()[:SEARCH_LENGTH],
        state=state if state in STATES or state in STANDINGS else "",
        procedure=_procedure(reading, request.args.get("prosedur", "")),
        unit=_unit(reading, request.args.get("unit", 0, type=int)),
        ended_since=day_of(request.args.get("selesai_sejak", "")),
        ended_until=day_of(request.args.get("selesai_sampai", "")),
        started_since=day_of(request.args.get("mulai_sejak", "")),
        started_until=day_of(request.args.get("mulai_sampai", "")),
        outcome=outcome if outcome in OUTCOMES else "",
        has_no_unit=request.args.get("unit") == NOWHERE,
        reach=reach_of_list(reading),
        reach_word=request.args.get("lingkup", ""),
    )


def filtered_cases(reading: Reading, chosen: CaseFilter) -> Page[CaseLine]:
    return cases(
        reading,
        search=chosen.search,
        state=STATES.get(chosen.state),
        standing=STANDINGS.get(chosen.state),
        definition_id=chosen.procedure.definition_id if chosen.procedure else None,
        unit_id=chosen.unit.id if chosen.unit else None,
        which=_which(reading, chosen),
        cursor=request.args.get("sesudah"),
    )


def _which(reading: Reading, chosen: CaseFilter) -> ColumnElement[bool]:
    """What a figure of the board has counted."""
    within = chosen.reach or Within(units=None)
    if chosen.has_no_unit:
        within = replace(within, unit_id=NO_UNIT)
    started = _between(chosen.started_since, chosen.started_until)
    ended = _between(chosen.ended_since, chosen.ended_until)
    kept = kept_deadline(OUTCOMES[chosen.outcome]) if chosen.outcome else true()
    return and_(cases_within(reading, within, started, ended), kept)


def _between(first: date | None, last: date | None) -> Days | None:
    return Days(first=first or EARLIEST, last=last or LATEST) if first or last else None


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


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
