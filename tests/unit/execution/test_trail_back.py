"""Which steps lie behind a task."""

from datetime import UTC, datetime, timedelta

from engine.bpmn.graph import ProcessGraph
from engine.execution.trail_back import Done, WentBack, behind, last_of_each
from tests.support.diagrams import chain, diagram, end, flow, parallel, start, user_task
from tests.support.plain_reader import read_plainly

MORNING = datetime(2026, 1, 5, 8, tzinfo=UTC)


def done(node: str, hour: int) -> Done:
    at = MORNING + timedelta(hours=hour)
    return Done(work_item_id=hour, node=node, title=node, by_name="Ani", employee_id=1, at=at)


def back(from_node: str, to_node: str, hour: int) -> WentBack:
    return WentBack(from_node=from_node, to_node=to_node, at=MORNING + timedelta(hours=hour))


def straight() -> ProcessGraph:
    return read_plainly(diagram(*chain(start(), user_task("a"), user_task("b"), user_task("c"), end())))


def names(passed: tuple[Done, ...]) -> list[str]:
    return [each.node for each in passed]


def test_what_was_done_lies_behind():
    assert names(behind(straight(), [done("a", 1), done("b", 2)], [])) == ["a", "b"]


def test_after_a_return_what_came_later_lies_ahead_again():
    passed = behind(straight(), [done("a", 1), done("b", 2)], [back("c", "a", 3)])
    assert names(passed) == []


def test_what_is_done_again_lies_behind_again():
    passed = behind(straight(), [done("a", 1), done("b", 2), done("a", 4)], [back("c", "a", 3)])
    assert names(passed) == ["a"]


def test_what_was_done_on_another_branch_stays_done():
    one = chain(start(), parallel("bagi"), user_task("b1"), user_task("b2"), parallel("gabung"), end())
    other = user_task("c1"), user_task("c2"), flow("bagi", "c1"), flow("c1", "c2"), flow("c2", "gabung")
    graph = read_plainly(diagram(*one, *other))
    passed = behind(graph, [done("b1", 1), done("c1", 2)], [back("b2", "b1", 3)])
    assert names(passed) == ["c1"]


def test_a_step_that_was_passed_twice_is_offered_as_it_was_done_last():
    passed = (done("a", 1), done("b", 2), done("a", 3))
    assert [each.work_item_id for each in last_of_each(passed, besides="c")] == [2, 3]


def test_a_step_is_not_returned_to_itself():
    assert names(last_of_each((done("a", 1), done("b", 2)), besides="b")) == ["a"]
