"""The front door."""

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from engine.access import sessions
from engine.base.actor import SYSTEM
from engine.base.errors import NotAllowed
from webui.identity import COOKIE, core, find_actor, forget, remember
from webui.language import language
from webui.security import is_local_address, limiter
from webui.texts import _

bp = Blueprint("sign_in", __name__)

# A whole office may stand behind one address on Monday morning; one name is tried by one person only.
EVERYBODY = "120 per minute"
ONE_NAME = "10 per 5 minutes; 40 per day"


def name_tried() -> str:
    return f"{request.remote_addr} {request.form.get('username', '').strip().lower()[:80]}"


def was_wrong(response: Response) -> bool:
    return response.status_code >= 400


@bp.get("/masuk")
def form() -> ResponseReturnValue:
    if find_actor():
        return redirect(_destination())
    return render_template("sign_in.html", username="", problem=None)


@bp.post("/masuk")
@limiter.limit(EVERYBODY)
@limiter.limit(ONE_NAME, key_func=name_tried, deduct_when=was_wrong)
def sign_in() -> ResponseReturnValue:
    username = request.form.get("username", "")
    try:
        with core().work(SYSTEM) as work:
            secret = sessions.sign_in(work, username, request.form.get("password", ""))
    except NotAllowed as refusal:
        page = render_template("sign_in.html", username=username[:80], problem=refusal.text(language()))
        return page, 422
    response = redirect(_destination())
    remember(response, secret)
    return response


@bp.post("/keluar")
def sign_out() -> ResponseReturnValue:
    with core().work(SYSTEM) as work:
        sessions.sign_out(work, request.cookies.get(COOKIE, ""))
    session.clear()
    flash(_("You are signed out."), "info")
    response = redirect(url_for("sign_in.form"))
    response.headers["Clear-Site-Data"] = '"cache"'
    forget(response)
    return response


def _destination() -> str:
    wanted = request.values.get("next", "")
    return wanted if is_local_address(wanted) else url_for("home.start")
