"""Language and light, chosen by whoever looks; kept in the account or, before signing in, in this browser."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.accounts import change_language
from engine.base.i18n import LANGUAGES
from webui.identity import core, find_actor
from webui.language import YEAR_SECONDS, remember_language
from webui.security import is_local_address
from webui.shell import THEME_COOKIE, THEMES

bp = Blueprint("preferences", __name__)


@bp.post("/bahasa")
def language() -> ResponseReturnValue:
    chosen = request.form.get("language", "")
    response = redirect(_back())
    if chosen in LANGUAGES:
        remember_language(response, chosen)
        actor = find_actor()
        if actor:
            with core().work(actor) as work:
                change_language(work, chosen)
    return response


@bp.post("/tampilan")
def theme() -> ResponseReturnValue:
    chosen = request.form.get("theme", "")
    response = redirect(_back())
    if chosen in THEMES:
        secure = core().settings.secure_cookies
        response.set_cookie(THEME_COOKIE, chosen, max_age=YEAR_SECONDS, samesite="Lax", secure=secure)
    return response


def _back() -> str:
    here = request.form.get("here", "")
    return here if is_local_address(here) else url_for("home.start")
