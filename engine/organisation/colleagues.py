"""A colleague, found by what somebody remembers of her name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from engine.base.alphabet import in_alphabet
from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.base.text import one_line
from engine.organisation.holders import Held, main_holding
from engine.organisation.holdings import held_from, holdings_on
from engine.organisation.model import Employee, Holding

MOST_SHOWN = 10
LONGEST_NAME = 200


class NobodyNamed(Invalid):
    code = "colleague.nobody_named"
    message = _("Say which colleague: her name, as far as you know it.")


class NobodyCalled(Invalid):
    code = "colleague.unknown"
    message = _(
        "Nobody who works here today is called “%(name)s”. Write a part of her name, then choose from the list."
    )


class SeveralCalled(Invalid):
    """`colleagues` are those whom the text may mean."""

    code = "colleague.several"
    message = _("“%(name)s” may be one of several: %(names)s. Choose whom you mean.")

    def __init__(self, name: str, colleagues: Sequence["Colleague"]) -> None:
        super().__init__(name=name, names="; ".join(each.label for each in colleagues))
        self.colleagues = tuple(colleagues)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who works here today; `label` is how she is chosen from a list."""

    employee_id: int
    name: str
    position_title: str = ""
    unit_name: str = ""

    @property
    def label(self) -> str:
        return ", ".join(part for part in (self.name, self.position_title, self.unit_name) if part)


def colleagues_like(session: Session, text: str, on: date, most: int = MOST_SHOWN) -> tuple[Colleague, ...]:
    """Those whose name holds these words, in the order of their names."""
    words = one_line(text)[:LONGEST_NAME].split(",")[0].split()
    if not words:
        return ()
    alike = (func.lower(Employee.name).contains(word.lower(), autoescape=True) for word in words)
    query = (
        select(Employee.id, Employee.name).where(_is_here(on), *alike).order_by(in_alphabet(Employee.name), Employee.id)
    )
    return _with_positions(session, {row.id: row.name for row in session.execute(query.limit(most))}, on)


def colleague_meant(session: Session, text: str, on: date) -> Colleague:
    """The one whom a text means: by her label, her whole name, or as the only one whose name holds its words.

    Raises NobodyNamed, NobodyCalled, or SeveralCalled with those to choose from.
    """
    said = one_line(text)[:LONGEST_NAME]
    if not said:
        raise NobodyNamed
    found = colleagues_like(session, said, on)
    exact = [each for each in found if said.lower() == each.label.lower()]
    named = [each for each in found if said.lower() == each.name.lower()]
    for choice in (exact, named, found):
        if len(choice) == 1:
            return choice[0]
    if not found:
        raise NobodyCalled(name=said)
    raise SeveralCalled(said, exact or named or found)


def colleagues(session: Session, employee_ids: Collection[int], on: date) -> tuple[Colleague, ...]:
    """Those of these who work here today, in the order of their names."""
    query = select(Employee.id, Employee.name).where(Employee.id.in_(employee_ids), _is_here(on))
    rows = session.execute(query.order_by(in_alphabet(Employee.name), Employee.id))
    return _with_positions(session, {row.id: row.name for row in rows}, on)


def _is_here(on: date) -> ColumnElement[bool]:
    return or_(Employee.left_on.is_(None), Employee.left_on > on)


def _with_positions(session: Session, names: dict[int, str], on: date) -> tuple[Colleague, ...]:
    held: dict[int, list[Held]] = {}
    for each in held_from(session.execute(holdings_on(on).where(Holding.employee_id.in_(names))).all()):
        held.setdefault(each.employee_id, []).append(each)
    return tuple(_colleague(employee_id, name, held.get(employee_id, [])) for employee_id, name in names.items())


def _colleague(employee_id: int, name: str, held: Sequence[Held]) -> Colleague:
    main = main_holding(held)
    if main is None:
        return Colleague(employee_id=employee_id, name=name)
    return Colleague(employee_id=employee_id, name=name, position_title=main.position_title, unit_name=main.unit_name)
