"""What was told once need not be asked again: while a look lasts, or while the edition of the data is the same."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy.orm import Session

Value = TypeVar("Value")
Known = dict[Hashable, Any]

SEES_ONE_INSTANT = "sees one instant"
EDITION = "edition"
EDITIONS = 4
MOST_ANSWERS = 10_000

_editions: dict[str, Known] = {}
_lock = Lock()


def once(session: Session, key: Hashable, read: Callable[[], Value]) -> Value:
    """What `read` gives, an immutable value of the data that have an edition (see base/edition).

    A session that has read the edition shares the answer with all that read the same one; a look that sees one
    instant keeps it for itself; any other asks anew, for it may have changed the answer.
    """
    known = _known(session)
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    value: Value = known[key]
    return value


def remember_edition(session: Session, mark: str | None) -> None:
    session.info[EDITION] = mark


def forget_edition(session: Session) -> None:
    """Whoever changes the data in this session sees what she changed."""
    session.info.pop(EDITION, None)


def _known(session: Session) -> Known | None:
    mark = session.info.get(EDITION)
    if mark is not None:
        return _known_of(mark)
    if not session.info.get(SEES_ONE_INSTANT, False):
        return None
    known: Known = session.info.setdefault("told", {})
    return known


def _known_of(mark: str) -> Known:
    """The days are part of the questions, so that answers grow even while nothing changes."""
    with _lock:
        known = _editions.pop(mark, {})
        if len(known) > MOST_ANSWERS:
            known = {}
        _editions[mark] = known
        while len(_editions) > EDITIONS:
            del _editions[next(iter(_editions))]
    return known
