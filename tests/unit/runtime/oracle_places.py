"""Where tokens are: the living activities of the oracle, and what each of them sees and writes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.unit.runtime.oracle_reading import Shape

Passes = tuple[tuple[str, int], ...]
_ages = count()


@dataclass(frozen=True, kw_only=True)
class Done:
    """Work that can be undone, with what was done inside it, and how old the case was before and after."""

    shape: Shape
    inner: "list[Done]"
    began: int
    ended: int


class Place:
    """`number` counts the pass of a loop; a place that repeats something holds one place for each pass."""

    def __init__(self, shape: Shape, outer: "Place | None", number: int | None = None) -> None:
        self.shape, self.outer, self.number = shape, outer, number
        self.body, self.age = shape.id, next(_ages)
        self.inside: list[Place] = []
        self.waiting: Counter[str] = Counter()
        self.data: dict[str, Any] | None = None
        self.written: set[str] | None = None
        self.done: list[Done] = []
        self.to_undo: list[Done] = []
        self.happened: Counter[str] = Counter()
        self.is_taken_over = self.is_cancelled = self.is_stranded = False
        self.passed = 0
        self.outputs: list[Any] = []

    @property
    def passes(self) -> Passes:
        """Where it stands, outermost first: the pass of a loop, or which of several of its kind, by age."""
        if self.outer is None:
            return ()
        alike = [one for one in self.outer.inside if one.shape is self.shape]
        rank = next((rank for rank, one in enumerate(alike) if one is self), 0)
        return (*self.outer.passes, (self.shape.id, rank if self.number is None else self.number))

    def as_done(self) -> Done:
        return Done(shape=self.shape, inner=self.done, began=self.age, ended=next(_ages))

    @property
    def is_alive(self) -> bool:
        return self.outer is None or (self.outer.is_alive and any(one is self for one in self.outer.inside))

    @property
    def is_loop(self) -> bool:
        return self.shape.repetition is not None and self.number is None

    def outwards(self) -> Iterator["Place"]:
        yield self
        if self.outer:
            yield from self.outer.outwards()

    def everything(self) -> Iterator["Place"]:
        yield self
        for one in list(self.inside):
            yield from one.everything()

    def seen(self) -> dict[str, Any]:
        """A called process sees nothing beyond itself."""
        outer = {} if self.written is not None or self.outer is None else self.outer.seen()
        return {**outer, **(self.data or {})}

    def write(self, name: str, value: Any) -> None:
        """To the nearest that has it; a new one belongs to the outermost that is seen."""
        if self.data is not None and (name in self.data or self.outer is None or self.written is not None):
            self.data[name] = value
            if self.written is not None:
                self.written.add(name)
        elif self.outer is not None:
            self.outer.write(name, value)

    def clear(self) -> None:
        self.inside, self.waiting, self.to_undo, self.is_stranded = [], Counter(), [], False
