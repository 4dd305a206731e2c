"""Each kind of event in each place where it may stand, in tables over the kinds."""

from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    Part,
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

# kind -> definition, how it happens, whether it is waited for, whether it can happen again
HAPPENS = {
    "message": (BY_MESSAGE, "message pesan", True, True),
    "signal": (BY_SIGNAL, "signal sinyal", True, True),
    "timer": (timer("PT1H"), "wait 1h", True, False),
    "conditional": (by_condition("x > 1"), "set x=2", True, True),
    "error": (BY_ERROR, "throw kerja galat", False, False),
    "escalation": (BY_ESCALATION, "complete naikkan", False, False),
}
NOT_INTERRUPTING = {kind: row for kind, row in HAPPENS.items() if kind != "error"}
WORK = (
    *chain(start("m"), user_task("kerja"), end("s")),
    *chain(user_task("naikkan"), throw("naik", BY_ESCALATION)),
    *(flow("m", "naikkan"), flow("naik", "s")),
)


def on(host: Part, definition: str, *more: str, interrupting: str = "true") -> tuple[str, ...]:
    """The host, with an event at its border that leads to the task `tangani`."""
    border = boundary("tepi", host.identity, definition, cancelActivity=interrupting)
    return (*chain(start(), host, end()), border, user_task("tangani"), flow("tepi", "tangani"), *more)


def beside(definition: str, *parts: str, interrupting: str = "true") -> tuple[str, ...]:
    """The parts, with an event sub-process beside them that offers the task `tangani`."""
    begin = start("dengar", definition, isInterrupting=interrupting)
    return (*parts, event_sub_process("khusus", *chain(begin, user_task("tangani"), end("selesai_khusus"))))


def interrupting_at_border(host: str, inner: Part) -> tuple[Trace, ...]:
    return tuple(
        trace(
            f"an interrupting {kind} at the border of a {host} takes its work away",
            (f"{kind} boundary", host),
            on(inner, definition),
            f"""
            start x=0           | kerja naikkan {"?tepi" if is_awaited else ""}
            {happens}           | tangani
            complete tangani    | ended
            """,
        )
        for kind, (definition, happens, is_awaited, _again) in HAPPENS.items()
    )


def not_interrupting_at_border(host: str, inner: Part) -> tuple[Trace, ...]:
    return tuple(
        trace(
            f"a {kind} at the border of a {host} that does not interrupt leaves its work",
            (f"{kind} boundary, not interrupting", host),
            on(inner, definition, interrupting="false"),
            f"""
            start x=0           | kerja naikkan {"?tepi" if is_awaited else ""}
            {happens}           | kerja {"" if kind == "escalation" else "naikkan"} tangani {"?tepi" if again else ""}
            complete tangani    | kerja {"" if kind == "escalation" else "naikkan"} {"?tepi" if again else ""}
            complete kerja      | {"ended" if kind == "escalation" else "naikkan " + ("?tepi" if again else "")}
            """,
        )
        for kind, (definition, happens, is_awaited, again) in NOT_INTERRUPTING.items()
    )


