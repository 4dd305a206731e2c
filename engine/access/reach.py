"""How far a role goes: what may be said of it, and in which words the trail keeps it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access.model import Role, Scope
from engine.base.actor import Reach
from engine.base.alphabet import in_alphabet
from engine.base.errors import FieldProblem
from engine.base.i18n import _
from engine.base.paging import LARGEST_ID
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.model import Unit

# The others go as far as they go: staff see their own work, and who keeps procedures or the office keeps all of it.
REACHING_ROLES = (Role.MANAGER, Role.AUDITOR)
GIVEN_SCOPES = (Scope.UNIT, Scope.SUBTREE, Scope.OFFICE)
OF_A_UNIT = (Scope.UNIT, Scope.SUBTREE)


def reach_problems(work: UnitOfWork, reaches: Iterable[Reach]) -> list[FieldProblem]:
    problems = []
    for reach in reaches:
        if reach.role not in REACHING_ROLES or reach.scope not in GIVEN_SCOPES:
            text = _("Choose from the list how far the role goes.")
            problems.append(FieldProblem(name=f"scope-{reach.role}", code="unknown", message=text))
        elif (reach.scope in OF_A_UNIT) != (reach.unit_id is not None) or not _is_known(work, reach.unit_id):
            text = _("Choose the unit that the role is for; for the whole office choose none.")
            problems.append(FieldProblem(name=f"unit-{reach.role}", code="unit", message=text))
    return problems


def units_to_choose(session: Session) -> tuple[tuple[int, str], ...]:
    return tuple(
        (row.id, row.name) for row in session.execute(select(Unit.id, Unit.name).order_by(in_alphabet(Unit.name)))
    )


def in_short(work: UnitOfWork, reaches: Iterable[Reach]) -> list[str]:
    """`manager: subtree KUA Gubug`, for the trail."""
    given = sorted(reaches, key=lambda reach: reach.role)
    ids = [reach.unit_id for reach in given if reach.unit_id is not None]
    names = {row.id: row.name for row in work.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))}
    return [f"{reach.role}: {reach.scope} {names.get(reach.unit_id or 0, '')}".strip() for reach in given]


def _is_known(work: UnitOfWork, unit_id: int | None) -> bool:
    return unit_id is None or (0 < unit_id <= LARGEST_ID and work.session.get(Unit, unit_id) is not None)
