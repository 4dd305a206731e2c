"""What whoever appoints should know before she does; none of it stops her."""

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from engine.base.errors import FieldProblem
from engine.base.i18n import _
from engine.organisation.appointments import Appointment
from engine.organisation.holdings import spans_of
from engine.organisation.keeping import problem
from engine.organisation.model import Employee, HoldingKind, Position
from engine.organisation.seating import Span, months_of_plt


def cautions(session: Session, wanted: Appointment) -> tuple[FieldProblem, ...]:
    """One for each, with the field that it is about."""
    position = session.get_one(Position, wanted.position_id)
    name = session.get_one(Employee, wanted.employee_id).name
    new = Span(employee_id=wanted.employee_id, name=name, starts_on=wanted.starts_on, ends_on=wanted.ends_on)
    definitive = spans_of(session, position.id, HoldingKind.DEFINITIVE).values()
    there = [span for span in definitive if span.meets(new) and span.employee_id != wanted.employee_id]
    return tuple(_found(session, wanted, position, new, there))


def _found(
    session: Session, wanted: Appointment, position: Position, new: Span, there: list[Span]
) -> Iterator[FieldProblem]:
    if wanted.kind is HoldingKind.PLT:
        yield from _length(new, spans_of(session, position.id, HoldingKind.PLT).values())
        if there and position.seats == 1:
            text = _("%(names)s holds this position for good in these days. For an absence, Plh. is meant.")
            yield problem("kind", "plh_meant", text, names=", ".join(span.name for span in there))
    if wanted.kind is HoldingKind.DEFINITIVE:
        acting = [span for span in spans_of(session, position.id, HoldingKind.PLT).values() if span.meets(new)]
        if acting and position.seats == 1:
            text = _("%(names)s acts as Plt. in these days. End that appointment the day before: the seat is filled.")
            yield problem("starts_on", "plt_ends", text, names=", ".join(span.name for span in acting))
    if wanted.kind is HoldingKind.PLH:
        if not there:
            text = _("Nobody holds this position for good in these days. For an empty seat, Plt. is meant.")
            yield problem("kind", "plt_meant", text)
        if position.seats > 1:
            text = _("The position has several seats: the work of it stays with the other holders too.")
            yield problem("kind", "several_seats", text)


def _length(new: Span, earlier: Iterable[Span]) -> Iterator[FieldProblem]:
    told = {
        1: _("With this a Plt. lasts longer than three months: this is the one renewal that is allowed."),
        2: _("With this a Plt. lasts longer than six months: three, and the one renewal, are what is allowed."),
    }
    months = months_of_plt(new, earlier)
    if months:
        yield problem("ends_on", "long_plt", told[months])
