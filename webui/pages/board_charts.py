"""Charts as lengths on a field of a hundred: the template draws them, the table beside them says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.insight.figures_by import WeekLine

HEIGHT = 100.0
SHOWN_LABELS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekBar:
    """From the foot up: done in time, without a standard time, too late. `x` and `width` are of a hundred."""

    week: WeekLine
    x: float
    width: float
    met: float
    other: float
    missed: float
    has_label: bool

    @property
    def without(self) -> int:
        """Done, but with no standard time to be held against."""
        return self.week.done - self.week.met - self.week.missed


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekChart:
    bars: tuple[WeekBar, ...]
    highest: int


def week_bars(weeks: Sequence[WeekLine]) -> WeekChart:
    """The highest week fills the field."""
    highest = max((week.done for week in weeks), default=0)
    step = 100.0 / len(weeks) if weeks else 100.0
    unit = HEIGHT / highest if highest else 0.0
    every = -(-len(weeks) // SHOWN_LABELS)
    return WeekChart(
        highest=highest,
        bars=tuple(
            WeekBar(
                week=week,
                x=round(place * step + step * 0.14, 2),
                width=round(step * 0.72, 2),
                met=round(week.met * unit, 2),
                missed=round(week.missed * unit, 2),
                other=round((week.done - week.met - week.missed) * unit, 2),
                has_label=(len(weeks) - 1 - place) % every == 0,
            )
            for place, week in enumerate(weeks)
        ),
    )
