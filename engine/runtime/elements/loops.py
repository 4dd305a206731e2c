"""Multi-instance and standard loops: a body that holds one activity for each pass."""

from typing import Any

from engine.base.i18n import _
from engine.bpmn.graph import Loop, Node
from engine.expressions.bounds import plain
from engine.runtime.activities import clear, close, enter, open_activity
from engine.runtime.completion import complete, give_outputs, log_completed
from engine.runtime.flow import passed
from engine.runtime.run import Element, Run, size_of
from engine.runtime.sending import throw
from engine.runtime.state import Activity, Move, Progress, Stage, Stuck, Token
from engine.runtime.variables import counters, evaluate, expression, set_in_scope

MAX_ITEMS = 10_000


def loop_of(node: Node) -> Loop:
    if node.loop is None:
        raise LookupError(node.id)
    return node.loop


def progress_of(body: Activity) -> Progress:
    if body.progress is None:
        raise LookupError(body.id)
    return body.progress


class LoopBody(Element):
    def begin(self, run: Run, activity: Activity) -> None:
        loop = loop_of(run.node(activity))
        activity.progress = Progress()
        if loop.is_standard:
            self.begin_standard(run, activity, loop)
        else:
            self.begin_multi_instance(run, activity, loop)

    def begin_standard(self, run: Run, body: Activity, loop: Loop) -> None:
        if loop.tests_before and loop.condition and not evaluate(run, body, loop.condition, {"loopCounter": 0}):
            complete(run, body)
        else:
            self.hand_out(run, body, 0)

    def begin_multi_instance(self, run: Run, body: Activity, loop: Loop) -> None:
        progress = progress_of(body)
        counted = counted_or_listed(evaluate(run, body, loop.collection or loop.cardinality or expression("0")))
        progress.items = plain(counted) if isinstance(counted, list) else None
        progress.total = len(counted) if isinstance(counted, list) else counted
        run.grow(size_of(progress.items))
        if loop.output:
            progress.outputs = [None] * progress.total
        if progress.total == 0:
            complete(run, body)
        for number in range(1 if loop.is_sequential else progress.total):
            self.hand_out(run, body, number)

    @staticmethod
    def hand_out(run: Run, body: Activity, number: int) -> None:
        progress_of(body).active += 1
        run.put(Token(move=Move.ITEM, node=body.node, scope=body.id, item=number))

    @staticmethod
    def open_item(run: Run, body: Activity, number: int) -> None:
        """One pass begins, in a scope of its own."""
        node, progress = run.node(body), progress_of(body)
        item = open_activity(run, node, body)
        item.item = number
        set_in_scope(run, item, item_variables(loop_of(node), progress, number))
        if number == progress.total - 1 and not any(child.stage is Stage.KEEPING for child in run.children(body)):
            progress.items = None
        enter(run, item)

    def item_done(self, run: Run, body: Activity, item: Activity) -> None:
        """Look first, act then: an expression that fails leaves everything as it was."""
        loop, progress, number = loop_of(run.node(body)), progress_of(body), item.item or 0
        goes_on = standard_goes_on(run, item, loop) if loop.is_standard else multi_goes_on(run, item, loop, progress)
        output = plain(evaluate(run, item, expression(loop.output_item))) if loop.output and loop.output_item else None
        give_outputs(run, item)
        if progress.outputs is not None:
            run.grow(size_of(output))
            progress.outputs[number] = output
        progress.active -= 1
        progress.completed += 1
        log_completed(run, body, item)
        close(run, item)
        passed(run, run.node(item))
        if loop.told is not None and (progress.completed == 1 or not loop.tells_once):
            throw(run, run.node(body), body, loop.told, {})
        if not run.is_living(body):
            return
        if not goes_on:
            self.finish(run, body)
        elif loop.is_standard or loop.is_sequential:
            self.hand_out(run, body, number + 1)

    @staticmethod
    def finish(run: Run, body: Activity) -> None:
        clear(run, body)
        complete(run, body)

    def finish_by_hand(self, run: Run, activity: Activity) -> None:
        clear(run, activity)
        progress_of(activity).items = None
        super().finish_by_hand(run, activity)


def counted_or_listed(value: Any) -> list[Any] | int:
    """A multi-instance runs over a list, the names of a record, or a number of times."""
    if isinstance(value, dict):
        value = list(value)
    number = len(value) if isinstance(value, list) else value
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise Stuck("loop.no_count", _("What the step is repeated for is neither a list nor a number of times."))
    if number > MAX_ITEMS:
        raise Stuck("loop.too_many", _("The step would be repeated more than %(limit)s times."), {"limit": MAX_ITEMS})
    return value if isinstance(value, list) else number


def item_variables(loop: Loop, progress: Progress, number: int) -> dict[str, Any]:
    variables: dict[str, Any] = {"loopCounter": number}
    if loop.output_item and not loop.is_standard:
        variables[loop.output_item] = None
    if progress.items is not None and loop.item:
        variables[loop.item] = progress.items[number]
    return variables


def standard_goes_on(run: Run, item: Activity, loop: Loop) -> bool:
    if loop.maximum is not None and (item.item or 0) + 1 >= loop.maximum:
        return False
    return loop.condition is None or bool(evaluate(run, item, loop.condition))


def multi_goes_on(run: Run, item: Activity, loop: Loop, progress: Progress) -> bool:
    active, completed = progress.active - 1, progress.completed + 1
    if loop.condition and evaluate(run, item, loop.condition, counters(progress.total, active, completed)):
        return False
    return completed < progress.total
