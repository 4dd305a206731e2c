"""Who does a step, how several share it, and which steps are two people's, as the drawing says it."""

import pytest

from engine.bpmn.graph import Performer, PerformerKind, Sharing, Step
from engine.bpmn.reader import compile_graph
from tests.support.diagrams import chain, diagram, end, extensions, lane, start, user_task
from tests.unit.bpmn.findings import codes


def drawn(*parts: str) -> dict[str, Step]:
    graph = compile_graph(diagram(*parts))
    return {key: node.step for key, node in graph.nodes.items() if node.step is not None}


def two_steps(second: str) -> tuple[str, ...]:
    said = extensions('<tk:pelaksana jabatan="Staf"/>')
    return chain(start(), user_task("isi", said), user_task("periksa", extensions(second)), end())


@pytest.mark.parametrize(
    ("said", "kind", "refs"),
    [
        ('peranTim="Ketua  Tim"', PerformerKind.TEAM_ROLE, ("Ketua Tim",)),
        ('samaDengan="isi"', PerformerKind.SAME_AS, ("isi",)),
        ('peran="atasan-pemohon"', PerformerKind.SUPERIOR_OF_INITIATOR, ()),
        ('calon="budi, ani"', PerformerKind.EMPLOYEE, ("budi", "ani")),
    ],
)
def test_a_step_says_who(said: str, kind: PerformerKind, refs: tuple[str, ...]):
    performer = drawn(*two_steps(f"<tk:pelaksana {said}/>"))["periksa"].performer
    assert performer is not None
    assert (performer.kind, performer.refs) == (kind, refs)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Atasan Pemohon", PerformerKind.SUPERIOR_OF_INITIATOR),
        ("kepala unit", PerformerKind.HEAD_OF_UNIT),
        ("Pemohon", PerformerKind.INITIATOR),
    ],
)
def test_a_lane_is_named_by_what_somebody_is_to_the_case(name: str, kind: PerformerKind):
    found = drawn(lane(name, "isi"), *chain(start(), user_task("isi"), end()))["isi"]
    assert found.performer == Performer(kind=kind)


def test_positions_and_people_share_a_pool_as_in_camunda():
    task = user_task("isi", **{"camunda__candidateGroups": "staf", "camunda__candidateUsers": "budi"})
    performer = drawn(*chain(start(), task, end()))["isi"].performer
    assert performer == Performer(kind=PerformerKind.POSITION, refs=("staf",), people=("budi",))


def test_how_it_is_shared_may_stand_alone_and_the_lane_says_who():
    said = extensions('<tk:pelaksana cara="giliran"/>')
    found = drawn(lane("Staf", "isi"), *chain(start(), user_task("isi", said), end()))["isi"]
    assert (found.sharing, found.performer) == (
        Sharing.IN_TURN,
        Performer(kind=PerformerKind.POSITION, refs=("Staf",)),
    )


def test_what_one_of_a_pair_says_holds_for_both():
    steps = drawn(*two_steps('<tk:pelaksana jabatan="Staf" bedaDari="isi"/>'))
    assert (steps["isi"].differs_from, steps["periksa"].differs_from) == (("periksa",), ("isi",))


def test_a_pair_with_a_step_that_is_not_there_is_refused():
    assert "performer.unknown_step" in codes(diagram(*two_steps('<tk:pelaksana jabatan="Staf" bedaDari="isy"/>')))


def test_an_unknown_way_to_share_is_refused():
    assert "performer.unknown_way" in codes(diagram(*two_steps('<tk:pelaksana jabatan="Staf" cara="undian"/>')))


def test_a_strategic_step_is_marked():
    assert drawn(*two_steps('<tk:pelaksana jabatan="Staf"/><tk:strategis/>'))["periksa"].is_strategic
