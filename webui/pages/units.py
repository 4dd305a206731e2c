"""A unit: what is in it and below it; units are opened, renamed and moved by the secretariat."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.base.errors import Invalid
from engine.core import office_keeping as keeping
from engine.organisation.office_tree import positions_of_unit
from engine.organisation.unit_queries import unit_choices, unit_detail
from webui.identity import core, current_actor, signed_in
from webui.pages import office_forms as forms
from webui.pages.office_tabs import office_tabs
from webui.texts import _

bp = Blueprint("units", __name__)


@bp.get("/organisasi/unit/<int:unit_id>")
@signed_in
def show(unit_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ORGANISATION)
    with core().read(current_actor()) as reading:
        day, today = forms.day_of_address(reading), reading.today
        unit = unit_detail(reading.session, unit_id)
        positions = positions_of_unit(reading.session, unit_id, day)
    return render_template(
        "unit.html",
        tabs=office_tabs("organisation.index"),
        unit=unit,
        positions=positions,
        day=day,
        today=today,
        vacant=sum(position.vacant_seats for position in positions),
        may_keep=allows(current_actor(), Permission.MANAGE_ORGANISATION),
    )


@bp.get("/organisasi/unit/baru")
@signed_in
def new() -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    return _form(None, {"parent_id": forms.id_of_address("di")}, {})


@bp.post("/organisasi/unit/baru")
@signed_in
def create() -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    try:
        facts = forms.unit_facts()
        code = forms.code(facts.name)
        with core().work(current_actor()) as work:
            unit_id = keeping.open_unit(work, code, facts)
    except Invalid as refusal:
        return _form(None, forms.typed(), forms.by_field(refusal)), 422
    flash(_("%(name)s is open. Give it positions now.", name=facts.name), "success")
    return redirect(url_for(".show", unit_id=unit_id))


@bp.get("/organisasi/unit/<int:unit_id>/ubah")
@signed_in
def edit(unit_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    return _form(unit_id, None, {})


@bp.post("/organisasi/unit/<int:unit_id>/ubah")
@signed_in
def change(unit_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    try:
        facts = forms.unit_facts()
        with core().work(current_actor()) as work:
            keeping.change_unit(work, unit_id, facts)
    except Invalid as refusal:
        return _form(unit_id, forms.typed(), forms.by_field(refusal)), 422
    flash(_("%(name)s is kept as you wrote it.", name=facts.name), "success")
    return redirect(url_for(".show", unit_id=unit_id))


@bp.post("/organisasi/unit/<int:unit_id>/buka")
@signed_in
def reopen(unit_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            keeping.reopen_unit(work, unit_id)
    except Invalid as refusal:
        flash(" ".join(forms.by_field(refusal).values()), "error")
    else:
        flash(_("The unit is open again. What was handed on stays where it is."), "success")
    return redirect(url_for(".show", unit_id=unit_id))


def _form(unit_id: int | None, values: Mapping[str, Any] | None, problems: Mapping[str, str]) -> str:
    with core().read(current_actor()) as reading:
        unit = None if unit_id is None else unit_detail(reading.session, unit_id)
        choices = unit_choices(reading.session)
    return render_template(
        "unit_form.html",
        tabs=office_tabs("organisation.index"),
        unit=unit,
        values=values if values is not None else unit,
        choices=[each for each in choices if each.id != unit_id],
        problems=problems,
    )
