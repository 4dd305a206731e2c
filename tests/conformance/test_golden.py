"""States that earlier versions wrote load for ever, and their cases go on to the end of their tables.

`golden_states/codec_N.json` holds, for each, the diagram, the table, how many of its steps had been made, and the
state then; `python -m tests.conformance.golden` writes the file of the present codec, once, when a codec is new.
"""

import json
from datetime import datetime

import pytest

from engine.runtime.codec import CODEC, dump, load
from tests.conformance.golden import FOLDER, Golden, features
from tests.conformance.player import Resumed, go_on
from tests.conformance.test_conformance import graph_of
from tests.conformance.trace import steps_of

KEPT = [Golden(**entry) for path in sorted(FOLDER.glob("codec_*.json")) for entry in json.loads(path.read_text())]


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: f"{kept.codec}: {kept.name}")
def test_a_case_kept_by_an_earlier_version_goes_on_to_its_end(kept: Golden):
    case = Resumed(graph_of(kept.source.encode()), kept.state, datetime.fromisoformat(kept.now))
    go_on(case, steps_of(kept.table)[kept.made :])


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: f"{kept.codec}: {kept.name}")
def test_a_state_is_read_as_it_was_written(kept: Golden):
    read = dump(load(kept.state))
    if kept.codec == CODEC:
        assert read == kept.state
    head = {name: json.loads(read)[name] for name in ("codec", "ids", "parents")}
    assert json.loads(read) == json.loads(kept.state) | head


def test_every_codec_has_its_golden_states():
    assert {kept.codec for kept in KEPT} == set(range(1, CODEC + 1))


@pytest.mark.parametrize("codec", range(1, CODEC + 1))
def test_what_a_state_may_hold_is_among_them(codec: int):
    held = set().union(*(features(kept.state, graph_of(kept.source.encode())) for kept in KEPT if kept.codec == codec))
    assert {
        *("wait message", "wait signal", "wait timer", "wait conditional", "arrivals", "rounds", "progress", "items"),
        *("outputs", "completed", "called", "fault arrive", "fault begin", "fault complete", "fault leave"),
        *("stage interrupted", "stage cancelling", "stage offered", "stage keeping", "remaining", "queue"),
        *("at userTask", "at serviceTask", "at receiveTask", "at callActivity", "at subProcess", "at transaction"),
        *("at adHocSubProcess", "at eventBasedGateway", "at intermediateCatchEvent", "at intermediateThrowEvent"),
    } - held == set()
