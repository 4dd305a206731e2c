"""The office's calendar: holidays, joint leave, closures, and the shorter hours of Ramadan."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.calendar.model import HolidayKind
from engine.calendar.queries import holidays_of, ramadan_periods
from engine.core.calendar_keeping import drop_holiday, keep_holiday, keep_ramadan
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.administration import tabs
from webui.texts import _, locale
from webui.wording import day as in_words

bp = Blueprint("office_calendar", __name__)

FIRST_YEAR, LAST_YEAR = 2000, 2100


@bp.get("/administrasi/kalender")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    return _page(_year(), {})


@bp.post("/administrasi/kalender")
@signed_in
def keep() -> ResponseReturnValue:
    """Enter a day on which the office does not work, or correct what is entered for it."""
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    day, kind = _day("day"), _kind()
    if day is None:
        return _page(_year(), {"day": _("Give the day as in 2026-12-24.")}), 422
    if kind is None:
        return _page(day.year, {"kind": _("Choose what kind of day it is.")}), 422
    try:
        with core().work(current_actor()) as work:
            keep_holiday(work, day, kind, request.form.get("name", ""), request.form.get("legal_basis", ""))
    except Invalid as refusal:
        return _page(day.year, {field.name: field.text(language()) for field in refusal.fields}), 422
    told = _("%(day)s is in the calendar. Open deadlines are being moved; those concerned are told.", day=in_words(day))
    flash(told, "success")
    return redirect(url_for(".index", tahun=day.year))


@bp.post("/administrasi/kalender/<name:day>/hapus")
@signed_in
def drop(day: str) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    wanted = _as_day(day)
    if wanted is None:
        return redirect(url_for(".index"))
    with core().work(current_actor()) as work:
        drop_holiday(work, wanted)
    flash(_("%(day)s is a working day again, unless it is a weekend.", day=in_words(wanted)), "success")
    return redirect(url_for(".index", tahun=wanted.year))


@bp.post("/administrasi/kalender/ramadan")
@signed_in
def ramadan() -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    first, last = _day("first_day"), _day("last_day")
    if first is None or last is None:
        return _page(_year(), {"first_day" if first is None else "last_day": _("Give the day as in 2026-12-24.")}), 422
    try:
        with core().work(current_actor()) as work:
            keep_ramadan(work, first, last)
    except Invalid as refusal:
        return _page(first.year, {field.name: field.text(language()) for field in refusal.fields}), 422
    flash(_("The hours of Ramadan hold from %(day)s.", day=in_words(first)), "success")
    return redirect(url_for(".index", tahun=first.year))


def _page(year: int, problems: Mapping[str, str]) -> str:
    with core().read(current_actor()) as reading:
        lines = holidays_of(reading.session, year)
        ramadan = [period for period in ramadan_periods(reading.session) if period.first_day.year == year]
    return render_template(
        "calendar.html",
        tabs=tabs("office_calendar.index"),
        year=year,
        holidays=[(line, _in_words(line.day)) for line in lines],
        ramadan=ramadan,
        kinds=_kinds(),
        problems=problems,
        typed=request.form,
    )


def _in_words(day: date) -> str:
    """Friday, 25 December; the year stands above the list."""
    return str(format_date(day, "EEEE, d MMMM", locale=locale()))


def _kinds() -> dict[HolidayKind, str]:
    return {
        HolidayKind.CLOSURE: _("Office closed"),
        HolidayKind.PUBLIC: _("Public holiday"),
        HolidayKind.JOINT_LEAVE: _("Joint leave"),
    }


def _year() -> int:
    today = core().clock.now().astimezone(core().settings.zone).year
    wanted = request.values.get("tahun", today, type=int)
    return min(max(wanted, FIRST_YEAR), LAST_YEAR)


def _kind() -> HolidayKind | None:
    kind = request.form.get("kind", "")
    return HolidayKind(kind) if kind in set(HolidayKind) else None


def _day(name: str) -> date | None:
    return _as_day(request.form.get(name, ""))


def _as_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
