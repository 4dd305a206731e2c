from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from engine.base import spreadsheets
from engine.base.spreadsheet_refusals import (
    CellTooLong,
    HasMacros,
    IsEmpty,
    IsNoTable,
    IsOldOrProtected,
    IsWebPage,
    NoTable,
    NoWorkbook,
    TableRefused,
    TooLarge,
    TooManyColumns,
    TooManyRows,
    UnpacksTooLarge,
)
from engine.base.spreadsheet_writing import csv_parts, xlsx_file
from engine.base.spreadsheets import first_lines, read_table

NIP = "198609262015051001"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), max_size=20)
TABLES = st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=8)


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read_table(content)]


def a_workbook(*rows) -> bytes:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    file = BytesIO(content)
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return file.getvalue()


def expected(rows) -> list[tuple[str, ...]]:
    """What is empty at the end of a line or as a whole line does not come back."""
    kept = [tuple(row) for row in rows if any(row)]
    return [row[: max(place for place, cell in enumerate(row, 1) if cell)] for row in kept]


@given(TABLES)
def test_what_is_written_as_csv_is_read_again(rows):
    content = b"".join(csv_parts(["A", "=B", NIP], rows))
    assert cells(content) == [("A", "=B", NIP), *expected(rows)]


@given(TABLES)
@settings(max_examples=25)
def test_what_is_written_as_workbook_is_read_again(rows):
    content = xlsx_file("Pegawai", ["A", "=B", NIP], rows).read()
    assert cells(content) == [("A", "=B", NIP), *expected(rows)]


