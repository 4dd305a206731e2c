"""What somebody lacks for what is required of her on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """`competency_id` is empty for a qualification that a diagram names and the office does not know."""

    competency_id: int | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    competency_id: int
    obtained_on: date
    valid_until: date | None

    def counts_on(self, on: date) -> bool:
        return self.obtained_on <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """`expired_on` is the last day on which she still had it."""

    name: str
    expired_on: date | None = None


def missing(required: Iterable[Required], held: Iterable[Held], on: date) -> tuple[Missing, ...]:
    """Each lacking thing once, by name."""
    shown = tuple(held)
    found = {
        each.name: Missing(name=each.name, expired_on=_expired_on(each, shown, on))
        for each in required
        if not any(one.competency_id == each.competency_id and one.counts_on(on) for one in shown)
    }
    return tuple(found[name] for name in sorted(found))


def _expired_on(required: Required, held: Iterable[Held], on: date) -> date | None:
    ends = (one.valid_until for one in held if one.competency_id == required.competency_id)
    return max((end for end in ends if end is not None and end < on), default=None)
