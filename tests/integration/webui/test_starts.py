"""What starts by itself is told on the page of its procedure; what waits for a receiver, to administrators."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.execution.messages import deliver
from engine.execution.model import Instance
from tests.integration.webui.conftest import Browser
from tests.support.diagrams import chain, diagram, element, end, event, person_task, start, throw, timer
from tests.support.publishing import publish_diagram

BrowserOf = Callable[[str], Browser]
LETTER = element("message", "m", name="Permohonan masuk")


def begins(trigger: str) -> bytes:
    return diagram(*chain(start("mulai", trigger), person_task("t", "kasubbag"), end()), outside=(LETTER,))


@pytest.mark.parametrize(
    ("crontab", "words"),
    [
        ("30 7 * * MON-FRI", "Monday to Friday at 07:30"),
        ("0 8 * * *", "Every day at 08:00"),
        ("0 8 1 * *", "On day 1 of each month at 08:00"),
        ("0 8 L * *", "On the last day of each month at 08:00"),
        ("0 8 * * MON,THU", "Every Monday, Thursday at 08:00"),
        ("*/5 8-15 * * *", "By the calendar: */5 8-15 * * *"),
    ],
)
def test_a_procedure_says_when_it_starts_by_itself(core: Core, browser_of: BrowserOf, crontab: str, words: str):
    publish_diagram(core, begins(timer(crontab, "timeCycle")))
    page = browser_of("eko").get("/prosedur/proses", headers={"Accept-Language": "en"}).text
    assert "Starts by itself" in page
    assert words in page


def test_a_procedure_says_by_which_message_it_starts_and_offers_no_button(core: Core, browser_of: BrowserOf):
    publish_diagram(core, begins(event("message", messageRef="m")))
    page = browser_of("citra").get("/prosedur/proses").text
    assert "Message “Permohonan masuk”" in page
    assert "/prosedur/proses/mulai" not in page


def test_whoever_would_start_it_by_hand_hears_what_begins_it(core: Core, browser_of: BrowserOf):
    publish_diagram(core, begins(event("message", messageRef="m")))
    citra = browser_of("citra")
    page = citra.get("/prosedur/proses/mulai").text
    assert "Nobody starts this procedure by hand" in page
    assert "Message “Permohonan masuk”" in page
    assert "Nobody starts this procedure by hand" in citra.post("/prosedur/proses/mulai", {"title": "Surat"}).text


def test_a_case_that_nobody_started_has_a_page_and_its_messages(core: Core, browser_of: BrowserOf):
    publish_diagram(core, begins(event("message", messageRef="m")))
    with core.work() as work:
        deliver(work, "Permohonan masuk", None, {})
        number = work.session.scalars(select(Instance.number)).one()
    page = browser_of("citra").get(f"/berkas/{number}").text
    assert "by the system" in page
    assert "delivered the message Permohonan masuk" in page


def test_what_a_case_said_in_vain_stands_in_its_journey_and_on_the_administrators_page(
    core: Core, browser_of: BrowserOf
):
    told = throw("kirim", event("message", messageRef="m"))
    publish_diagram(core, diagram(*chain(start(), told, person_task("t", "writer"), end()), outside=(LETTER,)))
    browser_of("eko").post("/prosedur/proses/mulai", {"title": "Surat"})
    core.run_due_jobs()
    with core.read() as reading:
        number = reading.session.scalars(select(Instance.number)).one()
    assert "the message Permohonan masuk waits for a receiver" in browser_of("eko").get(f"/berkas/{number}").text
    page = browser_of("fani").get("/administrasi/pesan").text
    assert "Permohonan masuk" in page
    assert number in page
    assert browser_of("eko").get("/administrasi/pesan").status_code == 403


def test_a_case_that_nobody_started_is_seen_by_the_head_of_its_unit_and_its_performers(
    core: Core, browser_of: BrowserOf
):
    publish_diagram(core, begins(event("message", messageRef="m")))
    with core.work() as work:
        deliver(work, "Permohonan masuk", None, {})
        number = work.session.scalars(select(Instance.number)).one()
    seen = {name: browser_of(name).get(f"/berkas/{number}").status_code for name in ("dewi", "citra", "fani", "eko")}
    assert seen == {"dewi": 200, "citra": 200, "fani": 200, "eko": 403}
