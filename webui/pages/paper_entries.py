"""When a step was done on paper: the moment that the form of a task gives, in the office's own time."""

from datetime import UTC, datetime

from flask import request

from engine.base.errors import FieldProblem
from engine.execution.back_entry import FIELD, DoneOutOfTime
from webui.identity import core

DONE_AT = "tk:done-at"
LONGEST = 30


def done_on_paper() -> datetime | None:
    """None for a step that is done here and now; raises DoneOutOfTime for what is no moment."""
    text = request.form.get(DONE_AT, "").strip()
    if not text:
        return None
    try:
        local = datetime.fromisoformat(text[:LONGEST]).replace(tzinfo=core().settings.zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        problem = FieldProblem(name=FIELD, code=DoneOutOfTime.code, message=DoneOutOfTime.message)
        raise DoneOutOfTime(fields=[problem]) from None
