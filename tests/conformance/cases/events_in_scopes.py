"""Events that cross borders: out of calls, out of event sub-processes, while work is undone."""

from tests.conformance.cases.event_shapes import beside, on
from tests.conformance.cases.scope_shapes import CHILD, UNDO, undone
from tests.conformance.trace import Trace, of_processes, trace, trace_of
from tests.support.diagrams import (
    boundary,
    call,
    chain,
    element,
    end,
    event,
    flow,
    process,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.unit.runtime.cases import (
    BY_ERROR,
    BY_ESCALATION,
    BY_MESSAGE,
    BY_SIGNAL,
    by_condition,
    event_sub_process,
    multi_instance,
)

TWICE = multi_instance("<loopCardinality>2</loopCardinality>")
FAILING_CHILD = process(*chain(start("m"), user_task("a"), end("n", BY_ERROR)), identity="anak")

CROSSING: tuple[Trace, ...] = (
    trace_of(
        "an error of a process called in one pass stops every pass",
        ("error boundary", "callActivity", "parallel multi-instance", "combination"),
        of_processes(
            process(
                *chain(start(), sub_process("s", TWICE, *chain(start("k"), call("p", "anak"), end("l"))), end()),
                *(boundary("tepi", "s", BY_ERROR), user_task("t"), flow("tepi", "t"), flow("t", "selesai")),
            ),
            FAILING_CHILD,
        ),
        """
        start       | a a
        complete a  | t
        complete t  | ended
        """,
    ),
    trace_of(
        "an event sub-process that interrupts a case takes its calls with it",
        ("message event sub-process", "callActivity", "combination"),
        of_processes(
            process(
                *chain(start(), call("p", "anak"), end()),
                event_sub_process("k", *chain(start("d", BY_MESSAGE), user_task("t"), end("e"))),
            ),
            CHILD,
        ),
        """
        start           | a ?d
        message pesan   | t gone:a,p
        complete t      | ended
        """,
    ),
    trace_of(
        "an error of a called process begins an event sub-process of its caller",
        ("error event sub-process", "callActivity", "combination"),
        of_processes(
            process(
                *chain(start(), call("p", "anak"), end()),
                event_sub_process("k", *chain(start("d", BY_ERROR), user_task("t"), end("e"))),
            ),
            FAILING_CHILD,
        ),
        """
        start       | a
        complete a  | t
        complete t  | ended
        """,
    ),
    trace_of(
        "an escalation at the end of a called process may stop the call",
        ("escalation boundary", "escalation end", "callActivity"),
        of_processes(
            process(
                *chain(start(), call("p", "anak"), end()),
                *(boundary("tepi", "p", BY_ESCALATION), user_task("t"), flow("tepi", "t"), flow("t", "selesai")),
            ),
            process(
                *chain(start("m"), user_task("a"), end("n", BY_ESCALATION)),
                *(user_task("b"), flow("m", "b"), flow("b", "n")),
                identity="anak",
            ),
        ),
        """
        start       | a b
        complete a  | t
        complete t  | ended
        """,
    ),
    trace(
        "a terminate end in an event sub-process ends that and no more",
        ("terminate end", "message event sub-process, not interrupting"),
        (
            *chain(start(), user_task("a"), end()),
            event_sub_process(
                "k",
                *chain(start("d", BY_MESSAGE, isInterrupting="false"), user_task("t"), end("e", event("terminate"))),
                *(user_task("u"), flow("d", "u")),
            ),
        ),
        """
        start           | a ?d
        message pesan   | a t u ?d
        complete t      | a ?d gone:u
        complete a      | ended
        """,
    ),
    trace(
        "an event sub-process that catches an error may undo what its scope has done",
        ("error event sub-process", "compensate throw", "combination"),
        chain(
            start(),
            sub_process(
                "s",
                *chain(start("m"), user_task("a"), user_task("b"), end("n", BY_ERROR)),
                *undone("a"),
                event_sub_process("k", *chain(start("d", BY_ERROR), throw("undo", UNDO), user_task("t"), end("e"))),
            ),
            user_task("z"),
            end(),
        ),
        """
        start           | a
        complete a      | b
        complete b      | x_a
        complete x_a    | t
        complete t      | z
        """,
    ),
    trace(
        "a cancel end in a sub-process of a transaction cancels all of it",
        ("cancel end", "cancel boundary", "transaction", "combination"),
        (
            *chain(
                start(),
                element(
                    "transaction",
                    "t",
                    *chain(
                        start("m"),
                        user_task("a"),
                        sub_process("s", *chain(start("k"), user_task("b"), end("batal", event("cancel")))),
                        end("n"),
                    ),
                    *undone("a"),
                ),
                end(),
            ),
            *(boundary("tepi", "t", event("cancel")), user_task("z"), flow("tepi", "z")),
        ),
        """
        start           | a
        complete a      | b
        complete b      | x_a
        complete x_a    | z
        complete z      | ended
        """,
    ),
    trace(
        "a condition begins an event sub-process when the case's data make it true, and ends the rest",
        ("conditional event sub-process", "parallel multi-instance"),
        beside(by_condition("total > 9"), *chain(start(), user_task("a", TWICE), user_task("z"), end())),
        """
        start total=0       | a a ?dengar
        complete a total=5  | a ?dengar
        complete a total=10 | tangani
        complete tangani    | ended
        """,
    ),
    trace_of(
        "a reminder on a call comes while the called process works",
        ("timer boundary, not interrupting", "callActivity"),
        of_processes(
            process(
                *chain(start(), call("p", "anak"), end()),
                boundary("tepi", "p", timer("R2/PT1H", "timeCycle"), cancelActivity="false"),
                *(user_task("t"), flow("tepi", "t"), flow("t", "selesai")),
            ),
            CHILD,
        ),
        """
        start       | a ?tepi
        wait 1h     | a t ?tepi
        wait 1h     | a t t
        complete a  | t t
        """,
    ),
    trace(
        "an interrupting timer begins an event sub-process of each pass at its own time",
        ("timer event sub-process", "sequential multi-instance"),
        chain(
            start(),
            sub_process(
                "s",
                multi_instance("<loopCardinality>2</loopCardinality>", isSequential="true"),
                *beside(timer("PT1H"), *chain(start("m"), user_task("a"), end("n"))),
            ),
            user_task("z"),
            end(),
        ),
        """
        start               | a ?dengar
        wait 30m            | a ?dengar
        complete a          | a ?dengar
        wait 59m            | a ?dengar
        wait 1m             | tangani
        complete tangani    | z
        """,
    ),
    trace(
        "a signal sent while an event sub-process interrupts is heard by its inner events only",
        ("signal event sub-process", "signal throw", "combination"),
        (
            *chain(start(), user_task("a"), throw("kirim", BY_SIGNAL), user_task("b"), end()),
            event_sub_process("k", *chain(start("d", BY_SIGNAL), user_task("t"), end("e"))),
        ),
        """
        start       | a ?d
        complete a  | t ~sinyal
        complete t  | ended
        """,
    ),
    trace(
        "an error that an event at a border handles may be thrown again",
        ("error boundary", "error end", "combination"),
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
                    *chain(boundary("t1", "dalam", BY_ERROR), user_task("b"), end("lagi", BY_ERROR)),
                ),
                end(),
            ),
            *(boundary("t2", "luar", BY_ERROR), user_task("t"), flow("t2", "t")),
        ),
        """
        start       | a
        complete a  | b
        complete b  | t
        complete t  | ended
        """,
    ),
    trace(
        "a receive task may be interrupted while it waits",
        ("receiveTask", "signal boundary"),
        on(element("receiveTask", "terima", messageRef="pesan"), BY_SIGNAL),
        """
        start           | ?terima ?tepi
        signal sinyal   | tangani
        message pesan   | tangani refused:runtime.not_awaited
        """,
    ),
)
