"""Sub-processes, and errors that leave them."""

from tests.conformance.cases.scope_shapes import INNER
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
    user_task,
)
from tests.unit.runtime.cases import BY_ERROR

SUB_PROCESSES: tuple[Trace, ...] = (
    trace(
        "a sub-process ends when nothing lives in it any more",
        "subProcess",
        chain(start(), sub_process("s", *INNER, user_task("b"), flow("m", "b")), user_task("z"), end()),
        """
        start       | a b
        complete a  | b
        complete b  | z done:b,s
        complete z  | ended
        """,
    ),
    trace(
        "a sub-process without a start begins at what nothing leads to",
        "subProcess",
        chain(start(), sub_process("s", user_task("a"), user_task("b")), user_task("z"), end()),
        """
        start       | a b
        complete b  | a
        complete a  | z
        """,
    ),
    trace(
        "an empty sub-process is passed",
        "subProcess",
        chain(start(), user_task("a"), sub_process("s", *chain(start("m"), end("n"))), user_task("z"), end()),
        """
        start       | a
        complete a  | z done:a,s
        """,
    ),
    trace(
        "sub-processes four deep",
        ("subProcess", "S25"),
        chain(
            start(),
            sub_process(
                "s1",
                *chain(
                    start("m1"),
                    sub_process(
                        "s2",
                        *chain(
                            start("m2"), sub_process("s3", *chain(start("m3"), sub_process("s4", *INNER), end("n3")))
                        ),
                    ),
                    end("n1"),
                ),
            ),
            user_task("z"),
            end(),
        ),
        """
        start       | a
        complete a  | z done:a,s4,s3,s2,s1
        """,
    ),
    trace(
        "a sub-process in a loop is a new one in every turn",
        ("subProcess", "exclusiveGateway"),
        (
            *chain(start(), exclusive("masuk"), sub_process("s", *INNER), exclusive("g", default="g_z")),
            *(*chain(user_task("z"), end()), flow("g", "z"), flow("g", "masuk", condition="lagi")),
        ),
        """
        start                   | a
        complete a lagi=True    | a
        complete a lagi=False   | z
        """,
    ),
    trace(
        "two tokens open two sub-processes",
        ("subProcess", "parallelGateway"),
        (
            *chain(start(), parallel("f"), exclusive("temu"), sub_process("s", *INNER), user_task("z"), end()),
            *(user_task("b"), flow("f", "b"), flow("b", "temu")),
        ),
        """
        start       | a b
        complete b  | a a
        complete a  | a z
        complete a  | z z
        """,
    ),
    trace(
        "a terminate end inside a sub-process ends that and no more",
        ("terminate end", "subProcess"),
        chain(
            start(),
            sub_process(
                "s", *chain(start("m"), user_task("a"), end("n", event("terminate"))), user_task("b"), flow("m", "b")
            ),
            user_task("z"),
            end(),
        ),
        """
        start       | a b
        complete a  | z gone:b
        complete z  | ended
        """,
    ),
    trace(
        "a terminate end ends the whole case",
        "terminate end",
        (
            *chain(start(), parallel("f"), user_task("a"), end("e", event("terminate"))),
            *chain(sub_process("s", *chain(start("m"), user_task("b"), end("n"))), user_task("c")),
            flow("f", "s"),
        ),
        """
        start       | a b
        complete a  | ended gone:b,s
        """,
    ),
    trace(
        "an error goes out to the nearest scope that catches it",
        ("error end", "error boundary", "subProcess"),
        (
            *chain(
                start(),
                sub_process(
                    "luar",
                    *chain(
                        start("m1"),
                        sub_process("dalam", *chain(start("m"), user_task("a"), end("n", BY_ERROR))),
                        end("n1"),
                    ),
                    *(user_task("b"), flow("m1", "b")),
                ),
                end(),
            ),
            *(boundary("tepi", "luar", BY_ERROR), user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a b
        complete a  | t done:a gone:dalam,b,luar
        complete t  | ended
        """,
    ),
    trace(
        "an error is caught by its code before it is caught by any code",
        ("error boundary", "error end"),
        (
            *chain(start(), sub_process("s", *chain(start("m"), user_task("a"), end("n", BY_ERROR))), end()),
            *(boundary("apa_saja", "s", event("error")), user_task("b"), flow("apa_saja", "b")),
            *(boundary("tepi", "s", BY_ERROR), user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a
        complete a  | t
        """,
    ),
    trace(
        "an error with another code is not caught",
        ("error boundary", "error end", "S20"),
        (
            *chain(start(), sub_process("s", *chain(start("m"), user_task("a"), end("n", BY_ERROR))), end()),
            boundary("tepi", "s", event("error", errorRef="galat_lain")),
            *(user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a
        complete a  | !error.uncaught
        """,
    ),
    trace(
        "an error is not caught by a scope in which it was not thrown",
        ("error boundary", "error end", "S20"),
        (
            *chain(start(), parallel("f"), sub_process("s", *INNER), end()),
            *(boundary("tepi", "s", BY_ERROR), user_task("t"), flow("tepi", "t")),
            *(*chain(user_task("b"), end("e", BY_ERROR)), flow("f", "b")),
        ),
        """
        start       | a b
        complete b  | a !error.uncaught
        """,
    ),
    trace(
        "an error that nobody catches is an incident and no end",
        ("error end", "S19"),
        chain(start(), user_task("a"), end("e", BY_ERROR)),
        """
        start       | a
        complete a  | !error.uncaught
        cancel      | ended
        """,
    ),
    trace(
        "a token is moved to another element of its scope",
        ("move", "subProcess"),
        chain(start(), sub_process("s", *chain(start("m"), user_task("a"), user_task("b"), end("n"))), end()),
        """
        start           | a
        move a to b     | b gone:a
        complete b      | ended
        """,
    ),
)
