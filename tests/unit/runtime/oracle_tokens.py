"""Tokens on the move: along arrows, through gateways, and waiting at joins."""

from tests.unit.runtime.oracle_places import Place
from tests.unit.runtime.oracle_reading import Diagram, Shape


class Tokens:
    diagram: Diagram
    moving: list[tuple[str, Place]]

    def living(self) -> list[Place]:
        raise NotImplementedError

    def arrive_at_activity(self, shape: Shape, scope: Place) -> None:
        raise NotImplementedError

    def end_an_empty_scope(self) -> bool:
        raise NotImplementedError

    def target(self, arrow: str) -> Shape:
        return self.diagram.shapes[self.diagram.arrows[arrow].target]

    def leave(self, shape: Shape, scope: Place, arrows: list[str] | None = None) -> None:
        self.moving += [(arrow, scope) for arrow in (shape.out if arrows is None else arrows)]

    def settle(self) -> None:
        while self.moving or self.end_an_empty_scope() or self._pass_one_inclusive_join():
            if self.moving:
                arrow, scope = self.moving.pop(0)
                self._arrive(self.target(arrow), arrow, scope)

    def _arrive(self, shape: Shape, arrow: str, scope: Place) -> None:
        if not scope.is_alive:
            return
        if shape.kind == "exclusiveGateway":
            self.leave(shape, scope, self._chosen(shape, scope)[:1])
        elif shape.kind == "parallelGateway":
            self._join(shape, arrow, scope)
        elif shape.kind == "inclusiveGateway" and len(shape.into) > 1:
            scope.waiting[arrow] += 1
        elif shape.kind == "inclusiveGateway":
            self.leave(shape, scope, self._chosen(shape, scope))
        else:
            self.arrive_at_activity(shape, scope)

    def _chosen(self, gateway: Shape, scope: Place) -> list[str]:
        others = [arrow for arrow in gateway.out if arrow != gateway.default]
        true = [arrow for arrow in others if holds(self.diagram.arrows[arrow].condition, scope.seen())]
        return true or [arrow for arrow in (gateway.default,) if arrow]

    def _join(self, shape: Shape, arrow: str, scope: Place) -> None:
        scope.waiting[arrow] += 1
        if all(scope.waiting[one] for one in shape.into):
            scope.waiting.subtract(shape.into)
            self.leave(shape, scope)

    def _pass_one_inclusive_join(self) -> bool:
        for scope in self.living():
            for shape in self.diagram.inside(scope.body):
                present = [arrow for arrow in shape.into if scope.waiting[arrow]]
                if shape.kind == "inclusiveGateway" and present and not self._is_blocked(shape, present, scope):
                    scope.waiting.subtract(present)
                    self.leave(shape, scope, self._chosen(shape, scope))
                    return True
        return False

    def _is_blocked(self, join: Shape, present: list[str], scope: Place) -> bool:
        """A token elsewhere can still come by an empty arrow, and by none where one waits already."""
        empty = [arrow for arrow in join.into if arrow not in present]
        at_joins = {self.target(arrow).id for arrow, number in scope.waiting.items() if number} - {join.id}
        for place in {one.shape.id for one in scope.inside} | at_joins:
            ahead = self._ahead(place, join.id)
            if any(arrow in ahead for arrow in empty) and not any(arrow in ahead for arrow in present):
                return True
        return False

    def _ahead(self, place: str, avoiding: str) -> set[str]:
        """Arrows that a token in `place` can still take without passing `avoiding`."""
        seen, places, arrows = set(), [place], set()
        while places:
            current = places.pop()
            if current not in seen and current != avoiding:
                seen.add(current)
                for shape in (self.diagram.shapes[current], *self.diagram.border(current)):
                    arrows.update(shape.out)
                    places += [self.target(arrow).id for arrow in shape.out]
        return arrows


def holds(condition: str | None, variables: dict[str, object]) -> bool:
    return condition is None or bool(eval(condition, {"true": True, "false": False}, variables))
