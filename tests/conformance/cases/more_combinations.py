"""Elements that meet: events, incidents and repairs in the midst of other work."""

from tests.conformance.cases.scope_shapes import undone
from tests.conformance.trace import Trace, of_processes, trace, trace_of
from tests.support.diagrams import (
    boundary,
    call,
    chain,
    element,
    end,
    event,
    exclusive,
    flow,
    parallel,
    process,
    script_task,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.unit.runtime.cases import (
    BY_ESCALATION,
    BY_MESSAGE,
    BY_SIGNAL,
    event_sub_process,
    multi_instance,
)

TWICE = multi_instance("<loopCardinality>2</loopCardinality>")
IN_TURN = multi_instance("<loopCardinality>2</loopCardinality>", isSequential="true")
AGAIN = element("standardLoopCharacteristics", "", "<loopCondition>lagi</loopCondition>")

MORE_COMBINATIONS: tuple[Trace, ...] = (
    trace(
        "a transaction in a loop is undone in the turn in which it is cancelled",
        ("transaction", "cancel boundary", "combination"),
        (
            *chain(
                start(),
                exclusive("masuk"),
                element(
                    "transaction",
                    "t",
                    *chain(start("m"), user_task("a"), exclusive("g", default="g_n"), end("n")),
                    *(end("batal", event("cancel")), flow("g", "batal", condition="batal")),
                    *undone("a"),
                ),
                end(),
            ),
            *(boundary("tepi", "t", event("cancel")), user_task("y"), flow("tepi", "y"), flow("y", "masuk")),
        ),
        """
        start                   | a
        complete a batal=True   | x_a
        complete x_a            | y
        complete y              | a
        complete a batal=False  | ended
        """,
    ),
    trace(
        "an event sub-process that interrupts while work is undone stops the undoing",
        ("message event sub-process", "compensate throw", "combination"),
        (
            *chain(start(), user_task("a"), throw("undo", event("compensate")), user_task("z"), end()),
            *undone("a"),
            event_sub_process("k", *chain(start("d", BY_MESSAGE), user_task("t"), end("e"))),
        ),
        """
        start           | a ?d
        complete a      | x_a ?d
        message pesan   | t
        complete t      | ended
        """,
    ),
    trace(
        "two boundary events on one step: the first that happens decides",
        ("message boundary", "timer boundary", "combination"),
        (
            *chain(start(), user_task("a"), end()),
            *(boundary("t1", "a", BY_MESSAGE), user_task("b"), flow("t1", "b")),
            *(boundary("t2", "a", timer()), user_task("c"), flow("t2", "c")),
        ),
        """
        start           | a ?t1 ?t2
        message pesan   | b
        wait 2h         | b
        message pesan   | b refused:runtime.not_awaited
        """,
    ),
    trace(
        "an interrupting and a patient event on one step",
        ("signal boundary, not interrupting", "timer boundary", "combination"),
        (
            *chain(start(), user_task("a"), end()),
            *(boundary("t1", "a", BY_SIGNAL, cancelActivity="false"), user_task("b"), flow("t1", "b")),
            *(boundary("t2", "a", timer()), user_task("c"), flow("t2", "c")),
        ),
        """
        start           | a ?t1 ?t2
        signal sinyal   | a b ?t1 ?t2
        wait 1h         | b c
        signal sinyal   | b c
        """,
    ),
    trace_of(
        "a call inside a pass inside a call",
        ("callActivity", "parallel multi-instance", "combination"),
        of_processes(
            process(*chain(start(), call("p", "satu"), user_task("z"), end())),
            process(
                *chain(
                    start("m1"), sub_process("s", TWICE, *chain(start("k"), call("p1", "dua"), end("e"))), end("n1")
                ),
                identity="satu",
            ),
            process(*chain(start("m2"), user_task("a"), end("n2")), identity="dua"),
        ),
        """
        start       | a a
        complete a  | a
        complete a  | z
        """,
    ),
    trace(
        "an escalation from a pass inside a sub-process is heard outside and nothing is stopped",
        ("escalation boundary, not interrupting", "sequential multi-instance", "combination"),
        (
            *chain(
                start(),
                sub_process(
                    "s",
                    *chain(
                        start("m"),
                        sub_process(
                            "d", IN_TURN, *chain(start("k"), user_task("a"), throw("naik", BY_ESCALATION), end("e"))
                        ),
                        end("n"),
                    ),
                ),
                user_task("z"),
                end(),
            ),
            *(boundary("tepi", "s", BY_ESCALATION, cancelActivity="false"), user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a
        complete a  | a t
        complete a  | t t z
        """,
    ),
    trace(
        "an incident in one branch does not hold up the other, but it holds the join",
        ("scriptTask", "parallelGateway", "retry", "combination"),
        (
            *chain(start(), parallel("f"), script_task("s", "n = m + 1"), parallel("j"), user_task("z"), end()),
            *(user_task("a"), flow("f", "a"), flow("a", "j")),
        ),
        """
        start       | a !expression.unknown_name
        complete a  | !expression.unknown_name
        set m=1     | !expression.unknown_name
        retry       | z n=2
        """,
    ),
    trace(
        "a token is moved past what failed",
        ("move", "scriptTask"),
        chain(start(), script_task("s", "n = m + 1"), user_task("a"), user_task("b"), end()),
        """
        start           | !expression.unknown_name
        move s to b     | b
        complete b      | ended
        """,
    ),
    trace(
        "a case that is cancelled has nothing left, wherever it was",
        ("cancel", "combination"),
        (
            *chain(start(), sub_process("s", TWICE, *chain(start("m"), user_task("a"), end("n"))), end()),
            *(boundary("tepi", "s", timer()), user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a a ?tepi
        cancel      | ended
        """,
    ),
)
