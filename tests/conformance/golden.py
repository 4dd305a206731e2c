"""Picks states out of the conformance cases that together hold everything a state can hold."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.bpmn.graph import ProcessGraph
from engine.runtime.codec import CODEC
from tests.conformance.catalogue import TRACES
from tests.conformance.player import Saved, go_on
from tests.conformance.test_conformance import graph_of
from tests.conformance.trace import Trace

FOLDER = Path(__file__).parent / "golden_states"
PARTS = (
    "arrivals",
    "rounds",
    "completed",
    "undoing",
    "called",
    "remaining",
    "recalled",
    "item",
    "written",
    "is_announced_closed",
)
TWICE = 2  # of each thing that a state can hold, so many states


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    codec: int
    name: str
    source: str
    table: str
    made: int
    now: str
    state: str


def states(trace: Trace) -> Iterator[Golden]:
    """The states between the steps of a case, and one in mid-flight."""
    graph, steps = graph_of(trace.source), trace.steps
    at = next(iter(steps[0].words), None)
    yield from _in_mid_flight(trace, graph, at)
    case = Saved(graph, steps[0].variables, at)
    for made in range(1, len(steps)):
        yield _golden(trace, made, case.state, case.now.isoformat())
        go_on(case, steps[made : made + 1])


def _in_mid_flight(trace: Trace, graph: ProcessGraph, at: str | None) -> Iterator[Golden]:
    case = Saved(graph, trace.steps[0].variables, at, budget=1)
    lines = trace.table.strip().splitlines()
    table = "\n".join([lines[0], lines[0].replace("start", "continue", 1), *lines[1:]])
    if json.loads(case.state)["queue"] and at is None and "=" not in lines[0].partition("|")[0]:
        yield Golden(**asdict(_golden(trace, 1, case.state, case.now.isoformat())) | {"table": table})


def _golden(trace: Trace, made: int, state: str, now: str) -> Golden:
    source = trace.source.decode()
    return Golden(codec=CODEC, name=trace.name, source=source, table=trace.table, made=made, now=now, state=state)


def features(state: str, graph: ProcessGraph) -> set[str]:
    data = json.loads(state)
    found = {"queue"} if data["queue"] else set()
    for one in data["activities"]:
        found |= {f"at {graph.nodes[one['node']].kind}", f"stage {one['stage']}", *(set(PARTS) & set(one))}
        found |= {f"wait {wait['kind']}" for wait in one.get("waits", ())}
        found |= {"progress", *one["progress"]} if "progress" in one else set()
        found |= {f"fault {one['fault']['way_on']}"} if "fault" in one else set()
    return found


def chosen() -> Iterator[Golden]:
    seen: dict[str, int] = {}
    for trace in TRACES:
        for golden in states(trace) if len(trace.source) < 20_000 and not trace.decisions else ():
            new = {one for one in features(golden.state, graph_of(trace.source)) if seen.get(one, 0) < TWICE}
            if new and len(golden.state) < 10_000:
                seen |= {one: seen.get(one, 0) + 1 for one in new}
                yield golden


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    kept = [asdict(golden) for golden in chosen()]
    text = json.dumps(kept, indent=0, ensure_ascii=False)
    (FOLDER / f"codec_{CODEC}.json").write_text(text + "\n", encoding="utf-8")
