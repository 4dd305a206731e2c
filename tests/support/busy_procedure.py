"""A procedure that sets every kind of thing in motion: for tests in which programs and servers die."""

from tests.support.diagrams import (
    Part,
    arrows,
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    extensions,
    parallel,
    person_task,
    service_task,
    start,
    throw,
    timer,
)

MESSAGE = element("message", "balasan", extensions('<tk:korelasi nilai="judul"/>'), name="Balasan")
BY_MESSAGE = event("message", messageRef="balasan")


def busy_procedure(*before_the_end: Part) -> bytes:
    """People, services, timers, a message to itself, two branches; `before_the_end` comes when they have joined."""
    return diagram(
        *chain(start(), person_task("isi", "writer"), service_task("nomori", "number_letter"), parallel("bagi")),
        *(boundary("telat", "isi", timer("PT2S"), cancelActivity="false"), person_task("tegur", "kasubbag")),
        *(end("sudah"), *arrows("telat", "tegur", "sudah")),
        *(person_task("periksa", "kasubbag"), throw("kirim", BY_MESSAGE), catch("tunggu", BY_MESSAGE)),
        *(catch("jeda", timer("PT1S")), parallel("gabung")),
        *arrows("bagi", "periksa", "kirim", "tunggu", "gabung"),
        *arrows("bagi", "jeda", "gabung", *(part.identity for part in before_the_end), "kabari"),
        *(*before_the_end, *chain(service_task("kabari", "notify"), person_task("setujui", "clerk"), end())),
        outside=(MESSAGE,),
    )
