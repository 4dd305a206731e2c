"""A case as a whole: its living activities, and the tokens that are on the move.

Nothing of the past is kept, so a state grows with what lives and not with how long the case has lived. Activities
that a step does not look at are neither built nor written anew, so that one of many is as quick as one of few.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field

from engine.bpmn.graph import EventKind
from engine.runtime.state import Activity, Token

Build = Callable[[str], Activity]


class Living(MutableMapping[int, Activity]):
    """By id, in the order in which they were opened; those not looked at are the lines in which they are written."""

    __slots__ = ("_build", "_entries", "_parents")

    def __init__(self, entries: dict[int, Activity | str], parents: dict[int, int | None], build: Build) -> None:
        self._entries = entries
        self._parents = parents
        self._build = build

    def __getitem__(self, activity_id: int) -> Activity:
        entry = self._entries[activity_id]
        if isinstance(entry, Activity):
            return entry
        activity = self._entries[activity_id] = self._build(entry)
        return activity

    def __setitem__(self, activity_id: int, activity: Activity) -> None:
        self._entries[activity_id] = activity
        self._parents[activity_id] = activity.parent

    def __delitem__(self, activity_id: int) -> None:
        del self._entries[activity_id]
        del self._parents[activity_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, activity_id: object) -> bool:
        return activity_id in self._entries

    def entries(self) -> Iterator[Activity | str]:
        return iter(self._entries.values())

    def parents(self) -> Mapping[int, int | None]:
        """Inside which other activity each stands."""
        return self._parents

    def looked_at(self) -> list[Activity]:
        """Those in which something may have changed since the case came to rest."""
        return [entry for entry in self._entries.values() if isinstance(entry, Activity)]

    def in_rounds(self) -> list[Activity]:
        return self._those('"rounds":', lambda activity: bool(activity.rounds))

    def failed(self) -> list[Activity]:
        return self._those('"fault":', lambda activity: activity.fault is not None)

    def waiting_for(self, kind: EventKind) -> list[Activity]:
        return self._those(f'"kind":"{kind}"', lambda activity: any(wait.kind is kind for wait in activity.waits))

    def _those(self, mark: str, fits: Callable[[Activity], bool]) -> list[Activity]:
        """The mark stands in the line of each that fits, and perhaps, as the name of a variable, in another's."""
        found = [
            activity_id
            for activity_id, entry in self._entries.items()
            if (mark in entry if isinstance(entry, str) else fits(entry))
        ]
        return [activity for activity in map(self.__getitem__, found) if fits(activity)]


@dataclass(slots=True, kw_only=True)
class State:
    """What is kept between two steps; `moves` counts those made since all tokens last rested."""

    activities: Living
    last_id: int = 0
    moves: int = 0
    queue: list[Token] = field(default_factory=list)
