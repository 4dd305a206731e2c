"""What an administrator ends of an account: a session, a token, a second factor, the tie to the provider."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engine.access import provider, second_factor, sessions, tokens
from webui.identity import core, current_actor, signed_in
from webui.texts import _

bp = Blueprint("account_ends", __name__, url_prefix="/administrasi/akun/<int:account_id>")


@bp.post("/sesi/<int:session_id>/akhiri")
@signed_in
def end_session(account_id: int, session_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        sessions.end_session(work, account_id, session_id)
    flash(_("That browser is signed out."), "success")
    return _back(account_id)


@bp.post("/token/<int:token_id>/cabut")
@signed_in
def revoke_token(account_id: int, token_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        tokens.revoke_token_of(work, account_id, token_id)
    flash(_("The token counts no longer."), "success")
    return _back(account_id)


@bp.post("/faktor-kedua/lepas")
@signed_in
def reset_factor(account_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        second_factor.reset(work, account_id)
    flash(_("The second factor is off, and whoever was signed in is signed out."), "success")
    return _back(account_id)


@bp.post("/penyedia/lepas")
@signed_in
def unlink(account_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        provider.unlink(work, account_id)
    flash(_("The account is no longer tied to a sign-in of the provider."), "success")
    return _back(account_id)


def _back(account_id: int) -> ResponseReturnValue:
    return redirect(url_for("accounts.show", account_id=account_id))
