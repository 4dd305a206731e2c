"""What leaves the house: what waits, what was sent, and what a person must decide about."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.notifications import delivery_queries
from engine.notifications.deliveries import FAILED, drop, send_again
from engine.notifications.delivery_queries import DeliveryLine
from engine.notifications.model import DeliveryState
from webui.identity import core, current_actor, signed_in
from webui.pages.administration import tabs
from webui.pages.notice_words import state_words, way_words
from webui.texts import _

bp = Blueprint("deliveries", __name__)

TEST_PATIENCE = timedelta(minutes=1)


@bp.get("/administrasi/pengiriman")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ADMINISTRATION)
    state, way = _state(), request.args.get("jalan", "")
    with core().read(current_actor()) as reading:
        ways = way_words(delivery_queries.channel_names(reading.session))
        way = way if way in ways else ""
        page = delivery_queries.deliveries(reading, state, way, request.args.get("sesudah"))
        counts = delivery_queries.delivery_counts(reading.session, way)
        held_until = delivery_queries.held_until(reading)
        mail_is_on = reading.settings.mail_is_on
    return render_template(
        "deliveries.html",
        tabs=tabs("deliveries.index"),
        page=page,
        states=_tabs(counts, state, way),
        words=state_words(),
        ways=ways,
        state=state,
        way=way,
        failed=FAILED,
        droppable=(DeliveryState.WAITING, *FAILED),
        held_until=held_until,
        is_trying=held_until is None and _is_trying(page.items, reading.now),
        mail_is_on=mail_is_on,
        may_keep=allows(current_actor(), Permission.KEEP_CHANNELS),
    )


@bp.post("/administrasi/pengiriman/<int:delivery_id>/kirim-ulang")
@signed_in
def again(delivery_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        send_again(work, delivery_id)
    flash(_("It is sent again, with all its attempts."), "success")
    return _back()


@bp.post("/administrasi/pengiriman/<int:delivery_id>/lepas")
@signed_in
def let_be(delivery_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        drop(work, delivery_id)
    flash(_("It is not sent. The notice itself stands in the application."), "success")
    return _back()


def _is_trying(lines: Sequence[DeliveryLine], now: datetime) -> bool:
    """The latest is a test message sent a moment ago: whoever waits for its result need not ask again."""
    if not lines or lines[0].notices or lines[0].state not in (DeliveryState.WAITING, DeliveryState.SENDING):
        return False
    return now - lines[0].created_at < TEST_PATIENCE


def _tabs(
    counts: Mapping[DeliveryState, int], current: DeliveryState | None, way: str
) -> list[tuple[str, str, bool, int, str]]:
    """All, then each state with its count; what waits for a decision stands out."""
    every = (_("All"), url_for(".index", jalan=way or None), current is None, sum(counts.values()), "")
    return [
        every,
        *(
            (
                name,
                url_for(".index", keadaan=state.value, jalan=way or None),
                state == current,
                counts[state],
                "late" if state in FAILED else "",
            )
            for state, name in state_words().items()
        ),
    ]


def _back() -> ResponseReturnValue:
    """To the same choice of the list."""
    return redirect(
        url_for(".index", keadaan=request.form.get("keadaan") or None, jalan=request.form.get("jalan") or None)
    )


def _state() -> DeliveryState | None:
    given = request.args.get("keadaan", "")
    return DeliveryState(given) if given in set(DeliveryState) else None
