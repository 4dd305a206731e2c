"""What was typed into the form of a plan, taken by its kind or refused at its field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from engine.base.days import day_written, is_near
from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.base.times_of_day import find_time
from engine.execution.plan_model import OnHoliday
from engine.execution.plan_queries import PlanLine
from engine.execution.plan_rhythms import Rhythm, RhythmKind, as_crontab, as_rhythm
from engine.execution.plans import PlanFacts, PlanWrong
from webui.addresses import row_id
from webui.pages.typed_values import as_lines, values_of

LAST = "L"
UNREAD = "0 8 1 * *"  # in place of what could not be read, so that all else is looked at; it is never kept
USUAL_MONTHS, USUAL_LEAD_DAYS = "24", "60"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What could be read of the form, and what could not."""

    facts: PlanFacts
    problems: tuple[FieldProblem, ...]


def taken(is_for_people: bool) -> Taken:
    problems: list[FieldProblem] = []
    rule = _rule(is_for_people)
    if rule is None:
        problems.append(_problem("on_holiday", _("Choose what happens on days off.")))
    facts = PlanFacts(
        definition_id=request.form.get("procedure", type=row_id),
        name=request.form.get("name", ""),
        title=request.form.get("title", ""),
        on_holiday=rule or OnHoliday.KEEP,
        crontab=None if is_for_people else _crontab(problems),
        every_months=_count("every_months") if is_for_people else None,
        lead_days=_count("lead_days") if is_for_people else 0,
        unit_id=request.form.get("unit", type=row_id),
        variables=_variables(problems),
    )
    return Taken(facts=facts, problems=tuple(problems))


def check(found: Taken, refusal: Invalid | None = None) -> None:
    """Raises PlanWrong with what the form and the plan itself have against it."""
    told = {each.name for each in found.problems}
    others = refusal.fields if refusal is not None else ()
    problems = [*found.problems, *(each for each in others if each.name not in told)]
    if problems:
        raise PlanWrong(problems)


def typed() -> Mapping[str, str]:
    return request.form.to_dict()


def as_typed(plan: PlanLine) -> Mapping[str, str]:
    """A plan as its form would have been filled in."""
    common = {
        "name": plan.name,
        "title": plan.title,
        "procedure": str(plan.definition_id),
        "unit": str(plan.unit_id or ""),
        "on_holiday": plan.on_holiday.value,
        "variables": as_lines(plan.variables),
    }
    if plan.crontab is None:
        return {**common, "every_months": str(plan.every_months), "lead_days": str(plan.lead_days)}
    rhythm = as_rhythm(plan.crontab, plan.on_holiday)
    at = f"{rhythm.at:%H:%M}" if rhythm.at is not None else ""
    day, month = str(rhythm.day or LAST), str(rhythm.month or "")
    return {**common, "rhythm": rhythm.kind, "at": at, "day": day, "month": month, "crontab": rhythm.crontab}


def unfilled(is_for_people: bool) -> Mapping[str, str]:
    if is_for_people:
        usual = {"every_months": USUAL_MONTHS, "lead_days": USUAL_LEAD_DAYS}
        return {**usual, "on_holiday": OnHoliday.BEFORE.value}
    return {"rhythm": RhythmKind.MONTHLY, "day": "1", "at": "08:00", "on_holiday": OnHoliday.AFTER.value}


def day_typed(name: str) -> date | None:
    day = day_written(request.form.get(name, ""))
    return day if day is not None and is_near(day) else None


def _crontab(problems: list[FieldProblem]) -> str:
    kind = request.form.get("rhythm", "")
    if kind not in set(RhythmKind):
        problems.append(_problem("rhythm", _("Choose how often.")))
        return UNREAD
    day = request.form.get("day", "")
    rhythm = Rhythm(
        kind=RhythmKind(kind),
        at=find_time(request.form.get("at", "")),
        day=None if day == LAST else _number(day),
        month=_number(request.form.get("month", "")),
        crontab=request.form.get("crontab", "")[:120],
    )
    try:
        return as_crontab(rhythm)
    except Invalid as refusal:
        problems.extend(refusal.fields)
        return UNREAD


def _rule(is_for_people: bool) -> OnHoliday | None:
    """Working days are those on which nothing is skipped."""
    if not is_for_people and request.form.get("rhythm") == RhythmKind.WORKING_DAYS:
        return OnHoliday.SKIP
    rule = request.form.get("on_holiday", "")
    return OnHoliday(rule) if rule in set(OnHoliday) else None


def _variables(problems: list[FieldProblem]) -> dict[str, Any]:
    try:
        return values_of(request.form.get("variables", ""))
    except Invalid as refusal:
        problems.extend(_at_variables(refusal.fields))
        return {}


def _at_variables(fields: tuple[FieldProblem, ...]) -> Iterator[FieldProblem]:
    for each in fields[:1]:
        yield FieldProblem(name="variables", code=each.code, message=each.message, params=each.params)


def _count(name: str) -> int:
    """-1 is no number of anything, and is refused as such."""
    number = _number(request.form.get(name, ""))
    return -1 if number is None else number


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _problem(field: str, message: str) -> FieldProblem:
    return FieldProblem(name=field, code=f"plan.{field}", message=message)
