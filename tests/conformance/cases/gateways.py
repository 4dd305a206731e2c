"""Gateways, alone, inside loops, and with more tokens than they expect."""

from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    Part,
    boundary,
    catch,
    chain,
    element,
    end,
    exclusive,
    flow,
    parallel,
    script_task,
    start,
    sub_process,
    timer,
    user_task,
)
from tests.unit.runtime.cases import BY_MESSAGE, BY_SIGNAL, by_condition, inclusive


def decision(kind: str, *conditions: str, default: str = "") -> tuple[str, ...]:
    """A gateway with the tasks `b1`, `b2` … behind it, each under its condition."""
    gateway = element(kind, "pilih", **({"default": f"pilih_{default}"} if default else {}))
    tasks = [user_task(f"b{number}") for number in range(1, len(conditions) + 1)]
    flows = [flow("pilih", task.identity, condition=text) for task, text in zip(tasks, conditions, strict=True)]
    return (*chain(start(), gateway), *tasks, *flows)


def fork(gateway: Part, join: Part, names: str = "ab", *after: Part) -> tuple[str, ...]:
    """Tasks side by side between two gateways, then the task `z`."""
    tasks = [user_task(name) for name in names]
    ways = [
        way for task in tasks for way in (flow(gateway.identity, task.identity), flow(task.identity, join.identity))
    ]
    return (*chain(start(), gateway), join, *tasks, *ways, *chain(join, user_task("z"), *after, end())[1:])


def turning(gateway: Part, join: Part) -> tuple[str, ...]:
    """The same inside a loop that ends when somebody says so."""
    return (
        *(*chain(start(), exclusive("masuk"), gateway), *chain(user_task("a"), join, user_task("cek"))),
        *(user_task("b"), flow("b", join.identity)),
        *(flow(gateway.identity, "a", condition="true"), flow(gateway.identity, "b", condition="true")),
        *(exclusive("ulang", default="ulang_selesai"), end(), flow("cek", "ulang")),
        *(flow("ulang", "masuk", condition="lagi"), flow("ulang", "selesai")),
    )


THREE_TURNS = """
    start                       | a b
    complete a                  | b
    complete b                  | cek
    complete cek lagi=True      | a b
    complete b                  | a
    complete a                  | cek
    complete cek lagi=True      | a b
    complete a                  | b
    complete b                  | cek
    complete cek lagi=False     | ended
"""

EXCLUSIVE: tuple[Trace, ...] = (
    trace(
        "the first branch of the file whose condition holds is taken",
        ("exclusiveGateway", "S13"),
        decision("exclusiveGateway", "x > 5", "x > 1", "x > 0"),
        """
        start x=3   | b2
        complete b2 | ended
        """,
    ),
    trace(
        "the default branch is taken when no condition holds, wherever it stands",
        "exclusiveGateway",
        decision("exclusiveGateway", "", "x > 1", default="b1"),
        """
        start x=0   | b1
        """,
    ),
    trace(
        "the default branch is left when a condition holds",
        "exclusiveGateway",
        decision("exclusiveGateway", "", "x > 1", default="b1"),
        """
        start x=2   | b2
        """,
    ),
    trace(
        "an impossible decision is an incident that a retry mends",
        ("exclusiveGateway", "retry"),
        decision("exclusiveGateway", "x > 5", "x > 1"),
        """
        start x=0   | !gateway.no_way
        retry       | !gateway.no_way
        set x=2     | !gateway.no_way
        retry       | b2
        complete b2 | ended
        """,
    ),
    trace(
        "a decision about what nobody has said is an incident",
        "exclusiveGateway",
        decision("exclusiveGateway", "jumlah > 5", "jumlah > 1"),
        """
        start           | !expression.unknown_name
        set jumlah=7    | !expression.unknown_name
        retry           | b1
        """,
    ),
    trace(
        "a decision merges: every token that comes goes on by itself",
        "exclusiveGateway",
        fork(parallel("bagi"), exclusive("gabung")),
        """
        start       | a b
        complete a  | b z
        complete b  | z z
        complete z  | z
        complete z  | ended
        """,
    ),
    trace(
        "a loop of decisions counts as far as it is told",
        ("exclusiveGateway", "S1"),
        (
            *chain(start(), exclusive("masuk"), user_task("a"), script_task("hitung", "n = n + 1")),
            *chain(exclusive("lagi", default="lagi_selesai"), end()),
            *(flow("hitung", "lagi"), flow("lagi", "masuk", condition="n < 3")),
        ),
        """
        start n=0   | a
        complete a  | a n=1
        complete a  | a n=2
        complete a  | n=3 ended
        """,
    ),
    trace(
        "five hundred turns without a person end where they should",
        ("exclusiveGateway", "S1"),
        (
            *chain(start(), exclusive("masuk"), script_task("hitung", "n = n + 1")),
            *chain(exclusive("lagi", default="lagi_b"), user_task("b"), end()),
            *(flow("hitung", "lagi"), flow("lagi", "masuk", condition="n < 500")),
        ),
        """
        start n=0   | b n=500
        complete b  | ended
        """,
    ),
)

