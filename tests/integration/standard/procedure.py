"""What people work at while programs and servers die: every kind of thing that a step can set in motion."""

from tests.support.diagrams import (
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
PROCESS = diagram(
    *chain(start(), person_task("isi", "writer"), service_task("nomori", "number_letter"), parallel("bagi")),
    *(boundary("telat", "isi", timer("PT2S"), cancelActivity="false"), person_task("tegur", "kasubbag"), end("sudah")),
    *arrows("telat", "tegur", "sudah"),
    *(person_task("periksa", "kasubbag"), throw("kirim", BY_MESSAGE), catch("tunggu", BY_MESSAGE)),
    *(catch("jeda", timer("PT1S")), parallel("gabung")),
    *arrows("bagi", "periksa", "kirim", "tunggu", "gabung"),
    *arrows("bagi", "jeda", "gabung", "kabari"),
    *chain(service_task("kabari", "notify"), person_task("setujui", "clerk"), end()),
    outside=(MESSAGE,),
)
