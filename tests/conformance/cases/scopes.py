"""Sub-processes, called processes, transactions, ad-hoc work, and undoing."""

from tests.conformance.trace import Trace, of_processes, trace, trace_of
from tests.support.diagrams import (
    Part,
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
    sub_process,
    throw,
    user_task,
)
from tests.unit.runtime.cases import BY_ERROR, BY_MESSAGE, BY_SIGNAL, event_sub_process, multi_instance

UNDO = event("compensate")
TWICE = multi_instance("<loopCardinality>2</loopCardinality>")


def undone(name: str) -> tuple[str, ...]:
    """What undoes the work of `name`: the task `x_name`."""
    return (
        boundary(f"u_{name}", name, UNDO),
        user_task(f"x_{name}", isForCompensation="true"),
        element("association", f"h_{name}", sourceRef=f"u_{name}", targetRef=f"x_{name}"),
    )


def transaction(identity: str, *parts: str) -> Part:
    return element("transaction", identity, *parts)


def ad_hoc(*parts: str, **attributes: str) -> tuple[str, ...]:
    return chain(start(), element("adHocSubProcess", "bebas", *parts, **attributes), user_task("z"), end())


def calling(called: Part, *processes: str) -> bytes:
    return of_processes(process(*chain(start(), called, user_task("z"), end())), *processes)


INNER = chain(start("m"), user_task("a"), end("n"))
CHILD = process(*chain(start("m"), user_task("a"), end("n")), identity="anak")
MAPPED = extensions(
    '<tk:masukan nama="masuk" nilai="x * 2"/><tk:hasil nama="keluar" nilai="jawaban"/>',
)

