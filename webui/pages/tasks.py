"""The inbox: what waits for me, for my position, what is late, what I did."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from flask import Blueprint, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from engine.base.unit_of_work import Reading
from engine.execution.item_pages import CaseName, case_names
from engine.organisation.queries import position_ids_held
from engine.worklist.queries import InboxLine, Reader, View, counts, inbox
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.texts import _
from webui.wording import due_words

bp = Blueprint("tasks", __name__)

# The views as the address names them.
VIEWS = {"saya": View.MINE, "antrean": View.POOL, "terlambat": View.LATE, "selesai": View.DONE}
NAMES = {view: name for name, view in VIEWS.items()}
LAST_LOOK = "last_look"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    line: InboxLine
    case: CaseName
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    view: View
    rows: tuple[Row, ...]
    next_cursor: str | None
    counts: dict[View, int]

    def fingerprint(self, now: datetime) -> str:
        """Changes when anything changes that a person would see."""
        seen = [(row.line, due_words(row.line.due_at, now)) for row in self.rows]
        return sha256(repr((language(), self.view, seen, sorted(self.counts.items()))).encode()).hexdigest()[:32]


@bp.get("/tugas")
@signed_in
def index() -> ResponseReturnValue:
    view = VIEWS.get(request.args.get("tampilan", ""), View.MINE)
    is_fragment = "X-Fragment" in request.headers
    with core().read(current_actor()) as reading:
        page = inbox_page(reading, view, request.args.get("sesudah"))
        etag = page.fingerprint(reading.now)
    if is_fragment and request.if_none_match.contains(etag):
        return "", 304
    if not is_fragment:
        session[LAST_LOOK] = core().clock.now().isoformat()
    template = "parts/inbox.html" if is_fragment else "inbox.html"
    response = make_response(render_template(template, page=page, etag=etag, tabs=tabs(page), View=View, names=NAMES))
    response.set_etag(etag)
    return response


def inbox_page(reading: Reading, view: View, cursor: str | None) -> InboxPage:
    reader = reader_of(reading)
    if reader is None:
        return InboxPage(view=view, rows=(), next_cursor=None, counts=dict.fromkeys(View, 0))
    page = inbox(reading.session, reader, view, reading.now, cursor)
    names = case_names(reading.session, {line.instance_id for line in page.items})
    looked = _last_look()
    return InboxPage(
        view=view,
        rows=tuple(
            Row(line=line, case=names[line.instance_id], is_new=looked is not None and line.opened_at > looked)
            for line in page.items
        ),
        next_cursor=page.next_cursor,
        counts=counts(reading.session, reader, reading.now),
    )


def reader_of(reading: Reading) -> Reader | None:
    """Whose inbox; None for an account without an employee."""
    employee_id = reading.actor.employee_id
    if employee_id is None:
        return None
    today = reading.now.astimezone(reading.settings.zone).date()
    return Reader(employee_id=employee_id, position_ids=position_ids_held(reading.session, employee_id, today))


def tabs(page: InboxPage) -> list[tuple[str, str, bool, int | None, str]]:
    labels = {
        View.MINE: _("My tasks"),
        View.POOL: _("Queue of my position"),
        View.LATE: _("Late"),
        View.DONE: _("Done by me"),
    }
    return [
        (
            label,
            url_for("tasks.index", tampilan=NAMES[view]),
            view is page.view,
            page.counts.get(view) if view is not View.DONE else None,
            "late" if view is View.LATE else "",
        )
        for view, label in labels.items()
    ]


def _last_look() -> datetime | None:
    kept = session.get(LAST_LOOK)
    try:
        return datetime.fromisoformat(kept) if isinstance(kept, str) else None
    except ValueError:
        return None
