"""Tables of working hours: of the office and of units, ordinary ones and those of Ramadan, each from its first day."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.calendar.checks import WEEKDAYS
from engine.calendar.entries import TableFacts, mark_of, table_facts, table_row
from engine.calendar.errors import CorrectedMeanwhile, HoursTableNotFound
from engine.calendar.model import HoursKind
from engine.calendar.queries import hours_tables
from engine.calendar.weeks import OFFICE_WEEK, RAMADAN_WEEK
from engine.core import calendar_keeping as keeping
from engine.organisation.queries import unit_lines
from engine.organisation.unit_queries import unit_choices
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages import calendar_forms as forms
from webui.pages.calendar_meanwhile import Difference, differences, lines_of_table
from webui.pages.calendar_parts import (
    DeadlinesMayMove,
    carry_out,
    flash_way_back,
    question,
    surroundings,
    with_what_moves,
)
from webui.pages.calendar_words import hours_kinds, shifts_in_words, weekdays
from webui.pages.office_forms import by_field, id_of_address, typed
from webui.texts import _
from webui.wording import day as in_words

bp = Blueprint("office_hours", __name__)

REGULATION = "Perpres 21/2023"
BUILT_IN = {HoursKind.ORDINARY: OFFICE_WEEK, HoursKind.RAMADAN: RAMADAN_WEEK}


@bp.get("/organisasi/kalender/jam-kerja")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_CALENDAR_TABLES)
    with core().read(current_actor()) as reading:
        tables = hours_tables(reading.session)
        units = unit_lines(reading.session, {each.unit_id for each in tables.values() if each.unit_id is not None})
    return render_template(
        "hours_tables.html",
        **surroundings("office_hours.index"),
        tables=tables,
        unit_names={unit.id: unit.name for unit in units},
        kinds=hours_kinds(),
        built_in=BUILT_IN,
        regulation=REGULATION,
        weekdays=weekdays(),
        shifts_in_words=shifts_in_words,
    )


@bp.get("/organisasi/kalender/jam-kerja/baru")
@signed_in
def new() -> ResponseReturnValue:
    """The form begins with the hours of the regulation."""
    require(current_actor(), Permission.KEEP_CALENDAR)
    kind = HoursKind.RAMADAN if request.args.get("jenis") == HoursKind.RAMADAN else HoursKind.ORDINARY
    begun = {"unit_id": id_of_address("unit") or "", "kind": kind.value, **forms.fields_of_week(BUILT_IN[kind])}
    return _form(None, begun, {})


@bp.post("/organisasi/kalender/jam-kerja/baru")
@signed_in
def create() -> ResponseReturnValue:
    return _keep(None, keeping.enter_hours)


@bp.get("/organisasi/kalender/jam-kerja/<int:table_id>")
@signed_in
def edit(table_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    with core().read(current_actor()) as reading:
        kept = table_facts(table_row(reading.session, table_id))
    return _form(table_id, {**forms.fields_of_table(kept), "seen": mark_of(kept)}, {})


@bp.post("/organisasi/kalender/jam-kerja/<int:table_id>")
@signed_in
def change(table_id: int) -> ResponseReturnValue:
    seen = request.form.get("seen", "")
    return _keep(table_id, partial(keeping.correct_hours, table_id=table_id, seen=seen))


@bp.post("/organisasi/kalender/jam-kerja/<int:table_id>/hapus")
@signed_in
def drop(table_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    try:
        removed: TableFacts = carry_out(partial(keeping.drop_hours, table_id=table_id))
    except DeadlinesMayMove as refusal:
        return question(refusal, _("Take these hours out of the calendar?"), url_for(".index"))
    told = _("The table is removed; the hours of before hold again.")
    flash_way_back(told, url_for(".create"), forms.fields_of_table(removed))
    return redirect(url_for(".index"))


def _keep(table_id: int | None, act: Callable[..., object]) -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    try:
        facts = forms.table()
        carry_out(partial(act, facts=facts))
    except Invalid as refusal:
        return _form(table_id, typed(), by_field(refusal)), 422
    except CorrectedMeanwhile as refusal:
        return _corrected_meanwhile(table_id, facts, refusal), 409
    except HoursTableNotFound:
        return _form(None, typed(), {}, _(forms.TAKEN_OUT)), 409
    except DeadlinesMayMove as refusal:
        what = _("Let these hours hold from %(day)s on?", day=in_words(facts.first_day))
        return question(refusal, what, url_for(".index"))
    told = _("The hours hold from %(day)s on.", day=in_words(facts.first_day))
    flash(with_what_moves(told), "success")
    return redirect(url_for(".index"))


def _corrected_meanwhile(table_id: int | None, yours: TableFacts, refusal: CorrectedMeanwhile) -> str:
    """With what the calendar says now; kept once more, hers holds instead of it."""
    with core().read(current_actor()) as reading:
        units = unit_choices(reading.session)
    now: TableFacts = refusal.params["now"]
    changed = differences(lines_of_table(now, units), lines_of_table(yours, units))
    return _form(table_id, {**typed(), "seen": mark_of(now)}, {}, refusal.text(language()), changed)


def _form(
    table_id: int | None,
    values: Mapping[str, Any],
    problems: Mapping[str, str],
    told: str = "",
    changed: Sequence[Difference] = (),
) -> str:
    """`told` is why it was not kept, with what has changed meanwhile."""
    with core().read(current_actor()) as reading:
        units = unit_choices(reading.session)
    return render_template(
        "hours_form.html",
        **surroundings("office_hours.index"),
        table_id=table_id,
        values=values,
        problems=problems,
        told=told,
        changed=changed,
        units=units,
        kinds=hours_kinds(),
        days=list(zip(WEEKDAYS, weekdays(), strict=True)),
        as_above=forms.AS_ABOVE,
    )
