"""A program that plays: it writes lines and reads the answers."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from engine.base.clock import FrozenClock
from engine.core.play.protocol import answer, written
from engine.core.play.session import Play, settings_of_play


class Program:
    """Keeps the last answer; `case` is the last instance in it."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.answer: dict[str, Any] = {}

    def say(self, line: bytes) -> dict[str, Any]:
        self.answer = json.loads(written(answer(self.play, line, "en")))
        return self.answer

    def tell(self, do: str, **said: Any) -> dict[str, Any]:
        return self.say(json.dumps({"do": do, **said}).encode())

    def deploy(self, *diagrams: bytes) -> dict[str, Any]:
        return self.tell("deploy", files={f"{n}.bpmn": text.decode() for n, text in enumerate(diagrams)})

    def begin(self, diagram: bytes, **variables: Any) -> None:
        """Load a diagram of the process `proses` and start it."""
        assert self.deploy(diagram)["ok"], self.answer
        assert self.tell("start", process="proses", variables=variables)["ok"], self.answer

    @property
    def cases(self) -> list[dict[str, Any]]:
        cases: list[dict[str, Any]] = self.answer["instances"]
        return cases

    @property
    def case(self) -> dict[str, Any]:
        return self.cases[-1]

    @property
    def refusal(self) -> str | None:
        return None if self.answer["ok"] else self.answer["error"]["code"]


@pytest.fixture
def program(clock: FrozenClock) -> Iterator[Program]:
    play = Play(settings_of_play({}), clock, most_jobs=100)
    yield Program(play)
    play.close()