PARALLEL: tuple[Trace, ...] = (
    trace(
        "a fork takes every branch and its join waits for all",
        "parallelGateway",
        fork(parallel("bagi"), parallel("gabung"), "abc"),
        """
        start       | a b c
        complete b  | a c
        complete c  | a
        complete a  | z
        complete z  | ended
        """,
    ),
    trace(
        "a join in a loop waits in every turn",
        ("parallelGateway", "S10"),
        turning(parallel("bagi"), parallel("gabung")),
        THREE_TURNS,
    ),
    trace(
        "a join counts its tokens by flow: two by one flow are not one by each",
        ("parallelGateway", "S11"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), exclusive("temu"), parallel("gabung"), user_task("z")),
            *(user_task("a2"), user_task("b"), flow("bagi", "a2"), flow("a2", "temu")),
            *(flow("bagi", "b"), flow("b", "gabung")),
        ),
        """
        start       | a a2 b
        complete a  | a2 b
        complete a2 | b
        complete b  | z
        complete z  | !join.stranded
        """,
    ),
    trace(
        "a surplus token is kept for the next round",
        ("parallelGateway", "S11"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), exclusive("temu"), parallel("gabung"), user_task("z")),
            *(user_task("a2"), user_task("b"), exclusive("temu2"), user_task("b2")),
            *(flow("bagi", "a2"), flow("a2", "temu"), flow("bagi", "b"), flow("bagi", "b2")),
            *(flow("b", "temu2"), flow("b2", "temu2"), flow("temu2", "gabung")),
        ),
        """
        start       | a a2 b b2
        complete a  | a2 b b2
        complete a2 | b b2
        complete b  | b2 z
        complete b2 | z z
        complete z  | z
        complete z  | ended
        """,
    ),
    trace(
        "a token that can meet no other is an incident and no end",
        ("parallelGateway", "S19"),
        (
            *chain(start(), exclusive("pilih", default="pilih_a"), user_task("a"), parallel("gabung"), user_task("z")),
            *(user_task("b"), flow("pilih", "b", condition="false"), flow("b", "gabung")),
        ),
        """
        start       | a
        complete a  | !join.stranded
        """,
    ),
    trace(
        "one gateway may join and fork",
        "parallelGateway",
        (
            *chain(start(), parallel("bagi"), user_task("a"), parallel("tukar"), user_task("c"), end()),
            *(user_task("b"), user_task("d"), flow("bagi", "b"), flow("b", "tukar"), flow("tukar", "d")),
        ),
        """
        start       | a b
        complete a  | b
        complete b  | c d
        complete d  | c
        complete c  | ended
        """,
    ),
    trace(
        "forks inside forks join from the inside out",
        "parallelGateway",
        (
            *chain(start(), parallel("f1"), user_task("a"), parallel("j1"), user_task("z"), end()),
            *chain(parallel("f2"), user_task("b"), parallel("j2")),
            *(user_task("c"), flow("f1", "f2"), flow("f2", "c"), flow("c", "j2"), flow("j2", "j1")),
        ),
        """
        start       | a b c
        complete a  | b c
        complete c  | b
        complete b  | z
        """,
    ),
    trace(
        "a fork without a join ends when its last branch ends",
        "parallelGateway",
        (*chain(start(), parallel("bagi"), user_task("a"), end()), *chain(user_task("b"), end("e")), flow("bagi", "b")),
        """
        start       | a b
        complete a  | b
        complete b  | ended
        """,
    ),
    trace(
        "tokens that reach a fork side by side each take all branches",
        "parallelGateway",
        (
            *chain(start(), parallel("f"), user_task("a"), exclusive("temu"), parallel("g"), user_task("c"), end()),
            *(user_task("b"), user_task("d"), flow("f", "b"), flow("b", "temu"), flow("g", "d")),
        ),
        """
        start       | a b
        complete a  | b c d
        complete b  | c c d d
        """,
    ),
)

