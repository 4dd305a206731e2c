"""From the performer that a diagram names to the people of today: pure, over what the organisation answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.base.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who may do the work today; `position_id` is empty for a person named for herself."""

    employee_id: int
    name: str
    position_id: int | None
    position_title: str
    unit_id: int | None
    is_acting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why the work came here, as a catalogue text with its params."""

    message: str
    params: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"message": self.message, "params": self.params}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who may claim (positions, people) and, when only one can do it, who has it."""

    position_ids: tuple[int, ...] = ()
    employee_ids: tuple[int, ...] = ()
    assignee_id: int | None = None
    unit_id: int | None = None
    reason: Reason

    def among(self, position_ids: Sequence[int]) -> "Assignment":
        """The same, where holders of these positions may take it if it is released."""
        return replace(self, position_ids=tuple(position_ids), employee_ids=())

    @property
    def is_nobody(self) -> bool:
        return not self.position_ids and not self.employee_ids and self.assignee_id is None


def to_person(person: Person, reason: Reason) -> Assignment:
    """Hers alone; her position stays the candidate, so that whoever holds it tomorrow may take over."""
    return Assignment(
        position_ids=(person.position_id,) if person.position_id is not None else (),
        employee_ids=() if person.position_id is not None else (person.employee_id,),
        assignee_id=person.employee_id,
        unit_id=person.unit_id,
        reason=reason,
    )


def to_holders(position_ids: Sequence[int], people: Sequence[Person], unit_id: int | None) -> Assignment:
    """One holder has it at once; several find it in the pool of their position."""
    employees = {person.employee_id for person in people}
    if len(employees) == 1:
        person = people[0]
        text = (
            _("%(name)s acts as %(position)s today.")
            if person.is_acting
            else _("%(name)s is the only holder of the position %(position)s today.")
        )
        chosen = to_person(
            person, Reason(message=text, params={"name": person.name, "position": person.position_title})
        )
        return Assignment(
            position_ids=tuple(position_ids),
            assignee_id=chosen.assignee_id,
            unit_id=chosen.unit_id,
            reason=chosen.reason,
        )
    titles = " / ".join(dict.fromkeys(person.position_title for person in people))
    return Assignment(
        position_ids=tuple(position_ids),
        unit_id=unit_id,
        reason=Reason(message=_("It waits in the pool of %(position)s."), params={"position": titles}),
    )


def to_superiors(superiors: Sequence[Person], vacant: str) -> Assignment:
    """Work of a position that nobody holds goes to the superior, and says so."""
    if not superiors:
        return Assignment(
            reason=Reason(
                message=_("Nobody holds the position %(position)s, nor one above it."), params={"position": vacant}
            )
        )
    position_ids = tuple(dict.fromkeys(p.position_id for p in superiors if p.position_id is not None))
    assignee = superiors[0].employee_id if len({p.employee_id for p in superiors}) == 1 else None
    return Assignment(
        position_ids=position_ids,
        assignee_id=assignee,
        unit_id=superiors[0].unit_id,
        reason=Reason(
            message=_("Nobody holds the position %(position)s today, so it came to the superior, %(superior)s."),
            params={"position": vacant, "superior": superiors[0].name},
        ),
    )
