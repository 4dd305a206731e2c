"""Multi-instances one after the other, called processes for each item, and standard loops."""

from tests.conformance.cases.loop_shapes import (
    INNER,
    LIST,
    OUTPUT,
    PARALLEL,
    SEQUENTIAL,
    STANDARD,
    THRICE,
    TWICE,
    around,
    each,
    one_by_one,
    repeated,
    until,
    while_true,
)
from tests.conformance.trace import Trace, of_processes, trace, trace_of
from tests.support.diagrams import (
    boundary,
    chain,
    element,
    end,
    flow,
    process,
    script_task,
    start,
    timer,
    user_task,
)
from tests.unit.runtime.cases import (
    BY_MESSAGE,
)

ONE_AFTER_THE_OTHER: tuple[Trace, ...] = (
    trace(
        "one after the other so many times",
        SEQUENTIAL,
        repeated(one_by_one(TWICE)),
        """
        start       | a
        complete a  | a
        complete a  | z
        """,
    ),
    trace(
        "one after the other with an item and no output",
        (SEQUENTIAL, "S28"),
        repeated(one_by_one(*LIST)),
        """
        start daftar=['Ani','Budi','Citra'] | a
        complete a                          | a
        complete a                          | a
        complete a                          | z
        """,
    ),
    trace(
        "one after the other with empty items does not stop at them",
        (SEQUENTIAL, "S28"),
        repeated(one_by_one(*LIST, *OUTPUT)),
        """
        start daftar=[None,None]    | a
        complete a nilai=None       | a
        complete a nilai=4          | z hasil=[None,4]
        """,
    ),
    trace(
        "one after the other stops when it is enough",
        (SEQUENTIAL, "completion condition"),
        repeated(one_by_one(*LIST, until("setuju == false"))),
        """
        start daftar=[1,2,3]        | a
        complete a setuju=True      | a
        complete a setuju=False     | z
        """,
    ),
    trace(
        "sub-processes one after the other see their own item",
        (SEQUENTIAL, "subProcess"),
        around(
            one_by_one(*LIST, *OUTPUT),
            *chain(start("m"), script_task("hitung", "nilai = orang * 10"), user_task("a"), end("n")),
        ),
        """
        start daftar=[1,2]  | a
        complete a          | a
        complete a          | z hasil=[10,20]
        """,
    ),
    trace(
        "interrupted in the middle, the rest is not begun",
        (SEQUENTIAL, "message boundary", "S12"),
        repeated(
            one_by_one(THRICE),
            *(boundary("tepi", "a", BY_MESSAGE), user_task("t"), flow("tepi", "t")),
        ),
        """
        start           | a ?tepi
        complete a      | a ?tepi
        message pesan   | t
        complete t      | ended
        """,
    ),
    trace(
        "one thousand scripts one after the other",
        (SEQUENTIAL, "S1"),
        chain(
            start(),
            element(
                "scriptTask", "s", "<script>n = n + 1</script>", one_by_one("<loopCardinality>1000</loopCardinality>")
            ),
            user_task("z"),
            end(),
        ),
        """
        start n=0 | z n=1000
        """,
    ),
    trace(
        "a failed completion condition is asked again without repeating the work",
        (SEQUENTIAL, "completion condition", "retry"),
        repeated(one_by_one(TWICE, until("cukup"))),
        """
        start               | a
        complete a          | !expression.unknown_name done:a
        set cukup=False     | !expression.unknown_name
        retry               | a
        complete a          | z
        """,
    ),
)

STANDARD_LOOPS: tuple[Trace, ...] = (
    trace(
        "a standard loop repeats while its condition holds",
        STANDARD,
        repeated(while_true("lagi")),
        """
        start                   | a
        complete a lagi=True    | a
        complete a lagi=False   | z
        """,
    ),
    trace(
        "a standard loop that asks before may not run at all",
        STANDARD,
        repeated(while_true("lagi", testBefore="true")),
        """
        start lagi=False | z
        """,
    ),
    trace(
        "a standard loop that asks before asks before every turn",
        STANDARD,
        repeated(while_true("n &gt; 0", testBefore="true")),
        """
        start n=2       | a
        complete a n=1  | a
        complete a n=0  | z
        """,
    ),
    trace(
        "a standard loop stops at its maximum",
        STANDARD,
        repeated(while_true("true", loopMaximum="2")),
        """
        start       | a
        complete a  | a
        complete a  | z
        """,
    ),
    trace(
        "a standard loop knows how often it has turned",
        STANDARD,
        repeated(while_true("loopCounter &lt; 2")),
        """
        start       | a
        complete a  | a
        complete a  | a
        complete a  | z
        """,
    ),
    trace(
        "a standard loop around a sub-process runs all of it in every turn",
        (STANDARD, "subProcess"),
        around(while_true("lagi"), *INNER),
        """
        start                   | a
        complete a              | b
        complete b lagi=True    | a
        complete a              | b
        complete b lagi=False   | z
        """,
    ),
    trace(
        "a standard loop of two thousand turns without a person",
        (STANDARD, "S1"),
        chain(
            start(),
            element("scriptTask", "s", "<script>n = n + 1</script>", while_true("n &lt; 2000")),
            user_task("z"),
            end(),
        ),
        """
        start n=0 | z n=2000
        """,
    ),
    trace(
        "a standard loop can be interrupted",
        (STANDARD, "timer boundary"),
        repeated(while_true("true"), boundary("tepi", "a", timer()), user_task("t"), flow("tepi", "t")),
        """
        start       | a ?tepi
        complete a  | a ?tepi
        wait 1h     | t
        """,
    ),
)

CALLED = process(*chain(start("m"), user_task("a"), end("n")), identity="anak")

OF_CALLS = (
    trace_of(
        "a called process runs once for each item",
        (PARALLEL, "callActivity"),
        of_processes(
            process(
                *chain(start(), element("callActivity", "p", each(*LIST), calledElement="anak"), user_task("z"), end())
            ),
            CALLED,
        ),
        """
        start daftar=[1,2]  | a a
        complete a          | a
        complete a          | z
        """,
    ),
    trace_of(
        "a called process runs one item after the other",
        (SEQUENTIAL, "callActivity"),
        of_processes(
            process(
                *chain(
                    start(),
                    element("callActivity", "p", one_by_one(*LIST), calledElement="anak"),
                    user_task("z"),
                    end(),
                )
            ),
            CALLED,
        ),
        """
        start daftar=[1,2]  | a
        complete a          | a
        complete a          | z
        """,
    ),
)
