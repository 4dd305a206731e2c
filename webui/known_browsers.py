"""Browsers in which somebody has signed in before: a signed cookie that opens nothing, and is only counted by."""

import secrets

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from webui.identity import core

BROWSER_COOKIE = "tatakerja_browser"
MOST_NAMES = 5  # at a counter several sign in, one after the other
KEPT_SECONDS = 180 * 24 * 3600


def mark_of_browser(name: str) -> str:
    """Empty when nobody has signed in here under this name."""
    mark = _marks().get(name, "")
    return f"browser {mark}" if mark else ""


def know_browser(response: Response, name: str) -> None:
    """From now on attempts under her name are counted for this browser alone."""
    before = _marks()
    marks = {**{known: mark for known, mark in before.items() if known != name}, name: before.get(name) or _new_mark()}
    response.set_cookie(
        BROWSER_COOKIE,
        _serializer().dumps(dict(list(marks.items())[-MOST_NAMES:])),
        max_age=KEPT_SECONDS,
        path="/masuk",
        httponly=True,
        samesite="Lax",
        secure=core().settings.secure_cookies,
    )


def _new_mark() -> str:
    return secrets.token_hex(8)


def _marks() -> dict[str, str]:
    try:
        kept = _serializer().loads(request.cookies.get(BROWSER_COOKIE, ""), max_age=KEPT_SECONDS)
    except BadData:
        return {}
    return {str(name): str(mark) for name, mark in kept.items()} if isinstance(kept, dict) else {}


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="known browser")
