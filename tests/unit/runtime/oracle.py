"""An independent token game, written from chapter 13 of BPMN 2.0, simple and slow. It shares nothing with the runtime.

Whoever plays names an open task or an event by its element and by the passes of the loops around it.
"""

from collections.abc import Iterator
from typing import Any

from tests.unit.runtime.oracle_places import Done, Passes, Place
from tests.unit.runtime.oracle_reading import SCOPES, Diagram, Shape
from tests.unit.runtime.oracle_tokens import Tokens, holds

Named = tuple[str, Passes]
HEARD = ("message", "signal", "timer")
TURNS = {"R3/PT1H": 3, "R/PT1H": 10**9}


class Oracle(Tokens):
    def __init__(self, source: bytes, process: str = "proses") -> None:
        self.diagram = Diagram(source)
        self.root = Place(self.diagram.shapes[process], None)
        self.root.data = {}
        self.moving: list[tuple[str, Place]] = []
        self.has_ended = False
        self._enter(self.root)
        self._rest()

    # what can be seen

    @property
    def open(self) -> list[Named]:
        return [(one.shape.id, one.passes) for one in self.living() if self._is_offered(one)]

    @property
    def awaited(self) -> list[Named]:
        return [(event.id, place.passes) for place, event in self._waits()]

    @property
    def variables(self) -> dict[str, Any]:
        return dict(self.root.data or {})

    @property
    def stranded(self) -> int:
        """In so many scopes tokens wait for others that can never come."""
        return sum(one.is_stranded for one in self.living())

    def _rest(self) -> None:
        self.settle()
        for place in self.living():
            place.is_stranded = place.is_stranded or (not place.inside and bool(+place.waiting))

    # what can happen

    def complete(self, named: Named) -> None:
        self._finish(next(one for one in self.living() if self._is_offered(one) and self._name(one) == named))
        self._rest()

    def happen(self, named: Named) -> None:
        """A message for one receiver, or a timer."""
        place, event = next((at, what) for at, what in self._waits() if (what.id, at.passes) == named)
        self._caught(place, event)
        self._rest()

    def signal(self, about: str) -> None:
        """Whoever has lived longest hears it first: the order shows where both undo the same."""
        heard = [wait for wait in self._waits() if wait[1].about == about]
        for place, event in sorted(heard, key=lambda wait: wait[0].age):
            if place.is_alive and any(at is place and what is event for at, what in self._waits()):
                self._caught(place, event)
        self._rest()

    def _name(self, place: Place) -> Named:
        return place.shape.id, place.passes

    def living(self) -> list[Place]:
        return [] if self.has_ended else list(self.root.everything())

    def _is_offered(self, place: Place) -> bool:
        return place.shape.kind == "userTask" and not place.is_loop

    def _waits(self) -> Iterator[tuple[Place, Shape]]:
        for place in self.living():
            for event in self._listeners(place):
                turns = TURNS.get(event.about or "", 1) if event.trigger == "timer" else 10**9
                if event.trigger in HEARD and place.happened[event.id] < turns:
                    yield place, event

    def _listeners(self, place: Place) -> Iterator[Shape]:
        if place.number is None:
            yield from self.diagram.border(place.shape.id)
        if place.shape.kind == "eventBasedGateway":
            yield from (self.target(arrow) for arrow in place.shape.out)
        elif place.shape.kind in ("intermediateCatchEvent", "receiveTask"):
            yield place.shape
        elif self._is_scope(place) and not place.is_taken_over:
            yield from self.diagram.listening(place.body)

    def _is_scope(self, place: Place) -> bool:
        return place.shape.kind in (*SCOPES, "callActivity") and not place.is_loop

    # activities

    def arrive_at_activity(self, shape: Shape, scope: Place) -> None:
        if shape.kind == "endEvent":
            self._end(shape, scope)
        elif shape.kind == "intermediateThrowEvent":
            self._throw(shape, scope)
        else:
            place = self._put(shape, scope)
            if shape.repetition:
                passes = 1 if shape.repetition.is_sequential else shape.repetition.times
                place.outputs = [None] * shape.repetition.times
                for number in range(passes):
                    self._pass(place, number)
            else:
                self._enter(place)

    def _put(self, shape: Shape, scope: Place, number: int | None = None) -> Place:
        place = Place(shape, scope, number)
        scope.inside.append(place)
        return place

    def _pass(self, loop: Place, number: int) -> None:
        place = self._put(loop.shape, loop, number)
        place.data = {"loopCounter": number}
        if loop.shape.repetition and loop.shape.repetition.output_item:
            place.data[loop.shape.repetition.output_item] = None
        self._enter(place)

    def _enter(self, place: Place) -> None:
        shape = place.shape
        if shape.kind == "scriptTask":
            self._run(shape.script, place)
            self._finish(place)
        elif shape.kind == "callActivity":
            self._call(place)
        elif shape.kind in SCOPES:
            self._begin_inside(place)

    def _call(self, place: Place) -> None:
        place.data, place.written, place.body = place.seen(), set(), place.shape.called or ""
        self._begin_inside(place)

    def _begin_inside(self, place: Place) -> None:
        for shape in self.diagram.inside(place.body):
            if shape.kind == "startEvent":
                self.leave(shape, place)

    def _run(self, script: str, place: Place) -> None:
        before = place.seen()
        after = dict(before)
        exec(script, {}, after)
        for name, value in after.items():
            if name not in before or before[name] != value:
                place.write(name, value)

    def _finish(self, place: Place) -> None:
        """Its work is done: the pass of a loop is told to the loop, anything else goes on."""
        outer = place.outer
        if outer is None:
            self.has_ended = True
            return
        if place.number is not None:
            self._finish_pass(outer, place)
            return
        outer.inside = [one for one in outer.inside if one is not place]
        self._give_back(place, outer)
        if place.shape.repetition and place.shape.repetition.output:
            outer.write(place.shape.repetition.output, place.outputs)
        if place.is_loop:
            outer.done += place.done
        elif place.shape.handler or place.done:
            outer.done.append(place.as_done())
        self.leave(place.shape, outer)

    @staticmethod
    def _give_back(place: Place, outer: Place) -> None:
        loops_own = {"loopCounter", place.shape.repetition.output_item if place.shape.repetition else None}
        for name in sorted((place.written or set()) - loops_own):
            outer.write(name, (place.data or {})[name])

    def _finish_pass(self, loop: Place, place: Place) -> None:
        repetition = loop.shape.repetition
        assert repetition is not None
        loop.passed += 1
        goes_on = self._goes_on(loop, place)
        if repetition.output_item:
            loop.outputs[place.number or 0] = place.seen()[repetition.output_item]
        self._give_back(place, loop)
        loop.inside = [one for one in loop.inside if one is not place]
        loop.done += [place.as_done()] if place.shape.handler or place.done else []
        if not goes_on:
            loop.inside = []
            self._finish(loop)
        elif repetition.is_sequential:
            self._pass(loop, (place.number or 0) + 1)

    @staticmethod
    def _goes_on(loop: Place, place: Place) -> bool:
        repetition = loop.shape.repetition
        assert repetition is not None
        if repetition.is_standard:
            return loop.passed < repetition.times and holds(repetition.condition, place.seen())
        counters = {"numberOfCompletedInstances": loop.passed, "numberOfInstances": repetition.times}
        is_enough = repetition.condition is not None and holds(repetition.condition, {**place.seen(), **counters})
        return not is_enough and loop.passed < repetition.times

    def end_an_empty_scope(self) -> bool:
        for place in reversed(self.living()):
            if self._can_be_empty(place) and not place.inside and not +place.waiting:
                self._end_scope(place)
                return True
        return False

    def _can_be_empty(self, place: Place) -> bool:
        return self._is_scope(place) or place.shape.trigger == "compensate"

    def _end_scope(self, place: Place) -> None:
        cancel = next((one for one in self.diagram.border(place.shape.id) if one.trigger == "cancel"), None)
        if place.to_undo:
            self._undo_next(place)
        elif place.is_cancelled and cancel is not None:
            self._caught(place, cancel)
        elif place.shape.begins_by_event and place.outer:
            place.outer.inside = [one for one in place.outer.inside if one is not place]
        else:
            self._finish(place)

    # events

    def _caught(self, place: Place, event: Shape) -> None:
        place.happened[event.id] += 1
        scope = place.outer
        if event.kind == "boundaryEvent" and scope:
            if event.interrupts:
                scope.inside = [one for one in scope.inside if one is not place]
            self.leave(event, scope)
        elif event.kind == "startEvent":
            self._begin_event_sub_process(place, event)
        elif place.shape is event:
            self._finish(place)
        elif scope:
            scope.inside = [one for one in scope.inside if one is not place]
            self.leave(event, scope)

    def _begin_event_sub_process(self, place: Place, event: Shape) -> None:
        if event.interrupts:
            self._clear(place)
            place.is_taken_over = True
        opened = self._put(self.diagram.shapes[event.parent], place)
        self.leave(event, opened)

    def _clear(self, scope: Place) -> None:
        scope.clear()
        self.moving = [(arrow, where) for arrow, where in self.moving if where is not scope]

    def _end(self, shape: Shape, scope: Place) -> None:
        if shape.trigger == "terminate":
            self._clear(scope)
        elif shape.trigger in ("error", "escalation"):
            self._tell_nearest(shape.trigger, shape.about, scope)
        elif shape.trigger == "cancel":
            transaction = next(one for one in scope.outwards() if one.shape.kind == "transaction")
            self._clear(transaction)
            transaction.is_cancelled = True
            done, transaction.done = transaction.done, []
            self._undo(transaction, done)

    def _throw(self, shape: Shape, scope: Place) -> None:
        if shape.trigger == "compensate":
            self._compensate(shape, scope)
            return
        self.leave(shape, scope)
        if shape.trigger == "escalation":
            self._tell_nearest("escalation", shape.about, scope)

    def _compensate(self, shape: Shape, scope: Place) -> None:
        """What stands in an event sub-process undoes what the scope around it has done, too (BPMN 10.7.2)."""
        thrower = self._put(shape, scope)
        owners = [scope, scope.outer] if scope.shape.begins_by_event and scope.outer else [scope]
        undone: list[Done] = []
        for owner in owners:
            meant = [one for one in owner.done if shape.about in (None, one.shape.id)]
            owner.done = [one for one in owner.done if not any(one is other for other in meant)]
            undone += meant
        self._undo(thrower, undone)

    def _undo(self, under: Place, log: list[Done]) -> None:
        under.to_undo = [one for entry in log for one in self._with_handlers(entry)]
        self._undo_next(under)

    def _with_handlers(self, entry: Done) -> Iterator[Done]:
        if entry.shape.handler:
            yield entry
        else:
            for one in entry.inner:
                yield from self._with_handlers(one)

    def _undo_next(self, under: Place) -> None:
        """All that ended after everything else to be undone had begun, so that nothing followed it."""
        todo = under.to_undo
        now = [one for one in todo if all(one.ended > other.began for other in todo)]
        under.to_undo = [one for one in todo if one not in now]
        for one in sorted(now, key=lambda one: one.ended, reverse=True):
            self.arrive_at_activity(self.diagram.shapes[one.shape.handler or ""], under)

    def _tell_nearest(self, trigger: str, about: str | None, thrower: Place) -> None:
        came_from: Place | None = None
        for place in thrower.outwards():
            from_aside = came_from is not None and came_from.shape.begins_by_event
            inside = [] if place.is_loop or place.is_taken_over or from_aside else self.diagram.listening(place.body)
            border = [] if place.number is not None else self.diagram.border(place.shape.id)
            for event in (*inside, *border):
                if event.trigger == trigger and event.about in (None, about):
                    self._caught(place, event)
                    return
            came_from = place
