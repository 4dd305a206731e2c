"""A page remembers which draft it showed, so that one saved in another tab is never overwritten unseen."""

import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from flask import request, session

from engine.base.errors import Conflict
from engine.base.i18n import _

FIELD = "tk:draft"
SAVED = "drafts"
MOST_REMEMBERED = 8  # the cookie is small

Draft = Mapping[str, Any] | None


class SavedElsewhere(Conflict):
    code = "work_item.draft_saved_elsewhere"
    message = _(
        "This draft was saved meanwhile in another tab or window, so what you typed here has not been saved. "
        "“Save draft” pressed once more on this page keeps yours in place of the other."
    )


def mark_of(draft: Draft) -> str:
    """What a page carries along: the draft that it shows, and a name of its own."""
    return f"{_digest(draft)}.{secrets.token_hex(4)}"


def refuse_if_saved_elsewhere(work_item_id: int, draft: Draft) -> None:
    """Raises SavedElsewhere, unless the page that sends this showed `draft` or has saved it itself."""
    mark = request.form.get(FIELD, "")
    now = _digest(draft)
    shown, _dot, page = mark.partition(".")
    if mark and now not in (shown, *_saved_by(work_item_id, page)):
        raise SavedElsewhere


def remember(work_item_id: int, draft: Draft) -> None:
    """That the page which sent this has saved `draft`: it goes on saving without being drawn anew."""
    page = request.form.get(FIELD, "").partition(".")[2][:8]
    others = [each for each in session.get(SAVED, []) if each[0] != work_item_id]
    session[SAVED] = [*others, [work_item_id, page, _digest(draft)]][-MOST_REMEMBERED:]


def _saved_by(work_item_id: int, page: str) -> list[str]:
    return [digest for item, by, digest in session.get(SAVED, []) if (item, by) == (work_item_id, page)]


def _digest(draft: Draft) -> str:
    return sha256(json.dumps(dict(draft or {}), sort_keys=True).encode()).hexdigest()[:16]
