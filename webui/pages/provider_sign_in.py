"""To the office's other sign-in and back."""

from flask import Blueprint, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from engine.access.provider import sign_in_by_provider
from engine.base.actor import SYSTEM
from engine.base.errors import NotAllowed, Unavailable
from webui.identity import core, visitor
from webui.language import language
from webui.pages.sign_in import destination, let_in
from webui.provider import answered_identity, ask_provider
from webui.security import is_local_address, limiter
from webui.throttling import EVERYBODY

bp = Blueprint("provider_sign_in", __name__)

WAY_ON = "provider_way_on"


@bp.get("/masuk/penyedia")
@limiter.limit(EVERYBODY)
def ask() -> ResponseReturnValue:
    session[WAY_ON] = destination()
    try:
        return ask_provider(core().settings.public_url.rstrip("/") + url_for(".come_back"))
    except Unavailable as refusal:
        return _refused(refusal.text(language())), 503


@bp.get("/masuk/penyedia/kembali")
@limiter.limit(EVERYBODY)
def come_back() -> ResponseReturnValue:
    try:
        identity = answered_identity()
        with core().work(SYSTEM) as work:
            admission = sign_in_by_provider(work, identity, visitor())
    except NotAllowed as refusal:
        return _refused(refusal.text(language())), 403
    except Unavailable as refusal:
        return _refused(refusal.text(language())), 503
    way_on = str(session.pop(WAY_ON, ""))
    return let_in(admission, way_on if is_local_address(way_on) else url_for("home.start"))


def _refused(refusal: str) -> str:
    settings = core().settings
    return render_template(
        "sign_in.html",
        username=request.form.get("username", ""),
        refusal=refusal,
        has_provider=settings.oidc_is_on,
        has_mail=settings.mail_is_on,
    )
