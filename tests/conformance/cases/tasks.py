"""Tasks of every kind."""

from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    Part,
    boundary,
    chain,
    element,
    end,
    extensions,
    flow,
    parallel,
    script_task,
    service_task,
    start,
    user_task,
)
from tests.unit.runtime.cases import BY_ERROR

PASSED_AT_ONCE = ("task", "manualTask")

RECEIVE = element("receiveTask", "terima", messageRef="pesan")

SEND = element("sendTask", "kirim", messageRef="pesan")

KEPT = extensions('<tk:layanan operasi="notify" hasil="jawaban"/>')


def between(work: Part) -> tuple[str, ...]:
    """The work between two tasks of a person."""
    return chain(start(), user_task("a"), work, user_task("b"), end())


PASSED = tuple(
    trace(
        f"a {kind} without a performer is passed at once",
        kind,
        between(element(kind, "lewat")),
        """
        start       | a
        complete a  | b done:a,lewat
        complete b  | ended
        """,
    )
    for kind in PASSED_AT_ONCE
)

TASKS: tuple[Trace, ...] = (
    *PASSED,
    trace(
        "a person's task waits for her and keeps what she says",
        "userTask",
        between(user_task("isi")),
        """
        start                   | a
        complete a              | isi done:a
        complete isi jumlah=3   | b jumlah=3 done:isi
        complete b              | ended
        """,
    ),
    trace(
        "a task is completed once",
        "userTask",
        between(user_task("isi")),
        """
        start       | a
        complete a  | isi
        complete a  | isi refused:runtime.already_closed
        """,
    ),
    trace(
        "a script runs at once and sees what was said before",
        "scriptTask",
        between(script_task("hitung", "total = jumlah * 2\ntotal = total + 1")),
        """
        start               | a
        complete a jumlah=3 | b total=7 done:a,hitung
        """,
    ),
    trace(
        "a script that fails is an incident, and a retry runs it again",
        ("scriptTask", "retry"),
        between(script_task("hitung", "total = harga * 2")),
        """
        start               | a
        complete a          | !expression.unknown_name done:a total=-
        set harga=4         | !expression.unknown_name
        retry               | b total=8 done:hitung
        """,
    ),
    trace(
        "a script that fails in its second line writes nothing",
        "scriptTask",
        between(script_task("hitung", "satu = 1\ndua = tidak_ada")),
        """
        start       | a
        complete a  | !expression.unknown_name satu=-
        """,
    ),
    trace(
        "an error that a script throws is caught at its border",
        ("scriptTask", "error boundary"),
        (
            *chain(start(), script_task("cek", "raise Error('galat')"), end()),
            *(boundary("tepi", "cek", BY_ERROR), user_task("tangani"), flow("tepi", "tangani")),
        ),
        """
        start               | tangani gone:cek
        complete tangani    | ended
        """,
    ),
    trace(
        "a service is asked, and the case goes on when it answers",
        "serviceTask",
        between(service_task("kabari")),
        """
        start                   | a
        complete a              | @kabari done:a
        answer kabari nomor=7   | b nomor=7 done:kabari
        """,
    ),
    trace(
        "the answer of a service is kept under the name that it is given",
        "serviceTask",
        between(element("serviceTask", "kabari", KEPT)),
        """
        start                   | a
        complete a              | @kabari
        answer kabari nomor=7   | b jawaban={'nomor':7} nomor=-
        """,
    ),
    trace(
        "a business rule that names an operation is asked like a service",
        "businessRuleTask",
        between(element("businessRuleTask", "nomori", extensions('<tk:layanan operasi="number_letter"/>'))),
        """
        start                   | a
        complete a              | @nomori
        answer nomori nomor='7' | b nomor='7'
        """,
    ),
    trace(
        "a service that fails is an incident, and a retry asks again",
        ("serviceTask", "retry"),
        between(service_task("kabari")),
        """
        start           | a
        complete a      | @kabari
        break kabari    | !service.failed
        retry           | @kabari
        answer kabari   | b
        """,
    ),
    trace(
        "a service that failed may still answer late",
        "serviceTask",
        between(service_task("kabari")),
        """
        start           | a
        complete a      | @kabari
        break kabari    | !service.failed
        answer kabari   | b
        answer b        | b refused:runtime.already_closed
        """,
    ),
    trace(
        "a service asked inside a fork holds only its own branch",
        ("serviceTask", "parallelGateway"),
        (
            *chain(start(), parallel("bagi"), service_task("kabari"), parallel("kumpul"), user_task("b"), end()),
            *(user_task("a"), flow("bagi", "a"), flow("a", "kumpul")),
        ),
        """
        start           | a @kabari
        complete a      | @kabari
        answer kabari   | b
        """,
    ),
    trace(
        "a send task sends and goes on",
        "sendTask",
        between(SEND),
        """
        start       | a
        complete a  | b >pesan done:a,kirim
        """,
    ),
    trace(
        "a message sent is heard in the same case by who waits for it",
        ("sendTask", "receiveTask"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), SEND, end()),
            *chain(RECEIVE, user_task("b")),
            flow("bagi", "terima"),
        ),
        """
        start       | a ?terima
        complete a  | b done:a,terima,kirim
        complete b  | ended
        """,
    ),
    trace(
        "a receive task waits for its message and keeps what it says",
        "receiveTask",
        between(RECEIVE),
        """
        start                   | a
        complete a              | ?terima
        message lain            | ?terima refused:runtime.not_awaited
        message pesan isi='x'   | b isi='x' done:terima
        message pesan           | b refused:runtime.not_awaited
        """,
    ),
    trace(
        "two receive tasks take one message each",
        "receiveTask",
        (
            *chain(start(), parallel("bagi"), RECEIVE, user_task("a"), end()),
            *chain(element("receiveTask", "terima_lagi", messageRef="pesan"), user_task("b")),
            flow("bagi", "terima_lagi"),
        ),
        """
        start           | ?terima ?terima_lagi
        message pesan   | a ?terima_lagi
        message pesan   | a b
        """,
    ),
    trace(
        "a task begins when as many tokens as its start quantity have come",
        ("userTask", "S18"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), user_task("kirim", startQuantity="2"), end()),
            *(user_task("b"), user_task("c"), user_task("d")),
            *(flow(way[0], way[1]) for way in (("bagi", "b"), ("bagi", "c"), ("bagi", "d"))),
            *(flow(way, "kirim") for way in "bcd"),
        ),
        """
        start           | a b c d
        complete a      | b c d
        complete b      | c d kirim
        complete c      | d kirim
        complete d      | kirim kirim
        complete kirim  | kirim
        complete kirim  | ended
        """,
    ),
    trace(
        "a task with a completion quantity sends so many tokens on",
        ("userTask", "S18"),
        chain(start(), user_task("a", completionQuantity="3"), user_task("b"), end()),
        """
        start       | a
        complete a  | b b b
        complete b  | b b
        complete b  | b
        complete b  | ended
        """,
    ),
    trace(
        "a token that is one too few for a start quantity is stranded",
        "userTask",
        chain(start(), user_task("a"), user_task("b", startQuantity="2"), end()),
        """
        start       | a
        complete a  | !join.stranded
        """,
    ),
)
