"""Planned starts: what will start when, what came of it, and the plans themselves."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.base.errors import Conflict, Invalid
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.definitions.queries import procedures
from engine.execution import planned_starts, plans
from engine.execution.beginning import Started
from engine.execution.coming_starts import coming_starts
from engine.execution.plan_queries import failed_starts, people_page, plan_line, plan_lines, starts_page
from engine.execution.plan_rhythms import RhythmKind
from engine.execution.plans import NAME_LENGTH, NeverComes
from engine.organisation.unit_queries import unit_choices
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages import plan_forms as forms
from webui.pages.colleague_choice import NOBODY, Choice
from webui.pages.plan_agreeing import NotAgreedTo, agreed_to, question, with_at_once
from webui.pages.plan_words import months, moved, rules, when
from webui.pages.procedure_tabs import procedure_tabs
from webui.texts import _

bp = Blueprint("start_plans", __name__)

FOR_PEOPLE = "pegawai"
RECENT = 10


@bp.get("/prosedur/rencana")
@signed_in
def index() -> ResponseReturnValue:
    """What will start when, in the next ninety days; above it what could not start."""
    with core().read(current_actor()) as reading:
        coming = [(start, moved(start)) for start in coming_starts(reading)]
        lines = [(line, when(line)) for line in plan_lines(reading)]
        failed = failed_starts(reading)
    return render_template(
        "start_plans.html", tabs=_tabs(), coming=coming, plans=lines, failed=failed, may_plan=_may_plan()
    )


@bp.get("/prosedur/rencana/riwayat")
@signed_in
def past() -> ResponseReturnValue:
    """What came of the moments that have been."""
    with core().read(current_actor()) as reading:
        page = starts_page(reading, cursor=request.args.get("sesudah"))
    return render_template("past_starts.html", tabs=_tabs(), page=page)


@bp.get("/prosedur/rencana/baru")
@signed_in
def new() -> ResponseReturnValue:
    is_for_people = request.args.get("untuk") == FOR_PEOPLE
    return _form(None, is_for_people, forms.unfilled(is_for_people), {})


@bp.post("/prosedur/rencana/baru")
@signed_in
def make() -> ResponseReturnValue:
    require(current_actor(), Permission.PLAN_STARTS)
    is_for_people = request.args.get("untuk") == FOR_PEOPLE
    try:
        with core().work(current_actor()) as work:
            plan_id = _made(work, None, forms.taken(is_for_people))
    except (Invalid, NeverComes) as refusal:
        return _form(None, is_for_people, forms.typed(), _by_field(refusal)), 422
    flash(_("The plan is kept. It starts its cases by itself from now on."), "success")
    return redirect(url_for(".show", plan_id=plan_id))


@bp.get("/prosedur/rencana/<int:plan_id>")
@signed_in
def show(plan_id: int) -> ResponseReturnValue:
    return plan_page(plan_id, NOBODY, {})


@bp.get("/prosedur/rencana/<int:plan_id>/ubah")
@signed_in
def edit(plan_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        plan = plan_line(reading, plan_id)
    return _form(plan_id, plan.is_for_people, forms.as_typed(plan), {})


@bp.post("/prosedur/rencana/<int:plan_id>/ubah")
@signed_in
def change(plan_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        is_for_people = plan_line(reading, plan_id).is_for_people
    try:
        with core().work(current_actor()) as work:
            _made(work, plan_id, forms.taken(is_for_people))
            at_once = agreed_to(work, plan_id)
    except NotAgreedTo as refusal:
        return question(refusal, plan_id, _("Change the plan?"))
    except (Invalid, NeverComes) as refusal:
        return _form(plan_id, is_for_people, forms.typed(), _by_field(refusal)), 422
    flash(with_at_once(_("The plan is changed. What is still to come follows it."), at_once), "success")
    return redirect(url_for(".show", plan_id=plan_id))


@bp.post("/prosedur/rencana/<int:plan_id>/nyalakan")
@signed_in
def turn_on(plan_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            plans.turn_on(work, plan_id)
            at_once = agreed_to(work, plan_id)
    except NotAgreedTo as refusal:
        return question(refusal, plan_id, _("Turn the plan on?"))
    flash(with_at_once(_("The plan is on again."), at_once), "success")
    return redirect(url_for(".show", plan_id=plan_id))


@bp.post("/prosedur/rencana/<int:plan_id>/matikan")
@signed_in
def turn_off(plan_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        plans.turn_off(work, plan_id)
    flash(_("The plan is off. Nothing starts by it until it is turned on again."), "success")
    return redirect(url_for(".show", plan_id=plan_id))


@bp.post("/prosedur/rencana/<int:plan_id>/mulai")
@signed_in
def start_now(plan_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            say_started(plans.start_plan_now(work, plan_id))
    except Conflict as refusal:
        flash(refusal.text(language()), "error")
    return redirect(url_for(".show", plan_id=plan_id))


@bp.get("/prosedur/rencana/<int:plan_id>/hapus")
@signed_in
def confirm_deleting(plan_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.PLAN_STARTS)
    with core().read(current_actor()) as reading:
        plan = plan_line(reading, plan_id)
    return render_template("delete_plan.html", tabs=_tabs(), plan=plan)


@bp.post("/prosedur/rencana/<int:plan_id>/hapus")
@signed_in
def delete(plan_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        plans.delete_plan(work, plan_id)
    flash(_("The plan is deleted. The cases that it started go on."), "success")
    return redirect(url_for(".index"))


@bp.post("/prosedur/rencana/hasil/<int:start_id>/ulangi")
@signed_in
def try_again(start_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            say_started(planned_starts.try_again(work, start_id))
    except Conflict as refusal:
        flash(refusal.text(language()), "error")
    return redirect(url_for(".index"))


def plan_page(plan_id: int, choice: Choice, problems: Mapping[str, str], wrong_rows: Sequence[str] = ()) -> str:
    """A plan with its people; what was typed about one stays, and what is wrong with a table is told row by row."""
    with core().read(current_actor()) as reading:
        plan = plan_line(reading, plan_id)
        people = people_page(reading, plan_id, request.args.get("sesudah")) if plan.is_for_people else None
        recent = starts_page(reading, plan_id, size=RECENT)
        units = unit_choices(reading.session) if plan.is_for_people else ()
    return render_template(
        "start_plan.html",
        tabs=_tabs(),
        plan=plan,
        words=when(plan),
        rule=rules(plan_is_for_people=False)[plan.on_holiday],
        people=people,
        recent=recent.items,
        units=units,
        choice=choice,
        problems=problems,
        wrong_rows=wrong_rows,
        typed=forms.typed(),
        may_plan=_may_plan(),
    )


def say_started(started: Started) -> None:
    flash(_("Case %(number)s has been started.", number=started.number), "success")


def _made(work: UnitOfWork, plan_id: int | None, found: forms.Taken) -> int:
    """All that is wrong is told at once, whoever found it."""
    try:
        if plan_id is None:
            plan_id = plans.make_plan(work, found.facts)
        else:
            plans.change_plan(work, plan_id, found.facts)
    except Invalid as refusal:
        forms.check(found, refusal)
    forms.check(found)
    return plan_id or 0


def _form(plan_id: int | None, is_for_people: bool, values: Mapping[str, str], problems: Mapping[str, str]) -> str:
    require(current_actor(), Permission.PLAN_STARTS)
    with core().read(current_actor()) as reading:
        choices = _in_force(reading)
        units = unit_choices(reading.session)
    return render_template(
        "start_plan_form.html",
        tabs=_tabs(),
        plan_id=plan_id,
        is_for_people=is_for_people,
        values=values,
        problems=problems,
        procedures=choices,
        units=units,
        rules=rules(is_for_people),
        months=months(),
        kinds=RhythmKind,
        name_length=NAME_LENGTH,
    )


def _in_force(reading: Reading) -> list[tuple[int, str]]:
    return [(line.definition_id, line.name) for line in procedures(reading.session) if line.version_id is not None]


def _by_field(refusal: Invalid | NeverComes) -> dict[str, str]:
    if isinstance(refusal, Invalid):
        return refusal.by_field(language())
    return {"on_holiday": refusal.text(language())}


def _may_plan() -> bool:
    return allows(current_actor(), Permission.PLAN_STARTS)


def _tabs() -> list[tuple[str, str, bool, None, str]]:
    return procedure_tabs("start_plans.index")
