"""When a person last looked at each view of her inbox, kept in her browser: what arrived since then is marked."""

import re
from datetime import UTC, datetime

from flask import request
from werkzeug.wrappers import Response as BaseResponse

from engine.base.actor import Actor
from webui.identity import core

COOKIE = "tatakerja_looked"
YEAR_SECONDS = 365 * 24 * 3600
LONGEST_COOKIE = 200
_MILLISECONDS = re.compile("[0-9]{1,14}")


def last_look(actor: Actor, view: str) -> datetime | None:
    """None for a first look, and in a browser that somebody else used last."""
    return moment_of(_looks_of(actor).get(view))


def remember_look(response: BaseResponse, actor: Actor, view: str, now: datetime) -> None:
    looks = {**_looks_of(actor), view: written(now)}
    response.set_cookie(
        COOKIE,
        f"{actor.account_id}:" + "&".join(f"{name}={moment}" for name, moment in looks.items()),
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=core().settings.secure_cookies,
    )


def written(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))


def moment_of(text: str | None) -> datetime | None:
    """The moment behind what `written` made; None for anything else."""
    if text is None or not _MILLISECONDS.fullmatch(text):
        return None
    return datetime.fromtimestamp(int(text) / 1000, UTC)


def _looks_of(actor: Actor) -> dict[str, str]:
    whose, _colon, looks = request.cookies.get(COOKIE, "")[:LONGEST_COOKIE].partition(":")
    if whose != str(actor.account_id):
        return {}
    pairs = (look.partition("=") for look in looks.split("&"))
    return {view: moment for view, _equals, moment in pairs if moment_of(moment)}
