"""Compensation and transactions."""

from tests.conformance.cases.scope_shapes import TWICE, UNDO, transaction, undone
from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    boundary,
    chain,
    end,
    event,
    exclusive,
    flow,
    parallel,
    start,
    sub_process,
    throw,
    user_task,
)
from tests.unit.runtime.cases import BY_ERROR, event_sub_process, multi_instance

IN_TURN = multi_instance("<loopCardinality>2</loopCardinality>", isSequential="true")

UNDOING: tuple[Trace, ...] = (
    trace(
        "what was done is undone, what was done last first",
        ("compensate throw", "compensate boundary"),
        (
            *chain(start(), user_task("a"), user_task("b"), throw("undo", UNDO), user_task("z"), end()),
            *(*undone("a"), *undone("b")),
        ),
        """
        start           | a
        complete a      | b
        complete b      | x_b
        complete x_b    | x_a
        complete x_a    | z
        complete z      | ended
        """,
    ),
    trace(
        "what was done side by side is undone side by side, and then what came before",
        ("compensate throw", "compensate boundary", "parallelGateway", "combination"),
        (
            *chain(start(), user_task("a"), parallel("f"), user_task("b"), parallel("j"), throw("undo", UNDO)),
            *(user_task("c"), flow("f", "c"), flow("c", "j"), user_task("z"), flow("undo", "z")),
            *(*undone("a"), *undone("b"), *undone("c")),
        ),
        """
        start           | a
        complete a      | b c
        complete b      | c
        complete c      | x_b x_c
        complete x_b    | x_c
        complete x_c    | x_a
        complete x_a    | z
        """,
    ),
    trace(
        "each pass of a step is undone, those that came one after the other in turn",
        ("compensate throw", "sequential multi-instance", "combination"),
        (
            *chain(start(), user_task("a", TWICE), user_task("b", IN_TURN), throw("undo", UNDO), user_task("z")),
            *(*undone("a"), *undone("b")),
        ),
        """
        start           | a a
        complete a      | a
        complete a      | b
        complete b      | b
        complete b      | x_b
        complete x_b    | x_b
        complete x_b    | x_a x_a
        complete x_a    | x_a
        complete x_a    | z
        """,
    ),
    trace(
        "what was not done is not undone",
        ("compensate throw", "compensate boundary"),
        (
            *chain(start(), exclusive("g", default="g_b"), user_task("b"), throw("undo", UNDO), user_task("z"), end()),
            *(user_task("a"), flow("g", "a", condition="false"), flow("a", "b"), *undone("a"), *undone("b")),
        ),
        """
        start           | b
        complete b      | x_b
        complete x_b    | z
        """,
    ),
    trace(
        "one activity may be named, and only that is undone",
        ("compensate throw", "compensate boundary"),
        (
            *chain(start(), user_task("a"), user_task("b")),
            *chain(throw("undo", event("compensate", activityRef="a")), user_task("z"), end()),
            *(flow("b", "undo"), *undone("a"), *undone("b")),
        ),
        """
        start           | a
        complete a      | b
        complete b      | x_a
        complete x_a    | z
        """,
    ),
    trace(
        "nothing to undo lets the token pass",
        "compensate throw",
        (*chain(start(), throw("undo", UNDO), user_task("a"), end()), *undone("a")),
        """
        start       | a
        complete a  | ended
        """,
    ),
    trace(
        "what has been undone is not undone again",
        ("compensate throw", "compensate boundary"),
        (
            *chain(start(), user_task("a"), throw("undo", UNDO), user_task("b"), throw("lagi", UNDO), user_task("z")),
            *undone("a"),
        ),
        """
        start           | a
        complete a      | x_a
        complete x_a    | b
        complete b      | z
        """,
    ),
    trace(
        "work done twice in a loop is undone twice",
        ("compensate throw", "compensate boundary", "combination"),
        (
            *chain(start(), exclusive("masuk"), user_task("a"), exclusive("g", default="g_undo")),
            *chain(throw("undo", UNDO), user_task("z"), end()),
            *(flow("g", "undo"), flow("g", "masuk", condition="lagi"), *undone("a")),
        ),
        """
        start                   | a
        complete a lagi=True    | a
        complete a lagi=False   | x_a
        complete x_a            | x_a
        complete x_a            | z
        """,
    ),
    trace(
        "a compensation end undoes before it ends",
        ("compensate end", "compensate boundary"),
        (*chain(start(), user_task("a"), end("e", UNDO)), *undone("a")),
        """
        start           | a
        complete a      | x_a
        complete x_a    | ended
        """,
    ),
    trace(
        "a completed sub-process is undone from the outside",
        ("compensate throw", "subProcess", "combination"),
        chain(
            start(),
            sub_process("s", *chain(start("m"), user_task("a"), user_task("b"), end("n")), *undone("a"), *undone("b")),
            throw("undo", UNDO),
            user_task("z"),
            end(),
        ),
        """
        start           | a
        complete a      | b
        complete b      | x_b
        complete x_b    | x_a
        complete x_a    | z
        """,
    ),
    trace(
        "a sub-process with its own way of being undone goes that way",
        ("compensate event sub-process", "compensate throw", "S4"),
        chain(
            start(),
            sub_process(
                "s",
                *chain(start("m"), user_task("a"), end("n")),
                event_sub_process("k", *chain(start("d", UNDO), user_task("t"), end("e"))),
            ),
            throw("undo", UNDO),
            user_task("z"),
            end(),
        ),
        """
        start       | a
        complete a  | t
        complete t  | z
        """,
    ),
    trace(
        "each pass of a multi-instance is undone",
        ("compensate throw", "parallel multi-instance", "combination"),
        chain(
            start(),
            sub_process("s", TWICE, *chain(start("m"), user_task("a"), end("n")), *undone("a")),
            throw("undo", UNDO),
            user_task("z"),
            end(),
        ),
        """
        start           | a a
        complete a      | a
        complete a      | x_a x_a
        complete x_a    | x_a
        complete x_a    | z
        """,
    ),
    trace(
        "a cancelled transaction undoes its work and goes out by its cancel event",
        ("transaction", "cancel end", "cancel boundary"),
        (
            *chain(
                start(),
                transaction(
                    "t",
                    *chain(start("m"), user_task("a"), user_task("b"), end("n", event("cancel"))),
                    *(*undone("a"), *undone("b"), user_task("c"), flow("m", "c")),
                ),
                end(),
            ),
            *(boundary("tepi", "t", event("cancel")), user_task("z"), flow("tepi", "z")),
        ),
        """
        start           | a c
        complete a      | b c
        complete b      | x_b gone:c
        complete x_b    | x_a
        complete x_a    | z
        complete z      | ended
        """,
    ),
    trace(
        "a transaction that is not cancelled goes on as a sub-process",
        ("transaction", "cancel boundary"),
        (
            *chain(
                start(),
                transaction(
                    "t",
                    *chain(start("m"), user_task("a"), exclusive("g", default="g_n"), end("n")),
                    end("c", event("cancel")),
                    flow("g", "c", condition="batal"),
                    *undone("a"),
                ),
                user_task("z"),
                end(),
            ),
            *(boundary("tepi", "t", event("cancel")), user_task("y"), flow("tepi", "y")),
        ),
        """
        start                   | a
        complete a batal=False  | z
        complete z              | ended
        """,
    ),
    trace(
        "an error that leaves a transaction undoes nothing",
        ("transaction", "error boundary"),
        (
            *chain(
                start(),
                transaction("t", *chain(start("m"), user_task("a"), user_task("b"), end("n", BY_ERROR)), *undone("a")),
                end(),
            ),
            *(boundary("tepi", "t", BY_ERROR), user_task("z"), flow("tepi", "z")),
        ),
        """
        start       | a
        complete a  | b
        complete b  | z
        """,
    ),
)
