"""For who forgot her password: a mail with a link that works once."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access import resets
from engine.base.actor import SYSTEM
from engine.base.errors import Invalid
from webui.identity import core
from webui.language import language
from webui.once import shown_once
from webui.security import limiter
from webui.texts import _
from webui.throttling import EVERYBODY, LETTERS_OF_ONE_ADDRESS, LETTERS_TO_ONE_NAME, name_asked

bp = Blueprint("forgotten", __name__)


@bp.get("/lupa-sandi")
def form() -> ResponseReturnValue:
    return render_template("forgotten.html", has_mail=core().settings.mail_is_on)


@bp.post("/lupa-sandi")
@limiter.limit(LETTERS_OF_ONE_ADDRESS)
@limiter.limit(LETTERS_TO_ONE_NAME, key_func=name_asked)
def ask() -> ResponseReturnValue:
    """The same answer for everybody, whether she has an account or not."""
    name = request.form.get("username", "")
    if name.strip() and core().settings.mail_is_on:
        with core().work(SYSTEM) as work:
            resets.ask_for_reset(work, name)
    flash(
        _("If this is an account with an address, a mail is on its way. Its link works for half an hour, once."), "info"
    )
    return redirect(url_for("sign_in.form"))


@bp.get("/sandi-baru/<secret>")
@limiter.limit(EVERYBODY)
def new_password(secret: str) -> ResponseReturnValue:
    with core().read(SYSTEM) as reading:
        is_open = resets.is_open(reading, secret)
    page = render_template("reset_password.html", secret=secret, is_open=is_open, problem=None)
    return shown_once(page, 200 if is_open else 410)


@bp.post("/sandi-baru/<secret>")
@limiter.limit(EVERYBODY)
def keep_password(secret: str) -> ResponseReturnValue:
    try:
        with core().work(SYSTEM) as work:
            resets.reset_password(work, secret, request.form.get("password", ""))
    except Invalid as refusal:
        problem = refusal.fields[0].text(language())
        return render_template("reset_password.html", secret=secret, is_open=True, problem=problem), 422
    except resets.ResetOver:
        return render_template("reset_password.html", secret=secret, is_open=False, problem=None), 410
    flash(_("Your new password counts. Sign in with it."), "success")
    return redirect(url_for("sign_in.form"))
