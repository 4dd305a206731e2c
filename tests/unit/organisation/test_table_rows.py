from datetime import date

import pytest

from engine.base.spreadsheets import TableLine
from engine.organisation.model import HoldingKind, PositionKind, TableSubject
from engine.organisation.tables.fields import Field
from engine.organisation.tables.rows import TableRows, rows_of

NIP = "198609262015051001"
EMPLOYEES = (Field.NIP, Field.NAME, Field.RANK, Field.STARTS_ON, Field.EMAIL)


def read(*cells: str, subject=TableSubject.EMPLOYEES, fields=EMPLOYEES) -> TableRows:
    line = TableLine(number=7, cells=cells)
    return rows_of([line], subject, {field: column for column, field in enumerate(fields)})


def told(rows: TableRows) -> list[tuple[str, str]]:
    return [(problem.name, problem.code) for problem in rows.problems]


def test_row_has_its_values_by_their_kind():
    (row,) = read(NIP, "Siti  Aminah", "Penata Muda Tk. I (III/b)", "1 Maret 2024", "siti@kantor.example").sound
    assert row.values == {
        Field.NIP: NIP,
        Field.NAME: "Siti Aminah",
        Field.RANK: "III/b",
        Field.STARTS_ON: date(2024, 3, 1),
        Field.EMAIL: "siti@kantor.example",
    }


def test_empty_cells_say_nothing():
    (row,) = read(NIP, "Siti", "", "-").sound
    assert row.values.keys() == {Field.NIP, Field.NAME}


@pytest.mark.parametrize("written", ["19860926 201505 1 001", "'198609262015051001", "NIP. 198609262015051001"])
def test_nip_is_read_as_applications_write_it(written):
    assert read(written, "Siti").sound[0].values[Field.NIP] == NIP


@pytest.mark.parametrize(
    ("written", "rank"),
    [
        ("III/b", "III/b"),
        ("III.B", "III/b"),
        ("iv/a", "IV/a"),
        ("Penata / III/c", "III/c"),
        ("IX", "IX"),
        ("Gol. V", "V"),
    ],
)
def test_rank_is_read_as_offices_write_it(written, rank):
    assert read(NIP, "Siti", written).sound[0].values[Field.RANK] == rank


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (("19860926201505100", "Siti"), ("7.nip", "organisation.nip_invalid")),
        (("1.98609262015051E+17", "Siti"), ("7.nip", "shortened")),
        ((NIP, ""), ("7.name", "missing")),
        (("", "Siti"), ("7.nip", "missing")),
        ((NIP, "Siti", "", "31/02/2024"), ("7.from", "day")),
        ((NIP, "Siti", "III/z"), ("7.rank", "rank")),
        ((NIP, "Siti", "III/e"), ("7.rank", "rank")),
        ((NIP, "Siti", "", "01/01/9999"), ("7.from", "far")),
        ((NIP, "Siti", "", "01/01/1026"), ("7.from", "far")),
        ((NIP, "Siti", "", "", "tanpa alamat"), ("7.email", "email")),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(cells, problem):
    rows = read(*cells)
    assert told(rows) == [problem]
    assert rows.sound == ()
    assert [row.number for row in rows.faulty] == [7]


def test_line_that_counts_the_columns_is_no_row():
    assert read("1", "2", "3", "4", "5") == TableRows(subject=TableSubject.EMPLOYEES, sound=(), faulty=(), problems=())


def test_kinds_are_read_by_their_indonesian_names():
    fields = (Field.POSITION, Field.KIND, Field.IS_HEAD, Field.SEATS, Field.JOB_CLASS)
    rows = read("Kasi Bimas", "STRUKTURAL", "Ya", "1", "9", subject=TableSubject.POSITIONS, fields=fields)
    assert rows.sound[0].values[Field.KIND] is PositionKind.STRUCTURAL
    assert rows.sound[0].values[Field.IS_HEAD] is True
    assert (rows.sound[0].values[Field.SEATS], rows.sound[0].values[Field.JOB_CLASS]) == (1, 9)


def test_holding_has_its_kind_and_first_day():
    fields = (Field.NIP, Field.POSITION_CODE, Field.KIND, Field.STARTS_ON)
    rows = read(NIP, "kasi", "Plh.", "2026-11-22", subject=TableSubject.HOLDINGS, fields=fields)
    assert rows.sound[0].values[Field.KIND] is HoldingKind.PLH
    told_of_none = told(read(NIP, "kasi", "", "", subject=TableSubject.HOLDINGS, fields=fields))
    assert told_of_none == [("7.kind", "missing"), ("7.from", "missing")]


def test_what_is_no_choice_is_told_with_the_choices():
    fields = (Field.POSITION, Field.KIND, Field.SEATS)
    rows = read("Kasi", "Sementara", "nol", subject=TableSubject.POSITIONS, fields=fields)
    assert sorted(told(rows)) == [("7.kind", "choice"), ("7.seats", "count")]
    assert "Struktural, Fungsional, Pelaksana" in rows.problems[0].text("en")
