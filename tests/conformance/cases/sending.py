"""What events throw, in the middle and at the end, and who hears it."""

from tests.conformance.cases.event_shapes import beside, on
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
    start,
    sub_process,
    throw,
    user_task,
)
from tests.unit.runtime.cases import BY_ERROR, BY_ESCALATION, BY_MESSAGE, BY_SIGNAL, event_sub_process

SENT = {"message": (BY_MESSAGE, ">pesan"), "signal": (BY_SIGNAL, "~sinyal")}
INTO_THE_WORLD = tuple(
    trace(
        f"a {kind} {place} goes out into the world",
        (f"{kind} {place}", *(("S5",) if (kind, place) == ("signal", "end") else ())),
        chain(start(), user_task("a"), *event_here),
        f"""
        start       | a
        complete a  | {after} {sign}
        """,
    )
    for kind, (definition, sign) in SENT.items()
    for place, event_here, after in (
        ("throw", (throw("kirim", definition), user_task("b"), end()), "b"),
        ("end", (end("kirim", definition),), "ended"),
    )
)
HEARD_INSIDE = tuple(
    trace(
        f"a {kind} {place} is heard by who waits for it in the same case",
        (f"{kind} {place}", f"{kind} catch", "S20"),
        (
            *(*chain(start(), parallel("f"), user_task("a"), thrower), *more),
            *chain(catch("c", definition), user_task("b")),
            flow("f", "c"),
        ),
        f"""
        start       | a ?c
        complete a  | b {"~sinyal" if kind == "signal" else ""}
        complete b  | ended
        """,
    )
    for kind, (definition, _sign) in SENT.items()
    for place, thrower, more in (
        ("throw", throw("kirim", definition), (end(), flow("kirim", "selesai"))),
        ("end", end("kirim", definition), ()),
    )
)
STOPPING_ITS_HOST = tuple(
    trace(
        f"a {kind} thrown inside stops its own sub-process at once",
        (f"{kind} throw", f"{kind} boundary", "S14"),
        on(
            sub_process(
                "s",
                *(*chain(start("m"), throw("naik", definition), user_task("a"), end("n")), user_task("b")),
                flow("m", "b"),
            ),
            definition,
        ),
        f"""
        start               | tangani {sign}
        complete tangani    | ended
        """,
    )
    for kind, definition, sign in (
        ("signal", BY_SIGNAL, "~sinyal"),
        ("escalation", BY_ESCALATION, ""),
        ("message", BY_MESSAGE, ""),
    )
)

