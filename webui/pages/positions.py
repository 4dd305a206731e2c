"""A position: who holds it now, held it before and will hold it; positions are opened, changed and closed."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.base.errors import Invalid
from engine.core import office_keeping as keeping
from engine.organisation.holding_lines import holdings_of_position
from engine.organisation.position_queries import position_detail, superior_choices
from engine.organisation.queries import superiors_of_position
from engine.organisation.unit_queries import unit_choices, unit_detail
from webui.identity import core, current_actor, signed_in
from webui.pages import office_forms as forms
from webui.pages.office_tabs import office_tabs
from webui.pages.office_words import holding_kinds, position_kinds
from webui.texts import _

bp = Blueprint("positions", __name__)


@bp.get("/organisasi/jabatan/<int:position_id>")
@signed_in
def show(position_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ORGANISATION)
    with core().read(current_actor()) as reading:
        today = reading.today
        position = position_detail(reading.session, position_id)
        holdings = holdings_of_position(reading.session, position_id, today)
        superiors = superiors_of_position(reading.session, position_id, today)
    return render_template(
        "position.html",
        tabs=office_tabs("organisation.index"),
        position=position,
        holdings=holdings,
        superiors=superiors,
        today=today,
        kinds=position_kinds(),
        holding_kinds=holding_kinds(),
        may_keep=allows(current_actor(), Permission.MANAGE_ORGANISATION),
    )


@bp.get("/organisasi/unit/<int:unit_id>/jabatan-baru")
@signed_in
def new(unit_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    return _form(unit_id, None, {"seats": 1}, {})


@bp.post("/organisasi/unit/<int:unit_id>/jabatan-baru")
@signed_in
def create(unit_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    try:
        facts = forms.position_facts(unit_id)
        with core().work(current_actor()) as work:
            # Positions of many units share a title.
            code = forms.code(facts.title, unit_detail(work.session, unit_id).code)
            position_id = keeping.open_position(work, code, facts)
    except Invalid as refusal:
        return _form(unit_id, None, forms.typed(), forms.by_field(refusal)), 422
    flash(_("The position %(title)s is open. Appoint somebody now.", title=facts.title), "success")
    return redirect(url_for(".show", position_id=position_id))


@bp.get("/organisasi/jabatan/<int:position_id>/ubah")
@signed_in
def edit(position_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    return _form(None, position_id, None, {})


@bp.post("/organisasi/jabatan/<int:position_id>/ubah")
@signed_in
def change(position_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    try:
        facts = forms.position_facts()
        with core().work(current_actor()) as work:
            keeping.change_position(work, position_id, facts)
    except Invalid as refusal:
        return _form(None, position_id, forms.typed(), forms.by_field(refusal)), 422
    flash(_("The position %(title)s is kept as you wrote it.", title=facts.title), "success")
    return redirect(url_for(".show", position_id=position_id))


@bp.get("/organisasi/jabatan/<int:position_id>/tutup")
@signed_in
def ask_to_close(position_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    return _closing(position_id, {}, {})


@bp.post("/organisasi/jabatan/<int:position_id>/tutup")
@signed_in
def close(position_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    try:
        closed_on = forms.day("closed_on")
        with core().work(current_actor()) as work:
            keeping.close_position(work, position_id, closed_on)
    except Invalid as refusal:
        return _closing(position_id, forms.typed(), forms.by_field(refusal)), 422
    flash(_("The position closes. It stays on record with all who held it."), "success")
    return redirect(url_for(".show", position_id=position_id))


@bp.post("/organisasi/jabatan/<int:position_id>/buka")
@signed_in
def reopen(position_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            keeping.reopen_position(work, position_id)
    except Invalid as refusal:
        flash(" ".join(forms.by_field(refusal).values()), "error")
    else:
        flash(_("The position is open again."), "success")
    return redirect(url_for(".show", position_id=position_id))


def _form(
    unit_id: int | None, position_id: int | None, values: Mapping[str, Any] | None, problems: Mapping[str, str]
) -> str:
    """Of a new position in a unit, or of one that is there."""
    with core().read(current_actor()) as reading:
        position = None if position_id is None else position_detail(reading.session, position_id)
        unit = unit_detail(reading.session, position.unit_id if position else unit_id or 0)
        superiors = superior_choices(reading.session, {unit.id, *(each.id for each in unit.above)})
        units = unit_choices(reading.session) if position else ()
    return render_template(
        "position_form.html",
        tabs=office_tabs("organisation.index"),
        position=position,
        unit=unit,
        values=values if values is not None else position,
        superiors=[each for each in superiors if each.id != position_id],
        units=units,
        kinds=position_kinds(),
        problems=problems,
    )


def _closing(position_id: int, values: Mapping[str, str], problems: Mapping[str, str]) -> str:
    with core().read(current_actor()) as reading:
        today = reading.today
        position = position_detail(reading.session, position_id)
        holdings = holdings_of_position(reading.session, position_id, today)
    return render_template(
        "close_position.html",
        tabs=office_tabs("organisation.index"),
        position=position,
        holdings=holdings,
        holding_kinds=holding_kinds(),
        values=values,
        problems=problems,
    )
