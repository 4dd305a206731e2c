"""A case as a whole: its living activities, and the tokens that are on the move.

Nothing of the past is kept, so a state grows with what lives and not with how long the case has lived. Activities
that a step does not look at are neither built nor written anew, so that one of many is as quick as one of few.
"""

from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from engine.bpmn.graph import EventKind
from engine.runtime.state import Activity, Token

Data = dict[str, Any]
Build = Callable[[Data], Activity]


class Stored:
    """An activity as it was written: its data, and the line in which they stand."""

    __slots__ = ("data", "line")

    def __init__(self, data: Data, line: str) -> None:
        self.data = data
        self.line = line


class Living(MutableMapping[int, Activity]):
    """By id, in the order in which they were opened."""

    __slots__ = ("_build", "_entries")

    def __init__(self, entries: dict[int, Activity | Stored], build: Build) -> None:
        self._entries = entries
        self._build = build

    def __getitem__(self, activity_id: int) -> Activity:
        entry = self._entries[activity_id]
        if isinstance(entry, Activity):
            return entry
        activity = self._entries[activity_id] = self._build(entry.data)
        return activity

    def __setitem__(self, activity_id: int, activity: Activity) -> None:
        self._entries[activity_id] = activity

    def __delitem__(self, activity_id: int) -> None:
        del self._entries[activity_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, activity_id: object) -> bool:
        return activity_id in self._entries

    def entries(self) -> Iterator[Activity | Stored]:
        return iter(self._entries.values())

    def parents(self) -> Iterator[tuple[int, int | None]]:
        for activity_id, entry in self._entries.items():
            yield activity_id, entry.parent if isinstance(entry, Activity) else entry.data["parent"]

    def looked_at(self) -> list[Activity]:
        """Those in which something may have changed since the case came to rest."""
        return [entry for entry in self._entries.values() if isinstance(entry, Activity)]

    def in_rounds(self) -> list[Activity]:
        return self._those(lambda activity: bool(activity.rounds), lambda data: "rounds" in data)

    def failed(self) -> list[Activity]:
        return self._those(lambda activity: activity.fault is not None, lambda data: "fault" in data)

    def waiting_for(self, kind: EventKind) -> list[Activity]:
        return self._those(
            lambda activity: any(wait.kind is kind for wait in activity.waits),
            lambda data: any(wait["kind"] == kind for wait in data.get("waits", ())),
        )

    def _those(self, fits: Callable[[Activity], bool], is_written: Callable[[Data], bool]) -> list[Activity]:
        found = [
            activity_id
            for activity_id, entry in self._entries.items()
            if (fits(entry) if isinstance(entry, Activity) else is_written(entry.data))
        ]
        return [self[activity_id] for activity_id in found]


@dataclass(slots=True, kw_only=True)
class State:
    """What is kept between two steps; `moves` counts those made since all tokens last rested."""

    activities: Living
    last_id: int = 0
    moves: int = 0
    queue: list[Token] = field(default_factory=list)
