"""The front door: name and password, then the code of the second factor where there is one."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from engine.access import sessions, signing_in
from engine.access.failed_sign_ins import note_wrong_code, report_failure
from engine.access.second_factor import SecondFactorUnreadable, SecondFactorWrong
from engine.access.signing_in import Admission
from engine.base.actor import SYSTEM
from engine.base.errors import NotAllowed
from webui.identity import COOKIE, core, find_actor, forget, remember, visitor
from webui.known_browsers import know_browser
from webui.language import language
from webui.security import is_local_address, limiter
from webui.texts import _
from webui.throttling import (
    ANYWHERE,
    EVERYBODY,
    ONE_NAME,
    ONE_STEP,
    account_of_step,
    name_anywhere,
    name_asked,
    name_tried,
    was_wrong,
)

bp = Blueprint("sign_in", __name__)

STEP, STEP_OF, STEP_NAME, WAY_ON = "step", "step_of", "step_name", "way_on"


@bp.get("/masuk")
def form() -> ResponseReturnValue:
    if find_actor():
        return redirect(destination())
    return _page("", None)


@bp.post("/masuk")
@limiter.limit(EVERYBODY)
@limiter.limit(ONE_NAME, key_func=name_tried, deduct_when=was_wrong)
@limiter.limit(ANYWHERE, key_func=name_anywhere, deduct_when=was_wrong)
def sign_in() -> ResponseReturnValue:
    username = request.form.get("username", "")
    try:
        with core().work(SYSTEM) as work:
            admission = signing_in.sign_in(work, username, request.form.get("password", ""), visitor())
    except NotAllowed as refusal:
        with core().work(SYSTEM) as work:
            report_failure(work, username, visitor())
        return _page(username[:80], refusal.text(language())), 422
    return let_in(admission, destination(), name_asked())


def let_in(admission: Admission, way_on: str, name: str = "") -> ResponseReturnValue:
    """On to where she wanted, or first to the code of the second factor. `name` is what she typed with her password."""
    if admission.needs_code:
        session[STEP], session[STEP_OF], session[WAY_ON] = admission.secret, admission.account_id, way_on
        session[STEP_NAME] = name
        return redirect(url_for("sign_in.code_form"))
    return _entered(admission.secret, way_on, name)


@bp.get("/masuk/kode")
def code_form() -> ResponseReturnValue:
    return _code_page(None) if STEP in session else redirect(url_for(".form"))


@bp.post("/masuk/kode")
@limiter.limit(EVERYBODY)
@limiter.limit(ONE_STEP, key_func=account_of_step, deduct_when=was_wrong)
def check_code() -> ResponseReturnValue:
    try:
        with core().work(SYSTEM) as work:
            secret = signing_in.second_step(work, str(session.get(STEP, "")), request.form.get("code", ""), visitor())
    except (SecondFactorWrong, SecondFactorUnreadable) as refusal:
        with core().work(SYSTEM) as work:
            note_wrong_code(work, int(session[STEP_OF]), visitor())
        return _code_page(refusal.text(language())), 422
    except NotAllowed as refusal:
        _forget_step()
        flash(refusal.text(language()), "warning")
        return redirect(url_for(".form"))
    way_on, name = str(session.get(WAY_ON, "")), str(session.get(STEP_NAME, ""))
    _forget_step()
    return _entered(secret, way_on if is_local_address(way_on) else url_for("home.start"), name)


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


def destination() -> str:
    wanted = request.values.get("next", "")
    return wanted if is_local_address(wanted) else url_for("home.start")


def _entered(secret: str, way_on: str, name: str) -> ResponseReturnValue:
    """Whoever was signed in here before is not any more: nobody goes on with a session that others may know."""
    before = request.cookies.get(COOKIE, "")
    if before:
        with core().work(SYSTEM) as work:
            sessions.sign_out(work, before)
    response = redirect(way_on)
    remember(response, secret)
    if name:
        know_browser(response, name)
    return response


def _page(username: str, problem: str | None) -> str:
    settings = core().settings
    return render_template(
        "sign_in.html",
        username=username,
        problem=problem,
        has_provider=settings.oidc_is_on,
        has_mail=settings.mail_is_on,
    )


def _code_page(problem: str | None) -> str:
    return render_template("sign_in_code.html", problem=problem)


def _forget_step() -> None:
    for name in (STEP, STEP_OF, STEP_NAME, WAY_ON):
        session.pop(name, None)
