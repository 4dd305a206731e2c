"""What a figure is about, and so the list behind it: the units that the actor may look at, and what she has chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, true

from engine.access.model import Role
from engine.access.permissions import audits_office
from engine.access.queries import audited_units, led_units
from engine.base.unit_of_work import Reading
from engine.execution.model import Instance
from engine.insight.model import CaseFigure, StepFigure
from engine.organisation.queries import unit_subtrees
from engine.worklist.model import Return, WorkItem

NO_UNIT = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """`units` None is the whole office; `unit_id` NO_UNIT asks for what belongs to none. The rest None is all."""

    units: frozenset[int] | None
    unit_id: int | None = None
    definition_id: int | None = None
    element: str | None = None
    employee_id: int | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """Where a table says what a figure is about; a case has no step and no person."""

    unit: Any
    definition: Any
    element: Any = None
    employee: Any = None


OF_FIGURES = Facets(StepFigure.unit_id, StepFigure.definition_id, StepFigure.element, StepFigure.employee_id)
OF_DONE = Facets(WorkItem.unit_id, WorkItem.definition_id, WorkItem.element, WorkItem.closed_by_id)
OF_OPEN = Facets(WorkItem.unit_id, WorkItem.definition_id, WorkItem.element, WorkItem.assignee_id)
OF_RETURNS = Facets(WorkItem.unit_id, WorkItem.definition_id, WorkItem.element, Return.returned_by_id)
OF_CASE_FIGURES = Facets(CaseFigure.unit_id, CaseFigure.definition_id)
OF_CASES = Facets(Instance.unit_id, Instance.definition_id)


def whole_reach(reading: Reading) -> Within:
    """All that the board shows to this actor: the office, or the units that she leads or audits."""
    actor = reading.actor
    if actor.is_system or Role.ADMINISTRATOR in actor.roles or audits_office(actor):
        return Within(units=None)
    today = reading.today
    return Within(units=led_units(reading.session, actor, today) | audited_units(reading.session, actor))


def below(reading: Reading, reach: Within, unit_id: int) -> Within:
    """Of what she may see, one unit with all below it."""
    chosen = unit_subtrees(reading.session, {unit_id})
    return Within(units=chosen if reach.units is None else chosen & reach.units)


def matches(within: Within, facets: Facets) -> ColumnElement[bool]:
    """True for the rows that a figure of this counts."""
    return and_(true(), *_criteria(within, facets))


def _criteria(within: Within, facets: Facets) -> Iterator[ColumnElement[bool]]:
    if within.units is not None:
        yield facets.unit.in_(within.units)
    if within.unit_id is not None:
        yield facets.unit.is_(None) if within.unit_id == NO_UNIT else facets.unit == within.unit_id
    for column, wanted in (
        (facets.definition, within.definition_id),
        (facets.element, within.element),
        (facets.employee, within.employee_id),
    ):
        if wanted is not None:
            yield column == wanted
