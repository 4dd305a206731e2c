"""The first event that happens decides."""

from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    element,
    end,
    exclusive,
    flow,
    parallel,
    start,
    sub_process,
    timer,
    user_task,
)
from tests.unit.runtime.cases import BY_MESSAGE, BY_SIGNAL, by_condition

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
