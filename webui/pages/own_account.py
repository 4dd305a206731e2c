"""My account: password, where I am signed in, and the tokens of my programs."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from engine.access import accounts, provider, sessions, tokens
from engine.access.queries import account, tokens_of
from engine.access.second_factor import factor_of
from engine.access.tokens import MOST_DAYS, TokenScope
from engine.base.errors import Invalid
from webui.identity import core, current_actor, find_presence, remember, signed_in
from webui.language import language
from webui.once import shown_once
from webui.pages.access_words import proofs, scopes
from webui.provider import ask_provider
from webui.security import limiter
from webui.texts import _
from webui.throttling import was_wrong

bp = Blueprint("own_account", __name__)

TIES = "provider_ties"  # whose account the provider is asked for
OWN_ATTEMPTS = "10 per 5 minutes; 40 per day"
DAYS = 90


def whose() -> str:
    presence = find_presence()
    return f"own {presence.actor.account_id if presence else request.remote_addr}"


@bp.get("/akun")
@signed_in
def index() -> ResponseReturnValue:
    return _page({})


@bp.get("/akun/sandi")
@signed_in
def password() -> ResponseReturnValue:
    return _password_page({})


@bp.post("/akun/sandi")
@limiter.limit(OWN_ATTEMPTS, key_func=whose, deduct_when=was_wrong)
@signed_in
def change_password() -> ResponseReturnValue:
    """The new one counts, every other browser is out, and this one goes on under a new secret."""
    presence = find_presence()
    session_id = presence.session_id if presence else 0
    try:
        with core().work(current_actor()) as work:
            accounts.change_password(
                work, request.form.get("current", ""), request.form.get("password", ""), session_id
            )
            secret = sessions.renew_session(work, session_id)
    except Invalid as refusal:
        return _password_page(refusal.by_field(language())), 422
    flash(_("Your new password counts. Everywhere else you are signed out."), "success")
    response = redirect(url_for("home.start"))
    remember(response, secret)
    return response


@bp.post("/akun/sesi/<int:session_id>/akhiri")
@signed_in
def end_session(session_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        sessions.end_own_session(work, session_id)
    flash(_("That browser is signed out."), "success")
    return redirect(url_for(".index"))


@bp.post("/akun/sesi/akhiri-lainnya")
@signed_in
def end_others() -> ResponseReturnValue:
    presence = find_presence()
    with core().work(current_actor()) as work:
        sessions.end_other_sessions(work, presence.session_id if presence else 0)
    flash(_("You are signed out everywhere but here."), "success")
    return redirect(url_for(".index"))


@bp.post("/akun/penyedia")
@limiter.limit(OWN_ATTEMPTS, key_func=whose, deduct_when=was_wrong)
@signed_in
def tie() -> ResponseReturnValue:
    """She agrees; by a link she then goes to the provider, for no form of ours leads to another house."""
    try:
        with core().work(current_actor()) as work:
            provider.agree_to_tie(work, request.form.get("password", ""))
    except Invalid as refusal:
        return _page(refusal.by_field(language())), 422
    session[TIES] = current_actor().account_id
    return redirect(url_for(".index", _anchor="provider"))


@bp.get("/akun/penyedia")
@signed_in
def to_provider() -> ResponseReturnValue:
    """Who says which sign-in there is hers."""
    return ask_provider() if _is_agreed() else redirect(url_for(".index", _anchor="provider"))


@bp.post("/akun/token")
@signed_in
def issue_token() -> ResponseReturnValue:
    form = request.form
    try:
        with core().work(current_actor()) as work:
            issued = tokens.issue_token(
                work,
                form.get("label", ""),
                form.get("days", type=int) or 0,
                form.get("scope", ""),
            )
    except Invalid as refusal:
        return _page(refusal.by_field(language())), 422
    return shown_once(render_template("new_token.html", issued=issued))


@bp.post("/akun/token/<int:token_id>/cabut")
@signed_in
def revoke_token(token_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        tokens.revoke_token(work, token_id)
    flash(_("The token counts no longer."), "success")
    return redirect(url_for(".index"))


def _is_agreed() -> bool:
    return session.get(TIES) == current_actor().account_id


def _page(problems: dict[str, str]) -> str:
    presence = find_presence()
    with core().read(current_actor()) as reading:
        account_id = current_actor().account_id or 0
        return render_template(
            "own_account.html",
            account=account(reading.session, account_id),
            factor=factor_of(reading, account_id),
            sessions=sessions.sessions_of(reading, account_id),
            this_session=presence.session_id if presence else 0,
            tokens=tokens_of(reading.session, account_id, reading.now),
            scopes=scopes(),
            proofs=proofs(),
            chosen_scope=request.form.get("scope", TokenScope.READ),
            days=request.form.get("days", DAYS),
            label=request.form.get("label", ""),
            most_days=MOST_DAYS,
            has_provider=reading.settings.oidc_is_on,
            is_agreed=_is_agreed(),
            problems=problems,
        )


def _password_page(problems: dict[str, str]) -> str:
    presence = find_presence()
    with core().read(current_actor()) as reading:
        username = account(reading.session, current_actor().account_id or 0).username
    return render_template(
        "own_password.html",
        problems=problems,
        username=username,
        is_owed=presence is not None and presence.owes is not None,
    )
