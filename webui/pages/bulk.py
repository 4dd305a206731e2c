"""One act on several tasks. Each is a work of its own: what cannot be done to one hinders no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.base.days import day_written
from engine.base.errors import TataKerjaError
from engine.base.paging import LARGEST_ID
from engine.base.unit_of_work import UnitOfWork
from engine.execution.priorities import set_priority
from engine.execution.shared_handover import Portion, choosable, portions
from engine.worklist.marking import follow_up
from engine.worklist.operations import claim, reassign, release
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.inbox_filters import PRIORITIES
from webui.pages.reaching import marks, warn_of_unreached
from webui.pages.returning import list_address
from webui.texts import _, ngettext

bp = Blueprint("bulk", __name__)

PICK = "pilih"
MOST_CHOSEN = 200
Act = Callable[[UnitOfWork, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    work_item_id: int
    reason: str


@bp.post("/tugas/pilihan")
@signed_in
def act() -> ResponseReturnValue:
    """The button says what; the boxes say to which."""
    chosen, wanted = chosen_items(), request.form.get("act", "")
    if not chosen:
        flash(_("Choose one task or more first, by the boxes in front of them."), "warning")
        return redirect(list_address())
    if wanted in ("reassign", "sheet"):
        page = {"reassign": ".choose_recipient", "sheet": "work_sheets.show_chosen"}[wanted]
        return redirect(url_for(page, pilih=chosen, kembali=list_address()))
    asked = _act(wanted)
    if asked is None:
        flash(_("Choose a day first."), "warning")
        return redirect(list_address())
    return _answer(chosen, _done(chosen, asked))


@bp.get("/tugas/pilihan")
@bp.get("/tugas/saringan")
@signed_in
def back_to_list() -> ResponseReturnValue:
    """Addresses of forms, asked for by hand or after signing in again."""
    return redirect(list_address())


@bp.get("/tugas/serahkan")
@signed_in
def choose_recipient() -> ResponseReturnValue:
    """Who could have how many of the chosen tasks."""
    return _recipient_page(problem="")


@bp.post("/tugas/serahkan")
@signed_in
def hand_over() -> ResponseReturnValue:
    to = request.form.get("to", type=int)
    if to is None:
        return _recipient_page(problem=_("Choose who gets the tasks.")), 422
    chosen = chosen_items()
    refused = _done(chosen, lambda work, item: reassign(work, item, to))
    if len(refused) < len(chosen):
        warn_of_unreached([to])
    return _answer(chosen, refused)


def chosen_items() -> list[int]:
    """The ids in the address or the form, each once; what is no id is left out."""
    texts = request.values.getlist(PICK)[:MOST_CHOSEN]
    ids = (int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 11)
    return [item for item in dict.fromkeys(ids) if 0 < item <= LARGEST_ID]


def _act(wanted: str) -> Act | None:
    """None when what the act needs is missing."""
    if wanted == "claim":
        return claim
    if wanted == "release":
        return release
    if wanted == "priority" and (priority := PRIORITIES.get(request.form.get("priority", ""))) is not None:
        return lambda work, item: set_priority(work, item, priority)
    if wanted == "follow_up" and (day := day_written(request.form.get("day", ""))) is not None:
        return lambda work, item: follow_up(work, item, day)
    return None


def _done(chosen: Sequence[int], act: Act) -> list[Refused]:
    """Those to which it was not done, and why."""
    refused = []
    for work_item_id in chosen:
        try:
            with core().work(current_actor()) as work:
                act(work, work_item_id)
        except TataKerjaError as refusal:
            refused.append(Refused(work_item_id=work_item_id, reason=refusal.text(language())))
    return refused


def _answer(chosen: Sequence[int], refused: Sequence[Refused]) -> ResponseReturnValue:
    """Back to the list when all went well; else what was not done, task by task."""
    count = len(chosen) - len(refused)
    done = ngettext("Done with %(num)s task.", "Done with %(num)s tasks.", count)
    if not refused:
        flash(done, "success")
        return redirect(list_address())
    with core().read(current_actor()) as reading:
        known = {
            portion.work_item_id: portion for portion in portions(reading, [each.work_item_id for each in refused])
        }
    return render_template(
        "bulk_result.html", done=done if count else "", refused=refused, known=known, back=list_address()
    )


def _recipient_page(problem: str) -> str:
    chosen = chosen_items()
    with core().read(current_actor()) as reading:
        shown: tuple[Portion, ...] = portions(reading, chosen)
        people = choosable(reading, chosen)
        unreached = marks(reading, [each.recipient.employee_id for each in people])
    return render_template(
        "bulk_hand_over.html",
        items=shown,
        people=people,
        unreached=unreached,
        problem=problem,
        back=list_address(),
        pick=PICK,
    )
