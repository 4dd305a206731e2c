"""Each kind of event at the border of a step."""

from tests.conformance.cases.event_shapes import HAPPENS, NOT_INTERRUPTING, WORK, beside, on
from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    Part,
    boundary,
    chain,
    element,
    end,
    event,
    flow,
    start,
    sub_process,
    throw,
    user_task,
)
from tests.unit.runtime.cases import (
    BY_ERROR,
)


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
