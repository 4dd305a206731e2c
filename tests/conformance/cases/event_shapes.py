"""Each kind of event, how it happens, and drawings around it."""

from tests.support.diagrams import Part, boundary, chain, end, flow, start, throw, timer, user_task
from tests.unit.runtime.cases import BY_ERROR, BY_ESCALATION, BY_MESSAGE, BY_SIGNAL, by_condition, event_sub_process

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
