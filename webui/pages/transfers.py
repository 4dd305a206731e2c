"""Transfer of an employee in three steps: who, where to, and what becomes of all that she leaves behind."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.days import day_written
from engine.base.errors import Invalid
from engine.base.unit_of_work import Reading
from engine.organisation.appointments import Appointment
from engine.organisation.cautions import cautions
from engine.organisation.employee_list import EmployeeFilter, employee_page
from engine.organisation.employee_queries import employee_detail
from engine.organisation.model import HoldingKind
from engine.organisation.position_queries import find_open_positions, full_positions
from engine.staffing.transfer import Hand, Transfer, TransferDone, WorkCameIn, transfer
from engine.staffing.transfer_plan import TransferPlan, transfer_plan
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages import office_forms as forms
from webui.pages.duties import kinds
from webui.pages.office_tabs import office_tabs
from webui.pages.office_words import holding_kinds
from webui.pages.reaching import hindrance_words, marks, warn_of_unreached
from webui.texts import _
from webui.wording import day as in_words
from webui.wording import moment

bp = Blueprint("transfers", __name__)

SHOWN = 20
END = "end"


@bp.get("/organisasi/mutasi")
@signed_in
def index() -> ResponseReturnValue:
    """Whoever or whatever the address does not name yet is looked for first."""
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    employee_id, position_id, leaves = _chosen()
    if employee_id is None:
        return _choose_employee()
    if position_id is None and not leaves:
        return _choose_position(employee_id)
    with core().read(current_actor()) as reading:
        plan = transfer_plan(reading, employee_id, position_id, forms.day_of_address(reading))
        known = _cautions(reading, employee_id, position_id, plan.day)
        today = reading.today
    if leaves and plan.employee.left_on is not None:
        return _left_before(employee_id, plan.employee.name, plan.employee.left_on, today)
    return _plan_page(plan, {"day": plan.day.isoformat()}, {}, "", known)


@bp.post("/organisasi/mutasi")
@signed_in
def carry_out() -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    employee_id, position_id, leaves = _chosen()
    if employee_id is None or (position_id is None and not leaves):
        return redirect(url_for(".index", pegawai=employee_id))
    try:
        day = forms.day("day")
    except Invalid as refusal:
        return _again(employee_id, position_id, forms.by_field(refusal), "")
    wanted = Transfer(
        employee_id=employee_id,
        to_position_id=position_id,
        day=day,
        decree=request.form.get("decree", "").strip()[:120] or None,
        items=_chosen_for_items(),
        ended_holdings=_ended("holding"),
        ended_delegations=_ended("delegation"),
    )
    try:
        with core().work(current_actor()) as work:
            transfer(work, wanted)
    except TransferDone as refusal:
        flash(_done_before(refusal), "warning")
        return redirect(url_for("employees.show", employee_id=employee_id))
    except WorkCameIn as refusal:
        return _again(employee_id, position_id, {}, refusal.text(language()))
    except Invalid as refusal:
        return _again(employee_id, position_id, _at_our_fields(refusal), "")
    return _done(employee_id, day, leaves, wanted.receivers)


def _left_before(employee_id: int, name: str, left_on: date, today: date) -> ResponseReturnValue:
    """Opened again, or from another tab: nothing is handed over twice."""
    told = (
        _("%(name)s has left already, since %(day)s.", name=name, day=in_words(left_on))
        if left_on <= today
        else _("%(name)s leaves already, on %(day)s.", name=name, day=in_words(left_on))
    )
    flash(told, "warning")
    return redirect(url_for("employees.show", employee_id=employee_id))


def _done_before(refusal: TransferDone) -> str:
    said = refusal.text(language())
    if refusal.done is None:
        return said
    by_whom = _("It was done by %(by)s: %(moment)s.", by=refusal.done.actor_name, moment=moment(refusal.done.at))
    return f"{said} {by_whom}"


def _done(employee_id: int, day: date, leaves: bool, receivers: Collection[int]) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        name = employee_detail(reading.session, employee_id).name
    is_said_to_all = not warn_of_unreached(receivers)
    if leaves:
        told = _("%(name)s leaves on %(day)s. All her work is handed over.", name=name, day=in_words(day))
    elif is_said_to_all:
        told = _(
            "%(name)s is transferred from %(day)s on. Everybody concerned has been told.", name=name, day=in_words(day)
        )
    else:
        told = _("%(name)s is transferred from %(day)s on.", name=name, day=in_words(day))
    flash(told, "success")
    return redirect(url_for("employees.show", employee_id=employee_id))


def _choose_employee() -> str:
    search = forms.search_of_address()
    with core().read(current_actor()) as reading:
        page = employee_page(reading.session, EmployeeFilter(search=search), reading.today, size=SHOWN)
        unreached = marks(reading, [each.id for each in page.items])
    return render_template(
        "transfer_whom.html", tabs=office_tabs("employees.index"), people=page, unreached=unreached, search=search
    )


def _choose_position(employee_id: int) -> str:
    search = forms.search_of_address()
    with core().read(current_actor()) as reading:
        person = employee_detail(reading.session, employee_id)
        positions = find_open_positions(reading.session, search, SHOWN + 1)
        full = full_positions(reading.session, [each.id for each in positions], reading.today)
    return render_template(
        "transfer_where.html",
        tabs=office_tabs("employees.index"),
        person=person,
        positions=positions[:SHOWN],
        full=full,
        is_more=len(positions) > SHOWN,
        search=search,
    )


def _again(
    employee_id: int, position_id: int | None, problems: Mapping[str, str], conflict: str
) -> ResponseReturnValue:
    """The plan as it stands now, with what was chosen; nothing has been changed."""
    with core().read(current_actor()) as reading:
        day = day_written(request.form.get("day", "")) or reading.today
        plan = transfer_plan(reading, employee_id, position_id, day)
        known = _cautions(reading, employee_id, position_id, day)
    return _plan_page(plan, request.form.to_dict(), problems, conflict, known), 409 if conflict else 422


def _cautions(reading: Reading, employee_id: int, position_id: int | None, day: date) -> list[str]:
    """What should be known of the new seat, such as that somebody acts on it."""
    if position_id is None:
        return []
    wanted = Appointment(employee_id=employee_id, position_id=position_id, kind=HoldingKind.DEFINITIVE, starts_on=day)
    return [each.text(language()) for each in cautions(reading.session, wanted)]


def _plan_page(
    plan: TransferPlan, typed: Mapping[str, str], problems: Mapping[str, str], conflict: str, known: Sequence[str]
) -> str:
    return render_template(
        "transfer.html",
        tabs=office_tabs("employees.index"),
        plan=plan,
        typed=typed,
        problems=problems,
        conflict=conflict,
        cautions=known,
        kinds=kinds(),
        holding_kinds=holding_kinds(),
        hindrances=hindrance_words(),
    )


def _chosen() -> tuple[int | None, int | None, bool]:
    leaves = request.args.get("keluar") == "1"
    return forms.id_of_address("pegawai"), None if leaves else forms.id_of_address("jabatan"), leaves


def _chosen_for_items() -> dict[int, int | Hand]:
    """What the form says of each item; what it cannot have said counts as nothing, and the operation asks again."""
    chosen: dict[int, int | Hand] = {}
    for name, value in request.form.items():
        item_id = name.removeprefix("item-")
        if name.startswith("item-") and _is_id(item_id):
            if value in set(Hand):
                chosen[int(item_id)] = Hand(value)
            elif _is_id(value):
                chosen[int(item_id)] = int(value)
    return chosen


def _ended(kind: str) -> list[int]:
    prefix = f"{kind}-"
    names = (
        name.removeprefix(prefix) for name, value in request.form.items() if value == END and name.startswith(prefix)
    )
    return [int(name) for name in names if _is_id(name)]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _at_our_fields(refusal: Invalid) -> dict[str, str]:
    """The office's own refusals speak of its fields; here one day and one position are asked for."""
    names = {"starts_on": "day", "ends_on": "day", "employee_id": "day", "kind": "day", "left_on": "day"}
    found = {names.get(each.name, each.name): each.text(language()) for each in refusal.fields}
    return found or {"day": refusal.text(language())}
