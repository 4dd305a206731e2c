"""Elements inside each other, inside loops, and with several tokens."""

from tests.conformance.cases.scopes import undone
from tests.conformance.trace import Trace, of_processes, trace, trace_of
from tests.support.diagrams import (
    boundary,
    call,
    catch,
    chain,
    element,
    end,
    event,
    exclusive,
    flow,
    parallel,
    process,
    script_task,
    service_task,
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
    inclusive,
    multi_instance,
)

TWICE = multi_instance("<loopCardinality>2</loopCardinality>")
IN_TURN = multi_instance("<loopCardinality>2</loopCardinality>", isSequential="true")
AGAIN = element("standardLoopCharacteristics", "", "<loopCondition>lagi</loopCondition>")

COMBINATIONS: tuple[Trace, ...] = (
    trace(
        "an interrupting timer in every turn of a loop begins anew",
        ("timer boundary", "exclusiveGateway", "combination"),
        (
            *chain(start(), exclusive("masuk"), user_task("a"), end()),
            *(boundary("tepi", "a", timer()), user_task("t"), flow("tepi", "t"), flow("t", "masuk")),
        ),
        """
        start       | a ?tepi
        wait 1h     | t
        complete t  | a ?tepi
        wait 59m    | a ?tepi
        wait 1m     | t
        complete t  | a ?tepi
        complete a  | ended
        """,
    ),
    trace(
        "a fork inside a repeated sub-process joins within its own pass",
        ("parallelGateway", "parallel multi-instance", "combination", "S10"),
        chain(
            start(),
            sub_process(
                "s",
                TWICE,
                *chain(start("m"), parallel("f"), user_task("a"), parallel("j"), user_task("c"), end("n")),
                *(user_task("b"), flow("f", "b"), flow("b", "j")),
            ),
            user_task("z"),
            end(),
        ),
        """
        start       | a a b b
        complete a  | a b b
        complete a  | b b
        complete b  | b c
        complete b  | c c
        complete c  | c
        complete c  | z
        """,
    ),
    trace(
        "an inclusive join inside a standard loop waits in every turn",
        ("inclusiveGateway", "standard loop", "combination", "S10"),
        chain(
            start(),
            sub_process(
                "s",
                AGAIN,
                *(*chain(start("m"), inclusive("f")), flow("f", "a", condition="true")),
                *(flow("f", "b", condition="x > 1"), *chain(user_task("a"), inclusive("j"), user_task("c"), end("n"))),
                *(user_task("b"), flow("b", "j")),
            ),
            user_task("z"),
            end(),
        ),
        """
        start x=2                   | a b
        complete a                  | b
        complete b                  | c
        complete c lagi=True x=1    | a
        complete a                  | c
        complete c lagi=False       | z
        """,
    ),
    trace(
        "an event gateway in each pass hears its own message",
        ("eventBasedGateway", "parallel multi-instance", "combination"),
        chain(
            start(),
            sub_process(
                "s",
                TWICE,
                *chain(start("m"), element("eventBasedGateway", "g"), catch("c", BY_MESSAGE), user_task("a"), end("n")),
                *(catch("jam", timer()), flow("g", "jam"), user_task("b"), flow("jam", "b"), flow("b", "n")),
            ),
            user_task("z"),
            end(),
        ),
        """
        start           | ?c ?c ?jam ?jam
        message pesan   | a ?c ?jam
        wait 1h         | a b
        complete a      | b
        complete b      | z
        """,
    ),
    trace(
        "an interrupted sub-process takes its called process, its wait and its reminders with it",
        ("signal boundary", "timer boundary, not interrupting", "receiveTask", "combination"),
        (
            *chain(
                start(),
                sub_process(
                    "s",
                    *chain(start("m"), parallel("f"), user_task("a"), end("n")),
                    *(element("receiveTask", "r", messageRef="pesan"), flow("f", "r"), flow("r", "n")),
                    *(service_task("k"), flow("f", "k"), flow("k", "n")),
                    *(boundary("ingat", "a", timer("R/PT1H", "timeCycle"), cancelActivity="false"), user_task("i")),
                    *(flow("ingat", "i"), flow("i", "n")),
                ),
                end(),
            ),
            *(boundary("tepi", "s", BY_SIGNAL), user_task("t"), flow("tepi", "t")),
        ),
        """
        start           | a @k ?r ?ingat ?tepi
        wait 2h         | a i i @k ?r ?ingat ?tepi
        signal sinyal   | t
        wait 5h         | t
        complete t      | ended
        """,
    ),
    trace(
        "a reminder in one pass does not touch the other",
        ("timer boundary, not interrupting", "parallel multi-instance", "combination"),
        chain(
            start(),
            sub_process(
                "s",
                TWICE,
                *chain(start("m"), user_task("a"), user_task("b"), end("n")),
                *(boundary("tepi", "b", timer(), cancelActivity="false"), user_task("t"), flow("tepi", "t")),
            ),
            user_task("z"),
            end(),
        ),
        """
        start       | a a
        complete a  | a b ?tepi
        wait 1h     | a b t
        complete a  | b b t ?tepi
        complete b  | b t ?tepi
        complete b  | t
        complete t  | z
        """,
    ),
    trace(
        "an error in a repeated sub-process is caught at its border and stops every pass",
        ("error boundary", "sequential multi-instance", "combination"),
        (
            *chain(
                start(),
                sub_process(
                    "s",
                    IN_TURN,
                    *chain(start("m"), user_task("a"), exclusive("g", default="g_n"), end("n")),
                    *(end("gagal", BY_ERROR), flow("g", "gagal", condition="rusak")),
                ),
                user_task("z"),
                end(),
            ),
            *(boundary("tepi", "s", BY_ERROR), user_task("t"), flow("tepi", "t")),
        ),
        """
        start                   | a
        complete a rusak=False  | a
        complete a rusak=True   | t
        complete t              | ended
        """,
    ),
    trace(
        "a terminate end inside a called process inside a loop ends that call only",
        ("terminate end", "standard loop", "combination"),
        chain(
            start(),
            sub_process(
                "s",
                AGAIN,
                *chain(start("m"), parallel("f"), user_task("a"), end("n", event("terminate"))),
                *(user_task("b"), flow("f", "b")),
            ),
            user_task("z"),
            end(),
        ),
        """
        start                   | a b
        complete a lagi=True    | a b
        complete a lagi=False   | z
        """,
    ),
    trace(
        "a condition inside a sub-process looks at what another branch writes",
        ("conditional catch", "parallelGateway", "combination"),
        (
            *chain(start(), parallel("f"), user_task("a"), script_task("hitung", "n = n + 1"), end()),
            *chain(sub_process("s", *chain(start("m"), catch("c", by_condition("n > 1")), user_task("b"), end("e")))),
            *(flow("f", "s"), user_task("d"), flow("f", "d")),
        ),
        """
        start n=0       | a d ?c
        complete a      | d ?c
        complete d n=2  | b
        """,
    ),
    trace(
        "a condition that does not interrupt acts each time it becomes true",
        ("conditional boundary, not interrupting", "S9"),
        (
            *chain(start(), user_task("a"), user_task("z"), end()),
            boundary("tepi", "a", by_condition("n > 1"), cancelActivity="false"),
            *(user_task("t"), flow("tepi", "t")),
        ),
        """
        start n=0   | a ?tepi
        set n=2     | a t ?tepi
        set n=3     | a t ?tepi
        set n=1     | a t ?tepi
        set n=2     | a t t ?tepi
        """,
    ),
    trace(
        "tokens that multiply in a loop each find their way out",
        ("parallelGateway", "exclusiveGateway", "combination"),
        (
            *chain(
                start(), exclusive("masuk"), parallel("f"), user_task("a"), exclusive("g", default="g_selesai"), end()
            ),
            *(user_task("b"), flow("f", "b"), flow("b", "selesai"), flow("g", "masuk", condition="lagi")),
        ),
        """
        start                   | a b
        complete a lagi=True    | a b b
        complete a lagi=True    | a b b b
        complete a lagi=False   | b b b
        complete b              | b b
        complete b              | b
        complete b              | ended
        """,
    ),
    trace(
        "compensation inside each pass undoes what that pass did",
        ("compensate throw", "parallel multi-instance", "combination"),
        chain(
            start(),
            sub_process(
                "s",
                TWICE,
                *chain(start("m"), user_task("a"), throw("undo", event("compensate")), user_task("c"), end("n")),
                *undone("a"),
            ),
            user_task("z"),
            end(),
        ),
        """
        start           | a a
        complete a      | a x_a
        complete x_a    | a c
        complete a      | c x_a
        complete x_a    | c c
        complete c      | c
        complete c      | z
        """,
    ),
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
