"""Days off of the office, each with its legal basis, and the Ramadan of a year."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.calendar.entries import HolidayLine, holiday_line, holiday_row
from engine.calendar.operations import new_known_holidays
from engine.calendar.queries import holidays_of, ramadan_periods
from engine.calendar.weeks import Period
from engine.core import calendar_keeping as keeping
from webui.identity import core, current_actor, signed_in
from webui.pages import calendar_forms as forms
from webui.pages.calendar_parts import (
    DeadlinesMayMove,
    carry_out,
    flash_way_back,
    question,
    surroundings,
    wanted_year,
    with_what_moves,
)
from webui.pages.calendar_words import day_of_year, holiday_kinds
from webui.pages.office_forms import by_field, typed
from webui.texts import _
from webui.wording import day as in_words

bp = Blueprint("days_off", __name__)


@bp.get("/organisasi/kalender/hari-libur")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_CALENDAR_TABLES)
    return _page(wanted_year(), {}, {})


@bp.post("/organisasi/kalender/hari-libur")
@signed_in
def keep() -> ResponseReturnValue:
    """Enter days on which the office does not work."""
    require(current_actor(), Permission.KEEP_CALENDAR)
    try:
        given = forms.days_off()
        carry_out(lambda work: keeping.enter_days_off(work, given.days, given.kind, given.name, given.legal_basis))
    except Invalid as refusal:
        return _page(wanted_year(), typed(), by_field(refusal)), 422
    except DeadlinesMayMove as refusal:
        return question(refusal, _what_is_entered(given), url_for(".index", tahun=given.days.first_day.year))
    flash(with_what_moves(_what_was_entered(given)), "success")
    return redirect(url_for(".index", tahun=given.days.first_day.year))


@bp.get("/organisasi/kalender/hari-libur/<day:day>")
@signed_in
def edit(day: date) -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    return _form(day, None, {})


@bp.post("/organisasi/kalender/hari-libur/<day:day>")
@signed_in
def correct(day: date) -> ResponseReturnValue:
    """What kind of day it is, what for and by which right; the day itself stays."""
    require(current_actor(), Permission.KEEP_CALENDAR)
    try:
        given = forms.corrected_day_off(day)
        with core().work(current_actor()) as work:
            keeping.correct_day_off(work, day, given.kind, given.name, given.legal_basis)
    except Invalid as refusal:
        return _form(day, typed(), by_field(refusal)), 422
    flash(_("%(day)s is kept as you wrote it.", day=in_words(day)), "success")
    return redirect(url_for(".index", tahun=day.year))


@bp.post("/organisasi/kalender/hari-libur/<day:day>/hapus")
@signed_in
def drop(day: date) -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    here = url_for(".index", tahun=day.year)
    try:
        removed: HolidayLine = carry_out(partial(keeping.drop_holiday, day=day))
    except DeadlinesMayMove as refusal:
        return question(refusal, _("Take %(day)s out of the calendar?", day=in_words(day)), here)
    told = _("%(day)s is a working day again, unless it is a weekend.", day=in_words(day))
    fields = {"first_day": day, "kind": removed.kind.value, "name": removed.name, "legal_basis": removed.legal_basis}
    flash_way_back(told, url_for(".keep"), fields)
    return redirect(here)


@bp.get("/organisasi/kalender/hari-libur/dikenal")
@signed_in
def known() -> ResponseReturnValue:
    """What the library knows of a year and the calendar does not have."""
    require(current_actor(), Permission.KEEP_CALENDAR)
    year = wanted_year()
    with core().read(current_actor()) as reading:
        new = new_known_holidays(reading.session, [year])
    lines = [(line, day_of_year(line.day)) for line in new]
    return render_template(
        "known_days.html", **surroundings("days_off.index"), year=year, lines=lines, kinds=holiday_kinds()
    )


@bp.post("/organisasi/kalender/hari-libur/dikenal")
@signed_in
def keep_known() -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    year, days = wanted_year(), forms.chosen_days()
    try:
        count: int = carry_out(lambda work: keeping.enter_known_days(work, year, days))
    except DeadlinesMayMove as refusal:
        return question(refusal, _("Enter the chosen days of %(year)s?", year=year), url_for(".known", tahun=year))
    told = _("%(count)s days of %(year)s were entered.", count=count, year=year)
    flash(with_what_moves(told) if count else _("Nothing was chosen; the calendar is as it was."), "success")
    return redirect(url_for(".index", tahun=year))


@bp.post("/organisasi/kalender/ramadan")
@signed_in
def ramadan() -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    try:
        given = forms.ramadan()
        carry_out(lambda work: keeping.keep_ramadan(work, given.first_day, given.last_day))
    except Invalid as refusal:
        problems = {f"ramadan_{name}": text for name, text in by_field(refusal).items()}
        return _page(wanted_year(), {f"ramadan_{name}": text for name, text in typed().items()}, problems), 422
    except DeadlinesMayMove as refusal:
        what = _("Enter Ramadan from %(first)s?", first=in_words(given.first_day))
        return question(refusal, what, url_for(".index", tahun=given.first_day.year))
    told = _("The hours of Ramadan hold from %(day)s.", day=in_words(given.first_day))
    flash(with_what_moves(told), "success")
    return redirect(url_for(".index", tahun=given.first_day.year))


@bp.post("/organisasi/kalender/ramadan/<day:day>")
@signed_in
def correct_ramadan(day: date) -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    try:
        given = forms.ramadan()
        before: Period = carry_out(lambda work: keeping.correct_ramadan(work, day, given))
    except Invalid as refusal:
        values, problems = _of_ramadan(day, typed()), _of_ramadan(day, by_field(refusal))
        return _page(day.year, values, problems), 422
    except DeadlinesMayMove as refusal:
        days = {"first": in_words(given.first_day), "last": in_words(given.last_day)}
        what = _("Let Ramadan be from %(first)s to %(last)s?", **days)
        return question(refusal, what, url_for(".index", tahun=day.year))
    told = _(
        "Ramadan is now from %(first)s to %(last)s.", first=in_words(given.first_day), last=in_words(given.last_day)
    )
    address = url_for(".correct_ramadan", day=given.first_day.isoformat())
    flash_way_back(told, address, {"first_day": before.first_day, "last_day": before.last_day})
    return redirect(url_for(".index", tahun=given.first_day.year))


@bp.post("/organisasi/kalender/ramadan/<day:day>/hapus")
@signed_in
def drop_ramadan(day: date) -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_CALENDAR)
    here = url_for(".index", tahun=day.year)
    try:
        removed = carry_out(partial(keeping.drop_ramadan, first_day=day))
    except DeadlinesMayMove as refusal:
        return question(refusal, _("Take Ramadan %(year)s out of the calendar?", year=day.year), here)
    fields = {"first_day": removed.first_day, "last_day": removed.last_day}
    flash_way_back(_("The office keeps its ordinary hours in Ramadan."), url_for(".ramadan"), fields)
    return redirect(here)


def _what_is_entered(given: forms.DaysOff) -> str:
    first, last = in_words(given.days.first_day), in_words(given.days.last_day)
    if first == last:
        return _("Enter %(name)s, %(day)s, as a day off?", name=given.name, day=first)
    return _("Enter %(name)s, %(first)s to %(last)s, as days off?", name=given.name, first=first, last=last)


def _what_was_entered(given: forms.DaysOff) -> str:
    first, last = in_words(given.days.first_day), in_words(given.days.last_day)
    if first == last:
        return _("%(day)s is in the calendar.", day=first)
    return _("%(first)s to %(last)s are in the calendar.", first=first, last=last)


def _of_ramadan(entered: date, of_fields: Mapping[str, str]) -> dict[str, str]:
    """By the ids that the fields of this Ramadan have on the page."""
    return {f"ramadan_{entered.isoformat()}_{name}": text for name, text in of_fields.items()}


def _page(year: int, values: Mapping[str, Any], problems: Mapping[str, str]) -> str:
    with core().read(current_actor()) as reading:
        lines = holidays_of(reading.session, year)
        periods = ramadan_periods(reading.session)
    return render_template(
        "days_off.html",
        **surroundings("days_off.index"),
        year=year,
        lines=[(line, day_of_year(line.day)) for line in lines],
        bases=list(dict.fromkeys(line.legal_basis for line in lines if line.legal_basis)),
        ramadan=[each for each in periods if year in (each.first_day.year, each.last_day.year)],
        kinds=holiday_kinds(),
        values={"first_day": request.args.get("hari", ""), **values},
        problems=problems,
    )


def _form(day: date, values: Mapping[str, Any] | None, problems: Mapping[str, str]) -> str:
    with core().read(current_actor()) as reading:
        line = holiday_line(holiday_row(reading.session, day))
    return render_template(
        "day_off.html",
        **surroundings("days_off.index"),
        line=line,
        values=values if values is not None else line,
        kinds=holiday_kinds(),
        problems=problems,
    )
