"""Called processes."""

from tests.conformance.cases.scope_shapes import CHILD, MAPPED, calling
from tests.conformance.trace import Trace, of_processes, trace_of
from tests.support.diagrams import (
    boundary,
    call,
    chain,
    element,
    end,
    event,
    exclusive,
    extensions,
    flow,
    parallel,
    process,
    script_task,
    start,
    user_task,
)
from tests.unit.runtime.cases import BY_ERROR, BY_MESSAGE, BY_SIGNAL, event_sub_process

CALLS: tuple[Trace, ...] = (
    trace_of(
        "a called process gives back what it wrote",
        "callActivity",
        calling(call("p", "anak"), CHILD),
        """
        start x=1 tetap=0       | a
        complete a x=2 baru=3   | z x=2 tetap=0 baru=3 done:a,p
        complete z              | ended
        """,
    ),
    trace_of(
        "a called process takes and gives what is mapped, and nothing else",
        "callActivity",
        calling(
            element("callActivity", "p", MAPPED, calledElement="anak"),
            process(
                *chain(start("m"), script_task("hitung", "jawaban = masuk + 1\nlain = 5"), user_task("a"), end("n")),
                identity="anak",
            ),
        ),
        """
        start x=4   | a x=4 jawaban=-
        complete a  | z keluar=9 jawaban=- lain=- masuk=-
        """,
    ),
    trace_of(
        "what others wrote during a call stays",
        ("callActivity", "parallelGateway"),
        of_processes(
            process(
                *chain(start(), parallel("f"), call("p", "anak"), parallel("j"), user_task("z"), end()),
                *(user_task("b"), flow("f", "b"), flow("b", "j")),
            ),
            CHILD,
        ),
        """
        start x=1       | a b
        complete b x=5  | a x=5
        complete a y=2  | z x=5 y=2
        """,
    ),
    trace_of(
        "what a called process was given does not come back, unless it wrote it",
        "callActivity",
        calling(
            element(
                "callActivity",
                "p",
                extensions('<tk:masukan nama="masuk" nilai="x"/><tk:masukan nama="lain" nilai="x"/>'),
                calledElement="anak",
            ),
            CHILD,
        ),
        """
        start x=4           | a
        complete a masuk=9  | z masuk=9 lain=- x=4
        """,
    ),
    trace_of(
        "calls four deep come back",
        "callActivity",
        calling(
            call("p", "satu"),
            process(*chain(start("m1"), call("p1", "dua"), end("n1")), identity="satu"),
            process(*chain(start("m2"), call("p2", "tiga"), end("n2")), identity="dua"),
            process(*chain(start("m3"), call("p3", "anak"), end("n3")), identity="tiga"),
            CHILD,
        ),
        """
        start           | a
        complete a x=1  | z x=1 done:a,p3,p2,p1,p
        """,
    ),
    trace_of(
        "an error of a called process is caught at the border of the call",
        ("callActivity", "error boundary"),
        of_processes(
            process(
                *chain(start(), call("p", "anak"), end()),
                *(boundary("tepi", "p", BY_ERROR), user_task("t"), flow("tepi", "t"), flow("t", "selesai")),
            ),
            process(*chain(start("m"), user_task("a"), end("n", BY_ERROR)), identity="anak"),
        ),
        """
        start       | a
        complete a  | t
        complete t  | ended
        """,
    ),
    trace_of(
        "a call is interrupted with all that it called",
        ("callActivity", "message boundary"),
        of_processes(
            process(
                *chain(start(), call("p", "satu"), end()),
                *(boundary("tepi", "p", BY_MESSAGE), user_task("t"), flow("tepi", "t"), flow("t", "selesai")),
            ),
            process(*chain(start("m1"), call("p1", "anak"), end("n1")), identity="satu"),
            CHILD,
        ),
        """
        start           | a ?tepi
        message pesan   | t gone:a,p1,p
        """,
    ),
    trace_of(
        "a terminate end of a called process ends that process only",
        ("callActivity", "terminate end"),
        calling(
            call("p", "anak"),
            process(
                *chain(start("m"), user_task("a"), end("n", event("terminate"))),
                *(user_task("b"), flow("m", "b"), flow("b", "n")),
                identity="anak",
            ),
        ),
        """
        start       | a b
        complete a  | z
        """,
    ),
    trace_of(
        "a process that calls itself once somebody says so goes down and comes back",
        ("callActivity", "S25"),
        of_processes(
            process(
                *chain(start(), user_task("a"), exclusive("g", default="g_selesai"), end()),
                *(call("lagi", "proses"), flow("g", "lagi", condition="turun"), flow("lagi", "selesai")),
            ),
        ),
        """
        start                   | a
        complete a turun=True   | a
        complete a turun=True   | a
        complete a turun=False  | ended
        """,
    ),
    trace_of(
        "a process called twice side by side runs twice",
        ("callActivity", "parallelGateway"),
        of_processes(
            process(
                *chain(start(), parallel("f"), call("p1", "anak"), parallel("j"), user_task("z"), end()),
                *(call("p2", "anak"), flow("f", "p2"), flow("p2", "j")),
            ),
            CHILD,
        ),
        """
        start       | a a
        complete a  | a
        complete a  | z
        """,
    ),
    trace_of(
        "an event sub-process of a called process hears there",
        ("callActivity", "signal event sub-process"),
        calling(
            call("p", "anak"),
            process(
                *chain(start("m"), user_task("a"), end("n")),
                event_sub_process("k", *chain(start("d", BY_SIGNAL), user_task("t"), end("e"))),
                identity="anak",
            ),
        ),
        """
        start           | a ?d
        signal sinyal   | t
        complete t      | z
        """,
    ),
)
