"""How tokens leave an element, and what happens where flows meet."""

from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    chain,
    end,
    flow,
    parallel,
    start,
    user_task,
)

FLOWS: tuple[Trace, ...] = (
    trace(
        "several flows out of a task are all taken",
        ("sequenceFlow", "S21"),
        (*chain(start(), user_task("a"), user_task("b"), end()), user_task("c"), flow("a", "c")),
        """
        start       | a
        complete a  | b c
        complete c  | b
        complete b  | ended
        """,
    ),
    trace(
        "several flows out of a start are all taken",
        ("sequenceFlow", "none start", "S21"),
        (*chain(start(), user_task("a"), end()), user_task("b"), flow("mulai", "b")),
        """
        start       | a b
        complete a  | b
        complete b  | ended
        """,
    ),
    trace(
        "flows that meet at a task run it once for each token",
        "sequenceFlow",
        (
            *chain(start(), parallel("bagi"), user_task("a"), user_task("c"), end()),
            *(user_task("b"), flow("bagi", "b"), flow("b", "c")),
        ),
        """
        start       | a b
        complete a  | b c
        complete b  | c c
        complete c  | c
        complete c  | ended
        """,
    ),
    trace(
        "a condition on a flow out of a task is obeyed",
        ("conditional flow", "S7"),
        (
            *chain(start(), user_task("a")),
            *(user_task("b"), user_task("c"), user_task("d")),
            *(flow("a", "b", condition="x > 1"), flow("a", "c", condition="x > 2"), flow("a", "d")),
        ),
        """
        start           | a
        complete a x=2  | b d
        """,
    ),
    trace(
        "a condition on a flow out of a start is obeyed",
        ("conditional flow", "S7"),
        (
            *(start(), user_task("b"), user_task("c")),
            *(flow("mulai", "b", condition="x > 1"), flow("mulai", "c", condition="x <= 1")),
        ),
        """
        start x=1   | c
        """,
    ),
    trace(
        "the default flow of a task is taken when no condition holds",
        ("conditional flow", "S7"),
        (
            *(*chain(start(), user_task("a", default="a_c")), user_task("b"), user_task("c")),
            *(flow("a", "b", condition="x > 1"), flow("a", "c")),
        ),
        """
        start           | a
        complete a x=1  | c
        """,
    ),
    trace(
        "the default flow of a task is not taken when a condition holds",
        ("conditional flow", "S7"),
        (
            *(*chain(start(), user_task("a", default="a_c")), user_task("b"), user_task("c")),
            *(flow("a", "b", condition="x > 1"), flow("a", "c")),
        ),
        """
        start           | a
        complete a x=2  | b
        """,
    ),
    trace(
        "a task from which no condition leads on keeps its token as an incident",
        ("conditional flow", "retry"),
        (*chain(start(), user_task("a")), user_task("b"), flow("a", "b", condition="x > 1")),
        """
        start           | a
        complete a x=1  | !gateway.no_way done:a
        set x=2         | !gateway.no_way
        retry           | b
        """,
    ),
    trace(
        "a task to which no flow leads back ends its way",
        "sequenceFlow",
        chain(start(), user_task("a")),
        """
        start       | a
        complete a  | ended
        """,
    ),
    trace(
        "a flow from a task to itself asks for it again",
        ("conditional flow", "S25"),
        (
            *chain(start(), user_task("a", default="a_selesai"), end()),
            flow("a", "a", condition="lagi"),
        ),
        """
        start                   | a
        complete a lagi=True    | a
        complete a lagi=True    | a
        complete a lagi=False   | ended
        """,
    ),
)
