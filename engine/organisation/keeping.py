"""What all changes of the office by hand share: rows get their values, and the trail hears of old and new ones."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from engine.base.database import Row
from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _, as_day
from engine.base.looking import forget_edition
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.events import HoldersChanged, OfficeChanged
from engine.organisation.model import Holding

# What a column that points to another row means, by the column and the id in it.
Names = Mapping[tuple[str, Any], str]


class OfficeRefused(Invalid):
    code = "organisation.refused"
    message = _("This was not kept, nothing has changed. Please look at the marked fields.")


def refuse(problems: Iterable[FieldProblem | None]) -> None:
    """Raises OfficeRefused with every problem at once."""
    found = [problem for problem in problems if problem is not None]
    if found:
        raise OfficeRefused(found)


def problem(field: str, code: str, message: str, **params: Any) -> FieldProblem:
    """Days among the params are said as people say them."""
    said = {name: as_day(value) if isinstance(value, date) else value for name, value in params.items()}
    return FieldProblem(name=field, code=code, message=message, params=said)


def begun_before(work: UnitOfWork, holding: Holding, last_day: date, field: str) -> FieldProblem | None:
    """What was held until today is no mistake: it ends on a day on which it stood, and is never taken out."""
    if not last_day < holding.starts_on < work.today:
        return None
    text = _("%(name)s has held %(position)s since %(day)s already. Give a later day.")
    facts = {"name": holding.employee.name, "position": holding.position.title, "day": holding.starts_on}
    return problem(field, "begun", text, **facts)


def give(row: Row, names: Names = MappingProxyType({}), **values: Any) -> list[str]:
    """Give a row its values; what that changed, old and new: other rows that it points to are said by their names."""
    changes = [(name, getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value]
    for name, _old, value in changes:
        setattr(row, name, value)
    return [
        f"{name}: {_said(names.get((name, old), old))} → {_said(names.get((name, new), new))}"
        for name, old, new in changes
    ]


def note(work: UnitOfWork, act: str, subject: str, subject_id: int | None, **facts: Any) -> None:
    """Leave a line for the trail; whoever reads the office later in this work sees what was changed."""
    forget_edition(work.session)
    work.tell(OfficeChanged(act=act, subject=subject, subject_id=subject_id, facts=facts))


def tell_holders(work: UnitOfWork, position_ids: Iterable[int], employee_ids: Iterable[int]) -> None:
    work.tell(HoldersChanged(position_ids=frozenset(position_ids), employee_ids=frozenset(employee_ids)))


def _said(value: Any) -> str:
    return "–" if value is None else str(value)