THROWING: tuple[Trace, ...] = (
    *INTO_THE_WORLD,
    *HEARD_INSIDE,
    *STOPPING_ITS_HOST,
    trace(
        "an escalation that nobody catches is no fault",
        "escalation throw",
        chain(start(), throw("naik", BY_ESCALATION), user_task("a"), end()),
        """
        start       | a
        complete a  | ended
        """,
    ),
    trace(
        "an escalation is heard once, by the nearest who catches it",
        ("escalation throw", "escalation boundary, not interrupting"),
        (
            *chain(
                start(),
                sub_process(
                    "luar",
                    *chain(
                        start("m1"),
                        sub_process(
                            "dalam", *chain(start("m"), throw("naik", BY_ESCALATION), user_task("a"), end("n"))
                        ),
                        end("n1"),
                    ),
                    *(boundary("tepi1", "dalam", BY_ESCALATION, cancelActivity="false"), user_task("t1")),
                    flow("tepi1", "t1"),
                ),
                end(),
            ),
            *(boundary("tepi2", "luar", BY_ESCALATION, cancelActivity="false"), user_task("t2"), flow("tepi2", "t2")),
        ),
        """
        start       | a t1
        complete t1 | a
        """,
    ),
    trace(
        "an escalation at the end of a sub-process is heard and the sub-process ends",
        ("escalation end", "escalation boundary, not interrupting"),
        (
            *chain(start(), sub_process("s", *chain(start("m"), user_task("a"), end("n", BY_ESCALATION)))),
            *chain(user_task("z"), end()),
            *(flow("s", "z"), boundary("tepi", "s", BY_ESCALATION, cancelActivity="false")),
            *(user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a
        complete a  | t z
        """,
    ),
    trace(
        "an escalation end stops what it interrupts",
        ("escalation end", "escalation boundary"),
        on(
            sub_process(
                "s", *chain(start("m"), user_task("a"), end("n", BY_ESCALATION)), user_task("b"), flow("m", "b")
            ),
            BY_ESCALATION,
        ),
        """
        start       | a b
        complete a  | tangani
        """,
    ),
    trace(
        "an escalation by any code is heard",
        ("escalation throw", "escalation boundary, not interrupting"),
        on(
            sub_process("s", *chain(start("m"), throw("naik", BY_ESCALATION), user_task("a"), end("n"))),
            event("escalation"),
            interrupting="false",
        ),
        """
        start | a tangani
        """,
    ),
    trace(
        "an error end stops the rest of what it leaves",
        ("error end", "error boundary"),
        on(
            sub_process("s", *chain(start("m"), user_task("a"), end("n", BY_ERROR)), user_task("b"), flow("m", "b")),
            BY_ERROR,
        ),
        """
        start               | a b
        complete a          | tangani gone:b,s
        complete tangani    | ended
        """,
    ),
    trace(
        "an error end is caught by an event sub-process beside it",
        ("error end", "error event sub-process"),
        beside(BY_ERROR, *chain(start(), user_task("a"), end("n", BY_ERROR)), user_task("b"), flow("mulai", "b")),
        """
        start               | a b
        complete a          | tangani gone:b
        complete tangani    | ended
        """,
    ),
    trace(
        "one end may send several things",
        ("message end", "signal end"),
        chain(start(), user_task("a"), end("e", BY_MESSAGE, BY_SIGNAL)),
        """
        start       | a
        complete a  | ended >pesan ~sinyal
        """,
    ),
    trace(
        "a terminate end does not send what others would have sent",
        ("terminate end", "message end"),
        (
            *chain(start(), parallel("f"), user_task("a"), end("e", event("terminate"))),
            *(*chain(user_task("b"), end("e2", BY_MESSAGE)), flow("f", "b")),
        ),
        """
        start       | a b
        complete a  | ended
        """,
    ),
    trace(
        "a signal thrown in a loop is thrown in every turn",
        ("signal throw", "exclusiveGateway"),
        (
            *chain(
                start(), exclusive("masuk"), throw("kirim", BY_SIGNAL), user_task("a"), exclusive("g", default="g_e")
            ),
            *(end("e"), flow("g", "e"), flow("g", "masuk", condition="lagi")),
        ),
        """
        start                   | a ~sinyal
        complete a lagi=True    | a ~sinyal
        complete a lagi=False   | ended
        """,
    ),
    trace(
        "a signal from outside reaches a sub-process, its border and an event sub-process at once",
        ("signal catch", "signal boundary, not interrupting", "signal event sub-process, not interrupting"),
        (
            *chain(
                start(), sub_process("s", *chain(start("m"), catch("c", BY_SIGNAL), user_task("a"), end("n"))), end()
            ),
            *(boundary("tepi", "s", BY_SIGNAL, cancelActivity="false"), user_task("b"), flow("tepi", "b")),
            event_sub_process("k", *chain(start("d", BY_SIGNAL, isInterrupting="false"), user_task("t"), end("e"))),
        ),
        """
        start           | ?c ?tepi ?d
        signal sinyal   | a b t ?tepi ?d
        """,
    ),
    trace_of(
        "a signal of a called process is heard in its caller",
        ("signal throw", "signal boundary, not interrupting", "callActivity"),
        of_processes(
            process(
                *chain(start(), call("p", "anak"), end()),
                boundary("tepi", "p", BY_SIGNAL, cancelActivity="false"),
                *(user_task("t"), flow("tepi", "t"), flow("t", "selesai")),
            ),
            process(*chain(start("m"), throw("k", BY_SIGNAL), user_task("a"), end("n")), identity="anak"),
        ),
        """
        start | a t ?tepi ~sinyal
        """,
    ),
    trace_of(
        "an escalation of a called process is heard at the border of the call",
        ("escalation throw", "escalation boundary, not interrupting", "callActivity"),
        of_processes(
            process(
                *chain(start(), call("p", "anak"), end()),
                boundary("tepi", "p", BY_ESCALATION, cancelActivity="false"),
                *(user_task("t"), flow("tepi", "t"), flow("t", "selesai")),
            ),
            process(*chain(start("m"), throw("k", BY_ESCALATION), user_task("a"), end("n")), identity="anak"),
        ),
        """
        start       | a t
        complete a  | t
        """,
    ),
    trace_of(
        "a message that names its receiver's key is heard by that one only",
        "message catch",
        of_processes(
            element(
                "message",
                "surat",
                '<extensionElements><tk:korelasi nilai="nomor"/></extensionElements>',
                name="surat",
            ),
            process(
                *chain(start(), catch("c", event("message", messageRef="surat")), user_task("a"), end()),
            ),
        ),
        """
        start nomor=7   | ?c
        message surat   | a
        """,
    ),
)
