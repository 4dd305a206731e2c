"""Progres harian: what I completed on a day, ready to be pasted into e-Kinerja, and as CSV."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from engine.base.days import day_written
from engine.base.spreadsheet_writing import CSV_TYPE, csv_parts
from engine.base.unit_of_work import Reading
from engine.definitions.graphs import form_at, graph_of
from engine.execution.progress import ProgressLine, progress_on
from engine.forms.model import decision_of
from webui.identity import core, current_actor, signed_in
from webui.pages.answers import view_of
from webui.texts import _
from webui.wording import clock
from webui.wording import day as day_words

bp = Blueprint("progress", __name__)

FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """`result` is the decision, else what the step yields by its standard."""

    line: ProgressLine
    result: str


@bp.get("/tugas/progres")
@signed_in
def index() -> str:
    day, today, done = _of_day()
    return render_template(
        "progress.html",
        day=day,
        today=today,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < today else None,
        done=done,
        text=_as_text(day, done),
    )


@bp.get("/tugas/progres.csv")
@signed_in
def download() -> ResponseReturnValue:
    day, _today, done = _of_day()
    headings = (_("Time"), _("Case"), _("Title"), _("Procedure"), _("Step"), _("Result"), _("On behalf of"))
    rows = (
        (
            _time_of_day(each.line.done_at),
            each.line.number,
            each.line.case_title,
            each.line.procedure,
            each.line.title,
            each.result,
            each.line.closed_for_name,
        )
        for each in done
    )
    answer = Response(b"".join(csv_parts(headings, rows)), mimetype=CSV_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="progres-{day.isoformat()}.csv"'
    return answer


def _time_of_day(instant: datetime) -> time:
    """As a table knows it; 08.05 would be a number to it."""
    return instant.astimezone(core().settings.zone).time().replace(second=0, microsecond=0)


def _of_day() -> tuple[date, date, tuple[Done, ...]]:
    with core().read(current_actor()) as reading:
        today = reading.today
        day = _day(request.args.get("hari", ""), today)
        return day, today, tuple(_done(reading, line) for line in progress_on(reading, day))


def _day(text: str, today: date) -> date:
    """The day of the address; today for anything that is no day on which one can have worked here."""
    day = day_written(text)
    return day if day is not None and day <= today and day.year >= FIRST_YEAR else today


def _done(reading: Reading, line: ProgressLine) -> Done:
    node = graph_of(reading.session, line.version_id).nodes.get(line.node)
    form = None if node is None else form_at(reading.session, line.version_id, node)
    choice = decision_of(form) if form else None
    if form and choice and choice.key in line.answers:
        decided = dict(view_of(form, {choice.key: line.answers[choice.key]}, line.answers))
        return Done(line=line, result="; ".join(decided.values()))
    return Done(line=line, result=", ".join(node.step.outputs) if node and node.step else "")


def _as_text(day: date, done: Iterable[Done]) -> str:
    return "\n".join([_("Done on %(day)s", day=day_words(day)), *map(_sentence, done)])


def _sentence(each: Done) -> str:
    line = each.line
    parts = [f"{clock(line.done_at)} {line.title}: {line.number} {line.case_title}"]
    if each.result:
        parts.append(each.result)
    if line.closed_for_name:
        parts.append(_("on behalf of %(name)s", name=line.closed_for_name))
    return " – ".join(parts)
