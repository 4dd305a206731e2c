"""The secretariat plans cases on pages: what is wrong stands at its field, what will start stands in a list."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.definitions.model import ProcessDefinition
from engine.execution.plan_model import PlannedStart, StartPlan
from engine.organisation.model import Employee
from tests.integration.webui.conftest import Browser
from tests.support.diagrams import chain, diagram, end, person_task, start
from tests.support.publishing import publish_diagram
from tests.support.small_office import NIPS, person

BrowserOf = Callable[[str], Browser]
ENGLISH = {"Accept-Language": "en"}
MONTHLY = {"name": "Laporan", "rhythm": "monthly", "day": "25", "at": "08:00", "on_holiday": "before"}
RAISE = {"name": "KGB", "every_months": "24", "lead_days": "30", "on_holiday": "before"}


@pytest.fixture
def fani(core: Core, browser_of: BrowserOf) -> Browser:
    publish_diagram(core, diagram(*chain(start(), person_task("periksa", "kasubbag"), end())))
    return browser_of("fani")


def procedure(core: Core) -> str:
    with core.read() as reading:
        return str(reading.session.scalars(select(ProcessDefinition.id)).one())


def make(core: Core, fani: Browser, people: bool = False, **typed: str) -> str:
    address = "/prosedur/rencana/baru?untuk=pegawai" if people else "/prosedur/rencana/baru"
    form = {**(RAISE if people else MONTHLY), "procedure": procedure(core), **typed}
    return str(fani.post(address, form).headers.get("Location", ""))


def test_a_plan_stands_in_the_list_of_what_will_start(core: Core, fani: Browser):
    address = make(core, fani)
    page = fani.get("/prosedur/rencana", headers=ENGLISH).text
    assert "On day 25 of each month at 08:00" in page
    assert address in page
    assert page.count("25 Nov 2026 08:00") >= 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"day": "31"}, "Not every month has a day 31"),
        ({"rhythm": "crontab", "crontab": "besok"}, "is not a repetition"),
        ({"at": ""}, "Give the time"),
        ({"name": "", "variables": "tanpa nilai"}, "Please fill this in"),
        ({"variables": "tanggal = x"}, "“tanggal” is given to each case by the plan itself"),
        ({"rhythm": "crontab", "crontab": "0 8 * * * *"}, "write five fields"),
        ({"rhythm": "crontab", "crontab": "0 8 * * SUN", "on_holiday": "skip"}, "would never start a case"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(core: Core, fani: Browser, typed: dict[str, str], told: str):
    form = {**MONTHLY, "procedure": procedure(core), "title": "Laporan bulan ini", **typed}
    answer = fani.post("/prosedur/rencana/baru", form)
    assert answer.status_code == 422
    assert told in answer.text
    assert "Laporan bulan ini" in answer.text
    with core.read() as reading:
        assert reading.session.scalars(select(StartPlan)).all() == []


def test_the_form_says_what_becomes_of_29_february(fani: Browser):
    assert (
        "29 February is taken as the last day of February" in fani.get("/prosedur/rencana/baru", headers=ENGLISH).text
    )


def test_a_plan_is_edited_as_it_was_typed_turned_off_started_and_deleted(core: Core, fani: Browser):
    address = make(core, fani, rhythm="yearly", day="1", month="12", variables="jenis = tahunan")
    page = fani.get(f"{address}/ubah", headers=ENGLISH).text
    assert re.search(r'value="yearly" checked', page)
    assert "jenis = tahunan" in page
    fani.post(f"{address}/matikan", {})
    fani.post(f"{address}/mulai", {})
    page = fani.get(address, headers=ENGLISH).text
    assert "Every year on" in page
    assert "Off" in page
    assert "/berkas/" in page
    fani.post(f"{address}/hapus", {})
    assert fani.get(address).status_code == 404


def test_people_come_by_name_and_by_table_and_a_wrong_table_says_which_rows(core: Core, fani: Browser):
    address = make(core, fani, people=True)
    fani.post(f"{address}/pegawai", {"tk:rekan": "Ani Lestari", "next_on": "2027-03-01"})
    again = fani.post(f"{address}/pegawai", {"tk:rekan": "Ani Lestari", "next_on": "2027-03-01"})
    assert "in this plan already" in again.text
    past = fani.post(f"{address}/pegawai", {"tk:rekan": "Budi", "next_on": "2026-03-01"})
    assert "1 March 2028" in past.text
    rows = f"NIP;Tanggal Berikutnya\n'{NIPS['budi']};01/04/2027\n'{NIPS['eko']};kemarin\n"
    refused = fani.post(f"{address}/impor", {"file": (BytesIO(rows.encode()), "kgb.csv")})
    assert "<li>Row 3: “kemarin” is no day. Write it as in 24/12/2026.</li>" in refused.text
    good = rows.replace("kemarin", "2/4/2027")
    fani.post(f"{address}/impor", {"file": (BytesIO(good.encode()), "kgb.csv")})
    page = fani.get(address).text
    assert all(name in page for name in ("Ani Lestari", "Budi Santosa", "Eko Prasetyo"))


def test_whose_case_would_begin_at_once_is_asked_about_first(core: Core, fani: Browser):
    address = make(core, fani, people=True, lead_days="366")
    near = {"tk:rekan": "Ani Lestari", "next_on": "2027-03-01"}
    asked = fani.post(f"{address}/pegawai", near)
    assert "1 case begins at once." in asked.text
    rows = f"NIP;Tanggal Berikutnya\n'{NIPS['ani']};01/03/2027\n'{NIPS['budi']};01/04/2027\n"
    asked = fani.post(f"{address}/impor", {"file": (BytesIO(rows.encode()), "kgb.csv")})
    assert "2 cases begin at once." in asked.text
    fani.post(f"{address}/pegawai", {**near, "at_once": "1"})
    page = fani.get(address, headers=ENGLISH).text
    assert "1 case begins at once." in page
    assert "Budi Santosa" not in page


def test_another_day_more_lead_and_turning_on_ask_before_cases_begin_at_once(core: Core, fani: Browser):
    address = make(core, fani, people=True)
    fani.post(f"{address}/pegawai", {"tk:rekan": "Ani Lestari", "next_on": "2027-03-01"})
    ani = person(core, "ani").employee_id
    near, more = {f"day-{ani}": "2026-12-01"}, {**RAISE, "procedure": procedure(core), "lead_days": "366"}
    for path, form in ((f"{address}/pegawai/{ani}", near), (f"{address}/ubah", more)):
        asked = fani.post(path, form)
        assert all(each in asked.text for each in ("1 case begins at once.", "Ani Lestari, for", 'value="1"'))
    assert "1 March 2027" in fani.get(address).text
    fani.post(f"{address}/matikan")
    fani.post(f"{address}/ubah", more)
    assert "1 case begins at once." in fani.post(f"{address}/nyalakan").text
    done = fani.post(f"{address}/nyalakan", {"at_once": "1"}, follow_redirects=True)
    assert "The plan is on again. 1 case begins at once." in done.text


def test_the_table_of_a_unit_can_be_sent_back_as_it_was_taken(core: Core, fani: Browser):
    address = make(core, fani, people=True)
    with core.read() as reading:
        ani = reading.session.scalars(select(Employee.id).where(Employee.nip == NIPS["ani"])).one()
    fani.post(f"{address}/pegawai", {"tk:rekan-terpilih": str(ani), "next_on": "2027-03-01"})
    wrong = fani.post(f"{address}/pegawai/{ani}", {f"day-{ani}": "2020-01-01"})
    assert wrong.status_code == 422
    table = fani.client.get(f"{address}/tabel.xlsx?unit=2").data
    assert fani.post(f"{address}/impor", {"file": (BytesIO(table), "kgb.xlsx")}).status_code == 302
    fani.post(f"{address}/pegawai/{ani}/mulai", {})
    fani.post(f"{address}/pegawai/{ani}/keluarkan", {})
    with core.read() as reading:
        assert len(reading.session.scalars(select(PlannedStart)).all()) == 1


def test_whoever_does_not_plan_sees_no_door(core: Core, fani: Browser, browser_of: BrowserOf):
    assert "/prosedur/rencana" in fani.get("/prosedur").text
    citra = browser_of("citra")
    assert "/prosedur/rencana" not in citra.get("/prosedur").text
    assert citra.get("/prosedur/rencana").status_code == 403
