"""State to text and back. What is empty is not written; a version says how to read what is."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from engine.bpmn.graph import EventKind
from engine.expressions.times import Schedule
from engine.runtime.errors import UnreadableState
from engine.runtime.living import Living, State
from engine.runtime.state import Activity, Completed, Fault, Move, Progress, Round, Stage, Token, Wait, WayOn

CODEC = 4
# 2 knows, beside all of 1, what undoing sees, the day of a month to keep, and ad-hoc work that ends;
# 3 says at the head which activities there are, so that the others need not be read to find one;
# 4 says of what can be undone when it was done, and what waits for its turn to be undone.
READABLE = (1, 2, 3, 4)

_text = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode
NEXT_LINE = ",\n"
END = "\n]}"

Data = dict[str, Any]


def dump(state: State) -> str:
    """JSON in which each activity has a line of its own, so that it is written again only when it was looked at."""
    parents = state.activities.parents()
    head = _text(
        {
            "codec": CODEC,
            "last_id": state.last_id,
            **_written(moves=state.moves or None),
            "queue": [_token(token) for token in state.queue],
            "ids": list(parents),
            "parents": list(parents.values()),
        }
    )
    lines = [one if isinstance(one, str) else _text(_activity(one)) for one in state.activities.entries()]
    return f'{head[:-1]},"activities":[\n{NEXT_LINE.join(lines)}{END}'


def load(text: str) -> State:
    head, _end, rest = text.partition("\n")  # no text in JSON holds a line's end
    data = _read(f"{head}{END}" if rest else text)
    if data.get("codec") not in READABLE:
        raise UnreadableState
    return State(
        last_id=data["last_id"],
        moves=data.get("moves", 0),
        activities=_as_written(data, rest) if "ids" in data else _all_read(_read(text)["activities"]),
        queue=[_read_token(entry) for entry in data["queue"]],
    )


def nothing_yet() -> State:
    """The state of a case that is about to begin."""
    return State(activities=Living({}, {}, _from_line))


def _as_written(head: Data, rest: str) -> Living:
    ids, body = head["ids"], rest.removesuffix(END)
    lines = body.split(NEXT_LINE) if body else []
    if not len(ids) == len(lines) == len(head["parents"]):
        raise UnreadableState
    return Living(dict(zip(ids, lines, strict=True)), dict(zip(ids, head["parents"], strict=True)), _from_line)


def _all_read(activities: list[Data]) -> Living:
    entries: dict[int, Activity | str] = {data["id"]: _read_activity(data) for data in activities}
    return Living(entries, {data["id"]: data["parent"] for data in activities}, _from_line)


def _from_line(line: str) -> Activity:
    return _read_activity(_read(line))


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise UnreadableState from None


def _written(**fields: Any) -> Data:
    return {
        name: value
        for name, value in fields.items()
        if value is not None and value is not False and value not in ([], {})
    }


def _activity(activity: Activity) -> Data:
    data: Data = {"id": activity.id, "node": activity.node, "parent": activity.parent, "stage": activity.stage}
    if activity.variables is not None:
        data["variables"] = activity.variables
    if activity.written is not None:
        data["written"] = activity.written
    return data | _written(
        recalled=activity.recalled,
        called=activity.called,
        item=activity.item,
        progress=activity.progress and _progress(activity.progress),
        waits=[_wait(wait) for wait in activity.waits],
        arrivals=activity.arrivals,
        rounds={node: _round(one) for node, one in activity.rounds.items()},
        completed=_log(activity.completed),
        undoing=_log(activity.undoing),
        remaining=activity.remaining,
        is_announced_closed=activity.is_announced_closed,
        fault=activity.fault and _fault(activity.fault),
    )


def _read_activity(data: Data) -> Activity:
    progress, fault = data.get("progress"), data.get("fault")
    return Activity(
        id=data["id"],
        node=data["node"],
        parent=data["parent"],
        stage=Stage(data["stage"]),
        variables=data.get("variables"),
        recalled=data.get("recalled", []),
        called=data.get("called"),
        written=data.get("written"),
        item=data.get("item"),
        progress=Progress(**progress) if progress else None,
        waits=[_read_wait(entry) for entry in data.get("waits", ())],
        arrivals=data.get("arrivals", {}),
        rounds={node: Round(**one) for node, one in data.get("rounds", {}).items()},
        completed=_read_log(data.get("completed", [])),
        undoing=_read_log(data.get("undoing", [])),
        remaining=data.get("remaining", []),
        is_announced_closed=data.get("is_announced_closed", False),
        fault=_read_fault(fault) if fault else None,
    )


def _progress(progress: Progress) -> Data:
    data: Data = {"total": progress.total, "active": progress.active, "completed": progress.completed}
    if progress.items is not None:
        data["items"] = progress.items
    if progress.outputs is not None:
        data["outputs"] = progress.outputs
    return data


def _round(one: Round) -> Data:
    return {"has_fired": one.has_fired, "arrivals": one.arrivals}


def _log(entries: list[Completed]) -> list[Data]:
    """Of the variables of each entry, what differs from the one before."""
    written: list[Data] = []
    before: Data = {}
    for entry in entries:
        now = entry.variables
        changed = {name: now[name] for name in now if name not in before or not _is_same(now[name], before[name])}
        gone = [name for name in before if name not in now]
        what = _written(
            opened=entry.opened or None,
            closed=entry.closed or None,
            is_apart=entry.is_apart,
            gone=gone,
            inner=_log(entry.inner),
        )
        written.append({"node": entry.node} | ({"changed": changed} if changed else {}) | what)
        before = now
    return written


def _is_same(one: Any, other: Any) -> bool:
    # 1, 1.0 and true are equal, and are written differently.
    return one is other or (one == other and json.dumps(one) == json.dumps(other))


def _read_log(entries: list[Data]) -> list[Completed]:
    found: list[Completed] = []
    before: Data = {}
    for data in entries:
        kept = {name: value for name, value in before.items() if name not in data.get("gone", ())}
        before = {**kept, **data.get("changed", {})}
        entry = Completed(
            node=data["node"],
            opened=data.get("opened", 0),
            closed=data.get("closed", 0),
            variables=before,
            is_apart=data.get("is_apart", False),
            inner=_read_log(data.get("inner", [])),
        )
        found.append(entry)
    return found


def _fault(fault: Fault) -> Data:
    return {"code": fault.code, "message": fault.message, "way_on": fault.way_on} | _written(
        params=dict(fault.params), flow=fault.flow
    )


def _read_fault(data: Data) -> Fault:
    return Fault(
        code=data["code"],
        message=data["message"],
        params=data.get("params", {}),
        way_on=WayOn(data["way_on"]),
        flow=data.get("flow"),
    )


def _wait(wait: Wait) -> Data:
    return {"catcher": wait.catcher, "index": wait.index, "kind": wait.kind} | _written(
        name=wait.name,
        correlation=wait.correlation,
        schedule=wait.schedule and _schedule(wait.schedule),
        was_true=wait.was_true,
        has_happened=wait.has_happened,
    )


def _read_wait(data: Data) -> Wait:
    schedule = data.get("schedule")
    return Wait(
        catcher=data["catcher"],
        index=data["index"],
        kind=EventKind(data["kind"]),
        name=data.get("name"),
        correlation=data.get("correlation"),
        schedule=_read_schedule(schedule) if schedule else None,
        was_true=data.get("was_true", False),
        has_happened=data.get("has_happened", False),
    )


def _schedule(schedule: Schedule) -> Data:
    due_at = schedule.due_at.astimezone(UTC).isoformat()
    return {"due_at": due_at, "repetitions": schedule.repetitions} | _written(
        interval=schedule.interval or None, day=schedule.day
    )


def _read_schedule(data: Mapping[str, Any]) -> Schedule:
    return Schedule(
        due_at=datetime.fromisoformat(data["due_at"]),
        repetitions=data["repetitions"],
        interval=data.get("interval", ""),
        day=data.get("day"),
    )


def _token(token: Token) -> Data:
    return {"move": token.move, "node": token.node, "scope": token.scope} | _written(
        flow=token.flow, item=token.item, activity=token.activity
    )


def _read_token(data: Data) -> Token:
    return Token(
        move=Move(data["move"]),
        node=data["node"],
        scope=data["scope"],
        flow=data.get("flow"),
        item=data.get("item"),
        activity=data.get("activity"),
    )
