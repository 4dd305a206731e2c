"""Job descriptions and competencies that come with the sample office."""

from collections.abc import Mapping
from typing import Any

import yaml
from sqlalchemy import select

from engine.base.unit_of_work import UnitOfWork
from engine.competency.model import Competency
from engine.competency.operations import add_competency, require_of_position
from engine.organisation.duty_changes import Duty
from engine.organisation.model import DutyKind, JobDescription, Position
from engine.staffing.duties import add_duty


def load_sample_duties(work: UnitOfWork, document: bytes) -> None:
    """What is not there yet; a position that has duties keeps its own, and one that is gone gets none."""
    sample = yaml.safe_load(document)
    positions = {row.code: row.id for row in work.session.execute(select(Position.code, Position.id))}
    _load_duties(work, sample["duties"], positions)
    _load_competencies(work, sample["competencies"], positions)


def _load_duties(work: UnitOfWork, duties: dict[str, Any], positions: Mapping[str, int]) -> None:
    taken = set(work.session.scalars(select(JobDescription.position_id).distinct()))
    for code, entries in duties.items():
        if code in positions and positions[code] not in taken:
            for entry in entries:
                add_duty(work, positions[code], _duty(entry), work.today)


def _load_competencies(work: UnitOfWork, entries: list[dict[str, Any]], positions: Mapping[str, int]) -> None:
    known = set(work.session.scalars(select(Competency.code)))
    required: dict[int, list[int]] = {}
    for entry in entries:
        if entry["code"] not in known:
            competency_id = add_competency(work, entry["code"], entry["name"])
            for position_id in (positions[code] for code in entry["positions"] if code in positions):
                required.setdefault(position_id, []).append(competency_id)
    for position_id, competency_ids in required.items():
        require_of_position(work, position_id, competency_ids)


def _duty(entry: dict[str, Any]) -> Duty:
    return Duty(
        sentence=entry["sentence"],
        result_unit=entry["result"],
        norm_minutes=entry["minutes"],
        yearly_volume=entry["volume"],
        kind=DutyKind(entry.get("kind", DutyKind.MAIN)),
    )
