"""What administrators do to a case that stands still. What hurts is shown before it is done."""

from collections.abc import Callable, Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid, NotFound, TataKerjaError
from engine.base.i18n import _ as marked
from engine.base.i18n import translate
from engine.execution import foresight, repairs
from engine.execution.errors import IncidentOver
from engine.execution.foresight import Preview, StepNow
from engine.execution.incidents import retry
from engine.execution.queries import CaseDetail, case_by_number
from engine.execution.reasons import REASON_LENGTH
from engine.expressions.operators import kind_of
from engine.runtime.stimuli import MoveToken, TriggerEvent
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.typed_values import as_lines, asked, told, values_of
from webui.texts import _

bp = Blueprint("repairs", __name__)

MOST_TOLD = 12


class NothingToMend(NotFound):
    code = "repair.nothing_here"
    message = marked("The case does not stand there any more. Its page says where it is now.")


@bp.post("/berkas/<name:number>/gangguan/<int:incident_id>/ulangi")
@signed_in
def try_again(number: str, incident_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        retry(work, incident_id)
    return _back(number, _("The case has tried again. If the cause is still there, it says so here."))


@bp.get("/berkas/<name:number>/gangguan/<int:incident_id>/selesaikan")
@signed_in
def ask_completion(number: str, incident_id: int) -> ResponseReturnValue:
    """What the step should have given, and why a person says so."""
    step = _failed(incident_id)
    return _completion_page(_case(number), step, values=asked(step.gives), reason="", problems=[])


@bp.post("/berkas/<name:number>/gangguan/<int:incident_id>/selesaikan")
@signed_in
def complete(number: str, incident_id: int) -> ResponseReturnValue:
    values, reason = request.form.get("values", ""), request.form.get("reason", "")
    try:
        given = values_of(values)
        with core().work(current_actor()) as work:
            repairs.complete_by_hand(work, incident_id, given, reason)
    except Invalid as refusal:
        page = _completion_page(_case(number), _failed(incident_id), values, reason, _problems(refusal))
        return page, 422
    return _back(number, _("The step counts as done, and the case went on. The trail says that it was you, and why."))


@bp.get("/berkas/<name:number>/langkah/<int:step>/pindahkan")
@signed_in
def choose_target(number: str, step: int) -> ResponseReturnValue:
    """First where to, then what that would do."""
    case, here, target = _case(number), _standing(number, step), request.args.get("ke", "")
    if not target:
        with core().read(current_actor()) as reading:
            found = foresight.targets(reading, case.instance_id, step)
        return render_template("repair_move.html", case=case, step=here, targets=found, language=language())
    return _move_page(case, here, target, reason="", problem="")


@bp.post("/berkas/<name:number>/langkah/<int:step>/pindahkan")
@signed_in
def move(number: str, step: int) -> ResponseReturnValue:
    case, target, reason = _case(number), request.form.get("ke", ""), request.form.get("reason", "")
    try:
        with core().work(current_actor()) as work:
            repairs.move_on(work, case.instance_id, step, target, reason)
    except Invalid as refusal:
        return _move_page(case, _standing(number, step), target, reason, refusal.text(language())), 422
    return _back(number, _("The case continues there. The trail says that it was you, and why."))


@bp.get("/berkas/<name:number>/langkah/<int:step>/terjadikan")
@signed_in
def ask_happening(number: str, step: int) -> ResponseReturnValue:
    """What lets an event happen now that the case waits for."""
    event = request.args.get("peristiwa", "")
    return _happening_page(_case(number), _standing(number, step), event, reason="", problem="")


@bp.post("/berkas/<name:number>/langkah/<int:step>/terjadikan")
@signed_in
def let_happen(number: str, step: int) -> ResponseReturnValue:
    case, event, reason = _case(number), request.form.get("peristiwa", ""), request.form.get("reason", "")
    try:
        with core().work(current_actor()) as work:
            repairs.let_happen(work, case.instance_id, step, event, reason)
    except Invalid as refusal:
        return _happening_page(case, _standing(number, step), event, reason, refusal.text(language())), 422
    return _back(number, _("It has happened, and the case went on. The trail says that it was you, and why."))


@bp.get("/berkas/<name:number>/data/ubah")
@signed_in
def ask_data(number: str) -> ResponseReturnValue:
    require(current_actor(), Permission.MEND_INCIDENTS)
    return _data_page(_case(number), values="", reason="", problems=[])


@bp.post("/berkas/<name:number>/data/ubah")
@signed_in
def change_data(number: str) -> ResponseReturnValue:
    case, values, reason = _case(number), request.form.get("values", ""), request.form.get("reason", "")
    try:
        given = values_of(values)
        with core().work(current_actor()) as work:
            repairs.change_data(work, case.instance_id, given, reason)
    except Invalid as refusal:
        return _data_page(case, values, reason, _problems(refusal)), 422
    changed = _("The data are changed. The trail keeps what they were before.")
    return _back(number, f"{changed} {_as_stored(number, given)}")


def _back(number: str, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("cases.show", number=number))


def _as_stored(number: str, given: Iterable[str]) -> str:
    """What the case holds now under these names, with the kind of each, so that a slip is seen."""
    known = _case(number).variables
    stored = {name: known[name] for name in list(given)[:MOST_TOLD] if name in known}
    kinds = {name: translate(kind_of(value)["message"], None, language()) for name, value in stored.items()}
    return _("Now it is: %(values)s.", values=told(stored, kinds)) if stored else ""


def _case(number: str) -> CaseDetail:
    with core().read(current_actor()) as reading:
        return case_by_number(reading, number)


def _failed(incident_id: int) -> StepNow:
    with core().read(current_actor()) as reading:
        step = foresight.failed_step(reading, incident_id)
    if step is None or not step.has_failed:
        raise IncidentOver
    return step


def _standing(number: str, activity_id: int) -> StepNow:
    with core().read(current_actor()) as reading:
        steps = foresight.steps_now(reading, case_by_number(reading, number).instance_id)
    step = next((each for each in steps if each.activity_id == activity_id), None)
    if step is None:
        raise NothingToMend
    return step


def _problems(refusal: Invalid) -> list[tuple[str, str]]:
    found = [(field.name, field.text(language())) for field in refusal.fields]
    field = "reason" if refusal.code == "case.no_reason" else "values"
    return found or [(field, refusal.text(language()))]


def _foreseen(foresee: Callable[[], Preview]) -> tuple[Preview | None, str]:
    """What would happen, or why it cannot."""
    try:
        return foresee(), ""
    except TataKerjaError as refusal:
        return None, refusal.text(language())


def _completion_page(case: CaseDetail, step: StepNow, values: str, reason: str, problems: list[tuple[str, str]]) -> str:
    facts = {"values": values, "reason": reason, "problems": problems, "reason_length": REASON_LENGTH}
    return render_template("repair_complete.html", case=case, step=step, **facts)


def _data_page(case: CaseDetail, values: str, reason: str, problems: list[tuple[str, str]]) -> str:
    facts = {"values": values, "reason": reason, "problems": problems, "reason_length": REASON_LENGTH}
    return render_template("repair_data.html", case=case, known=as_lines(case.variables), **facts)


def _move_page(case: CaseDetail, step: StepNow, target: str, reason: str, problem: str) -> str:
    with core().read(current_actor()) as reading:
        found = foresight.targets(reading, case.instance_id, step.activity_id)
        stimulus = MoveToken(step.activity_id, target)
        preview, refusal = _foreseen(lambda: foresight.foresee(reading, case.instance_id, stimulus))
    name = next((each.name for each in found if each.node == target), target)
    facts = {"target": target, "title": _("Continue at “%(target)s”?", target=name), "act": _("Continue there")}
    return _confirm(case, step, preview, refusal, reason, problem, field=("ke", target), **facts)


def _happening_page(case: CaseDetail, step: StepNow, event: str, reason: str, problem: str) -> str:
    with core().read(current_actor()) as reading:
        stimulus = TriggerEvent(step.activity_id, event)
        preview, refusal = _foreseen(lambda: foresight.foresee(reading, case.instance_id, stimulus))
    name = next((each.name for each in step.waits_for if each.node == event), event)
    facts = {"title": _("Let “%(event)s” happen now?", event=name), "act": _("Let it happen")}
    return _confirm(case, step, preview, refusal, reason, problem, field=("peristiwa", event), **facts)


def _confirm(
    case: CaseDetail,
    step: StepNow,
    preview: Preview | None,
    refusal: str,
    reason: str,
    problem: str,
    *,
    field: tuple[str, str],
    **facts: str,
) -> str:
    return render_template(
        "repair_confirm.html",
        case=case,
        step=step,
        preview=preview,
        refusal=refusal,
        reason=reason,
        problem=problem,
        field=field,
        reason_length=REASON_LENGTH,
        **facts,
    )
