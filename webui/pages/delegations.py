"""Delegations: who sees and does work on whose behalf, from when to when; giving one and ending it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.base.paging import LARGEST_ID
from engine.base.unit_of_work import Reading
from engine.organisation.acting_for import ALL, Procedures
from engine.organisation.delegations import REASON_LENGTH, NewDelegation
from engine.organisation.queries import EmployeeLine, employee
from engine.staffing.delegations import delegations_seen, end_delegation, give_delegation, may_end, procedures
from engine.staffing.people import person_access
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.colleague_choice import NOBODY, Choice, chosen_colleague
from webui.pages.office_tabs import office_tabs
from webui.pages.reaching import flash_told
from webui.texts import _

bp = Blueprint("delegations", __name__)

TAB = "delegations.index"
MOST_PROCEDURES = 1_000


@bp.get("/organisasi/pelimpahan")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ORGANISATION)
    with core().read(current_actor()) as reading:
        page = delegations_seen(reading, request.args.get("sesudah"))
        ending = {line.delegation_id for line in page.items if may_end(reading, line)}
        names = procedures(reading)
    return render_template("delegations.html", tabs=office_tabs(TAB), page=page, ending=ending, names=names)


@bp.get("/organisasi/pelimpahan/baru")
@signed_in
def new() -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        return _form(reading, NOBODY, {})


@bp.post("/organisasi/pelimpahan/baru")
@signed_in
def give() -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        giver, choice = _giver(reading), chosen_colleague(reading)
        problems = {"to": choice.problem} if choice.problem else {}
        wanted = _wanted(giver.id, choice, reading.settings.zone)
    try:
        with core().work(current_actor()) as work:
            line = give_delegation(work, wanted)
    except Invalid as refusal:
        found = refusal.by_field(language())
        with core().read(current_actor()) as reading:
            return _form(reading, choice, found | problems), 422
    flash_told(
        _("%(to)s acts on behalf of %(from_)s now. Both have been told.", to=line.to_name, from_=line.from_name)
        if line.runs(core().clock.now())
        else _("%(to)s will act on behalf of %(from_)s. Both have been told.", to=line.to_name, from_=line.from_name),
        [line.to_id],
    )
    return redirect(url_for(".index"))


@bp.post("/organisasi/pelimpahan/<int:delegation_id>/akhiri")
@signed_in
def end(delegation_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        line = end_delegation(work, delegation_id)
    flash(_("%(to)s does not act on behalf of %(from_)s any more.", to=line.to_name, from_=line.from_name), "success")
    return redirect(url_for(".index"))


@bp.get("/organisasi/pelimpahan/<int:_delegation_id>/akhiri")
@signed_in
def back_to_list(_delegation_id: int) -> ResponseReturnValue:
    return redirect(url_for(".index"))


def _form(reading: Reading, choice: Choice, problems: dict[str, str]) -> str:
    giver = _giver(reading)
    chosen = request.form.getlist("definitions", type=int)
    colleague = Choice(
        typed=choice.typed,
        employee_id=choice.employee_id,
        problem=problems.get("to", ""),
        candidates=choice.candidates,
        unreached=choice.unreached,
    )
    return render_template(
        "delegation_form.html",
        tabs=office_tabs(TAB),
        giver=giver,
        is_own=giver.id == current_actor().employee_id,
        choice=colleague,
        problems=problems,
        procedures=procedures(reading),
        chosen=chosen,
        is_for_all=not request.form or request.form.get("which") == "all",
        starts_at=request.form.get("starts_at", ""),
        ends_at=request.form.get("ends_at", ""),
        reason=request.form.get("reason", ""),
        reason_length=REASON_LENGTH,
    )


def _giver(reading: Reading) -> EmployeeLine:
    """Whose work it is: of the person whom the address names, else the own."""
    text = request.args.get("pegawai", "")[:12]
    is_id = text.isascii() and text.isdigit() and int(text) <= LARGEST_ID
    employee_id = int(text) if is_id else current_actor().employee_id or 0
    require(current_actor(), Permission.GIVE_DELEGATION, person_access(reading, employee_id))
    return employee(reading.session, employee_id)


def _wanted(giver_id: int, choice: Choice, zone: ZoneInfo) -> NewDelegation:
    return NewDelegation(
        from_id=giver_id,
        to_id=choice.employee_id,
        starts_at=_moment("starts_at", zone),
        ends_at=_moment("ends_at", zone),
        definition_ids=_chosen(),
        reason=request.form.get("reason", ""),
    )


def _chosen() -> Procedures:
    if request.form.get("which") != "chosen":
        return ALL
    ids = request.form.getlist("definitions", type=int)[:MOST_PROCEDURES]
    return frozenset(each for each in ids if 0 < each <= LARGEST_ID)


def _moment(name: str, zone: ZoneInfo) -> datetime | None:
    """As the browser's field gives it, in local time: 2026-12-24T16:00."""
    try:
        moment = datetime.fromisoformat(request.form.get(name, "").strip()[:16])
    except ValueError:
        return None
    return moment.replace(tzinfo=zone)
