"""What the runtime does by itself in the conformance ring, a play does through the whole engine."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from engine.base.clock import FrozenClock
from engine.core.play.protocol import answer
from engine.core.play.session import Play, Stand, settings_of_play
from tests.conformance.catalogue import TRACES
from tests.conformance.trace import Step, Trace
from tests.conftest import MONDAY_MORNING

SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
NOT_FOR_PLAYERS = {"break", "throw", "move", "cancel"}
# A play carries out what the house can do itself, and lets no moment of the past pass by.
BY_ITSELF = ("tk:layanan", "timeDate")

# The upload finds rules that overlap before any case can.
REFUSED_BEFORE = {"UNIQUE: several at once are an incident"}


def is_played(trace: Trace) -> bool:
    if trace.name in REFUSED_BEFORE:
        return False
    has_verbs = not NOT_FOR_PLAYERS & {step.verb for step in trace.steps}
    return has_verbs and not any(word in trace.source.decode() for word in BY_ITSELF)


@pytest.fixture(scope="module")
def empty() -> Iterator[tuple[Play, Stand]]:
    play = Play(settings_of_play({}), FrozenClock(MONDAY_MORNING))
    yield play, play.standing()
    play.close()


@pytest.fixture
def play(empty: tuple[Play, Stand]) -> Play:
    play, stand = empty
    play.go_back(stand)
    return play


def command(step: Step, before: dict[str, Any]) -> dict[str, Any]:
    """The line that a program would write for a step of a trace."""
    word = step.words[0] if step.words else None
    of_the_case = {"instance": 1, "variables": step.variables}
    match step.verb:
        case "start":
            return {"do": "start", "process": "proses", "variables": step.variables, "at": word}
        case "complete":
            return {"do": "complete", "activity": word, **of_the_case}
        case "message":
            return {"do": "message", "name": word or "pesan", **of_the_case}
        case "signal":
            return {"do": "signal", "name": word or "sinyal", "variables": step.variables}
        case "wait":
            return {"do": "advance", "seconds": int(word[:-1]) * SECONDS[word[-1]]} if word else {}
        case "answer":
            return {"do": "trigger", "activity": word, **of_the_case}
        case "retry":
            return {"do": "trigger", "activity": before["incidents"][0]["activity"], "instance": 1}
        case _:
            return {"do": step.verb, **of_the_case}


def tell(play: Play, said: dict[str, Any]) -> dict[str, Any]:
    return answer(play, json.dumps(said).encode(), "en")


def seen(case: dict[str, Any]) -> tuple[list[str], list[str], int, bool]:
    return (sorted(case["open"]), sorted(case["waiting"]), len(case["incidents"]), case["status"] == "completed")


def expected(step: Step) -> tuple[list[str], list[str], int, bool]:
    said = step.seen
    return (sorted(said.open), sorted(said.waiting + said.asked), len(said.faults), said.has_ended)


@pytest.mark.parametrize("trace", [*filter(is_played, TRACES)], ids=lambda trace: trace.name)
def test_a_trace_is_played(play: Play, trace: Trace):
    files = {"a.bpmn": trace.source, **({"aturan.dmn": trace.decisions} if trace.decisions else {})}
    deployed = tell(play, {"do": "deploy", "files": {name: text.decode() for name, text in files.items()}})
    assert deployed["ok"], deployed["problems"]
    case: dict[str, Any] = {}
    for step in trace.steps:
        said = tell(play, command(step, case))
        case = said["instances"][0]
        assert said["ok"] == (step.seen.refused is None), step.text
        assert seen(case) == expected(step), step.text
