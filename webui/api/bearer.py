"""Who asks through the API: whoever holds the token. The cookie of the pages counts for nothing here."""

from typing import NoReturn

from apiflask import HTTPTokenAuth
from flask import Flask, g, request

from engine.access.tokens import Bearer, bearer_of, note_used
from engine.base.actor import Actor
from engine.base.i18n import LANGUAGES
from webui.api.refusals import TokenNeeded, TokenNotGood
from webui.api.scopes import check_scope
from webui.identity import core, find_actor

PREFIX = "/api/v1"
ABOUT = (
    "A token from `POST /api/v1/tokens`, sent as `Authorization: Bearer tk_…`. It acts for the account that made it, "
    "as far as its scope goes."
)

bearer = HTTPTokenAuth(realm="TataKerja", description=ABOUT)


def recognise_bearers(app: Flask) -> None:
    """First of all that is done before a request, so that nothing takes the cookie for an answer."""
    app.before_request(_recognise)


def _recognise() -> None:
    if not request.path.startswith(PREFIX + "/"):
        return
    found = _bearer_of(_token())
    g.actor = found.actor if found else None
    wish = request.accept_languages.best_match(LANGUAGES)
    if wish:
        g.language = wish
    if found:
        check_scope(request.endpoint or "", request.method, found.scope)


def _token() -> str:
    authorization = request.authorization
    return (authorization.token or "") if authorization and authorization.type == "bearer" else ""


def _bearer_of(token: str) -> Bearer | None:
    if not token:
        return None
    with core().read() as reading:
        found = bearer_of(reading, token)
    if found is not None and not found.is_seen:
        with core().work() as work:
            note_used(work, found.token_id)
    return found


@bearer.verify_token  # type: ignore[untyped-decorator]  # Flask-HTTPAuth has no types
def _verified(_token: str) -> Actor | None:
    return find_actor()


@bearer.error_handler  # type: ignore[untyped-decorator]  # as above
def _refuse(_status: int) -> NoReturn:
    if "Authorization" in request.headers:
        raise TokenNotGood
    raise TokenNeeded
