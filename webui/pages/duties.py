"""Job descriptions by unit and position, the gaps among them, and their keeping."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.base.days import TOO_FAR, day_written, is_near
from engine.base.errors import FieldProblem, Invalid
from engine.organisation.duties import InvalidDuty
from engine.organisation.duty_changes import Duty
from engine.organisation.duty_queries import (
    DutyLine,
    all_duties_of,
    duty,
    duty_gaps,
    position_duties,
    position_with_duties,
)
from engine.organisation.model import DutyKind
from engine.staffing import duties
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.office_tabs import office_tabs
from webui.texts import _

bp = Blueprint("duties", __name__)


@bp.get("/organisasi/uraian-tugas")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ORGANISATION)
    search = request.args.get("cari", "").strip()[:100]
    only_gaps = request.args.get("hanya") == "kosong"
    with core().read(current_actor()) as reading:
        page = position_duties(reading.session, reading.today, search, only_gaps, request.args.get("sesudah"))
        gaps = duty_gaps(reading.session, reading.today)
    return render_template(
        "duties.html", tabs=office_tabs("duties.index"), page=page, gaps=gaps, search=search, only_gaps=only_gaps
    )


@bp.get("/organisasi/uraian-tugas/jabatan/<int:position_id>")
@signed_in
def position(position_id: int) -> ResponseReturnValue:
    """What a position has to do today, what it had to do before, and what comes."""
    require(current_actor(), Permission.SEE_ORGANISATION)
    with core().read(current_actor()) as reading:
        today = reading.today
        line = position_with_duties(reading.session, position_id, today)
        lines = all_duties_of(reading.session, position_id)
    return render_template(
        "position_duties.html",
        tabs=office_tabs("duties.index"),
        position=line,
        current=[each for each in lines if each.holds_on(today)],
        coming=[each for each in lines if each.starts_on > today],
        over=[each for each in lines if each.ends_on is not None and each.ends_on < today],
        kinds=kinds(),
        may_keep=allows(current_actor(), Permission.MANAGE_ORGANISATION),
    )


@bp.get("/organisasi/uraian-tugas/jabatan/<int:position_id>/baru")
@signed_in
def new(position_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    return _form(position_id, None, {}, ())


@bp.post("/organisasi/uraian-tugas/jabatan/<int:position_id>/baru")
@signed_in
def add(position_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    try:
        with core().work(current_actor()) as work:
            duties.add_duty(work, position_id, _typed_duty(), _typed_day())
    except Invalid as refusal:
        return _form(position_id, None, request.form, refusal.fields), 422
    flash(_("The job description has been added."), "success")
    return redirect(url_for(".position", position_id=position_id))


@bp.get("/organisasi/uraian-tugas/<int:duty_id>")
@signed_in
def edit(duty_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    line = _line(duty_id)
    return _form(line.position_id, line, _said_by(line), ())


@bp.post("/organisasi/uraian-tugas/<int:duty_id>")
@signed_in
def change(duty_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    line = _line(duty_id)
    try:
        with core().work(current_actor()) as work:
            duties.change_duty(work, duty_id, _typed_duty(), _typed_day())
    except Invalid as refusal:
        return _form(line.position_id, line, request.form, refusal.fields), 422
    flash(_("The job description has been changed. What it said before is kept with its days."), "success")
    return redirect(url_for(".position", position_id=line.position_id))


@bp.post("/organisasi/uraian-tugas/<int:duty_id>/akhiri")
@signed_in
def end(duty_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    line = _line(duty_id)
    try:
        with core().work(current_actor()) as work:
            duties.end_duty(work, duty_id, _typed_day("last_day"))
    except Invalid as refusal:
        return _form(line.position_id, line, _said_by(line) | request.form.to_dict(), refusal.fields), 422
    flash(_("The job description ends. It stays in the history of the position."), "success")
    return redirect(url_for(".position", position_id=line.position_id))


@bp.post("/organisasi/uraian-tugas/<int:duty_id>/naik")
@signed_in
def move_up(duty_id: int) -> ResponseReturnValue:
    line = _line(duty_id)
    with core().work(current_actor()) as work:
        duties.move_up(work, duty_id, work.today)
    return redirect(url_for(".position", position_id=line.position_id, _anchor=f"duty-{duty_id}"))


def kinds() -> dict[DutyKind, str]:
    return {
        DutyKind.MAIN: _("Main task"),
        DutyKind.EXTRA_PERIODIC: _("Extra task that comes again"),
        DutyKind.EXTRA_ONE_OFF: _("Extra task, once"),
    }


def _form(position_id: int, line: DutyLine | None, typed: Mapping[str, str], problems: tuple[FieldProblem, ...]) -> str:
    with core().read(current_actor()) as reading:
        today = reading.today
        position = position_with_duties(reading.session, position_id, today)
    return render_template(
        "duty.html",
        tabs=office_tabs("duties.index"),
        position=position,
        line=line,
        typed=typed,
        problems={problem.name: problem.text(language()) for problem in problems},
        kinds=kinds(),
        today=today,
    )


def _line(duty_id: int) -> DutyLine:
    with core().read(current_actor()) as reading:
        return duty(reading.session, duty_id)


def _said_by(line: DutyLine) -> dict[str, str]:
    said = line.duty
    return {
        "sentence": said.sentence,
        "result_unit": said.result_unit or "",
        "norm_minutes": str(said.norm_minutes or ""),
        "yearly_volume": str(said.yearly_volume or ""),
        "kind": said.kind.value,
    }


def _typed_duty() -> Duty:
    kind = request.form.get("kind", "")
    return Duty(
        sentence=request.form.get("sentence", ""),
        result_unit=request.form.get("result_unit", ""),
        norm_minutes=_typed_number("norm_minutes"),
        yearly_volume=_typed_number("yearly_volume"),
        kind=DutyKind(kind) if kind in set(DutyKind) else DutyKind.MAIN,
    )


def _typed_number(name: str) -> int | None:
    """What is no number counts as 0, which is refused with a sentence."""
    text = "".join(request.form.get(name, "").split())[:12]
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() else 0


def _typed_day(name: str = "starts_on") -> date:
    day = day_written(request.form.get(name, ""))
    if day is None:
        raise InvalidDuty([FieldProblem(name=name, code="day", message=_("Give the day as in 24/12/2026."))])
    if not is_near(day):
        raise InvalidDuty([FieldProblem(name=name, code="far", message=TOO_FAR, params={"year": day.year})])
    return day
