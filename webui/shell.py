"""What surrounds every page: navigation by role, who is signed in, unread notices."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from engine.access.model import Role
from engine.access.permissions import Permission, allows
from engine.base.actor import Actor
from engine.base.i18n import LANGUAGES
from engine.notifications.queries import unread_count
from engine.worklist.media_types import KINDS
from webui.assets import asset
from webui.identity import core, find_actor
from webui.language import language
from webui.texts import _

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "tatakerja_theme"
IN_SIGHT = 4  # on a phone; the rest stands behind "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A place in the navigation; `roles` empty means for everyone.

    Pages whose addresses begin as its own do, or as one of `also`, lie behind it.
    """

    endpoint: str
    icon: str
    roles: frozenset[Role] = frozenset()
    permission: Permission | None = None
    also: tuple[str, ...] = ()


NAVIGATION = (
    Door(endpoint="tasks.index", icon="inbox", also=("/pertanyaan",)),
    Door(endpoint="cases.index", icon="folder"),
    Door(endpoint="procedures.index", icon="route"),
    Door(
        endpoint="monitoring.index",
        icon="chart-bar",
        roles=frozenset({Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR}),
    ),
    Door(endpoint="organisation.index", icon="sitemap"),
    Door(
        endpoint="administration.index",
        icon="settings",
        roles=frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
        permission=Permission.SEE_ADMINISTRATION,
    ),
)


def surround(app: Flask) -> None:
    app.context_processor(_surroundings)


def label_of(door: Door) -> str:
    return {
        "tasks.index": _("Tasks"),
        "cases.index": _("Cases"),
        "procedures.index": _("Procedures"),
        "monitoring.index": _("Monitoring"),
        "organisation.index": _("Organisation"),
        "administration.index": _("Administration"),
    }[door.endpoint]


def is_behind(door: Door) -> bool:
    """Whether the page that is asked for lies behind this door."""
    return any(f"{request.path}/".startswith(f"{address}/") for address in (url_for(door.endpoint), *door.also))


def doors_of(actor: Actor) -> tuple[Door, ...]:
    return tuple(
        door
        for door in NAVIGATION
        if door.endpoint in current_app.view_functions
        and (not door.roles or door.roles & actor.roles)
        and (door.permission is None or allows(actor, door.permission))
    )


def theme() -> str:
    chosen = request.cookies.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def _surroundings() -> dict[str, Any]:
    actor = find_actor()
    return {
        "actor": actor,
        "doors": doors_of(actor) if actor else (),
        "may_begin_cases": bool(actor and allows(actor, Permission.START_CASE)),
        "label_of": label_of,
        "is_behind": is_behind,
        "in_sight": IN_SIGHT,
        "asset": asset,
        "language": language(),
        "languages": LANGUAGES,
        "theme": theme(),
        "office": core().settings.office_name,
        "now": core().clock.now(),
        "unread": _unread(actor),
        "known_pages": current_app.view_functions,
        "accepted_files": ",".join(KINDS),
        "most_bytes": core().settings.attachment_bytes,
    }


def _unread(actor: Actor | None) -> int:
    if actor is None or actor.employee_id is None:
        return 0
    with core().read(actor) as reading:
        return unread_count(reading.session, actor.employee_id)