@pytest.mark.parametrize("text", ["Nama;NIP\nSiti;1\n", "Nama,NIP\nSiti,1\n", "Nama\tNIP\nSiti\t1\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_every_program_is_read(text, encoding):
    assert cells(text.replace("Siti", "Sîti").encode(encoding)) == [("Nama", "NIP"), ("Sîti", "1")]


def test_commas_in_addresses_do_not_divide_a_file_of_semicolons():
    content = b"Nama;Alamat\nSiti;Jl. A, RT 1, Purwodadi\nBudi;Jl. B, RT 2, Wirosari\nRina;Jl. C, RT 3\n"
    assert cells(content)[1] == ("Siti", "Jl. A, RT 1, Purwodadi")


def test_file_may_say_by_what_it_is_divided():
    assert cells(b"sep=,\r\nNama,NIP\r\n") == [("Nama", "NIP")]


def test_lines_keep_the_numbers_that_the_program_shows():
    lines = read_table(b'Nama;Alamat\n\nSiti;"dua\nbaris"\nBudi;x\n')
    assert [(line.number, line.cells[0]) for line in lines] == [(1, "Nama"), (3, "Siti"), (5, "Budi")]


def test_values_of_a_workbook_are_text():
    content = a_workbook(
        [
            "Hari",
            datetime(2026, 11, 22, 7, 30),  # noqa: DTZ001  # a workbook knows no zone
            date(2026, 11, 22),
            9.0,
            812345,
            True,
            1.5,
        ]
    )
    assert cells(content) == [("Hari", "2026-11-22 07:30", "2026-11-22", "9", "812345", "TRUE", "1.5")]


def test_first_visible_sheet_with_anything_is_read():
    workbook = Workbook()
    workbook.active["A1"] = "tersembunyi"
    workbook.active.sheet_state = "hidden"
    workbook.create_sheet("Kosong")
    workbook.create_sheet("Data")["B2"] = "isi"
    file = BytesIO()
    workbook.save(file)
    assert [(line.number, line.cells) for line in read_table(file.getvalue())] == [(2, ("", "isi"))]


@pytest.mark.parametrize("value", ["=HYPERLINK(1)", "+62812", "-1", "@x", "\tx"])
def test_formulas_are_written_as_text(value):
    csv_content = b"".join(csv_parts(["A"], [[value]])).decode()
    cell = load_workbook(xlsx_file("A", ["A"], [[value]])).active["A2"]
    assert f'"\'{value}"' in csv_content
    assert (cell.data_type, cell.value) == ("s", value)


def test_headings_of_a_workbook_stay_in_sight_and_numbers_keep_their_digits():
    sheet = load_workbook(xlsx_file("Pegawai", ["NIP"], [[NIP]])).active
    assert (sheet.title, sheet.freeze_panes, sheet["A2"].value, sheet["A2"].number_format) == (
        "Pegawai",
        "A2",
        NIP,
        "@",
    )


def test_numbers_and_days_of_a_workbook_reckon():
    moment = datetime(2026, 11, 22, 7, 30)  # noqa: DTZ001  # a workbook knows no zone
    row = load_workbook(xlsx_file("A", ["A"] * 4, [[7, 1.5, date(2026, 11, 22), moment]])).active[2]
    assert [cell.data_type for cell in row] == ["n", "n", "d", "d"]
    assert [cell.number_format for cell in row] == ["General", "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]


def test_only_the_beginning_is_read_to_see_what_it_is():
    assert len(first_lines(b"a;b\n" * 100, 20)) == 20


def test_page_of_the_web_named_as_a_workbook_is_refused():
    with pytest.raises(IsWebPage):
        read_table(b"\xef\xbb\xbf <html><table><tr><td>NIP</td></tr></table></html>")


def test_protected_or_old_file_is_refused():
    with pytest.raises(IsOldOrProtected):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_macros_are_refused():
    with pytest.raises(HasMacros):
        read_table(with_part(a_workbook(["NIP"]), "xl/vbaProject.bin", b"x"))


def test_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(UnpacksTooLarge):
        read_table(with_part(a_workbook(["NIP"]), "xl/worksheets/sheet2.xml", bytes(30 << 20)))


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("part", [b"<", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\0\xff"])
def test_damaged_parts_are_refused_in_words(name, part):
    whole, file = ZipFile(BytesIO(a_workbook(["NIP"]))), BytesIO()
    with ZipFile(file, "w") as archive:
        for each in whole.namelist():
            archive.writestr(each, part if each == name else whole.read(each))
    with pytest.raises((NoWorkbook, IsEmpty)):
        read_table(file.getvalue())


@pytest.mark.parametrize("content", [b"PK\x03\x04 and no more", b"PK"])
def test_torn_file_is_refused_in_words(content):
    with pytest.raises(NoWorkbook):
        read_table(content)


@pytest.mark.parametrize("content", [b"%PDF-1.7\x00\x00", b"\n%PDF-1.4 text", b"\x89PNG\r\n", b"{\\rtf1 a;b}"])
def test_file_of_another_kind_is_refused_by_its_name(content):
    with pytest.raises(IsNoTable):
        read_table(content)


def test_signs_that_nobody_reads_are_refused():
    with pytest.raises(NoTable):
        read_table(b"\x81\x8d\x8f")


@pytest.mark.parametrize("content", [b"", b"\n\n", b";;;\n", a_workbook()])
def test_empty_file_is_refused(content):
    with pytest.raises(IsEmpty):
        read_table(content)


def test_bounds_are_told_with_their_place(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)
    with pytest.raises(TooLarge):
        read_table(bytes(spreadsheets.MOST_BYTES + 1))
    with pytest.raises(TooManyRows, match="more than 2 rows"):
        read_table(b"a\nb\nc\n")
    with pytest.raises(TooManyColumns, match="Row 1 "):
        read_table(b";" * 60 + b"x\n")
    with pytest.raises(TooManyColumns):
        read_table(a_workbook(["x"] * 61))
    with pytest.raises(CellTooLong, match="Row 1, column 2 "):
        read_table(b"a;" + b"x" * 2001)


@given(st.binary(max_size=200))
def test_whatever_is_sent_is_a_table_or_refused_in_words(content):
    with suppress(TableRefused):
        read_table(content)
