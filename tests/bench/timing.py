"""How long something takes, many times over."""

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter


def milliseconds(acts: Iterable[Callable[[], object]]) -> list[float]:
    """What each act took, one after the other."""
    taken = []
    for act in acts:
        began = perf_counter()
        act()
        taken.append((perf_counter() - began) * 1000)
    return taken


def percentile(values: Sequence[float], percent: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))], 3)
