"""Who is asking: the cookie of a sign-in session, and the actor behind it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from engine.access.model import Role
from engine.access.sessions import Presence, note_seen, presence_of
from engine.access.visitors import Visitor, visitor_of
from engine.base.actor import Actor
from engine.core.core import Core
from webui.fragments import asks_for_part
from webui.texts import _

COOKIE = "tatakerja_session"
NEVER_SHOWN = frozenset({"csrf_token", "password", "current", "code"})
View = ParamSpec("View")


def core() -> Core:
    return cast(Core, current_app.extensions["tatakerja"])


def find_actor() -> Actor | None:
    """The person who is signed in, asked once a request."""
    if "actor" not in g:
        presence = find_presence()
        g.actor = presence.actor if presence else None
    return cast(Actor | None, g.actor)


def find_presence() -> Presence | None:
    """Her session with what it knows of her; None for a program, which has none."""
    if "presence" not in g:
        g.presence = None if "actor" in g else _presence(request.cookies.get(COOKIE, ""))
    return cast(Presence | None, g.presence)


def visitor() -> Visitor:
    return visitor_of(request.user_agent.string, request.remote_addr or "")


def current_actor() -> Actor:
    """The person who is signed in; behind `signed_in` there is always one."""
    actor = find_actor()
    if actor is None:
        raise LookupError("this page is not behind signed_in")
    return actor


def signed_in(view: Callable[View, ResponseReturnValue]) -> Callable[View, ResponseReturnValue]:
    """Only for those who are signed in; others are asked to sign in and come back here."""

    @wraps(view)
    def guarded(*args: View.args, **kwargs: View.kwargs) -> ResponseReturnValue:
        return view(*args, **kwargs) if find_actor() else ask_to_sign_in()

    return guarded


def has_role(*roles: Role) -> bool:
    actor = find_actor()
    return actor is not None and any(role in actor.roles for role in roles)


def ask_to_sign_in() -> ResponseReturnValue:
    sentence = _("Your session had ended. Sign in again in another tab, then go on here.")
    if asks_for_part():
        return render_template("parts/note.html", sentence=sentence), 401
    if is_from_script():
        return sentence, 401
    if request.method == "POST":
        return _interrupted()
    return redirect(url_for("sign_in.form", next=request.full_path.rstrip("?")))


def is_from_script() -> bool:
    """Whether a script of ours asks, which shows a sentence rather than a page."""
    return request.headers.get("X-Requested-With") == "fetch"


def remember(response: BaseResponse, secret: str) -> None:
    settings = core().settings
    response.set_cookie(
        COOKIE,
        secret,
        max_age=settings.session_hours * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.secure_cookies,
    )


def forget(response: BaseResponse) -> None:
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=core().settings.secure_cookies)


def _presence(secret: str) -> Presence | None:
    if not secret:
        return None
    with core().read() as reading:
        presence = presence_of(reading, secret)
    if presence is not None and not presence.is_seen:
        with core().work() as work:
            note_seen(work, presence.session_id, visitor())
    return presence


def _interrupted() -> ResponseReturnValue:
    """What was typed, to be sent once she has signed in; the form carried our own token, so it is a form of ours."""
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_SHOWN]
    has_files = any(file.filename for _name, file in request.files.items(multi=True))  # an empty field sends one too
    if not typed and not has_files:
        flash(_("Your session had ended, and this was not sent. Sign in, then do it once more."), "warning")
        return redirect(url_for("sign_in.form", next=_page_of_this_form()))
    address = request.full_path.rstrip("?")
    return render_template("interrupted.html", address=address, typed=typed, with_files=has_files), 401


def _page_of_this_form() -> str:
    """The page to come back to: the form's own address if it is one, else the page above it."""
    address = current_app.create_url_adapter(request)
    is_page = address is not None and address.test(request.path, method="GET")
    return request.path if is_page else request.path.rsplit("/", 1)[0] or "/"
