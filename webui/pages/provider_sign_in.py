"""To the office's other sign-in and back."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from engine.access.provider import Identity, sign_in_by_provider, tie
from engine.base.actor import SYSTEM
from engine.base.errors import Conflict, NotAllowed, Unavailable
from webui.identity import core, find_actor, visitor
from webui.language import language
from webui.pages.own_account import TIES
from webui.pages.sign_in import destination, let_in
from webui.provider import ProviderRefused, answered_identity, ask_provider
from webui.security import is_local_address, limiter
from webui.texts import _
from webui.throttling import EVERYBODY

bp = Blueprint("provider_sign_in", __name__)

WAY_ON = "provider_way_on"


@bp.get("/masuk/penyedia")
@limiter.limit(EVERYBODY)
def ask() -> ResponseReturnValue:
    session[WAY_ON] = destination()
    session.pop(TIES, None)
    try:
        return ask_provider()
    except Unavailable as refusal:
        return _refused(refusal.text(language())), 503


@bp.get("/masuk/penyedia/kembali")
@limiter.limit(EVERYBODY)
def come_back() -> ResponseReturnValue:
    ties = session.pop(TIES, None)
    try:
        identity = answered_identity()
        if ties is not None:
            return _tied(ties, identity)
        with core().work(SYSTEM) as work:
            admission = sign_in_by_provider(work, identity, visitor())
    except NotAllowed as refusal:
        return _refused(refusal.text(language())), 403
    except Unavailable as refusal:
        return _refused(refusal.text(language())), 503
    way_on = str(session.pop(WAY_ON, ""))
    return let_in(admission, way_on if is_local_address(way_on) else url_for("home.start"))


def _tied(account_id: int, identity: Identity) -> ResponseReturnValue:
    """For whoever asked for it in this browser, and is still signed in there."""
    actor = find_actor()
    if actor is None or actor.account_id != account_id:
        raise ProviderRefused
    try:
        with core().work(actor) as work:
            tie(work, identity)
    except (NotAllowed, Conflict) as refusal:
        flash(refusal.text(language()), "error")
    else:
        flash(_("Your account is tied to the office's provider. You may sign in there from now on."), "success")
    return redirect(url_for("own_account.index"))


def _refused(refusal: str) -> str:
    settings = core().settings
    return render_template(
        "sign_in.html",
        username=request.form.get("username", ""),
        refusal=refusal,
        has_provider=settings.oidc_is_on,
        has_mail=settings.mail_is_on,
    )
