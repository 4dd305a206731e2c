"""Closing a unit or its transfer to another ministry: the day, then what is there, then what will happen, then done."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.base.i18n import _ as marked
from engine.base.paging import LARGEST_ID
from engine.base.unit_of_work import Reading
from engine.organisation.keeping import problem, refuse
from engine.organisation.unit_queries import UnitDetail, unit_choices, unit_detail
from engine.staffing.unit_closing import Fate, UnitClosing, carry_out, check_closing
from engine.staffing.unit_contents import Takers, UnitContents, closing_units, takers, unit_contents
from engine.staffing.unit_handover import Successors
from webui.identity import core, current_actor, signed_in
from webui.pages import office_forms as forms
from webui.pages.office_tabs import office_tabs
from webui.pages.reaching import marks
from webui.texts import _
from webui.wording import day as in_words

bp = Blueprint("unit_closing", __name__)

POSITION, PERSON = "p", "e"


@bp.get("/organisasi/unit/<int:unit_id>/tutup")
@signed_in
def begin(unit_id: int) -> ResponseReturnValue:
    """The day, to whom, on what legal basis, and what becomes of the units below."""
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    with core().read(current_actor()) as reading:
        unit = unit_detail(reading.session, unit_id)
        return _first_page(reading, unit_id, {}) if unit.closed_on is None else _closed_before(reading, unit)


@bp.post("/organisasi/unit/<int:unit_id>/tutup")
@signed_in
def go_on(unit_id: int) -> ResponseReturnValue:
    """What is there, with a choice for each; then what will happen; then it is done."""
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    with core().read(current_actor()) as reading:
        unit = unit_detail(reading.session, unit_id)
        if unit.closed_on is not None:
            return _closed_before(reading, unit)
        try:
            wanted = _first_answers(reading, unit_id)
        except Invalid as refusal:
            return _first_page(reading, unit_id, forms.by_field(refusal)), 422
        contents, could = _contents(reading, wanted)
        if request.form.get("step") == "look":
            return _choices_page(reading, wanted, contents, could, {})
        wanted = _all_answers(wanted, contents)
        try:
            check_closing(contents, wanted)
            if request.form.get("step") == "act":
                return _act(wanted)
        except Invalid as refusal:
            return _choices_page(reading, wanted, contents, could, forms.by_field(refusal)), 422
        return _preview(reading, wanted, contents, could)


def _closed_before(reading: Reading, unit: UnitDetail) -> ResponseReturnValue:
    """Opened again, or from another tab: nothing is closed twice."""
    told = (
        _("%(name)s is closed already.", name=unit.name)
        if unit.is_closed(reading.today)
        else _("%(name)s closes already, on %(day)s.", name=unit.name, day=in_words(unit.closed_on))
    )
    flash(told, "warning")
    return redirect(url_for("units.show", unit_id=unit.id))


def _act(wanted: UnitClosing) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        carry_out(work, wanted)
    flash(_("It is done. The unit stays in the structure as history."), "success")
    return redirect(url_for("units.show", unit_id=wanted.unit_id))


def _first_answers(reading: Reading, unit_id: int) -> UnitClosing:
    unit = unit_detail(reading.session, unit_id)
    day = forms.day("day")
    if unit.opened_on is not None and day <= unit.opened_on:
        text = marked("The unit opened on %(day)s. Give a day after it.")
        refuse([problem("day", "order", text, day=unit.opened_on.isoformat())])
    told = forms.texts(transferred_to=200, basis=200)
    return UnitClosing(
        unit_id=unit_id,
        day=day,
        transferred_to=told["transferred_to"],
        basis=told["basis"],
        below_to=_number("below_to"),
        people={},
        successors=Successors(position_id=None, employee_id=None, cases_to=None, procedures_to=None),
    )


def _all_answers(wanted: UnitClosing, contents: UnitContents) -> UnitClosing:
    kind, _dash, number = request.form.get("work_to", "").partition("-")
    taker = int(number) if _is_id(number) else None
    return UnitClosing(
        unit_id=wanted.unit_id,
        day=wanted.day,
        transferred_to=wanted.transferred_to,
        basis=wanted.basis,
        below_to=wanted.below_to,
        people={person.employee_id: _fate(person.employee_id) for person in contents.people},
        successors=Successors(
            position_id=taker if kind == POSITION else None,
            employee_id=taker if kind == PERSON else None,
            cases_to=_number("cases_to"),
            procedures_to=_number("procedures_to"),
        ),
    )


def _fate(employee_id: int) -> int | Fate:
    """Somebody who was not asked for stays without a position: nobody is sent away by silence."""
    chosen = request.form.get(f"person-{employee_id}", "")
    if _is_id(chosen):
        return int(chosen)
    return Fate(chosen) if chosen in tuple(Fate) else Fate.STAYS


def _number(field: str) -> int | None:
    text = request.form.get(field, "")
    return int(text) if _is_id(text) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= LARGEST_ID


def _contents(reading: Reading, wanted: UnitClosing) -> tuple[UnitContents, Takers]:
    unit_ids = closing_units(reading.session, wanted.unit_id, wanted.below_to is None)
    above = {each.id for each in unit_detail(reading.session, wanted.unit_id).above}
    contents = unit_contents(reading.session, unit_ids, wanted.day)
    return contents, takers(reading.session, unit_ids, above, wanted.day)


def _first_page(reading: Reading, unit_id: int, problems: Mapping[str, str]) -> str:
    unit = unit_detail(reading.session, unit_id)
    closing = closing_units(reading.session, unit_id, True)
    return render_template(
        "close_unit.html",
        tabs=office_tabs("organisation.index"),
        unit=unit,
        below=len(closing) - 1,
        units=[each for each in unit_choices(reading.session) if each.id not in closing],
        values=forms.typed(),
        problems=problems,
    )


def _choices_page(
    reading: Reading, wanted: UnitClosing, contents: UnitContents, could: Takers, problems: Mapping[str, str]
) -> str:
    return render_template("close_unit_choices.html", problems=problems, **_facts(reading, wanted, contents, could))


def _preview(reading: Reading, wanted: UnitClosing, contents: UnitContents, could: Takers) -> str:
    today: date = reading.today
    return render_template(
        "close_unit_preview.html",
        wanted=wanted,
        is_later=wanted.day > today,
        fates=_fates(wanted, contents, could),
        taker=_taker(wanted, could),
        why_unseen=_why_taker_sees_nothing(reading, wanted, could),
        **_facts(reading, wanted, contents, could),
    )


def _facts(reading: Reading, wanted: UnitClosing, contents: UnitContents, could: Takers) -> dict[str, Any]:
    closing = {unit.id for unit in contents.units}
    units = [each for each in unit_choices(reading.session) if each.id not in closing]
    return {
        "tabs": office_tabs("organisation.index"),
        "unit": unit_detail(reading.session, wanted.unit_id),
        "contents": contents,
        "takers": could,
        "unreached": marks(reading, [each.employee_id for each in could.holders]),
        "unattended": {position_id: _why_unseen(names) for position_id, names in could.unattended.items()},
        "units": units,
        "unit_names": {each.id: each.name for each in units},
        "values": forms.typed(),
        "kept": [name for name in request.form if name not in ("csrf_token", "step")],
    }


def _fates(wanted: UnitClosing, contents: UnitContents, could: Takers) -> list[tuple[str, str]]:
    seats = {each.id: f"{each.title} · {each.unit_name}" for each in could.seats}
    words = {Fate.LEAVES: _("leaves with the unit"), Fate.STAYS: _("stays, without a position for now")}
    return [
        (person.name, words[to] if isinstance(to, Fate) else _("gets the position %(title)s", title=seats.get(to, "?")))
        for person in contents.people
        for to in (wanted.people[person.employee_id],)
    ]


def _why_unseen(holders: Collection[str]) -> str:
    return _("none of its holders can sign in") if holders else _("nobody holds it then")


def _why_taker_sees_nothing(reading: Reading, wanted: UnitClosing, could: Takers) -> str:
    """Empty when somebody will see the work that is handed over."""
    to = wanted.successors
    if to.position_id is not None and to.position_id in could.unattended:
        return _why_unseen(could.unattended[to.position_id])
    return "" if to.employee_id is None else marks(reading, [to.employee_id]).get(to.employee_id, "")


def _taker(wanted: UnitClosing, could: Takers) -> str:
    positions = {each.id: f"{each.title} · {each.unit_name}" for each in could.positions}
    people = {each.employee_id: each.name for each in could.holders}
    to = wanted.successors
    return positions.get(to.position_id or 0) or people.get(to.employee_id or 0) or ""
