"""Days on which a unit, with those below it, is closed while the office works, or works while the office does not."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.calendar.entries import UnitDayFacts, mark_of, unit_day_facts, unit_day_row
from engine.calendar.errors import CorrectedMeanwhile, UnitDayNotFound
from engine.calendar.queries import unit_days_of
from engine.core import calendar_keeping as keeping
from engine.organisation.queries import unit_lines
from engine.organisation.unit_queries import unit_choices
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages import calendar_forms as forms
from webui.pages.calendar_meanwhile import Difference, differences, lines_of_unit_day
from webui.pages.calendar_parts import (
    DeadlinesMayMove,
    carry_out,
    flash_way_back,
    question,
    surroundings,
    wanted_year,
    with_what_moves,
)
from webui.pages.calendar_words import day_of_year, shifts_in_words
from webui.pages.office_forms import by_field, typed
from webui.texts import _
from webui.wording import day as in_words

bp = Blueprint("unit_days", __name__)


@bp.get("/organisasi/kalender/hari-unit")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_CALENDAR_TABLES)
    year = wanted_year()
    with core().read(current_actor()) as reading:
        days = unit_days_of(reading.session, year)
        units = unit_lines(reading.session, {each.unit_id for each in days.values()})
    return render_template(
        "unit_days.html",
        **surroundings("unit_days.index"),
        year=year,
        lines=[(unit_day_id, each, day_of_year(each.day)) for unit_day_id, each in days.items()],
        unit_names={unit.id: unit.name for unit in units},
        shifts_in_words=shifts_in_words,
    )


@bp.get("/organisasi/kalender/hari-unit/baru")
@signed_in
def new() -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    return _form(None, {"is_working": "no"}, {})


@bp.post("/organisasi/kalender/hari-unit/baru")
@signed_in
def create() -> ResponseReturnValue:
    return _keep(None, keeping.enter_unit_day)


@bp.get("/organisasi/kalender/hari-unit/<int:unit_day_id>")
@signed_in
def edit(unit_day_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    with core().read(current_actor()) as reading:
        kept = unit_day_facts(unit_day_row(reading.session, unit_day_id))
    return _form(unit_day_id, {**forms.fields_of_unit_day(kept), "seen": mark_of(kept)}, {})


@bp.post("/organisasi/kalender/hari-unit/<int:unit_day_id>")
@signed_in
def change(unit_day_id: int) -> ResponseReturnValue:
    seen = request.form.get("seen", "")
    return _keep(unit_day_id, partial(keeping.correct_unit_day, unit_day_id=unit_day_id, seen=seen))


@bp.post("/organisasi/kalender/hari-unit/<int:unit_day_id>/hapus")
@signed_in
def drop(unit_day_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    try:
        removed: UnitDayFacts = carry_out(partial(keeping.drop_unit_day, unit_day_id=unit_day_id))
    except DeadlinesMayMove as refusal:
        return question(refusal, _("Take this day out of the calendar of the unit?"), url_for(".index"))
    told = _("On %(day)s the unit works as the office does.", day=in_words(removed.day))
    flash_way_back(told, url_for(".create"), forms.fields_of_unit_day(removed))
    return redirect(url_for(".index", tahun=removed.day.year))


def _keep(unit_day_id: int | None, act: Callable[..., object]) -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    try:
        facts = forms.unit_day()
        carry_out(partial(act, facts=facts))
    except Invalid as refusal:
        return _form(unit_day_id, typed(), by_field(refusal)), 422
    except CorrectedMeanwhile as refusal:
        return _corrected_meanwhile(unit_day_id, facts, refusal), 409
    except UnitDayNotFound:
        return _form(None, typed(), {}, _(forms.TAKEN_OUT)), 409
    except DeadlinesMayMove as refusal:
        what = _("Enter %(name)s, %(day)s, for the unit?", name=facts.name, day=in_words(facts.day))
        return question(refusal, what, url_for(".index", tahun=facts.day.year))
    told = _("%(day)s is kept as you wrote it.", day=in_words(facts.day))
    flash(with_what_moves(told), "success")
    return redirect(url_for(".index", tahun=facts.day.year))


def _corrected_meanwhile(unit_day_id: int | None, yours: UnitDayFacts, refusal: CorrectedMeanwhile) -> str:
    """With what the calendar says now; kept once more, hers holds instead of it."""
    with core().read(current_actor()) as reading:
        units = unit_choices(reading.session)
    now: UnitDayFacts = refusal.params["now"]
    changed = differences(lines_of_unit_day(now, units), lines_of_unit_day(yours, units))
    return _form(unit_day_id, {**typed(), "seen": mark_of(now)}, {}, refusal.text(language()), changed)


def _form(
    unit_day_id: int | None,
    values: Mapping[str, Any],
    problems: Mapping[str, str],
    told: str = "",
    changed: Sequence[Difference] = (),
) -> str:
    """`told` is why it was not kept, with what has changed meanwhile."""
    with core().read(current_actor()) as reading:
        units = unit_choices(reading.session)
    return render_template(
        "unit_day_form.html",
        **surroundings("unit_days.index"),
        unit_day_id=unit_day_id,
        values=values,
        problems=problems,
        told=told,
        changed=changed,
        units=units,
    )
