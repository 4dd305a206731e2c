"""What the library's parser and runtime got wrong (S1 to S30) and does not show in an element's own cases."""

from tests.conformance.trace import Trace, of_processes, trace, trace_of
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    definitions,
    element,
    end,
    event,
    exclusive,
    flow,
    lane,
    parallel,
    process,
    script_task,
    start,
    sub_process,
    throw,
    user_task,
)
from tests.unit.runtime.cases import MESSAGE


def thrown(error: str) -> str:
    return event("error", errorRef=error)


def raised(escalation: str) -> str:
    return event("escalation", escalationRef=escalation)


READINGS: tuple[Trace, ...] = (
    trace(
        "an arrow without an id is an arrow",
        ("sequenceFlow", "S2"),
        (start(), user_task("a"), end(), flow("mulai", "a", identity=""), flow("a", "selesai", identity="")),
        """
        start       | a
        complete a  | ended
        """,
    ),
    trace(
        "an arrow without an id may have a condition",
        ("conditional flow", "S2"),
        (
            *(start(), exclusive("g"), user_task("a"), user_task("b"), flow("mulai", "g", identity="")),
            *(flow("g", "a", condition="x > 1", identity=""), flow("g", "b", condition="x <= 1", identity="")),
        ),
        """
        start x=2 | a
        """,
    ),
    *(
        trace(
            f"an element may have the id {name}",
            ("userTask", "S3"),
            chain(start("mulai"), user_task(name), user_task("b"), end("selesai")),
            f"""
            start           | {name}
            complete {name} | b
            complete b      | ended
            """,
        )
        for name in ("Start", "End", "Root", "proses.EndJoin")
    ),
    *(
        trace_of(
            f"an event without a code catches {what}",
            ("error boundary", "error end"),
            definitions(
                *(element("error", "satu"), element("error", "dua"), element("error", "tiga", errorCode="3")),
                process(
                    *chain(start(), sub_process("s", *chain(start("m"), end("n", thrown(error)))), end()),
                    *(boundary("b_satu", "s", thrown("satu")), user_task("di_satu"), flow("b_satu", "di_satu")),
                    *(boundary("b_dua", "s", thrown("dua")), user_task("di_dua"), flow("b_dua", "di_dua")),
                ),
            ),
            f"""
            start | {caught}
            """,
        )
        for what, error, caught in (
            ("its own error first", "dua", "di_dua"),
            ("every other error too", "tiga", "di_satu"),
        )
    ),
    trace_of(
        "an event without a code leaves to others what they name",
        ("escalation boundary", "escalation throw"),
        definitions(
            *(element("escalation", "semua"), element("escalation", "satu", escalationCode="1")),
            process(
                *chain(start(), sub_process("s", *chain(start("m"), throw("t", raised("satu")), user_task("a")))),
                *(boundary("b_semua", "s", raised("semua")), user_task("di_semua"), flow("b_semua", "di_semua")),
                *(boundary("b_satu", "s", raised("satu")), user_task("di_satu"), flow("b_satu", "di_satu")),
                *(flow("s", "selesai"), end()),
            ),
        ),
        """
        start | di_satu
        """,
    ),
    trace_of(
        "references with a prefix are understood",
        ("message catch", "S26"),
        definitions(
            MESSAGE,
            process(*chain(start(), catch("c", event("message", messageRef="tns:pesan")), user_task("a"), end())),
        ),
        """
        start           | ?c
        message pesan   | a
        """,
    ),
    trace(
        "a drawing without an end ends where nothing leads on",
        ("sequenceFlow", "S16"),
        (*chain(start(), parallel("f"), user_task("a")), user_task("b"), flow("f", "b")),
        """
        start       | a b
        complete a  | b
        complete b  | ended
        """,
    ),
    trace(
        "data stores and data objects are kept in the drawing and do nothing",
        ("dataStoreReference", "dataObject", "S21", "S25"),
        (
            *(
                element("dataStoreReference", "arsip"),
                element("dataObject", "data"),
                element("dataObjectReference", "d"),
            ),
            *chain(start(), sub_process("s", *chain(start("m"), user_task("a"), end("n"))), end()),
        ),
        """
        start       | a
        complete a  | ended
        """,
    ),
    trace(
        "a task in a lane is that of a person",
        ("task", "lane", "S21"),
        (lane("Staf", "a"), *chain(start(), element("task", "a", name="A"), user_task("b"), end())),
        """
        start       | a
        complete a  | b
        """,
    ),
    trace(
        "the order of the file decides and not that of the drawing",
        ("exclusiveGateway", "S13"),
        (
            *(start(), exclusive("g"), user_task("a"), user_task("b"), flow("mulai", "g")),
            *(flow("g", "b", condition="x > 0"), flow("g", "a", condition="x > 0")),
        ),
        """
        start x=1 | b
        """,
    ),
    trace(
        "a chain of five hundred steps is read and walked",
        ("scriptTask", "S25"),
        chain(start(), *(script_task(f"s{n}", "n = n + 1") for n in range(500)), user_task("a"), end()),
        """
        start n=0 | a n=500
        """,
    ),
    trace_of(
        "each pool is a process of its own",
        ("participant", "S21"),
        of_processes(
            element("collaboration", "k", element("participant", "p1", processRef="proses", name="Kantor")),
            process(*chain(start(), user_task("a"), end())),
            process(*chain(start("m"), user_task("b"), end("n")), identity="lain"),
        ),
        """
        start       | a
        complete a  | ended
        """,
    ),
    trace(
        "a number too large to be worked out is an incident and no hang",
        ("conditional flow", "S29"),
        (*chain(start(), exclusive("g"), user_task("a"), end()), flow("g", "selesai", condition="x ** x ** x > 1")),
        """
        start x=99 | !expression.too_large
        """,
    ),
    trace(
        "a new case of a graph inherits nothing from those before it",
        ("adHocSubProcess", "S27"),
        chain(
            start(),
            element("adHocSubProcess", "bebas", user_task("a"), user_task("b"), ordering="Sequential"),
            user_task("z"),
            end(),
        ),
        """
        start       | a
        complete a  | b
        """,
    ),
)
