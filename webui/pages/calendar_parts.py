"""What the pages of the calendar share: their places, the question before deadlines move, and the way back."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app, flash, g, render_template, request, url_for
from markupsafe import Markup

from engine.access.permissions import Permission, allows
from engine.base.errors import Conflict
from engine.base.i18n import _ as mark
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.events import CalendarChanged
from engine.calendar.fields import FIRST_YEAR, LAST_YEAR
from engine.sla.reach import open_deadlines
from webui.identity import core, current_actor
from webui.pages.office_tabs import office_tabs
from webui.texts import _

AGREED = "sure"


class DeadlinesMayMove(Conflict):
    """Raised to undo an act until she has seen what follows from it."""

    code = "calendar.deadlines_may_move"
    message = mark("%(count)s open deadlines may move.")


def carry_out(act: Callable[[UnitOfWork], Any]) -> Any:
    """Do it; or undo all and raise DeadlinesMayMove, unless none can, or that was agreed to."""
    with core().work(current_actor()) as work:
        answer = act(work)
        changes = [event for event in work.events if isinstance(event, CalendarChanged)]
        g.moving_deadlines = count = open_deadlines(work.session, changes, work.settings.zone)
        if count and AGREED not in request.form:
            raise DeadlinesMayMove(count=count)
    return answer


def question(refusal: DeadlinesMayMove, what: str, back: str) -> str:
    """What will happen, with all that was typed, for a yes or a way back."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    return render_template(
        "calendar_question.html", **surroundings(""), count=refusal.params["count"], what=what, back=back, sent=sent
    )


def flash_way_back(text: str, address: str, fields: Mapping[str, Any]) -> None:
    """It is done; one press makes it undone: the same is entered again, and nobody is asked twice."""
    kept = {name: value for name, value in fields.items() if value not in (None, "")} | {AGREED: "1"}
    made = render_template("parts/undo.html", text=text, address=address, fields=kept)
    flash(Markup(made), "undo")  # noqa: S704  # by a template, which escapes what it is given


def surroundings(current: str) -> dict[str, Any]:
    """The tabs above each page of the calendar, and those of the calendar itself."""
    return {
        "tabs": office_tabs("office_calendar.index"),
        "parts": _parts(current),
        "beyond": _beyond(),
        "may_keep": allows(current_actor(), Permission.KEEP_CALENDAR),
    }


def wanted_year() -> int:
    """Of the address or the form; this year, unless they say another."""
    today = core().clock.now().astimezone(core().settings.zone).year
    wanted = request.values.get("tahun", today, type=int)
    return min(max(wanted, FIRST_YEAR), LAST_YEAR)


def _beyond() -> str:
    """Said when the address names a year that the calendar does not have."""
    wanted = request.values.get("tahun", FIRST_YEAR, type=int)
    if FIRST_YEAR <= wanted <= LAST_YEAR:
        return ""
    return _("The calendar reaches from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)


def with_what_moves(told: str) -> str:
    """What was carried out, and that deadlines follow if any is open."""
    if not g.get("moving_deadlines"):
        return told
    moving = _("Open deadlines are being moved; those concerned are told.")
    return f"{told} {moving}"


def _parts(current: str) -> list[tuple[str, str, bool, None, str]]:
    """For those who keep it or look after that; all others see the year alone."""
    if not allows(current_actor(), Permission.SEE_CALENDAR_TABLES):
        return []
    labels = {
        "office_calendar.index": _("Year"),
        "days_off.index": _("Days off and Ramadan"),
        "office_hours.index": _("Working hours"),
        "unit_days.index": _("Days of units"),
    }
    return [
        (label, url_for(endpoint), endpoint == current, None, "")
        for endpoint, label in labels.items()
        if endpoint in current_app.view_functions
    ]
