"""Which procedures of the whole register an actor may start, without asking for each of them anew."""

from collections.abc import Sequence

from engine.access.permissions import CaseStart, Permission, allows
from engine.base.unit_of_work import Reading
from engine.bpmn.graph import Performer, PerformerKind, Step
from engine.definitions.graphs import graphs_of
from engine.definitions.queries import InForce
from engine.execution.ahead import begins_by_hand, first_steps
from engine.execution.cases import performs
from engine.organisation.queries import positions_of
from engine.organisation.vacancies import names_of_vacant


def startable(reading: Reading, versions: Sequence[InForce]) -> frozenset[int]:
    """The ids of the definitions whose first step the actor performs today.

    The organisation is asked once for each position that she may stand for, however long the register is.
    """
    if not allows(reading.actor, Permission.START_CASE, CaseStart(actor_performs_first_step=True)):
        return frozenset()
    graphs = graphs_of(reading.session, [line.version_id for line in versions if line.version_id is not None])
    judge = _Judge(reading)
    return frozenset(
        line.definition_id
        for line in versions
        if line.version_id in graphs
        and begins_by_hand(graphs[line.version_id], line.key)
        and judge.may_begin_with(first_steps(graphs[line.version_id], line.key))
    )


class _Judge:
    """Remembers what it was told of a performer: many procedures begin at the same desk."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._names = _names_she_stands_for(reading)
        self._known: dict[Performer | None, bool] = {}

    def may_begin_with(self, steps: Sequence[Step]) -> bool:
        return not steps or any(self._performs(step) for step in steps)

    def _performs(self, step: Step) -> bool:
        if step.performer not in self._known:
            self._known[step.performer] = self._is_worth_asking(step.performer) and performs(self._reading, step)
        return self._known[step.performer]

    def _is_worth_asking(self, performer: Performer | None) -> bool:
        if performer is None or performer.kind is not PerformerKind.POSITION or performer.people:
            return True
        refs = [" ".join(ref.split()).lower() for ref in performer.refs]
        return any(ref in self._names or ref.startswith(("${", "=")) for ref in refs)


def _names_she_stands_for(reading: Reading) -> frozenset[str]:
    """Of her own positions, and of vacant ones, whose work goes to their superior: that may be she."""
    on = reading.today
    if reading.actor.employee_id is None:
        return frozenset()
    held = positions_of(reading.session, reading.actor.employee_id, on)
    own = {name.lower() for holder in held for name in (holder.position_code, holder.position_title)}
    return names_of_vacant(reading.session, on) | own
