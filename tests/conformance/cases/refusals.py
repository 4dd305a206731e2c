"""What is not run, and by which code it is refused."""

from tests.conformance.trace import Refusal, of_processes, refusal, refusal_of
from tests.support.diagrams import (
    boundary,
    call,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    exclusive,
    flow,
    process,
    script_task,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.unit.runtime.cases import BY_MESSAGE, multi_instance


def decided(condition: str) -> tuple[str, ...]:
    """A decision by this condition."""
    return (
        *(*chain(start(), exclusive("g", default="g_b")), user_task("a"), user_task("b"), end()),
        *(flow("g", "a", condition=condition), flow("g", "b"), flow("a", "selesai"), flow("b", "selesai")),
    )


def ordinary(*more: str) -> tuple[str, ...]:
    return (*chain(start(), user_task("a"), end()), *more)


ESCAPES = (
    "().__class__",
    "__import__('os')",
    "open('/etc/passwd')",
    "'{0.__class__}'.format(x)",
    "[x for x in x]",
    "(lambda: 1)()",
    "x.__globals__",
)

TIMES = ("-PT1H", "besok pagi sekali", "P1H", "R/P", "2026-13-45")

REFUSALS: tuple[Refusal, ...] = (
    *(
        refusal(f"the condition {text} is no condition", ("conditional flow", "S29"), decided(text), "expression.bad")
        for text in ESCAPES
    ),
    *(
        refusal(
            f"a script with {text} is none",
            ("scriptTask", "S29"),
            chain(start(), script_task("s", text), end()),
            "script.bad",
        )
        for text in ("import os", "x = open('a')", "x = ().__class__", "def f(): pass")
    ),
    *(
        refusal(
            f"the time {text} is none",
            ("timer catch", "S23"),
            chain(start(), catch("c", timer(text)), end()),
            "timer.bad",
        )
        for text in TIMES
    ),
    refusal_of(
        "one id for two elements",
        "S16",
        diagram(*chain(start(), user_task("a"), end()), element("textAnnotation", "a")),
        "element.duplicate_id",
    ),
    refusal("an arrow to nowhere", "S16", ordinary(flow("a", "hilang")), "flow.loose"),
    refusal(
        "an arrow across the border of a sub-process",
        "S16",
        (
            *chain(start(), sub_process("s", *chain(start("m"), user_task("a"), end("n"))), end()),
            flow("a", "selesai"),
        ),
        "flow.crosses_scope",
    ),
    refusal(
        "an event at the border of a gateway",
        "S16",
        (*chain(start(), exclusive("g"), end()), boundary("tepi", "g", BY_MESSAGE), flow("tepi", "selesai")),
        "boundary.wrong_host",
    ),
    refusal(
        "an event at the border of nothing",
        "S16",
        ordinary(boundary("tepi", "hilang", BY_MESSAGE), flow("tepi", "selesai")),
        "boundary.no_host",
    ),
    refusal(
        "a step to which nothing leads", "S16", ordinary(user_task("b"), flow("b", "selesai")), "element.unreachable"
    ),
    refusal("a step from which nothing leads on", "S16", ordinary(user_task("b"), flow("a", "b")), "element.dead_end"),
    refusal(
        "a message that is not there",
        ("message catch", "S26"),
        chain(start(), catch("c", event("message", messageRef="hilang")), end()),
        "reference.unknown",
    ),
    refusal(
        "a link that leads nowhere",
        ("link throw", "S6"),
        (
            *chain(start(), throw("ke", event("link", name="L"))),
            user_task("a"),
            end(),
            flow("mulai", "a"),
            flow("a", "selesai"),
        ),
        "element.dead_end",
        "link.no_target",
    ),
    refusal("a wait for nothing", ("none catch", "S15"), chain(start(), catch("c"), end()), "event.no_trigger"),
    refusal(
        "a receive task without a message",
        ("receiveTask", "S15"),
        chain(start(), element("receiveTask", "terima"), end()),
        "event.no_name",
    ),
    refusal(
        "fewer times than none",
        ("parallel multi-instance", "S17"),
        chain(start(), user_task("a", multi_instance("<loopCardinality>-1</loopCardinality>")), end()),
        "loop.bad_count",
    ),
    refusal(
        "a multi-instance that throws events while it repeats",
        ("parallel multi-instance", "S18"),
        chain(
            start(), user_task("a", multi_instance("<loopCardinality>2</loopCardinality>", behavior="Complex")), end()
        ),
        "element.unsupported",
    ),
    refusal(
        "a start quantity of none",
        ("userTask", "S18"),
        chain(start(), user_task("a", startQuantity="0"), end()),
        "number.bad",
    ),
    refusal(
        "a timer without a time", ("timer catch", "S15"), chain(start(), catch("c", timer("")), end()), "timer.missing"
    ),
    refusal(
        "a decision without conditions",
        ("exclusiveGateway", "conditional flow"),
        (
            *chain(start(), exclusive("g"), user_task("a"), end()),
            *(user_task("b"), flow("g", "b"), flow("b", "selesai")),
        ),
        "condition.missing",
    ),
    refusal_of(
        "a process that calls itself at once",
        ("callActivity", "S25"),
        of_processes(process(*chain(start(), call("p", "proses"), end()))),
        "call.endless",
    ),
    refusal(
        "an event that interrupts what cannot be interrupted",
        "cancel boundary",
        ordinary(boundary("tepi", "a", event("cancel")), flow("tepi", "selesai")),
        "boundary.wrong_host",
    ),
    refusal(
        "a person's task behind an event gateway",
        "eventBasedGateway",
        (*chain(start(), element("eventBasedGateway", "g"), user_task("a"), end()),),
        "event_gateway.wrong_target",
    ),
)
