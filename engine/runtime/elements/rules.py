"""Business rule tasks."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.base.i18n import _
from engine.bpmn.decision import Shape
from engine.runtime.changes import DecisionMade
from engine.runtime.completion import complete
from engine.runtime.deciding import Made, alone, make_decisions
from engine.runtime.elements.tasks import Work
from engine.runtime.hit_policies import Row
from engine.runtime.run import Run
from engine.runtime.state import Activity, Stuck
from engine.runtime.variables import names, write


class BusinessRuleTask(Work):
    """Asks a decision and keeps what it answers; a decision that cannot be made is an incident."""

    def begin(self, run: Run, activity: Activity) -> None:
        node = run.node(activity)
        call = node.decision
        if call is None or not call.decisions:
            raise Stuck("decision.missing", _("It is not said which decision this step uses, or it was not uploaded."))
        made = make_decisions(call.decisions, names(run, activity), run.world.functions)
        asked = made[-1]
        write(run, activity, {call.result: SHAPES[call.shape](asked)} if call.result else asked.by_name)
        run.changes.extend(
            DecisionMade(
                activity_id=activity.id,
                node=node.id,
                element=node.bpmn_id,
                decision=each.decision.name,
                rules=each.rules,
            )
            for each in made
        )
        complete(run, activity)


def _natural(made: Made) -> Any:
    return made.value


def _value(made: Made) -> Any:
    row = _record(made)
    return None if row is None else _only(row)


def _record(made: Made) -> Row | None:
    if len(made.rows) > 1:
        message = _("“%(decision)s” gives several answers, and the step wants one.")
        raise Stuck("decision.several_answers", message, {"decision": made.decision.name})
    return next(iter(made.rows), None)


def _values(made: Made) -> list[Any]:
    return [_only(row) for row in made.rows]


def _records(made: Made) -> list[Row]:
    return list(made.rows)


def _only(row: Row) -> Any:
    if len(row) > 1:
        message = _("The decision answers with %(names)s, and the step wants one value.")
        raise Stuck("decision.several_outputs", message, {"names": ", ".join(row)})
    return alone(row)


SHAPES: Mapping[Shape, Callable[[Made], Any]] = {
    Shape.NATURAL: _natural,
    Shape.VALUE: _value,
    Shape.RECORD: _record,
    Shape.VALUES: _values,
    Shape.RECORDS: _records,
}
