"""Plans of starts are made, changed, stopped and thrown away by the secretariat."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, select

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.errors import Conflict, FieldProblem, Invalid, NotFound
from engine.base.i18n import _
from engine.base.text import one_line
from engine.base.unit_of_work import UnitOfWork
from engine.definitions.graphs import graph_of
from engine.definitions.model import DefinitionVersion, ProcessDefinition, VersionState
from engine.execution import planned_starts
from engine.execution.ahead import begins_by_hand
from engine.execution.beginning import Started
from engine.execution.plan_model import OnHoliday, PlannedPerson, PlannedStart, StartPlan
from engine.execution.plan_timetable import people_of, set_next, set_persons_next, stop
from engine.execution.planned_moments import BadCrontab, crontab_of, require_five_fields
from engine.execution.planned_starts import DAY, NIP, PERSON
from engine.organisation.keeping import give
from engine.organisation.model import Unit
from engine.runtime.topology import chosen_starts

NAME_LENGTH = TITLE_LENGTH = 200
MOST_MONTHS, MOST_LEAD_DAYS = 600, 366


class PlanNotFound(NotFound):
    code = "plan.not_found"
    message = _("There is no such plan. It may have been deleted.")


class PlanWrong(Invalid):
    code = "plan.wrong"


class NeverComes(Conflict):
    code = "plan.never_comes"
    message = _(
        "This plan would never start a case: every day that it names is skipped. Choose what happens on days off anew."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What a plan says: a crontab, or every so many months for each of its people, `lead_days` before her day."""

    definition_id: int | None
    name: str
    title: str
    on_holiday: OnHoliday
    crontab: str | None = None
    every_months: int | None = None
    lead_days: int = 0
    unit_id: int | None = None
    variables: Mapping[str, Any]

    @property
    def is_for_people(self) -> bool:
        return self.crontab is None


def make_plan(work: UnitOfWork, facts: PlanFacts) -> int:
    """Raises PlanWrong with all that is wrong, each at its field."""
    require(work.actor, Permission.PLAN_STARTS)
    facts = _checked(work, facts)
    plan = StartPlan(**_columns(facts), is_on=True, made_at=work.now, made_by=work.actor.name)
    work.session.add(plan)
    work.session.flush()  # its job is named after it
    _begin_to_wait(work, plan)
    record(work, "plan.made", "start_plan", plan.id, name=plan.name)
    return plan.id


def change_plan(work: UnitOfWork, plan_id: int, facts: PlanFacts) -> None:
    """It stays what it is, for people or not; what has begun by it stays as it began."""
    plan = plan_to_change(work, plan_id)
    if facts.is_for_people is not (plan.crontab is None):
        facts = replace(facts, crontab=plan.crontab, every_months=plan.every_months)
    columns = _columns(_checked(work, facts))
    names = _names_of(work, plan.definition_id, facts.definition_id, plan.unit_id, facts.unit_id)
    changes = give(plan, names, **{name: value for name, value in columns.items() if name != "variables"})
    if plan.variables != columns["variables"]:
        changes.append(f"variables: {_told(plan.variables)} → {_told(columns['variables'])}")
        plan.variables = columns["variables"]
    stop(work, plan)
    if plan.is_on:
        _begin_to_wait(work, plan)
    record(work, "plan.changed", "start_plan", plan.id, name=plan.name, changes=changes)


def turn_on(work: UnitOfWork, plan_id: int) -> None:
    """What was meant for the time when it was off has not been, but nobody's own day is lost."""
    plan = plan_to_change(work, plan_id)
    if not plan.is_on:
        plan.is_on = True
        _begin_to_wait(work, plan)
        record(work, "plan.turned_on", "start_plan", plan.id, name=plan.name)


def turn_off(work: UnitOfWork, plan_id: int) -> None:
    plan = plan_to_change(work, plan_id)
    if plan.is_on:
        plan.is_on = False
        stop(work, plan)
        record(work, "plan.turned_off", "start_plan", plan.id, name=plan.name)


def delete_plan(work: UnitOfWork, plan_id: int) -> None:
    """With what is known of its starts; the cases themselves stay."""
    plan = plan_to_change(work, plan_id)
    stop(work, plan)
    for rows in (PlannedStart, PlannedPerson):
        work.session.execute(delete(rows).where(rows.plan_id == plan_id))
    work.session.delete(plan)
    record(work, "plan.deleted", "start_plan", plan_id, name=plan.name)


def start_plan_now(work: UnitOfWork, plan_id: int) -> Started:
    """A case at once, besides those of the plan."""
    return planned_starts.start_now(work, plan_to_change(work, plan_id))


def plan_to_change(work: UnitOfWork, plan_id: int) -> StartPlan:
    require(work.actor, Permission.PLAN_STARTS)
    plan = work.session.get(StartPlan, plan_id)
    if plan is None:
        raise PlanNotFound
    return plan


def _begin_to_wait(work: UnitOfWork, plan: StartPlan) -> None:
    if plan.crontab is None:
        set_persons_next(work, plan, people_of(work.session, plan.id))
        return
    set_next(work, plan, after=work.now)
    if plan.job_id is None:
        raise NeverComes


