"""Beginnings, and events in the flow that are waited for."""

from tests.conformance.cases.event_shapes import HAPPENS
from tests.conformance.trace import trace
from tests.support.diagrams import (
    catch,
    chain,
    element,
    end,
    event,
    exclusive,
    flow,
    parallel,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.unit.runtime.cases import (
    BY_MESSAGE,
    BY_SIGNAL,
    by_condition,
)

BEGINNINGS = tuple(
    trace(
        f"a case begins at its {kind} start when that was caught, and by hand at the plain one",
        f"{kind} start",
        (
            *chain(start("surat", definition), user_task("a"), end()),
            *chain(start("sendiri"), user_task("b"), end("e")),
        ),
        f"""
        {begins}
        complete {task} | ended
        """,
    )
    for kind, definition, begins, task in (
        ("message", BY_MESSAGE, "start surat | a", "a"),
        ("signal", BY_SIGNAL, "start surat | a", "a"),
        ("timer", timer("R/P1D", "timeCycle"), "start surat | a", "a"),
        ("conditional", by_condition("x > 1"), "start surat | a", "a"),
        ("none", BY_MESSAGE, "start | b", "b"),
    )
)

NONE_EVENTS = (
    trace(
        "of several plain starts the one that is chosen begins the case",
        ("none start", "S21"),
        (*chain(start("satu"), user_task("a"), end()), *chain(start("dua"), user_task("b"), end("e"))),
        """
        start dua   | b
        complete b  | ended
        """,
    ),
    trace(
        "a sub-process with several plain starts begins at all of them",
        ("none start", "subProcess"),
        chain(
            start(),
            sub_process("s", *chain(start("m1"), user_task("a"), end("n")), *chain(start("m2"), user_task("b"))),
            end(),
        ),
        """
        start       | a b
        complete a  | b
        complete b  | ended
        """,
    ),
    trace(
        "an intermediate event without a definition is passed",
        "none throw",
        chain(start(), user_task("a"), throw("lewat"), user_task("b"), end()),
        """
        start       | a
        complete a  | b
        """,
    ),
    trace(
        "a plain end ends its own way only",
        "none end",
        (*chain(start(), parallel("bagi"), user_task("a"), end()), *chain(user_task("b"), end("e")), flow("bagi", "b")),
        """
        start       | a b
        complete a  | b
        complete b  | ended
        """,
    ),
)

CATCHING = tuple(
    trace(
        f"an intermediate {kind} is waited for and lets the token on",
        f"{kind} catch",
        chain(start(), user_task("a"), catch("tunggu", definition), user_task("b"), end()),
        f"""
        start x=0   | a
        complete a  | ?tunggu done:a
        {happens}   | b done:tunggu
        complete b  | ended
        """,
    )
    for kind, (definition, happens, is_awaited, _again) in HAPPENS.items()
    if is_awaited
)

MORE_CATCHING = (
    trace(
        "a condition that is true already lets the token pass",
        "conditional catch",
        chain(start(), catch("tunggu", by_condition("x > 1")), user_task("b"), end()),
        """
        start x=2   | b
        """,
    ),
    trace(
        "a timer with a date waits until that moment",
        "timer catch",
        chain(start(), catch("tunggu", timer("2026-11-24T02:00:00+00:00", "timeDate")), user_task("b"), end()),
        """
        start       | ?tunggu
        wait 23h    | ?tunggu
        wait 1h     | b
        """,
    ),
    trace(
        "a timer with a moment that has passed is due at once",
        "timer catch",
        chain(start(), catch("tunggu", timer("2020-01-01", "timeDate")), user_task("b"), end()),
        """
        start       | ?tunggu
        wait 0s     | b
        """,
    ),
    trace(
        "a cycle in the flow lets a token on at each of its moments",
        "timer catch",
        chain(start(), catch("tunggu", timer("R2/PT1H", "timeCycle")), user_task("b"), end()),
        """
        start       | ?tunggu
        wait 1h     | ?tunggu b
        wait 1h     | b b
        wait 9h     | b b
        """,
    ),
    trace(
        "a time may be worked out from the data of the case",
        ("timer catch", "S23"),
        chain(start(), catch("tunggu", timer("lama")), user_task("b"), end()),
        """
        start lama='PT2H'   | ?tunggu
        wait 119m           | ?tunggu
        wait 1m             | b
        """,
    ),
    trace(
        "a time that cannot be worked out is an incident, and a retry reads it again",
        ("timer catch", "S23", "retry"),
        chain(start(), catch("tunggu", timer("lama")), user_task("b"), end()),
        """
        start lama='besok'  | !timer.not_a_duration
        set lama='PT1H'     | !timer.not_a_duration
        retry               | ?tunggu
        wait 1h             | b
        """,
    ),
    trace(
        "a signal reaches everyone who waits for it",
        ("signal catch", "S20"),
        (
            *chain(start(), parallel("bagi"), catch("c1", BY_SIGNAL), user_task("a"), end()),
            *chain(catch("c2", BY_SIGNAL), user_task("b")),
            flow("bagi", "c2"),
        ),
        """
        start           | ?c1 ?c2
        signal sinyal   | a b
        """,
    ),
    trace(
        "a message reaches one of those who wait for it",
        "message catch",
        (
            *chain(start(), parallel("bagi"), catch("c1", BY_MESSAGE), user_task("a"), end()),
            *chain(catch("c2", BY_MESSAGE), user_task("b")),
            flow("bagi", "c2"),
        ),
        """
        start           | ?c1 ?c2
        message pesan   | a ?c2
        message pesan   | a b
        """,
    ),
    trace(
        "a wait in a loop begins anew in every turn",
        ("message catch", "exclusiveGateway"),
        (
            *chain(
                start(), exclusive("masuk"), catch("c", BY_MESSAGE), exclusive("lagi", default="lagi_selesai"), end()
            ),
            flow("lagi", "masuk", condition="terus"),
        ),
        """
        start                       | ?c
        message pesan terus=True    | ?c
        message pesan terus=True    | ?c
        message pesan terus=False   | ended
        """,
    ),
    trace(
        "any one of several definitions lets the token on",
        ("message catch", "timer catch"),
        chain(start(), catch("c", BY_MESSAGE, timer("PT1H")), user_task("b"), end()),
        """
        start           | ?c
        wait 1h         | b
        message pesan   | b refused:runtime.not_awaited
        """,
    ),
    trace(
        "a parallel multiple waits for all of its definitions",
        ("message catch", "signal catch"),
        chain(
            start(),
            element("intermediateCatchEvent", "c", BY_MESSAGE, BY_SIGNAL, parallelMultiple="true"),
            user_task("b"),
            end(),
        ),
        """
        start           | ?c
        message pesan   | ?c
        signal sinyal   | b
        """,
    ),
    trace(
        "a link leads to its pair, from several places",
        ("link catch", "link throw", "S6"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), throw("ke1", event("link", name="L"))),
            *chain(user_task("b"), throw("ke2", event("link", name="L"))),
            *chain(catch("dari", event("link", name="L")), user_task("z"), end()),
            flow("bagi", "b"),
        ),
        """
        start       | a b
        complete a  | b z
        complete b  | z z
        complete z  | z
        complete z  | ended
        """,
    ),
    trace(
        "a link may lead back, as an arrow may",
        ("link catch", "link throw", "S6"),
        (
            *chain(start(), exclusive("masuk"), user_task("a"), exclusive("lagi", default="lagi_selesai"), end()),
            *(throw("ke", event("link", name="L")), flow("lagi", "ke", condition="terus")),
            *chain(catch("dari", event("link", name="L")), user_task("b")),
            flow("b", "masuk"),
        ),
        """
        start                       | a
        complete a terus=True       | b
        complete b                  | a
        complete a terus=False      | ended
        """,
    ),
)