INCLUSIVE: tuple[Trace, ...] = (
    trace(
        "every branch whose condition holds is taken",
        "inclusiveGateway",
        decision("inclusiveGateway", "x > 0", "x > 1", "x > 2"),
        """
        start x=2   | b1 b2
        """,
    ),
    trace(
        "the default branch is taken only when no other is",
        "inclusiveGateway",
        decision("inclusiveGateway", "x > 0", "", default="b2"),
        """
        start x=0   | b2
        """,
    ),
    trace(
        "the default branch is left when another is taken",
        "inclusiveGateway",
        decision("inclusiveGateway", "x > 0", "", default="b2"),
        """
        start x=1   | b1
        """,
    ),
    trace(
        "a gateway that can take no branch is an incident that a retry mends",
        ("inclusiveGateway", "retry"),
        decision("inclusiveGateway", "x > 0", "x > 1"),
        """
        start x=0   | !gateway.no_way
        set x=3     | !gateway.no_way
        retry       | b1 b2
        """,
    ),
    trace(
        "a join waits for the branches that were taken and for no others",
        "inclusiveGateway",
        (
            *(*chain(start(), inclusive("bagi")), flow("bagi", "a", condition="true")),
            *chain(user_task("a"), inclusive("gabung"), user_task("z"), end()),
            *(user_task("b"), user_task("c"), flow("b", "gabung"), flow("c", "gabung")),
            *(flow("bagi", "b", condition="x > 0"), flow("bagi", "c", condition="x > 1")),
        ),
        """
        start x=1   | a b
        complete a  | b
        complete b  | z
        complete z  | ended
        """,
    ),
    trace(
        "an inclusive join in a loop waits in every turn",
        ("inclusiveGateway", "S10"),
        turning(inclusive("bagi"), inclusive("gabung")),
        THREE_TURNS,
    ),
    trace(
        "a join goes on when the branch it waits for ends elsewhere",
        "inclusiveGateway",
        (
            *chain(start(), parallel("bagi"), user_task("a"), inclusive("gabung"), user_task("z"), end()),
            *(user_task("b"), exclusive("keluar", default="keluar_e"), end("e"), flow("bagi", "b")),
            *(flow("b", "keluar"), flow("keluar", "gabung", condition="x"), flow("keluar", "e")),
        ),
        """
        start               | a b
        complete a          | b
        complete b x=False  | z
        complete z          | ended
        """,
    ),
    trace(
        "a join waits for a token that a boundary event may still send",
        ("inclusiveGateway", "message boundary"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), inclusive("gabung"), user_task("z"), end()),
            *(user_task("b"), end("e"), flow("bagi", "b"), flow("b", "e")),
            *(boundary("tepi", "b", BY_MESSAGE), flow("tepi", "gabung")),
        ),
        """
        start           | a b ?tepi
        complete a      | b ?tepi
        message pesan   | z
        """,
    ),
    trace(
        "a join goes on when the task with such a boundary event is done",
        ("inclusiveGateway", "message boundary"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), inclusive("gabung"), user_task("z"), end()),
            *(user_task("b"), end("e"), flow("bagi", "b"), flow("b", "e")),
            *(boundary("tepi", "b", BY_MESSAGE), flow("tepi", "gabung")),
        ),
        """
        start       | a b ?tepi
        complete a  | b ?tepi
        complete b  | z
        """,
    ),
    trace(
        "joins one behind the other go on in order",
        "inclusiveGateway",
        (
            *chain(start(), parallel("bagi"), user_task("a"), inclusive("j1"), inclusive("j2"), user_task("z"), end()),
            *(user_task("b"), user_task("c")),
            *(flow("bagi", "b"), flow("bagi", "c"), flow("b", "j1"), flow("c", "j2")),
        ),
        """
        start       | a b c
        complete a  | b c
        complete c  | b
        complete b  | z
        """,
    ),
    trace(
        "a join takes one token from each flow where one waits",
        "inclusiveGateway",
        (
            *chain(start(), parallel("bagi"), user_task("a"), exclusive("temu"), inclusive("gabung"), user_task("z")),
            *(user_task("a2"), user_task("b"), flow("bagi", "a2"), flow("a2", "temu")),
            *(flow("bagi", "b"), flow("b", "gabung")),
        ),
        """
        start       | a a2 b
        complete a  | a2 b
        complete a2 | b
        complete b  | z z
        """,
    ),
    trace(
        "a join does not wait for tokens in another sub-process",
        ("inclusiveGateway", "subProcess"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), inclusive("gabung"), user_task("z"), end()),
            *(sub_process("s", *chain(start("m"), user_task("b"), end("n"))), end("e"), flow("bagi", "s")),
            *(flow("s", "e"), user_task("c"), flow("c", "gabung"), flow("bagi", "c")),
        ),
        """
        start       | a b c
        complete a  | b c
        complete c  | b z
        """,
    ),
)