def _names_of(work: UnitOfWork, *ids: int | None) -> dict[tuple[str, Any], str]:
    """Of the procedures and the units, the old and the new one of each."""
    definitions = (work.session.get(ProcessDefinition, each) for each in ids[:2] if each is not None)
    units = (work.session.get(Unit, each) for each in ids[2:] if each is not None)
    return {("definition_id", each.id): each.name for each in definitions if each is not None} | {
        ("unit_id", each.id): each.name for each in units if each is not None
    }


def _told(variables: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in variables.items()) or "–"


def _columns(facts: PlanFacts) -> dict[str, Any]:
    return {
        "definition_id": facts.definition_id,
        "name": facts.name,
        "title": facts.title,
        "on_holiday": facts.on_holiday,
        "crontab": facts.crontab,
        "every_months": facts.every_months,
        "lead_days": facts.lead_days,
        "unit_id": facts.unit_id,
        "variables": dict(facts.variables),
    }


def _checked(work: UnitOfWork, facts: PlanFacts) -> PlanFacts:
    facts = replace(facts, name=one_line(facts.name), title=one_line(facts.title) or one_line(facts.name))
    problems = [*_problems(facts), *_problems_of_procedure(work, facts), *_problems_of_unit(work, facts)]
    if problems:
        raise PlanWrong(problems)
    return facts


def _problems(facts: PlanFacts) -> Iterator[FieldProblem]:
    if not facts.name:
        yield _problem("name", "required", _("Please fill this in."))
    for field, text, most in (("name", facts.name, NAME_LENGTH), ("title", facts.title, TITLE_LENGTH)):
        if len(text) > most:
            yield _problem(field, "too_long", _("Please use at most %(length)s characters."), length=most)
    yield from _problems_of_variables(facts)
    if facts.crontab is None:
        yield from _problems_for_people(facts)
        return
    try:
        require_five_fields(facts.crontab)
        crontab_of(facts.crontab)
    except BadCrontab as refusal:
        yield FieldProblem(name="crontab", code=refusal.code, message=refusal.message, params=refusal.params)


def _problems_of_variables(facts: PlanFacts) -> Iterator[FieldProblem]:
    given = {DAY, PERSON, NIP} if facts.is_for_people else {DAY}
    for name in sorted(given & facts.variables.keys()):
        message = _("“%(name)s” is given to each case by the plan itself. Take its line out, or call it otherwise.")
        yield _problem("variables", "given_anyway", message, name=name)


def _problems_for_people(facts: PlanFacts) -> Iterator[FieldProblem]:
    months, days = facts.every_months or 0, facts.lead_days
    if not 1 <= months <= MOST_MONTHS:
        yield _problem(
            "every_months", "out_of_range", _("Give the number of months, from 1 to %(most)s."), most=MOST_MONTHS
        )
    if not 0 <= days <= MOST_LEAD_DAYS:
        yield _problem(
            "lead_days", "out_of_range", _("Give the number of days, from 0 to %(most)s."), most=MOST_LEAD_DAYS
        )
    elif months > 0 and days >= months * 28:
        yield _problem("lead_days", "too_long", _("The case would begin before the one of the turn before. Lessen it."))
    if facts.on_holiday is OnHoliday.SKIP:
        yield _problem(
            "on_holiday", "lost", _("Nobody's day is skipped. Choose the working day before, or the one after.")
        )


def _problems_of_procedure(work: UnitOfWork, facts: PlanFacts) -> Iterator[FieldProblem]:
    definition = work.session.get(ProcessDefinition, facts.definition_id) if facts.definition_id else None
    if definition is None:
        yield _problem("procedure", "required", _("Choose the procedure."))
        return
    query = select(DefinitionVersion.id).where(
        DefinitionVersion.definition_id == definition.id, DefinitionVersion.state == VersionState.PUBLISHED
    )
    version_id = work.session.scalar(query)
    if version_id is None:
        message = _("No version of “%(name)s” is in force. Publish one first, then plan its cases.")
        yield _problem("procedure", "not_in_force", message, name=definition.name)
        return
    graph = graph_of(work.session, version_id)
    if not begins_by_hand(graph, definition.key) or chosen_starts(graph, definition.key):
        message = _("“%(name)s” has no single start that a plan could use. Its diagram needs one without an event.")
        yield _problem("procedure", "no_start", message, name=definition.name)


def _problems_of_unit(work: UnitOfWork, facts: PlanFacts) -> Iterator[FieldProblem]:
    unit = work.session.get(Unit, facts.unit_id) if facts.unit_id is not None else None
    today = work.today
    if facts.unit_id is not None and unit is None:
        yield _problem("unit", "unknown", _("Choose the unit anew."))
    elif unit is not None and unit.closed_on is not None and unit.closed_on <= today:
        yield _problem("unit", "closed", _("%(name)s is closed. Choose another unit."), name=unit.name)


def _problem(field: str, code: str, message: str, **params: Any) -> FieldProblem:
    return FieldProblem(name=field, code=f"plan.{code}", message=message, params=params)