AT_BORDER = (
    *interrupting_at_border("subProcess", sub_process("bagian", *WORK)),
    *interrupting_at_border("transaction", element("transaction", "bagian", *WORK)),
    *not_interrupting_at_border("subProcess", sub_process("bagian", *WORK)),
)
ON_A_TASK = tuple(
    trace(
        f"an interrupting {kind} at the border of a task",
        (f"{kind} boundary", "userTask"),
        on(user_task("kerja"), definition),
        f"""
        start x=0           | kerja {"?tepi" if is_awaited else ""}
        {happens}           | tangani gone:kerja
        complete kerja      | tangani refused:runtime.already_closed
        complete tangani    | ended
        """,
    )
    for kind, (definition, happens, is_awaited, _again) in HAPPENS.items()
    if kind != "escalation"
)
TOO_LATE = tuple(
    trace(
        f"a {kind} that comes after the work is done finds nobody",
        f"{kind} boundary",
        (*on(user_task("kerja"), definition), user_task("lanjut"), flow("kerja", "lanjut")),
        f"""
        start x=0           | kerja ?tepi
        complete kerja      | lanjut
        {happens}           | lanjut {"refused:runtime.not_awaited" if kind == "message" else ""}
        """,
    )
    for kind, (definition, happens, is_awaited, _again) in HAPPENS.items()
    if is_awaited
)
EACH_TIME = tuple(
    trace(
        f"a {kind} at a border that does not interrupt acts each time it happens",
        (f"{kind} boundary, not interrupting", "S9"),
        on(user_task("kerja"), definition, interrupting="false"),
        f"""
        start x=0           | kerja ?tepi
        {happens}           | kerja tangani ?tepi
        {happens}           | kerja tangani tangani ?tepi
        {happens}           | kerja tangani tangani tangani ?tepi
        complete kerja      | tangani tangani tangani
        """,
    )
    for kind, (definition, happens, _awaited, _again) in HAPPENS.items()
    if kind in ("message", "signal")
)

DRAWN_AS_PATIENT = (
    trace(
        "an error at a border interrupts though it is drawn as if it did not",
        "error boundary, not interrupting",
        on(user_task("kerja"), BY_ERROR, interrupting="false"),
        """
        start               | kerja
        throw kerja galat   | tangani gone:kerja
        complete tangani    | ended
        """,
    ),
    trace(
        "an error that begins an event sub-process interrupts though it is drawn as if it did not",
        "error event sub-process, not interrupting",
        beside(BY_ERROR, *chain(start(), user_task("kerja"), end()), interrupting="false"),
        """
        start               | kerja
        throw kerja galat   | tangani gone:kerja
        complete tangani    | ended
        """,
    ),
    trace(
        "a cancellation interrupts though it is drawn as if it did not",
        "cancel boundary, not interrupting",
        on(
            element(
                "transaction",
                "t",
                *chain(start("m"), user_task("kerja"), end("batal", event("cancel"))),
                *(user_task("b"), flow("m", "b")),
            ),
            event("cancel"),
            interrupting="false",
        ),
        """
        start               | b kerja
        complete kerja      | tangani gone:b,t
        complete tangani    | ended
        """,
    ),
    trace(
        "what undoes work interrupts nothing, however it is drawn",
        "compensate boundary, not interrupting",
        (
            *chain(start(), user_task("kerja"), throw("undo", event("compensate")), user_task("z"), end()),
            boundary("u", "kerja", event("compensate"), cancelActivity="false"),
            user_task("x", isForCompensation="true"),
            element("association", "h", sourceRef="u", targetRef="x"),
        ),
        """
        start           | kerja
        complete kerja  | x
        complete x      | z
        """,
    ),
    trace(
        "an event sub-process that undoes interrupts nothing, however it is drawn",
        "compensate event sub-process, not interrupting",
        chain(
            start(),
            sub_process(
                "s",
                *beside(event("compensate"), *chain(start("m"), user_task("kerja"), end("n")), interrupting="false"),
            ),
            throw("undo", event("compensate")),
            user_task("z"),
            end(),
        ),
        """
        start               | kerja
        complete kerja      | tangani
        complete tangani    | z
        """,
    ),
)

