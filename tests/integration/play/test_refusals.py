"""A command that is wrong in itself, or comes at the wrong time, is told so and changes nothing."""

import io
import json
from typing import Any

import pytest

from engine.core.play.protocol import MOST_LINE, lines_in
from tests.integration.play.conftest import Program
from tests.support.diagrams import boundary, chain, diagram, end, flow, start, timer, user_task

ONE_STEP = diagram(*chain(start(), user_task("periksa"), end()))

NOT_COMMANDS = (
    b"nonsense",
    b"{",
    b"[]",
    b"1",
    b"null",
    b"{}",
    b'{"do": "state", "x": NaN}',
    b'{"do": "state", "x": -Infinity}',
    b'{"do": "state", "x": ' + b"1" * 5000 + b"}",
    b'{"do": "state", "x": "\\ud800"}',
    b'{"do": "state"} {"do": "state"}',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"do": "state", "x": ' + b'{"a":' * 50_000,
)
WRONG_FIELDS: tuple[dict[str, Any], ...] = (
    {"do": "start", "process": 1},
    {"do": "start", "process": ""},
    {"do": "start", "process": "proses", "variables": []},
    {"do": "start", "process": "proses", "variables": "x"},
    {"do": "start", "process": "proses", "at": 1},
    {"do": "complete", "instance": "1", "activity": "periksa"},
    {"do": "complete", "instance": True, "activity": "periksa"},
    {"do": "complete", "instance": 1.0, "activity": "periksa"},
    {"do": "complete", "instance": 1, "activity": ["periksa"]},
    {"do": "complete", "instance": 1, "activity": "periksa", "variables": 1},
    {"do": "advance", "seconds": "1"},
    {"do": "advance", "seconds": -1},
    {"do": "advance", "seconds": True},
    {"do": "advance", "seconds": 1e300},
    {"do": "message", "name": "pesan", "correlation": "x"},
    {"do": "message", "name": "pesan", "instance": "1"},
    {"do": "signal", "name": {}},
    {"do": "set", "instance": 1, "variables": [1]},
)
MISSING_FIELDS: tuple[dict[str, Any], ...] = (
    {"do": "start"},
    {"do": "complete", "instance": 1},
    {"do": "complete", "activity": "periksa"},
    {"do": "advance"},
    {"do": "message"},
    {"do": "signal"},
    {"do": "set", "variables": {}},
    {"do": "trigger", "instance": 1},
)
AT_THE_WRONG_TIME: tuple[tuple[dict[str, Any], str], ...] = (
    ({"do": "start", "process": "lain"}, "play.process_unknown"),
    ({"do": "complete", "instance": 9, "activity": "periksa"}, "case.not_found"),
    ({"do": "complete", "instance": 1, "activity": "tidak_ada"}, "play.activity_unknown"),
    ({"do": "complete", "instance": 1, "activity": "selesai"}, "play.not_open"),
    ({"do": "complete", "instance": 10**30, "activity": "periksa"}, "case.not_found"),
    ({"do": "trigger", "instance": 1, "activity": "periksa"}, "play.not_waiting"),
    ({"do": "trigger", "instance": 1, "activity": "tidak_ada"}, "play.activity_unknown"),
    ({"do": "trigger", "instance": 9, "activity": "periksa"}, "case.not_found"),
    ({"do": "set", "instance": 9, "variables": {}}, "case.not_found"),
    ({"do": "message", "name": "pesan", "instance": 1}, "runtime.not_awaited"),
    ({"do": "message", "name": "pesan", "instance": 9}, "case.not_found"),
    ({"do": "advance", "seconds": 4e11}, "play.too_far"),
    ({"do": "terbang"}, "play.unknown_command"),
    ({"do": None}, "play.unknown_command"),
)


@pytest.fixture
def playing(program: Program) -> Program:
    program.begin(ONE_STEP, satu=1)
    return program


def test_a_line_may_begin_with_a_mark_of_its_order_of_bytes(playing: Program):
    playing.say(b'\xef\xbb\xbf{"do": "state"}')
    assert playing.refusal is None


@pytest.mark.parametrize("line", NOT_COMMANDS, ids=range(len(NOT_COMMANDS)))
def test_a_line_that_is_no_command_is_refused(playing: Program, line: bytes):
    before = playing.cases
    playing.say(line)
    assert playing.refusal == "play.not_a_command"
    assert playing.cases == before


@pytest.mark.parametrize("said", WRONG_FIELDS, ids=json.dumps)
def test_a_field_of_the_wrong_kind_is_refused(playing: Program, said: dict[str, Any]):
    before = playing.cases
    playing.tell(**said)
    assert playing.refusal == "play.field_wrong"
    assert playing.cases == before


@pytest.mark.parametrize("said", MISSING_FIELDS, ids=json.dumps)
def test_a_field_that_is_missing_is_named(playing: Program, said: dict[str, Any]):
    before = playing.cases
    playing.tell(**said)
    assert playing.refusal == "play.field_missing"
    assert playing.cases == before


@pytest.mark.parametrize(("said", "code"), AT_THE_WRONG_TIME, ids=str)
def test_what_cannot_be_done_now_is_refused(playing: Program, said: dict[str, Any], code: str):
    before = playing.cases
    playing.tell(**said)
    assert playing.refusal == code
    assert playing.cases == before


@pytest.mark.parametrize("files", [None, {}, [], "x", {"a.bpmn": 1}, {"a.bpmn": None}, {"sop.json": "{}"}], ids=str)
def test_a_deploy_without_diagrams_is_refused(program: Program, files: Any):
    program.tell("deploy", files=files)
    assert program.refusal in ("play.field_wrong", "play.field_missing", "play.diagram_missing")
    assert program.answer["problems"] == []


def test_what_is_over_can_not_be_completed_again(playing: Program):
    playing.tell("complete", instance=1, activity="periksa")
    playing.tell("complete", instance=1, activity="periksa")
    assert playing.refusal == "play.not_open"


def test_a_clock_that_would_ring_without_end_is_put_back(program: Program):
    restless = diagram(
        *chain(start(), user_task("periksa"), end()),
        boundary("detik", "periksa", timer("R/PT1S", "timeCycle"), cancelActivity="false"),
        end("berlalu"),
        flow("detik", "berlalu"),
    )
    program.begin(restless)
    before = program.cases
    program.tell("advance", seconds=10 * 365 * 86_400)
    assert program.refusal == "play.too_much"
    assert program.cases == before


def test_blank_lines_say_nothing():
    assert list(lines_in(io.BytesIO(b"\n  \n\r\na\n\t\nb"))) == [b"a\n", b"b"]


def test_a_line_that_is_too_long_is_passed_over():
    long = b"x" * (MOST_LINE + 5)
    assert list(lines_in(io.BytesIO(long + b"\na\n"))) == [None, b"a\n"]
