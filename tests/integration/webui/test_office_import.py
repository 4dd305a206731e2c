import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from engine.base.spreadsheets import read_table
from engine.core import office_import
from engine.notifications.model import Notice
from engine.organisation.model import Employee
from tests.integration.webui.conftest import text_of
from tests.support.small_office import NIPS

HEADS = "NIP,Nama Lengkap,Pangkat,Jabatan"
NEW_NIP = "199003032015032003"
TABLE = "\n".join(
    [HEADS, *(f"{NIPS[name]},{name.title()},," for name in NIPS), f"{NEW_NIP},Gita Permata,III/a,Arsiparis"]
)


@pytest.fixture
def fani(browser_of):
    """She keeps the office."""
    return browser_of("fani")


def send(browser, text: str = TABLE, filename: str = "pegawai.csv"):
    browser.get("/organisasi/impor")
    return browser.post("/organisasi/impor", {"file": (BytesIO(text.encode()), filename)})


def compared(browser, text: str = TABLE) -> str:
    """The address of the table after its columns were taken as they were recognised."""
    address = send(browser, text).headers["Location"]
    browser.get(address)
    fields = {"subject": "employees", "column-0": "nip", "column-1": "name", "column-2": "rank", "column-3": "position"}
    return browser.post(address, fields).headers["Location"]


def test_columns_are_shown_as_their_headings_say(fani):
    page = text_of(fani.get(send(fani).headers["Location"]))
    assert '<option value="rank" selected>' in page
    assert "Gita Permata" not in page  # only what stands in the first rows


def test_difference_is_shown_and_done_after_a_yes(fani, core):
    address = compared(fani)
    page = text_of(fani.get(address))
    assert "Import: 2 new, 6 changed, 0 gone" in page
    assert f"Gita Permata ({NEW_NIP})" in page
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    fani.post(f"{address}/terapkan", {"digest": digest})
    assert "imported the table" in text_of(fani.get(address))
    with core.read() as reading:
        assert reading.session.scalar(select(Employee.name).where(Employee.nip == NEW_NIP)) == "Gita Permata"


def test_two_columns_of_one_meaning_are_refused_beside_them(fani):
    address = send(fani).headers["Location"]
    answer = fani.post(address, {"subject": "employees", "column-0": "nip", "column-1": "nip"})
    assert answer.status_code == 422
    assert 'href="#column-1"' in text_of(answer)
    assert "Say which column is “Name”." in text_of(answer)


def test_rows_with_faults_are_told_and_taken_away(fani):
    address = compared(fani, f"{TABLE}\n1986,Hana,,")
    page = text_of(fani.get(address))
    assert "1 row has faults" in page
    assert "Import:" not in page
    sheet = load_workbook(BytesIO(fani.client.get(f"{address}/kesalahan.xlsx").data)).active
    heading, row = sheet.iter_rows(values_only=True)
    assert heading[-3:] == ("Row", "Fault", "Remedy")
    assert (row[0], row[1], row[-3]) == ("1986", "Hana", "9")
    assert "it must have 18 digits" in row[-2]


def test_choice_is_shown_in_the_difference(fani):
    address = compared(fani, f"{HEADS}\n{NIPS['ani']},Ani Lestari,,")
    assert "5 people work here and are not in the table" in text_of(fani.get(address))
    fani.post(f"{address}/pilihan", {"gone": "end"})
    assert "Import: 0 new, 0 changed, 10 gone" in text_of(fani.get(address))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<html><table></table></html>", "This file is a web page"),
        ("", "There is nothing in this file"),
        ("PK", "is no Excel workbook"),
        ("%PDF-1.7\n1 0 obj", "This is a PDF, not a table. Save it as XLSX or CSV"),
    ],
)
def test_file_that_is_no_table_is_refused_with_what_to_do(fani, content, said):
    answer = send(fani, content, "pegawai.xlsx")
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_faults_are_told_in_the_words_of_the_file(fani):
    table = f"NIP,Nama Lengkap,Nama Jabatan,Terhitung Mulai Tanggal\n{NEW_NIP},Gita Permata,Arsiparis,kapan-kapan"
    address = send(fani, table).headers["Location"]
    fields = {"subject": "employees", "column-0": "nip", "column-1": "name", "column-2": "position", "column-3": "from"}
    page = text_of(fani.get(fani.post(address, fields).headers["Location"]))
    assert "Terhitung Mulai Tanggal: This must be a day" in page


def test_what_is_sent_again_by_another_tab_is_told_who_did_it_and_when(fani):
    address = compared(fani)
    digest = text_of(fani.get(address)).partition('name="digest" value="')[2].partition('"')[0]
    fani.post(f"{address}/terapkan", {"digest": digest})
    for form in ("terapkan", "pilihan", "hapus", "kolom"):
        again = fani.post(f"{address}/{form}", {"subject": "employees", "column-0": "nip", "column-1": "name"})
        assert again.headers["Location"] == address
    page = text_of(fani.get(address))
    assert "imported already" in page
    assert re.search(r"Fani \w+ imported the table: \w+, \d+ \w+ 2026", page)


def test_yes_to_what_was_not_shown_is_refused(fani):
    address = compared(fani)
    fani.get(address)
    assert fani.post(f"{address}/terapkan", {"digest": "0"}).status_code == 409


def test_large_table_shows_that_it_is_worked_on_and_its_notice_leads_back(fani, core, monkeypatch):
    monkeypatch.setattr(office_import, "AT_ONCE", 10)
    address = compared(fani)
    assert '<meta http-equiv="refresh"' in text_of(fani.get(address))
    core.run_due_jobs()
    assert "Import: 2 new" in text_of(fani.get(address))
    with core.read() as reading:
        notice_id = reading.session.scalars(select(Notice.id).where(Notice.kind == "import.compared")).one()
    assert fani.get(f"/pemberitahuan/{notice_id}").headers["Location"] == address


def test_discarded_table_is_gone(fani):
    address = compared(fani)
    fani.get(address)
    fani.post(f"{address}/hapus")
    assert fani.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/organisasi/impor", "/organisasi/impor/contoh/unit.csv"])
def test_staff_sees_nothing_of_it(browser_of, address):
    assert browser_of("ani").get(address).status_code == 403


def test_office_is_taken_away_with_the_headings_of_the_empty_tables(fani):
    for name in ("pegawai", "pemangkuan", "jabatan", "unit"):
        for kind in ("csv", "xlsx"):
            office = read_table(fani.client.get(f"/organisasi/ekspor/{name}.{kind}").data)
            empty = read_table(fani.client.get(f"/organisasi/impor/contoh/{name}.{kind}").data)
            assert (office[0].cells, len(office) > 2, len(empty)) == (empty[0].cells, True, 2)


def test_exported_people_have_numbers_for_their_keepers_only(fani, browser_of):
    assert NIPS["ani"] in text_of(fani.get("/organisasi/ekspor/pegawai.csv"))
    assert "the personal data of people away: 6 rows" in text_of(fani.get("/administrasi/jejak"))
    assert NIPS["ani"] not in text_of(browser_of("ani").get("/organisasi/ekspor/pegawai.csv"))
