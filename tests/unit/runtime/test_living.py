"""Activities that a step does not look at are carried over as they were written."""

from engine.runtime import codec
from tests.support.diagrams import boundary, chain, end, flow, start, sub_process, timer, user_task
from tests.unit.runtime.cases import Case, a_case, inclusive, multi_instance


def many(number: int) -> Case:
    loop = multi_instance(f"<loopCardinality>{number}</loopCardinality>")
    border = boundary("tepi", "kerja", timer("PT1H"), cancelActivity="false")
    return a_case(*chain(start(), user_task("kerja", loop), end()), border, user_task("tegur"), flow("tepi", "tegur"))


def test_every_activity_has_a_line_and_the_text_is_read_whole_too():
    case = many(30)
    assert len(case.state.splitlines()) == 30 + 4
    assert codec.dump(codec.load(case.state)) == case.state


def test_one_of_many_is_looked_at_alone():
    state = codec.load(many(200).state)
    assert state.activities[max(state.activities)].item == 199
    assert sum(isinstance(entry, str) for entry in state.activities.entries()) == 201


def test_what_was_looked_at_is_written_as_what_was_not():
    state = codec.load(many(5).state)
    untouched = codec.dump(state)
    list(state.activities.values())
    assert not any(isinstance(entry, str) for entry in state.activities.entries())
    assert codec.dump(state) == untouched


def test_a_join_of_one_item_is_reached_whatever_waits_in_the_others():
    inside = (
        *chain(start("m"), inclusive("bagi"), user_task("a"), inclusive("temu"), user_task("c"), end("s")),
        *(user_task("b"), flow("bagi", "b"), flow("b", "temu")),
    )
    case = a_case(
        *chain(start(), sub_process("bagian", multi_instance("<loopCardinality>9</loopCardinality>"), *inside))
    )
    for _number in range(9):
        case.complete("a")
    case.complete("b")
    assert case.open == ["b"] * 8 + ["c"]