EVENT_SUB_PROCESSES = (
    *(
        trace(
            f"an interrupting event sub-process by {kind} takes over the case",
            (f"{kind} event sub-process", "S4", "S8"),
            beside(definition, *chain(start(), sub_process("bagian", *WORK), user_task("lanjut"), end())),
            f"""
            start x=0           | kerja naikkan {"?dengar" if is_awaited else ""}
            {happens}           | tangani
            complete tangani    | ended
            """,
        )
        for kind, (definition, happens, is_awaited, _again) in HAPPENS.items()
    ),
    *(
        trace(
            f"an event sub-process by {kind} that does not interrupt runs beside the case",
            (f"{kind} event sub-process, not interrupting", "S4", "S8"),
            beside(
                definition,
                *chain(start(), sub_process("bagian", *WORK), user_task("lanjut"), end()),
                interrupting="false",
            ),
            f"""
            start x=0           | kerja naikkan {"?dengar" if is_awaited else ""}
            {happens}           | kerja {"" if kind == "escalation" else "naikkan"} tangani {"?dengar" if again else ""}
            complete tangani    | kerja {"" if kind == "escalation" else "naikkan"} {"?dengar" if again else ""}
            complete kerja      | {"lanjut" if kind == "escalation" else "naikkan " + ("?dengar" if again else "")}
            """,
        )
        for kind, (definition, happens, is_awaited, again) in NOT_INTERRUPTING.items()
    ),
    *(
        trace(
            f"an interrupting event sub-process by {kind} inside a sub-process ends that and no more",
            (f"{kind} event sub-process", "subProcess", "S8"),
            chain(start(), sub_process("bagian", *beside(definition, *WORK)), user_task("lanjut"), end()),
            f"""
            start x=0           | kerja naikkan {"?dengar" if is_awaited else ""}
            {happens}           | tangani
            complete tangani    | lanjut
            complete lanjut     | ended
            """,
        )
        for kind, (definition, happens, is_awaited, _again) in HAPPENS.items()
    ),
    *(
        trace(
            f"an event sub-process by {kind} inside a sub-process that does not interrupt holds it open",
            (f"{kind} event sub-process, not interrupting", "subProcess", "S8"),
            chain(
                start(),
                sub_process("bagian", *beside(definition, *WORK, interrupting="false")),
                user_task("lanjut"),
                end(),
            ),
            f"""
            start x=0           | kerja naikkan {"?dengar" if is_awaited else ""}
            {happens}           | kerja {"" if kind == "escalation" else "naikkan"} tangani {"?dengar" if again else ""}
            complete kerja      | {"" if kind == "escalation" else "naikkan"} tangani {"?dengar" if again else ""}
            {"" if kind == "escalation" else "complete naikkan | tangani " + ("?dengar" if again else "")}
            complete tangani    | lanjut
            """,
        )
        for kind, (definition, happens, is_awaited, again) in NOT_INTERRUPTING.items()
    ),
    trace(
        "an event sub-process that nothing happens to leaves the case alone",
        "timer event sub-process",
        beside(timer("PT1H"), *chain(start(), user_task("kerja"), end())),
        """
        start           | kerja ?dengar
        complete kerja  | ended
        """,
    ),
    trace(
        "an event sub-process hears again and again, and runs several times at once",
        ("message event sub-process, not interrupting", "S9"),
        beside(BY_MESSAGE, *chain(start(), user_task("kerja"), end()), interrupting="false"),
        """
        start           | kerja ?dengar
        message pesan   | kerja tangani ?dengar
        message pesan   | kerja tangani tangani ?dengar
        complete kerja  | tangani tangani ?dengar
        message pesan   | tangani tangani tangani ?dengar
        """,
    ),
    trace(
        "a cycle of an event sub-process begins it at each of its moments",
        ("timer event sub-process, not interrupting", "S9"),
        beside(timer("R2/PT1H", "timeCycle"), *chain(start(), user_task("kerja"), end()), interrupting="false"),
        """
        start           | kerja ?dengar
        wait 1h         | kerja tangani ?dengar
        wait 1h         | kerja tangani tangani
        wait 9h         | kerja tangani tangani
        """,
    ),
    trace(
        "an event sub-process sees the data of its case and writes them",
        ("message event sub-process, not interrupting", "S8"),
        (
            *chain(start(), user_task("kerja"), end()),
            event_sub_process(
                "khusus",
                *chain(
                    start("dengar", BY_MESSAGE, isInterrupting="false"),
                    script_task("hitung", "total = jumlah + isi"),
                    end("s"),
                ),
            ),
        ),
        """
        start jumlah=2      | kerja ?dengar
        message pesan isi=3 | kerja ?dengar total=5
        """,
    ),
    trace(
        "what an interrupting event sub-process throws is not caught by itself",
        ("error event sub-process", "error end"),
        (
            *chain(start(), user_task("kerja"), end("gagal", BY_ERROR)),
            event_sub_process("khusus", *chain(start("dengar", BY_ERROR), user_task("tangani"), end("lagi", BY_ERROR))),
        ),
        """
        start               | kerja
        complete kerja      | tangani
        complete tangani    | !error.uncaught
        """,
    ),
    trace(
        "an error that an event sub-process throws on is caught around its sub-process",
        ("error event sub-process", "error boundary"),
        on(
            sub_process(
                "bagian",
                *chain(start("m"), user_task("kerja"), end("gagal", BY_ERROR)),
                event_sub_process(
                    "khusus", *chain(start("dengar", BY_ERROR), user_task("rapikan"), end("lagi", BY_ERROR))
                ),
            ),
            BY_ERROR,
        ),
        """
        start               | kerja
        complete kerja      | rapikan
        complete rapikan    | tangani
        complete tangani    | ended
        """,
    ),
    trace(
        "an event sub-process inside another hears while that one runs",
        ("message event sub-process", "signal event sub-process"),
        (
            *chain(start(), user_task("kerja"), end()),
            event_sub_process(
                "luar",
                *chain(start("dengar", BY_MESSAGE), user_task("a"), end("s1")),
                event_sub_process("dalam", *chain(start("dengar2", BY_SIGNAL), user_task("b"), end("s2"))),
            ),
        ),
        """
        start           | kerja ?dengar
        signal sinyal   | kerja ?dengar
        message pesan   | a ?dengar2
        signal sinyal   | b
        complete b      | ended
        """,
    ),
    trace(
        "an interrupted sub-process no longer hears at its inner events, but still at its border",
        ("message event sub-process", "signal boundary"),
        on(
            sub_process(
                "bagian",
                *chain(start("m"), user_task("kerja"), end("s")),
                event_sub_process("khusus", *chain(start("dengar", BY_MESSAGE), user_task("a"), end("s2"))),
            ),
            BY_SIGNAL,
        ),
        """
        start           | kerja ?dengar ?tepi
        message pesan   | a ?tepi
        message pesan   | a ?tepi refused:runtime.not_awaited
        signal sinyal   | tangani
        """,
    ),
    trace(
        "each pass of a multi-instance has its own event sub-process",
        ("message event sub-process", "parallel multi-instance"),
        chain(
            start(),
            sub_process(
                "bagian",
                multi_instance("<loopCardinality>2</loopCardinality>"),
                *beside(BY_MESSAGE, *chain(start("m"), user_task("kerja"), end("s"))),
            ),
            user_task("lanjut"),
            end(),
        ),
        """
        start               | kerja kerja ?dengar ?dengar
        message pesan       | kerja tangani ?dengar
        complete kerja      | tangani
        complete tangani    | lanjut
        """,
    ),
    trace(
        "a signal that opens one event sub-process does not open what it replaces",
        ("signal event sub-process", "signal catch"),
        beside(BY_SIGNAL, *chain(start(), user_task("kerja"), catch("c", BY_SIGNAL), end())),
        """
        start               | kerja ?dengar
        complete kerja      | ?c ?dengar
        signal sinyal       | tangani
        complete tangani    | ended
        """,
    ),
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

EVENTS: tuple[Trace, ...] = (
    *AT_BORDER,
    *ON_A_TASK,
    *TOO_LATE,
    *EACH_TIME,
    *DRAWN_AS_PATIENT,
    *EVENT_SUB_PROCESSES,
    *BEGINNINGS,
    *NONE_EVENTS,
    *CATCHING,
    *MORE_CATCHING,
)
