"""The monthly report of a unit: how its steps and cases kept their time, what was worst, and what came back."""

from dataclasses import dataclass

from engine.base.unit_of_work import Reading
from engine.insight.bottlenecks import ReasonLine, reasons
from engine.insight.days import Days, weeks_before
from engine.insight.figures_by import (
    By,
    CaseTotals,
    FigureLine,
    Figures,
    WeekLine,
    case_totals,
    figures_by,
    together,
    weeks,
)
from engine.insight.within import Within

TREND_WEEKS = 13
WORST_STEPS = 10
MOST_REASONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`worst` are the steps with the most that was done too late; what is open is as of the making of the report."""

    unit_name: str
    days: Days
    total: Figures
    cases: CaseTotals
    procedures: tuple[FigureLine, ...]
    worst: tuple[FigureLine, ...]
    reasons: tuple[ReasonLine, ...]
    weeks: tuple[WeekLine, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.total.done or self.cases.started or self.total.returned)


def monthly_report(reading: Reading, days: Days, within: Within, unit_name: str) -> Report:
    steps = figures_by(reading, days, within, By.STEP)
    late = sorted((line for line in steps if line.figures.missed), key=lambda line: -line.figures.missed)
    by_procedure = figures_by(reading, days, within, By.PROCEDURE)
    moved = (line for line in by_procedure if line.figures.done or line.figures.returned)
    return Report(
        unit_name=unit_name,
        days=days,
        total=together(steps),
        cases=case_totals(reading, days, within),
        procedures=tuple(sorted(moved, key=lambda line: line.name or "")),
        worst=tuple(late[:WORST_STEPS]),
        reasons=reasons(reading, days, within)[:MOST_REASONS],
        weeks=weeks(reading, weeks_before(days, TREND_WEEKS), within),
    )