COMPLEX: tuple[Trace, ...] = (
    trace(
        "a complex gateway goes on once when its condition holds, and takes the late ones in",
        "complexGateway",
        fork(
            parallel("bagi"),
            element("complexGateway", "cukup", "<activationCondition>activationCount >= 2</activationCondition>"),
            "abc",
        ),
        """
        start       | a b c
        complete a  | b c
        complete c  | b z
        complete b  | z
        complete z  | ended
        """,
    ),
    trace(
        "a complex gateway is ready for another round",
        "complexGateway",
        turning(
            parallel("bagi"),
            element("complexGateway", "cukup", "<activationCondition>activationCount >= 1</activationCondition>"),
        ),
        """
        start                   | a b
        complete a              | b cek
        complete b              | cek
        complete cek lagi=True  | a b
        complete b              | a cek
        complete a              | cek
        complete cek lagi=False | ended
        """,
    ),
    trace(
        "a complex gateway without a condition waits for all",
        "complexGateway",
        fork(parallel("bagi"), element("complexGateway", "cukup")),
        """
        start       | a b
        complete a  | b
        complete b  | z
        """,
    ),
    trace(
        "a complex gateway that forks takes every branch whose condition holds",
        "complexGateway",
        decision("complexGateway", "x > 0", "x > 1", "x > 2"),
        """
        start x=2   | b1 b2
        """,
    ),
    trace(
        "a complex gateway that can never have enough is an incident",
        "complexGateway",
        fork(
            parallel("bagi"),
            element("complexGateway", "cukup", "<activationCondition>activationCount >= 3</activationCondition>"),
        ),
        """
        start       | a b
        complete a  | b
        complete b  | !join.stranded
        """,
    ),
)

