"""Who owes a password of her own or a second factor sets that up first; until then no other page opens."""

from collections.abc import Mapping

from flask import Flask, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.sessions import Owed
from webui.fragments import asks_for_part
from webui.identity import find_presence, is_from_script
from webui.texts import _

PAGES: Mapping[Owed, str] = {
    Owed.PASSWORD: "own_account.password",
    Owed.SECOND_FACTOR: "own_factor.show",
}
# What she needs on the way, and what is open to strangers anyway.
OPEN_BLUEPRINTS = ("assets", "probes", "sign_in", "provider_sign_in", "forgotten", "preferences")
OPEN = {
    Owed.PASSWORD: ("own_account.password", "own_account.change_password"),
    Owed.SECOND_FACTOR: ("own_factor.show", "own_factor.begin", "own_factor.confirm"),
}


def guard(app: Flask) -> None:
    app.before_request(_guard)


def _guard() -> ResponseReturnValue | None:
    presence = find_presence() if request.blueprint not in OPEN_BLUEPRINTS else None
    if presence is None or presence.owes is None or request.endpoint in OPEN[presence.owes]:
        return None
    if is_from_script() or asks_for_part():
        return _sentence(presence.owes), 403
    if request.method == "POST":
        flash(_sentence(presence.owes), "warning")
    return redirect(url_for(PAGES[presence.owes]))


def _sentence(owed: Owed) -> str:
    if owed is Owed.PASSWORD:
        return _("First choose a password of your own.")
    return _("First set up your second factor.")
