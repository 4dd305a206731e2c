"""The standard time of a step that is said for each of something: two minutes for each of five letters are ten."""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.graph import StandardTime, Step
from engine.bpmn.standard_times import MINUTES_OF_DAY, TEN_YEARS_IN_MINUTES
from engine.expressions.errors import EvaluationFault


def count_in(step: Step, variables: Mapping[str, Any]) -> int:
    """Of how many things the case knows; one where it does not know, or names more than ten years of work."""
    if step.count is None or step.standard_time is None:
        return 1
    try:
        found = step.count.evaluate(variables)
    except EvaluationFault:
        return 1
    is_number = isinstance(found, int | float) and not isinstance(found, bool) and found == found // 1
    minutes = max(_minutes(step.standard_time), step.effort_minutes or 0)
    return int(found) if is_number and 1 <= found * minutes <= TEN_YEARS_IN_MINUTES else 1


def standard_time_in(step: Step, variables: Mapping[str, Any]) -> StandardTime | None:
    """That of all of them together."""
    return None if step.standard_time is None else step.standard_time.of(count_in(step, variables))


def _minutes(standard: StandardTime) -> int:
    return (standard.working_days or 0) * MINUTES_OF_DAY + (standard.working_minutes or 0)
