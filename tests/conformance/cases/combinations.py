"""Elements inside each other, inside loops, and with several tokens."""

from tests.conformance.cases.scope_shapes import undone
from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    element,
    end,
    event,
    exclusive,
    flow,
    parallel,
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
    BY_MESSAGE,
    BY_SIGNAL,
    by_condition,
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
)
