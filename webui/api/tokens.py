"""Tokens: asked for with a password, listed, ended."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from engine.access import tokens
from engine.access.failed_sign_ins import report_failure
from engine.access.queries import tokens_of
from engine.access.signing_in import SignInFailed, actor_by_password
from engine.access.tokens import IssuedToken
from webui.api.bearer import PREFIX, bearer
from webui.api.bodies import json_of
from webui.api.refusals import RequestRefused, WrongPassword
from webui.api.schemas.accounts import NewToken, Token, TokenRequest
from webui.api.schemas.lists import page_of, whole
from webui.identity import core, current_actor, visitor
from webui.security import limiter
from webui.throttling import ANYWHERE, EVERYBODY, ONE_NAME, was_wrong

TAG = {"name": "Tokens", "description": "How programs sign in."}

bp = APIBlueprint("api_tokens", __name__, url_prefix=PREFIX, tag=TAG)


def name_tried() -> str:
    """As on the sign-in page: one name is tried by one person only."""
    return f"{request.remote_addr} {name_anywhere()}"


def name_anywhere() -> str:
    try:
        body = json_of(request, TokenRequest.most_bytes)
    except RequestRefused:
        body = None
    username = body.get("username") if isinstance(body, dict) else None
    return str(username).strip().lower()[:80]


@bp.post("/tokens")
@limiter.limit(EVERYBODY)
@limiter.limit(ONE_NAME, key_func=name_tried, deduct_when=was_wrong)
@limiter.limit(ANYWHERE, key_func=name_anywhere, deduct_when=was_wrong)
@bp.input(TokenRequest)
@bp.output(NewToken, status_code=201)
@bp.doc(responses=[401, 403, 429])
def issue_token(json_data: dict[str, Any]) -> IssuedToken:
    """Ask for a token, with username and password; it is told this once."""
    try:
        with core().work() as proving:
            actor = actor_by_password(proving, json_data["username"], json_data["password"], json_data["code"])
    except SignInFailed:
        with core().work() as work:
            report_failure(work, json_data["username"], visitor())
        raise WrongPassword from None
    with core().work(actor) as work:
        return tokens.issue_token(work, json_data["label"], json_data["days"], json_data["scope"])


@bp.get("/tokens")
@bp.auth_required(bearer)
@bp.output(page_of(Token))
def list_tokens() -> dict[str, Any]:
    """My tokens, without their secrets."""
    actor = current_actor()
    with core().read(actor) as reading:
        return whole(tokens_of(reading.session, actor.account_id or 0, reading.now))


@bp.delete("/tokens/<int:token_id>")
@bp.auth_required(bearer)
@bp.output({}, status_code=204)
@bp.doc(responses=[404])
def revoke_token(token_id: int) -> Response:
    """End one of my tokens."""
    with core().work(current_actor()) as work:
        tokens.revoke_token(work, token_id)
    return Response(status=204)
