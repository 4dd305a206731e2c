"""Multi-instances side by side."""

from tests.conformance.cases.loop_shapes import (
    INNER,
    LIST,
    OUTPUT,
    PARALLEL,
    THRICE,
    TWICE,
    around,
    each,
    repeated,
    until,
)
from tests.conformance.trace import Trace, trace, trace_of
from tests.support.diagrams import (
    boundary,
    chain,
    diagram,
    element,
    end,
    event,
    exclusive,
    extensions,
    flow,
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
    NAMED,
    event_sub_process,
    multi_instance,
)

COUNTED = "jumlah = [nrOfInstances, numberOfActiveInstances, nrOfCompletedInstances]"

SIDE_BY_SIDE: tuple[Trace, ...] = (
    trace(
        "side by side so many times",
        PARALLEL,
        repeated(each(THRICE)),
        """
        start       | a a a
        complete a  | a a
        complete a  | a
        complete a  | z
        """,
    ),
    trace(
        "side by side for each of a list, and what each gave stands in its place",
        PARALLEL,
        repeated(each(*LIST, *OUTPUT)),
        """
        start daftar=['Ani','Budi'] | a a
        complete a nilai=1          | a
        complete a nilai=2          | z hasil=[1,2] nilai=-
        """,
    ),
    trace(
        "side by side for an empty list goes on at once",
        PARALLEL,
        repeated(each(*LIST, *OUTPUT)),
        """
        start daftar=[] | z hasil=[]
        """,
    ),
    trace(
        "side by side none at all goes on at once",
        (PARALLEL, "S17"),
        repeated(each("<loopCardinality>n</loopCardinality>")),
        """
        start n=0 | z
        """,
    ),
    trace(
        "a negative number of times is an incident, and a retry asks again",
        (PARALLEL, "S17", "retry"),
        repeated(each("<loopCardinality>n</loopCardinality>")),
        """
        start n=-1  | !loop.no_count
        set n=2     | !loop.no_count
        retry       | a a
        """,
    ),
    trace(
        "side by side until enough have answered stops the rest",
        (PARALLEL, "completion condition"),
        repeated(each(THRICE, until("numberOfCompletedInstances &gt;= 2"))),
        """
        start       | a a a
        complete a  | a a
        complete a  | z gone:a
        complete z  | ended
        """,
    ),
    trace(
        "the counters of a completion condition are those of the standard",
        (PARALLEL, "completion condition"),
        repeated(each(THRICE, until("numberOfInstances == 3 and numberOfActiveInstances == 1"))),
        """
        start       | a a a
        complete a  | a a
        complete a  | z
        """,
    ),
    trace(
        "a pass sees how many there are, how many still run and how many are done",
        PARALLEL,
        around(
            each(THRICE),
            *chain(start("m"), user_task("a"), script_task("hitung", COUNTED), end("n")),
        ),
        """
        start       | a a a
        complete a  | a a   jumlah=[3,3,0]
        complete a  | a     jumlah=[3,2,1]
        complete a  | z     jumlah=[3,1,2] nrOfInstances=-
        """,
    ),
    trace(
        "what a pass found may be enough",
        (PARALLEL, "completion condition"),
        repeated(each(*LIST, *OUTPUT, until("nilai == 'cukup'"))),
        """
        start daftar=[1,2,3]        | a a a
        complete a nilai='belum'    | a a
        complete a nilai='cukup'    | z hasil=['belum','cukup',None]
        """,
    ),
    trace(
        "sub-processes side by side go their own pace",
        (PARALLEL, "subProcess"),
        around(each(TWICE), *INNER),
        """
        start       | a a
        complete a  | a b
        complete b  | a
        complete a  | b
        complete b  | z
        """,
    ),
    trace(
        "nested values are not shared between the passes",
        (PARALLEL, "S22"),
        around(
            each(TWICE, '<outputDataItem name="bagian"/>', "<loopDataOutputRef>hasil</loopDataOutputRef>"),
            *chain(start("m"), script_task("ubah", "bagian = {'isi': [nomor, loopCounter]}"), user_task("a"), end("n")),
        ),
        """
        start nomor={'x':1} | a a
        complete a          | a
        complete a          | z hasil=[{'isi':[{'x':1},0]},{'isi':[{'x':1},1]}]
        """,
    ),
    trace(
        "interrupted from outside, no pass is left",
        (PARALLEL, "message boundary", "S12"),
        (
            *around(each(THRICE), *INNER),
            *(boundary("tepi", "bagian", BY_MESSAGE), user_task("t"), flow("tepi", "t")),
        ),
        """
        start           | a a a ?tepi
        complete a      | a a b ?tepi
        message pesan   | t
        complete t      | ended
        """,
    ),
    trace(
        "interrupted by a pass itself, no pass is left",
        (PARALLEL, "error boundary", "S12"),
        (
            *around(each(TWICE), *chain(start("m"), user_task("a"), end("n", BY_ERROR))),
            *(boundary("tepi", "bagian", BY_ERROR), user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a a
        complete a  | t done:a gone:bagian,a,bagian,bagian
        complete t  | ended
        """,
    ),
    trace(
        "an event at the border of a repeated step is waited for once",
        (PARALLEL, "timer boundary, not interrupting"),
        repeated(
            each(THRICE),
            *(boundary("tepi", "a", timer(), cancelActivity="false"), user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a a a ?tepi
        wait 1h     | a a a t
        complete a  | a a t
        """,
    ),
    trace(
        "an escalation of each pass is heard each time",
        (PARALLEL, "escalation boundary, not interrupting"),
        (
            *around(each(TWICE), *chain(start("m"), user_task("a"), throw("naik", BY_ESCALATION), end("n"))),
            *(boundary("tepi", "bagian", BY_ESCALATION, cancelActivity="false"), user_task("t"), flow("tepi", "t")),
        ),
        """
        start       | a a
        complete a  | a t
        complete a  | t t z
        """,
    ),
    trace(
        "services are asked side by side",
        (PARALLEL, "serviceTask"),
        chain(
            start(),
            element("serviceTask", "s", extensions('<tk:layanan operasi="notify"/>'), each(TWICE)),
            user_task("z"),
            end(),
        ),
        """
        start       | @s @s
        answer s    | @s
        break s     | !service.failed
        retry       | @s
        answer s    | z
        """,
    ),
    trace(
        "a terminate end ends its own pass only",
        (PARALLEL, "terminate end"),
        around(
            each(TWICE),
            *chain(start("m"), user_task("a"), end("n", event("terminate"))),
            *(user_task("b"), flow("m", "b")),
        ),
        """
        start       | a a b b
        complete a  | a b
        complete a  | z
        """,
    ),
    trace(
        "multi-instances inside each other multiply",
        (PARALLEL, "combination"),
        around(
            each(TWICE),
            *chain(start("m"), sub_process("dalam", each(TWICE), *chain(start("k"), user_task("a"))), end("n")),
        ),
        """
        start       | a a a a
        complete a  | a a a
        complete a  | a a
        complete a  | a
        complete a  | z
        """,
    ),
    trace(
        "a repeated step in a loop begins anew in every turn",
        (PARALLEL, "exclusiveGateway", "combination"),
        (
            *chain(start(), exclusive("masuk"), user_task("a", each(TWICE)), exclusive("g", default="g_z")),
            *(*chain(user_task("z"), end()), flow("g", "z"), flow("g", "masuk", condition="lagi")),
        ),
        """
        start                   | a a
        complete a              | a
        complete a lagi=True    | a a
        complete a              | a
        complete a lagi=False   | z
        """,
    ),
    trace(
        "an interrupting event sub-process of one pass leaves the others at work",
        (PARALLEL, "error event sub-process", "combination"),
        around(
            each(TWICE),
            *chain(start("m"), user_task("a"), end("n", BY_ERROR)),
            event_sub_process("khusus", *chain(start("d", BY_ERROR), user_task("t"), end("n2"))),
        ),
        """
        start       | a a
        complete a  | a t
        complete t  | a
        complete a  | t
        complete t  | z
        """,
    ),
)


def telling(behavior: str, reference: str) -> bytes:
    """Two passes of `a`, of which a signal tells whoever listens at the border."""
    told = element("signalEventDefinition", "kabar", signalRef="sinyal")
    return diagram(
        *chain(start(), user_task("a", multi_instance(TWICE, behavior=behavior, **{reference: "kabar"}))),
        *(*chain(user_task("z"), end()), flow("a", "z"), flow("t", "selesai")),
        *(boundary("tepi", "a", BY_SIGNAL, cancelActivity="false"), user_task("t"), flow("tepi", "t")),
        outside=(*NAMED, told),
    )


TELLING = (
    trace_of(
        "a multi-instance may tell of each of its passes",
        (PARALLEL, "signal boundary, not interrupting", "S18"),
        telling("None", "noneBehaviorEventRef"),
        """
        start       | a a ?tepi
        complete a  | a t ?tepi ~sinyal
        complete a  | t t z ~sinyal
        """,
    ),
    trace_of(
        "a multi-instance may tell of its first pass",
        (PARALLEL, "signal boundary, not interrupting", "S18"),
        telling("One", "oneBehaviorEventRef"),
        """
        start       | a a ?tepi
        complete a  | a t ?tepi ~sinyal
        complete a  | t z
        """,
    ),
)