# kind of the event -> its definition, how it happens
BEHIND_A_GATEWAY = {
    "message": (BY_MESSAGE, "message pesan x=2"),
    "signal": (BY_SIGNAL, "signal sinyal x=2"),
    "timer": (timer("PT1H"), "wait 1h"),
    "conditional": (by_condition("y > 1"), "set y=2"),
}
FIRST_OF_TWO = tuple(
    trace(
        f"the first event behind an event gateway takes the token: {kind}",
        ("eventBasedGateway", f"{kind} catch"),
        (
            *chain(start(), element("eventBasedGateway", "tunggu"), catch("satu", definition), user_task("a"), end()),
            *chain(catch("lain", timer("P1D")), user_task("b")),
            flow("tunggu", "lain"),
        ),
        f"""
        start y=0   | ?satu ?lain
        {happens}   | a
        complete a  | ended
        """,
    )
    for kind, (definition, happens) in BEHIND_A_GATEWAY.items()
)

EVENT_BASED: tuple[Trace, ...] = (
    *FIRST_OF_TWO,
    trace(
        "two timers behind one gateway keep their own moments",
        ("eventBasedGateway", "timer catch", "S24"),
        (
            *chain(start(), element("eventBasedGateway", "tunggu"), catch("sehari", timer("P1D")), user_task("a")),
            *chain(catch("sejam", timer("PT1H")), user_task("b")),
            flow("tunggu", "sejam"),
        ),
        """
        start       | ?sehari ?sejam
        wait 59m    | ?sehari ?sejam
        wait 1m     | b
        wait 2d     | b
        """,
    ),
    trace(
        "a receive task may stand behind an event gateway",
        ("eventBasedGateway", "receiveTask"),
        (
            *chain(
                start(), element("eventBasedGateway", "tunggu"), element("receiveTask", "terima", messageRef="pesan")
            ),
            *chain(user_task("a"), end()),
            *(flow("terima", "a"), *chain(catch("sejam", timer()), user_task("b")), flow("tunggu", "sejam")),
        ),
        """
        start           | ?terima ?sejam
        message pesan   | a
        """,
    ),
    trace(
        "an event gateway in a loop waits anew in every turn",
        ("eventBasedGateway", "timer catch"),
        (
            *chain(
                start(), exclusive("masuk"), element("eventBasedGateway", "tunggu"), catch("surat", BY_MESSAGE), end()
            ),
            *chain(catch("sejam", timer()), user_task("ingatkan")),
            *(flow("tunggu", "sejam"), flow("ingatkan", "masuk")),
        ),
        """
        start               | ?surat ?sejam
        wait 1h             | ingatkan
        complete ingatkan   | ?surat ?sejam
        wait 1h             | ingatkan
        complete ingatkan   | ?surat ?sejam
        message pesan       | ended
        """,
    ),
    trace(
        "two tokens at an event gateway wait for two events",
        "eventBasedGateway",
        (
            *chain(start(), parallel("bagi"), exclusive("masuk"), element("eventBasedGateway", "tunggu")),
            *chain(catch("surat", BY_MESSAGE), user_task("a"), end()),
            *chain(catch("kabar", BY_SIGNAL), user_task("b")),
            *(user_task("c"), flow("bagi", "c"), flow("c", "masuk")),
            *(flow("tunggu", "surat"), flow("tunggu", "kabar")),
        ),
        """
        start           | c ?surat ?kabar
        complete c      | ?surat ?surat ?kabar ?kabar
        message pesan   | a ?surat ?kabar
        signal sinyal   | a b
        """,
    ),
    trace(
        "an event gateway in a sub-process is stopped with it",
        ("eventBasedGateway", "subProcess", "message boundary"),
        (
            *chain(
                start(),
                sub_process(
                    "s",
                    *chain(start("m"), element("eventBasedGateway", "tunggu"), catch("sejam", timer()), end("n")),
                    *(catch("kabar", BY_SIGNAL), flow("tunggu", "kabar"), flow("kabar", "n")),
                ),
                end(),
            ),
            *(boundary("tepi", "s", BY_MESSAGE), user_task("a"), flow("tepi", "a")),
        ),
        """
        start           | ?sejam ?kabar ?tepi
        message pesan   | a gone:tunggu,s
        wait 2h         | a
        complete a      | ended
        """,
    ),
)

GATEWAYS = (*EXCLUSIVE, *PARALLEL, *INCLUSIVE, *COMPLEX, *EVENT_BASED)
