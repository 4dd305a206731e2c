"""The inbox: what waits for me, for my position, what is late, what I did; and taking work from it."""

from datetime import datetime
from typing import Any
from zlib import crc32

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.base.actor import Actor
from engine.base.unit_of_work import Reading
from engine.notifications.queries import unread_count
from engine.worklist import operations
from engine.worklist.questions import open_question_count
from engine.worklist.saved_filters import opening_terms
from engine.worklist.views import View, reader_of
from webui.fragments import asks_for_part, either
from webui.identity import core, current_actor, signed_in
from webui.looks import last_look, moment_of, remember_look, written
from webui.pages.inbox_choices import Choices, choices_of, priority_words
from webui.pages.inbox_filters import VIEWS, Place, place_of
from webui.pages.inbox_views import InboxPage, News, inbox_page, open_counts, taken_row
from webui.pages.returning import way_back
from webui.texts import _
from webui.turning import passed_pages

bp = Blueprint("tasks", __name__)

NAMES = {view: name for name, view in VIEWS.items()}
FILTER_FORM = "inbox-filter"


@bp.get("/tugas")
@signed_in
def index() -> ResponseReturnValue:
    """The page; and every few seconds, for as long as it stands open, what has changed in it."""
    actor, place = current_actor(), place_of(request.args)
    if not request.args and (chosen := _opening_place(actor)):
        return redirect(url_for(".index", **chosen.query()))
    # While the page stands open, what arrived since she opened it stays marked.
    looked = moment_of(request.args.get("sejak")) if asks_for_part() else last_look(actor, NAMES[place.view])
    cursor = request.args.get("sesudah")
    with core().read(actor) as reading:
        page = inbox_page(reading, place, cursor, looked)
        choices = _choices(reading, place)
        unread, asked = _unread(reading), _asked(reading)
    etag = page.fingerprint(reading.now, choices, unread, asked)
    if asks_for_part() and request.if_none_match.contains(etag):
        return "", 304
    facts = _facts(page, choices, cursor, looked)
    response = either("inbox.html", "parts/inbox_again.html", etag=etag, asked=asked, **facts)
    response.set_etag(etag)
    if not asks_for_part():
        remember_look(response, actor, NAMES[place.view], reading.now)
    elif request.headers.get("HX-Trigger") == FILTER_FORM:
        response.headers["HX-Replace-Url"] = url_for(".index", **place.query())
    return response


@bp.post("/tugas/<int:work_item_id>/ambil")
@signed_in
def claim(work_item_id: int) -> ResponseReturnValue:
    """From the list, whose row then says so; or from the page of the task."""
    view = VIEWS.get(request.form.get("tampilan", ""))
    with core().work(current_actor()) as work:
        operations.claim(work, work_item_id)
    taken = _("The task is yours now.")
    if asks_for_part() and view:
        return _taken(work_item_id, view, taken)
    flash(taken, "success")
    if view:
        return redirect(way_back() or url_for(".index", tampilan=NAMES[view]))
    return redirect(url_for("work_items.show", work_item_id=work_item_id, kembali=way_back() or None))


def _opening_place(actor: Actor) -> Place | None:
    """What she chose to see first; asked for by the address without any choice alone."""
    if actor.employee_id is None:
        return None
    with core().read(actor) as reading:
        terms = opening_terms(reading.session, actor.employee_id)
    return place_of(terms) if terms else None


def _taken(work_item_id: int, view: View, said: str) -> str:
    with core().read(current_actor()) as reading:
        row, counted = taken_row(reading, work_item_id), open_counts(reading)
    return render_template(
        "parts/inbox_taken.html",
        row=row,
        view=view,
        tabs=_tabs(view, counted),
        said=said,
        back=way_back(),
        **_words(),
    )


def _choices(reading: Reading, place: Place) -> Choices | None:
    reader = reader_of(reading)
    return choices_of(reading, reader, place) if reader else None


def _facts(page: InboxPage, choices: Choices | None, cursor: str | None, looked: datetime | None) -> dict[str, Any]:
    since = written(looked) if looked else None
    place, onward = page.place, {"sesudah": cursor or None, "lewat": passed_pages()}
    here = url_for("tasks.index", **place.query(**onward))
    return {
        "page": page,
        "place": place,
        "view": place.view,
        "since": since,
        "again": url_for("tasks.index", **place.query(**onward, sejak=since)),
        "choices": choices,
        # Where her inbox opens is where she comes back to anyway.
        "back": "" if place == (choices.opening if choices else Place()) and not cursor else here,
        "here": here,
        "place_mark": f"{crc32(repr(place).encode()):x}",
        "top": url_for("tasks.index", **place.query()),
        "is_further_on": bool(cursor),
        "tabs": _tabs(place.view, page.counts),
        **_words(),
    }


def _words() -> dict[str, Any]:
    return {"View": View, "News": News, "names": NAMES, "filter_form": FILTER_FORM, "priority_words": priority_words}


def _tabs(current: View, counted: dict[View, int]) -> list[tuple[str, str, bool, int | None, str]]:
    labels = {
        View.MINE: _("My tasks"),
        View.POOL: _("Queue of my position"),
        View.BEHALF: _("On behalf of"),
        View.LATE: _("Late"),
        View.TODAY: _("Due today"),
        View.UNIT: _("My unit"),
        View.DONE: _("Done by me"),
    }
    return [
        (
            label,
            url_for("tasks.index", tampilan=NAMES[view]),
            view is current,
            counted.get(view),
            "late" if view is View.LATE else "",
        )
        for view, label in labels.items()
        if view in counted or view is current
    ]


def _asked(reading: Reading) -> int:
    """Questions of colleagues that wait for her answer."""
    employee_id = reading.actor.employee_id
    return open_question_count(reading.session, employee_id) if employee_id is not None else 0


def _unread(reading: Reading) -> int:
    employee_id = reading.actor.employee_id
    return unread_count(reading.session, employee_id) if employee_id is not None else 0
