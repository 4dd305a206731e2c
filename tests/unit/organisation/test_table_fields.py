import pytest

from engine.base.spreadsheets import TableLine
from engine.organisation.model import TableSubject
from engine.organisation.tables.fields import HEADINGS, Field, headings_digest, lacking, recognise

SIMPEG = ("No", "NIP Baru", "Nama Lengkap", "Pangkat/Gol.", "Jabatan", "Unit Kerja", "TMT Jabatan", "E-mail", "No. HP")


def lines(*rows: tuple[str, ...]) -> list[TableLine]:
    return [TableLine(number=number, cells=cells) for number, cells in enumerate(rows, start=1)]


def test_headings_of_simpeg_are_recognised():
    found = recognise(lines(SIMPEG))
    assert found.subject is TableSubject.EMPLOYEES
    assert {SIMPEG[column]: field for field, column in found.columns.items()} == {
        "NIP Baru": Field.NIP,
        "Nama Lengkap": Field.NAME,
        "Pangkat/Gol.": Field.RANK,
        "Jabatan": Field.POSITION,
        "Unit Kerja": Field.UNIT,
        "TMT Jabatan": Field.STARTS_ON,
        "E-mail": Field.EMAIL,
        "No. HP": Field.PHONE,
    }


def test_letterhead_above_the_headings_is_passed_over():
    found = recognise(lines(("KEMENTERIAN AGAMA",), ("Daftar Nama Pegawai",), SIMPEG, ("1", "1986")))
    assert found.heading.number == 3


@pytest.mark.parametrize("subject", list(TableSubject))
def test_headings_of_an_exported_file_say_what_it_is_about(subject):
    headings = tuple(names[0] for names in HEADINGS[subject].values())
    found = recognise(lines(headings))
    assert found.subject is subject
    assert tuple(found.columns) == tuple(HEADINGS[subject])


def test_column_that_must_be_there_is_told():
    found = recognise(lines(("Nama", "Golongan")))
    assert lacking(found.subject, found.columns) == (frozenset({Field.NIP, Field.EMAIL}),)


def test_of_two_columns_that_could_be_meant_the_usual_name_wins():
    found = recognise(lines(("Pangkat", "Golongan", "Nama", "NIP")))
    assert found.columns[Field.RANK] == 1


def test_headings_are_the_same_kind_however_they_are_written():
    assert headings_digest(("NIP Baru", "Nama")) == headings_digest((" nip  baru ", "NAMA."))
    assert headings_digest(("NIP", "Nama")) != headings_digest(("Nama", "NIP"))
