"""A look sees one instant, so what it was told once it need not ask again."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy.orm import Session

Value = TypeVar("Value")
SEES_ONE_INSTANT = "sees one instant"


def once(session: Session, key: Hashable, read: Callable[[], Value]) -> Value:
    """What `read` gives, asked once a look; a session that writes asks anew, for it may have changed the answer."""
    if not session.info.get(SEES_ONE_INSTANT, False):
        return read()
    known: dict[Hashable, Any] = session.info.setdefault("told", {})
    if key not in known:
        known[key] = read()
    value: Value = known[key]
    return value
