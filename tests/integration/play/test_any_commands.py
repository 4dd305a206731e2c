"""Whatever is said in whatever order, each line has an answer, and one that refuses has changed nothing."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.base.clock import FrozenClock
from engine.core.play.protocol import answer, written
from engine.core.play.session import Play, settings_of_play
from tests.conftest import MONDAY_MORNING
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    exclusive,
    flow,
    parallel,
    script_task,
    start,
    timer,
    user_task,
)

BUSY = diagram(
    *chain(start(), parallel("pisah"), user_task("satu"), exclusive("lagi", default="lagi_hitung")),
    *chain(script_task("hitung", "n = n + 1"), parallel("gabung"), end()),
    *chain(catch("tunggu", event("message", messageRef="pesan"))),
    *(flow("lagi", "satu", condition="ulang == true"), flow("lagi", "hitung")),
    *(flow("pisah", "tunggu"), flow("tunggu", "gabung")),
    boundary("ingatkan", "satu", timer("R/PT1H", "timeCycle"), cancelActivity="false"),
    *chain(user_task("dua"), end("tamat")),
    flow("ingatkan", "dua"),
    outside=(element("message", "pesan", name="pesan"),),
)
NAMES = st.sampled_from(["satu", "dua", "tunggu", "ingatkan", "hitung", "pesan", "proses", "selesai", "", "x" * 500])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "process": st.just("proses") | NAMES | VALUES,
    "instance": st.integers(1, 3) | VALUES,
    "activity": NAMES | VALUES,
    "name": NAMES | VALUES,
    "variables": st.just({"ulang": True}) | st.just({"n": 0, "ulang": False}) | VALUES,
    "correlation": st.just({}) | VALUES,
    "seconds": st.sampled_from([0, 3600, 86_400]) | VALUES,
    "at": st.none() | VALUES,
    "files": VALUES,
}
VERBS = ("start", "complete", "advance", "message", "signal", "set", "trigger", "state", "deploy")
COMMANDS = st.fixed_dictionaries({"do": st.sampled_from(VERBS)}, optional=FIELDS) | st.dictionaries(
    st.text(max_size=5), VALUES, max_size=3
)

play = Play(settings_of_play({}), FrozenClock(MONDAY_MORNING), most_jobs=50)
empty = play.standing()


def tell(said: Any) -> dict[str, Any]:
    reply: dict[str, Any] = json.loads(written(answer(play, json.dumps(said).encode(), "en")))
    return reply


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(COMMANDS, min_size=1, max_size=12))
def test_every_line_has_its_answer(commands: list[Any]):
    play.go_back(empty)
    tell({"do": "deploy", "files": {"a.bpmn": BUSY.decode()}})
    before = tell({"do": "start", "process": "proses", "variables": {"n": 0}})["instances"]
    for said in commands:
        reply = tell(said)
        assert reply["ok"] or reply["error"]["code"]
        after = reply.get("instances", before)
        assert reply["ok"] or after == before
        before = after