SUB_PROCESSES: tuple[Trace, ...] = (
    trace(
        "a sub-process ends when nothing lives in it any more",
        "subProcess",
        chain(start(), sub_process("s", *INNER, user_task("b"), flow("m", "b")), user_task("z"), end()),
        """
        start       | a b
        complete a  | b
        complete b  | z done:b,s
        complete z  | ended
        """,
    ),
    trace(
        "a sub-process without a start begins at what nothing leads to",
        "subProcess",
        chain(start(), sub_process("s", user_task("a"), user_task("b")), user_task("z"), end()),
        """
        start       | a b
        complete b  | a
        complete a  | z
        """,
    ),
    trace(
        "an empty sub-process is passed",
        "subProcess",
        chain(start(), user_task("a"), sub_process("s", *chain(start("m"), end("n"))), user_task("z"), end()),
        """
        start       | a
        complete a  | z done:a,s
        """,
    ),
    trace(
        "sub-processes four deep",
        ("subProcess", "S25"),
        chain(
            start(),
            sub_process(
                "s1",
                *chain(
                    start("m1"),
                    sub_process(
                        "s2",
                        *chain(
                            start("m2"), sub_process("s3", *chain(start("m3"), sub_process("s4", *INNER), end("n3")))
                        ),
                    ),
                    end("n1"),
                ),
            ),
            user_task("z"),
            end(),
        ),
        """
        start       | a
        complete a  | z done:a,s4,s3,s2,s1
        """,
    ),
    trace(
        "a sub-process in a loop is a new one in every turn",
        ("subProcess", "exclusiveGateway"),
        (
            *chain(start(), exclusive("masuk"), sub_process("s", *INNER), exclusive("g", default="g_z")),
            *(*chain(user_task("z"), end()), flow("g", "z"), flow("g", "masuk", condition="lagi")),
        ),
        """
        start                   | a
        complete a lagi=True    | a
        complete a lagi=False   | z
        """,
    ),
    trace(
        "two tokens open two sub-processes",
        ("subProcess", "parallelGateway"),
        (
            *chain(start(), parallel("f"), exclusive("temu"), sub_process("s", *INNER), user_task("z"), end()),
            *(user_task("b"), flow("f", "b"), flow("b", "temu")),
        ),
        """
        start       | a b
        complete b  | a a
        complete a  | a z
        complete a  | z z
        """,
    ),
    trace(
        "a terminate end inside a sub-process ends that and no more",
        ("terminate end", "subProcess"),
        chain(
            start(),
            sub_process(
                "s", *chain(start("m"), user_task("a"), end("n", event("terminate"))), user_task("b"), flow("m", "b")
            ),
            user_task("z"),
            end(),
        ),
        """
        start       | a b
        complete a  | z gone:b
        complete z  | ended
        """,
    ),
    trace(
        "a terminate end ends the whole case",
        "terminate end",
        (
            *chain(start(), parallel("f"), user_task("a"), end("e", event("terminate"))),
            *chain(sub_process("s", *chain(start("m"), user_task("b"), end("n"))), user_task("c")),
            flow("f", "s"),
        ),
        """
        start       | a b
        complete a  | ended gone:b,s
        """,
    ),
    trace(
        "an error goes out to the nearest scope that catches it",
        ("error end", "error boundary", "subProcess"),
        (
            *chain(
                start(),
                sub_process(
                    "luar",
                    *chain(
                        start("m1"),
                        sub_process("dalam", *chain(start("m"), user_task("a"), end("n", BY_ERROR))),
                        end("n1"),
                    ),
                    *(user_task("b"), flow("m1", "b")),
                ),
                end(),
            ),
            *(boundary("tepi", "luar", BY_ERROR), user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a b
        complete a  | t done:a gone:dalam,b,luar
        complete t  | ended
        """,
    ),
    trace(
        "an error is caught by its code before it is caught by any code",
        ("error boundary", "error end"),
        (
            *chain(start(), sub_process("s", *chain(start("m"), user_task("a"), end("n", BY_ERROR))), end()),
            *(boundary("apa_saja", "s", event("error")), user_task("b"), flow("apa_saja", "b")),
            *(boundary("tepi", "s", BY_ERROR), user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a
        complete a  | t
        """,
    ),
    trace(
        "an error with another code is not caught",
        ("error boundary", "error end", "S20"),
        (
            *chain(start(), sub_process("s", *chain(start("m"), user_task("a"), end("n", BY_ERROR))), end()),
            boundary("tepi", "s", event("error", errorRef="galat_lain")),
            *(user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a
        complete a  | !error.uncaught
        """,
    ),
    trace(
        "an error is not caught by a scope in which it was not thrown",
        ("error boundary", "error end", "S20"),
        (
            *chain(start(), parallel("f"), sub_process("s", *INNER), end()),
            *(boundary("tepi", "s", BY_ERROR), user_task("t"), flow("tepi", "t")),
            *(*chain(user_task("b"), end("e", BY_ERROR)), flow("f", "b")),
        ),
        """
        start       | a b
        complete b  | a !error.uncaught
        """,
    ),
    trace(
        "an error that nobody catches is an incident and no end",
        ("error end", "S19"),
        chain(start(), user_task("a"), end("e", BY_ERROR)),
        """
        start       | a
        complete a  | !error.uncaught
        cancel      | ended
        """,
    ),
    trace(
        "a token is moved to another element of its scope",
        ("move", "subProcess"),
        chain(start(), sub_process("s", *chain(start("m"), user_task("a"), user_task("b"), end("n"))), end()),
        """
        start           | a
        move a to b     | b gone:a
        complete b      | ended
        """,
    ),
)

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

AD_HOC: tuple[Trace, ...] = (
    trace(
        "ad-hoc work is offered all at once",
        "adHocSubProcess",
        ad_hoc(user_task("a"), user_task("b")),
        """
        start       | a b
        complete b  | a
        complete a  | z
        """,
    ),
    trace(
        "ad-hoc work of which there is never enough is offered again",
        ("adHocSubProcess", "completion condition"),
        ad_hoc(user_task("a"), user_task("b"), "<completionCondition>cukup</completionCondition>"),
        """
        start                   | a b
        complete b cukup=False  | a
        complete a              | a b
        complete a cukup=True   | z gone:b
        """,
    ),
    trace(
        "ad-hoc work ends when its condition says so, and the rest is taken away",
        ("adHocSubProcess", "completion condition"),
        ad_hoc(user_task("a"), user_task("b"), user_task("c"), "<completionCondition>cukup</completionCondition>"),
        """
        start                   | a b c
        complete b cukup=False  | a c
        complete a cukup=True   | z gone:c
        """,
    ),
    trace(
        "ad-hoc work that is not taken away is finished first",
        ("adHocSubProcess", "completion condition"),
        ad_hoc(
            user_task("a"),
            user_task("b"),
            "<completionCondition>cukup</completionCondition>",
            cancelRemainingInstances="false",
        ),
        """
        start                   | a b
        complete a cukup=True   | b
        complete b              | z
        """,
    ),
    trace(
        "ordered ad-hoc work is offered one after the other",
        ("adHocSubProcess", "S18"),
        ad_hoc(user_task("a"), user_task("b"), user_task("c"), ordering="Sequential"),
        """
        start       | a
        complete a  | b
        complete b  | c
        complete c  | z
        """,
    ),
    trace(
        "ordered ad-hoc work ends early when its condition says so",
        ("adHocSubProcess", "S18", "completion condition"),
        ad_hoc(
            user_task("a"), user_task("b"), "<completionCondition>cukup</completionCondition>", ordering="Sequential"
        ),
        """
        start                   | a
        complete a cukup=True   | z
        """,
    ),
    trace(
        "flows inside ad-hoc work are followed",
        "adHocSubProcess",
        ad_hoc(user_task("a"), user_task("b"), flow("a", "b"), user_task("c")),
        """
        start       | a c
        complete a  | b c
        complete c  | b
        complete b  | z
        """,
    ),
)

UNDOING: tuple[Trace, ...] = (
    trace(
        "what was done is undone, newest first",
        ("compensate throw", "compensate boundary"),
        (
            *chain(start(), user_task("a"), user_task("b"), throw("undo", UNDO), user_task("z"), end()),
            *(*undone("a"), *undone("b")),
        ),
        """
        start           | a
        complete a      | b
        complete b      | x_a x_b
        complete x_b    | x_a
        complete x_a    | z
        complete z      | ended
        """,
    ),
    trace(
        "what was not done is not undone",
        ("compensate throw", "compensate boundary"),
        (
            *chain(start(), exclusive("g", default="g_b"), user_task("b"), throw("undo", UNDO), user_task("z"), end()),
            *(user_task("a"), flow("g", "a", condition="false"), flow("a", "b"), *undone("a"), *undone("b")),
        ),
        """
        start           | b
        complete b      | x_b
        complete x_b    | z
        """,
    ),
    trace(
        "one activity may be named, and only that is undone",
        ("compensate throw", "compensate boundary"),
        (
            *chain(start(), user_task("a"), user_task("b")),
            *chain(throw("undo", event("compensate", activityRef="a")), user_task("z"), end()),
            *(flow("b", "undo"), *undone("a"), *undone("b")),
        ),
        """
        start           | a
        complete a      | b
        complete b      | x_a
        complete x_a    | z
        """,
    ),
    trace(
        "nothing to undo lets the token pass",
        "compensate throw",
        (*chain(start(), throw("undo", UNDO), user_task("a"), end()), *undone("a")),
        """
        start       | a
        complete a  | ended
        """,
    ),
    trace(
        "what has been undone is not undone again",
        ("compensate throw", "compensate boundary"),
        (
            *chain(start(), user_task("a"), throw("undo", UNDO), user_task("b"), throw("lagi", UNDO), user_task("z")),
            *undone("a"),
        ),
        """
        start           | a
        complete a      | x_a
        complete x_a    | b
        complete b      | z
        """,
    ),
    trace(
        "work done twice in a loop is undone twice",
        ("compensate throw", "compensate boundary", "combination"),
        (
            *chain(start(), exclusive("masuk"), user_task("a"), exclusive("g", default="g_undo")),
            *chain(throw("undo", UNDO), user_task("z"), end()),
            *(flow("g", "undo"), flow("g", "masuk", condition="lagi"), *undone("a")),
        ),
        """
        start                   | a
        complete a lagi=True    | a
        complete a lagi=False   | x_a x_a
        complete x_a            | x_a
        complete x_a            | z
        """,
    ),
    trace(
        "a compensation end undoes before it ends",
        ("compensate end", "compensate boundary"),
        (*chain(start(), user_task("a"), end("e", UNDO)), *undone("a")),
        """
        start           | a
        complete a      | x_a
        complete x_a    | ended
        """,
    ),
    trace(
        "a completed sub-process is undone from the outside",
        ("compensate throw", "subProcess", "combination"),
        chain(
            start(),
            sub_process("s", *chain(start("m"), user_task("a"), user_task("b"), end("n")), *undone("a"), *undone("b")),
            throw("undo", UNDO),
            user_task("z"),
            end(),
        ),
        """
        start           | a
        complete a      | b
        complete b      | x_a x_b
        complete x_a    | x_b
        complete x_b    | z
        """,
    ),
    trace(
        "a sub-process with its own way of being undone goes that way",
        ("compensate event sub-process", "compensate throw", "S4"),
        chain(
            start(),
            sub_process(
                "s",
                *chain(start("m"), user_task("a"), end("n")),
                event_sub_process("k", *chain(start("d", UNDO), user_task("t"), end("e"))),
            ),
            throw("undo", UNDO),
            user_task("z"),
            end(),
        ),
        """
        start       | a
        complete a  | t
        complete t  | z
        """,
    ),
    trace(
        "each pass of a multi-instance is undone",
        ("compensate throw", "parallel multi-instance", "combination"),
        chain(
            start(),
            sub_process("s", TWICE, *chain(start("m"), user_task("a"), end("n")), *undone("a")),
            throw("undo", UNDO),
            user_task("z"),
            end(),
        ),
        """
        start           | a a
        complete a      | a
        complete a      | x_a x_a
        complete x_a    | x_a
        complete x_a    | z
        """,
    ),
    trace(
        "a cancelled transaction undoes its work and goes out by its cancel event",
        ("transaction", "cancel end", "cancel boundary"),
        (
            *chain(
                start(),
                transaction(
                    "t",
                    *chain(start("m"), user_task("a"), user_task("b"), end("n", event("cancel"))),
                    *(*undone("a"), user_task("c"), flow("m", "c")),
                ),
                end(),
            ),
            *(boundary("tepi", "t", event("cancel")), user_task("z"), flow("tepi", "z")),
        ),
        """
        start           | a c
        complete a      | b c
        complete b      | x_a gone:c
        complete x_a    | z
        complete z      | ended
        """,
    ),
    trace(
        "a transaction that is not cancelled goes on as a sub-process",
        ("transaction", "cancel boundary"),
        (
            *chain(
                start(),
                transaction(
                    "t",
                    *chain(start("m"), user_task("a"), exclusive("g", default="g_n"), end("n")),
                    end("c", event("cancel")),
                    flow("g", "c", condition="batal"),
                    *undone("a"),
                ),
                user_task("z"),
                end(),
            ),
            *(boundary("tepi", "t", event("cancel")), user_task("y"), flow("tepi", "y")),
        ),
        """
        start                   | a
        complete a batal=False  | z
        complete z              | ended
        """,
    ),
    trace(
        "an error that leaves a transaction undoes nothing",
        ("transaction", "error boundary"),
        (
            *chain(
                start(),
                transaction("t", *chain(start("m"), user_task("a"), user_task("b"), end("n", BY_ERROR)), *undone("a")),
                end(),
            ),
            *(boundary("tepi", "t", BY_ERROR), user_task("z"), flow("tepi", "z")),
        ),
        """
        start       | a
        complete a  | b
        complete b  | z
        """,
    ),
)

SCOPES: tuple[Trace, ...] = (*SUB_PROCESSES, *CALLS, *AD_HOC, *UNDOING)
