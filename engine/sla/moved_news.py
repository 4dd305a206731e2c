"""Of all that moved with one change of the calendar each hears once: gathered on the way, told in the end."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TypedDict


class News(TypedDict):
    """How many steps, or cases, of a person have moved; the first of them is named when it is the only one."""

    count: int
    first_id: int
    was_at: str


# By the id of an employee, as text: it travels in the payload of a job.
Gathered = Mapping[str, News]


def gathered(before: Gathered, more: Gathered) -> Gathered:
    found = {**more, **before}
    for who in before.keys() & more.keys():
        found[who] = News({**before[who], "count": before[who]["count"] + more[who]["count"]})
    return found


def news_of(moved: Iterable[tuple[int, datetime, Collection[int]]]) -> Gathered:
    """Given what moved, when it was due, and whom it concerns."""
    found: dict[str, News] = {}
    for moved_id, was_at, concerned in moved:
        for who in concerned:
            first = News(count=0, first_id=moved_id, was_at=was_at.isoformat())
            found.setdefault(str(who), first)["count"] += 1
    return found
