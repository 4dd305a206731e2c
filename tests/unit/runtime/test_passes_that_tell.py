"""A multi-instance that tells of its passes: of each, or of the first."""

import pytest

from engine.runtime.changes import SignalSent
from tests.support.diagrams import boundary, chain, diagram, element, end, flow, start, user_task
from tests.unit.runtime.cases import BY_ESCALATION, BY_SIGNAL, NAMED, Case, multi_instance
from tests.unit.runtime.test_second_opinion import read_by_reader

TOLD = {
    "signal": element("signalEventDefinition", "kabar", signalRef="sinyal"),
    "escalation": element("escalationEventDefinition", "kabar", escalationRef="eskalasi"),
}
CAUGHT = {"signal": BY_SIGNAL, "escalation": BY_ESCALATION}


def telling(behavior: str, reference: str, kind: str = "signal", interrupting: str = "false") -> Case:
    loop = multi_instance("<loopCardinality>3</loopCardinality>", behavior=behavior, **{reference: "kabar"})
    source = diagram(
        *chain(start(), user_task("kerja", loop), user_task("akhir"), end()),
        *(
            boundary("tepi", "kerja", CAUGHT[kind], cancelActivity=interrupting),
            user_task("tahu"),
            flow("tepi", "tahu"),
        ),
        outside=(*NAMED, TOLD[kind]),
    )
    return Case(read_by_reader(source))


@pytest.mark.parametrize("kind", TOLD)
def test_every_pass_is_told(kind: str):
    case = telling("None", "noneBehaviorEventRef", kind)
    case.complete("kerja")
    assert case.open == ["kerja", "kerja", "tahu"]
    case.complete("kerja")
    assert case.open == ["kerja", "tahu", "tahu"]
    case.complete("kerja")
    assert case.open == ["akhir", "tahu", "tahu", "tahu"]


def test_the_first_pass_alone_is_told():
    case = telling("One", "oneBehaviorEventRef")
    for _number in range(3):
        case.complete("kerja")
    assert case.open == ["akhir", "tahu"]
    assert sum(isinstance(change, SignalSent) for change in case.history) == 1


def test_whoever_hears_it_may_stop_the_others():
    case = telling("One", "oneBehaviorEventRef", interrupting="true")
    case.complete("kerja")
    assert case.open == ["tahu"]


def test_nothing_is_told_unless_it_is_said():
    case = telling("All", "oneBehaviorEventRef")
    case.complete("kerja")
    assert case.open == ["kerja", "kerja"]
