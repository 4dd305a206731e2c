"""Each kind of event that begins an event sub-process."""

from tests.conformance.cases.event_shapes import HAPPENS, NOT_INTERRUPTING, WORK, beside, on
from tests.conformance.trace import trace
from tests.support.diagrams import (
    catch,
    chain,
    end,
    script_task,
    start,
    sub_process,
    timer,
    user_task,
)
from tests.unit.runtime.cases import (
    BY_ERROR,
    BY_MESSAGE,
    BY_SIGNAL,
    event_sub_process,
    multi_instance,
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
