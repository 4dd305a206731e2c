from dataclasses import replace
from datetime import date

import pytest

from engine.base.spreadsheets import TableLine
from engine.organisation.model import HoldingKind, PositionKind
from engine.organisation.tables.draft import Choices
from engine.organisation.tables.fields import recognise
from engine.organisation.tables.office import Office
from engine.organisation.tables.packing import digest_of, pack, unpack
from engine.organisation.tables.planning import Plan, plan_of

TODAY = date(2026, 11, 23)
NO_OFFICE = Office(units={}, positions={}, employees={}, holdings={})
SITI, BUDI, RINA = "198609262015051001", "197503112000031001", "199205052018042004"


def a_person(nip: str, name: str, **facts) -> dict[str, object]:
    return {"nip": nip, "name": name, "email": None, "phone": None, "rank": None, "left_on": None, **facts}


def a_position(title: str, unit: str, **facts) -> dict[str, object]:
    ordinary = {"superior": None, "head": False, "seats": 1, "job_class": None, "closed_on": None}
    return {"title": title, "kind": PositionKind.EXECUTIVE, "unit": unit, **ordinary, **facts}


def a_holding(person: str, position: str, **facts) -> dict[str, object]:
    ordinary = {"decree": None, "scope": None, "from": date(2020, 1, 1), "until": None}
    return {"employee": person, "position": position, "kind": HoldingKind.DEFINITIVE, **ordinary, **facts}


OFFICE = Office(
    units={
        "kantor": {"name": "Kantor", "parent": None, "closed_on": None},
        "tu": {"name": "Subbagian TU", "parent": "kantor", "closed_on": None},
    },
    positions={"kepala": a_position("Kepala Kantor", "kantor", head=True), "arsiparis": a_position("Arsiparis", "tu")},
    employees={"1": a_person(SITI, "Siti"), "2": a_person(BUDI, "Budi")},
    holdings={"11": a_holding("1", "arsiparis"), "12": a_holding("2", "kepala")},
)


def plan(*rows: tuple[str, ...], office: Office = OFFICE, **choices: bool) -> Plan:
    """The first row holds the headings, so that the row of the first person is 2."""
    lines = [TableLine(number=number, cells=cells) for number, cells in enumerate(rows, start=1)]
    found = recognise(lines)
    return plan_of(office, lines[1:], found.subject, found.columns, Choices(**choices), TODAY)


def told(found: Plan) -> list[tuple[str, str]]:
    return [(problem.name, problem.code) for problem in found.problems]


def changed(found: Plan) -> list[tuple[str, str, dict[str, tuple[object, object]]]]:
    return [
        (str(each.kind), each.label, {one.name: (one.old, one.new) for one in each.differences})
        for each in found.changes
    ]


def test_what_is_as_before_is_no_change():
    found = plan(("NIP", "Nama", "Jabatan"), (SITI, "Siti", "Arsiparis"), (BUDI, "Budi", "Kepala Kantor"))
    assert (found.changes, found.problems, found.absent, found.may_go) == ((), (), (), True)


def test_changed_value_is_shown_old_and_new():
    found = plan(("NIP", "Nama", "Gol"), (SITI, "Siti Aminah", "III/b"), (BUDI, "Budi", ""))
    values = {"name": ("Siti", "Siti Aminah"), "rank": (None, "III/b")}
    assert changed(found) == [("changed", f"Siti Aminah ({SITI})", values)]


@pytest.mark.parametrize(
    ("name", "is_unlike"), [("Rahmat Hidayat", True), ("Siti Aminah, S.Ag.", False), ("Sitti", False)]
)
def test_wholly_different_name_looks_like_somebody_else(name, is_unlike):
    (change,) = plan(("NIP", "Nama"), (SITI, name), (BUDI, "Budi")).changes
    assert change.looks_like_somebody_else is is_unlike


def test_new_person_comes_with_her_position():
    office = replace(OFFICE, positions={**OFFICE.positions, "arsiparis": a_position("Arsiparis", "tu", seats=2)})
    found = plan(("NIP", "Nama", "Jabatan", "TMT"), (RINA, "Rina", "arsiparis", "1/3/2026"), office=office)
    assert [(each.section, each.kind, each.row) for each in found.changes] == [
        ("employees", "new", 2),
        ("holdings", "new", 2),
    ]
    assert found.changes[1].values["from"] == date(2026, 3, 1)


def test_whoever_is_not_listed_is_told_and_stays():
    found = plan(("NIP", "Nama"), (SITI, "Siti"))
    assert (found.absent, found.changes) == ((f"Budi ({BUDI})",), ())


def test_whoever_is_not_listed_leaves_today_when_that_is_chosen():
    found = plan(("NIP", "Nama"), (SITI, "Siti"), gone_end=True)
    assert [(each.section, str(each.kind), each.values) for each in found.changes] == [
        ("employees", "gone", {"left_on": TODAY}),
        ("holdings", "gone", {"until": date(2026, 11, 22)}),
    ]


def test_person_in_a_row_with_a_fault_is_not_gone():
    found = plan(("NIP", "Nama", "TMT"), (SITI, "Siti", ""), (BUDI, "Budi", "kemarin"), gone_end=True)
    assert (told(found), found.absent, found.may_go) == ([("3.from", "day")], (), False)


def test_person_whose_nip_cannot_be_read_is_not_gone():
    rows = ((SITI, "Siti"), (BUDI[:17], "BUDI"))
    found = plan(("NIP", "Nama"), *rows, gone_end=True, faulty_are_left_out=True)
    assert (found.absent, found.changes) == ((), ())


def test_whoever_moves_leaves_her_position_the_day_before():
    office = replace(OFFICE, positions={**OFFICE.positions, "analis": a_position("Analis", "tu")})
    row = (SITI, "Siti", "Analis", "1/12/2026")
    found = plan(("NIP", "Nama", "Jabatan", "TMT"), row, (BUDI, "Budi", "", ""), office=office)
    assert [(str(each.kind), each.label, each.values.get("until")) for each in found.changes] == [
        ("changed", "Siti – Arsiparis", date(2026, 11, 30)),
        ("new", "Siti – Analis", None),
    ]


def test_new_position_may_not_begin_before_the_old_one():
    office = replace(OFFICE, positions={**OFFICE.positions, "analis": a_position("Analis", "tu")})
    found = plan(("NIP", "Nama", "Jabatan", "TMT"), (SITI, "Siti", "Analis", "1/1/2019"), office=office)
    assert told(found) == [("2.from", "order")]


def test_position_that_is_not_known_is_refused():
    found = plan(("NIP", "Nama", "Jabatan"), (RINA, "Rina", "Pranata Komputer"))
    assert told(found) == [("2.position", "unknown")]


def test_row_tells_all_that_is_wrong_with_it():
    heads = ("NIP", "Nama", "Posisi", "Unit Kerja")
    found = plan(heads, ("1986", "Rina", "Pranata Komputer", "Seksi PHU"), (RINA, "Rina", "Analis", "Seksi PHU"))
    assert told(found) == [
        ("2.nip", "organisation.nip_invalid"),
        ("2.position", "unknown"),
        ("2.unit", "unknown"),
        ("3.position", "unknown"),
        ("3.unit", "unknown"),
    ]


def test_holding_that_stands_twice_is_one_new_holding():
    heads = ("NIP", "Kode Jabatan", "Jenis Pemangkuan", "TMT")
    office = replace(OFFICE, positions={**OFFICE.positions, "analis": a_position("Analis", "tu", seats=2)})
    row = (SITI, "analis", "Definitif", "1/3/2026")
    found = plan(heads, row, row, office=office)
    assert (told(found), [each.row for each in found.changes]) == ([("3.from", "double")], [2])


def test_positions_and_units_are_made_when_that_is_chosen():
    heads = ("NIP", "Nama", "Jabatan", "Unit Kerja", "TMT")
    rows = (
        (SITI, "Siti", "Kepala Seksi PHU", "Seksi PHU", "1/1/2026"),
        (BUDI, "Budi", "Analis", "Seksi PHU", "1/1/2026"),
    )
    found = plan(heads, *rows, office=NO_OFFICE, unknown_are_made=True)
    made = {(each.section, each.key): each.values for each in found.changes}
    assert made["units", "seksi-phu"]["name"] == "Seksi PHU"
    assert made["positions", "kepala-seksi-phu"]["head"] is True
    assert made["positions", "analis"]["unit"] == "seksi-phu"
    assert found.may_go


def test_made_position_has_a_seat_for_each_who_is_on_it():
    heads = ("NIP", "Nama", "Jabatan", "Unit Kerja")
    rows = [(nip, "X", "Guru", "MAN 1") for nip in (SITI, BUDI, RINA)]
    found = plan(heads, *rows, office=NO_OFFICE, unknown_are_made=True)
    assert [each.values["seats"] for each in found.changes if each.section == "positions"] == [3]


def test_more_people_than_seats_are_told_at_the_row():
    found = plan(("NIP", "Nama", "Jabatan"), (RINA, "Rina", "Arsiparis"))
    assert told(found) == [("2.position", "too_many")]


def test_person_listed_twice_is_told_at_the_second_row():
    found = plan(("NIP", "Nama"), (SITI, "Siti"), (SITI, "Siti Aminah"), (RINA, "Rina"), (RINA, "Rina"))
    assert told(found) == [("3.nip", "double"), ("5.nip", "double")]


def test_person_known_by_address_gets_her_nip():
    office = replace(OFFICE, employees={"1": a_person(None, "Siti", email="Siti@kantor.example")}, holdings={})
    found = plan(("NIP", "Nama", "Email"), (SITI, "Siti", "siti@kantor.example"), office=office)
    assert [(each.key, each.values) for each in found.changes] == [("1", {"nip": SITI, "email": "siti@kantor.example"})]


def test_rows_in_error_are_left_out_when_that_is_chosen():
    rows = ((RINA, "Rina", "Pranata Komputer"), (SITI, "Siti Aminah", "Arsiparis"), (BUDI, "Budi", "Kepala Kantor"))
    found = plan(("NIP", "Nama", "Jabatan"), *rows, faulty_are_left_out=True)
    assert told(found) == [("2.position", "unknown")]
    assert [each.label for each in found.changes] == [f"Siti Aminah ({SITI})"]
    assert found.may_go


def test_same_title_in_two_units_wants_its_unit():
    office = replace(OFFICE, positions={**OFFICE.positions, "arsiparis-2": a_position("Arsiparis", "kantor")})
    found = plan(("NIP", "Nama", "Jabatan"), (RINA, "Rina", "Arsiparis"), office=office)
    with_unit = plan(("NIP", "Nama", "Jabatan", "Unit Kerja"), (RINA, "Rina", "Arsiparis", "KANTOR"), office=office)
    assert told(found) == [("2.position", "ambiguous")]
    assert with_unit.changes[-1].values["position"] == "arsiparis-2"


def test_closed_position_is_given_to_nobody():
    closed = a_position("Arsiparis", "tu", closed_on=date(2026, 1, 1))
    office = replace(OFFICE, positions={"kepala": OFFICE.positions["kepala"], "arsiparis": closed}, holdings={})
    found = plan(("NIP", "Nama", "Kode Jabatan"), (RINA, "Rina", "arsiparis"), office=office)
    assert told(found) == [("2.position_code", "closed")]


def test_holdings_are_known_by_person_position_kind_and_first_day():
    heads = ("NIP", "Kode Jabatan", "Jenis Pemangkuan", "TMT Jabatan", "Sampai", "No SK")
    same = (SITI, "arsiparis", "Definitif", "2020-01-01", "", "")
    plh = (SITI, "kepala", "Plh", "2026-11-23", "2026-11-30", "SK 12/2026")
    found = plan(heads, same, plh)
    assert [(str(each.kind), each.row, each.values["decree"]) for each in found.changes] == [("new", 3, "SK 12/2026")]
    assert found.absent == (f"Budi ({BUDI}) – Kepala Kantor",)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("199001012016031003", "arsiparis", "Definitif", "2026-01-01", ""), ("2.nip", "unknown")),
        ((SITI, "nirwana", "Definitif", "2026-01-01", ""), ("2.position_code", "unknown")),
        ((SITI, "arsiparis", "Definitif", "2026-01-02", "2026-01-01"), ("2.until", "order")),
        ((BUDI, "arsiparis", "Definitif", "2026-01-02", ""), ("2.position_code", "too_many")),
        ((BUDI, "arsiparis", "Plh", "2026-01-02", ""), ("2.decree", "missing")),
    ],
)
def test_holding_that_cannot_be_is_told(row, problem):
    assert problem in told(plan(("NIP", "Kode Jabatan", "Jenis Pemangkuan", "TMT Jabatan", "Sampai"), row))


def test_units_may_not_go_in_a_circle():
    heads = ("Kode Unit", "Nama Unit", "Unit Induk")
    found = plan(heads, ("kantor", "Kantor", "Subbagian TU"), ("kua", "KUA", "tu"))
    assert told(found) == [("2.parent", "circle")]


def test_units_find_their_parent_by_name_also_when_it_comes_later():
    heads = ("Nama Unit", "Unit Induk", "Kode Unit")
    found = plan(heads, ("Seksi PHU", "Bidang Haji", ""), ("Bidang Haji", "kantor", ""))
    assert [(each.key, each.values["parent"]) for each in found.changes] == [
        ("seksi-phu", "bidang-haji"),
        ("bidang-haji", "kantor"),
    ]


UNIT_HEADS = ("Kode Unit", "Nama Unit", "Unit Induk")
FAULTY_UNIT = ("KUA GUBUG", "KUA Gubug", "kantor")


def test_units_below_a_row_with_faults_are_told_which():
    rows = (FAULTY_UNIT, ("ru", "Ruang", "KUA Gubug"), ("loket", "Loket", "ru"), ("tu", "Subbagian TU", "kantor"))
    found = plan(UNIT_HEADS, *rows)
    assert told(found) == [("2.unit_code", "code"), ("3.parent", "leans_on_fault"), ("4.parent", "leans_on_fault")]
    assert [each.params["upper"] for each in found.problems[1:]] == [2, 3]


def test_units_below_a_row_with_faults_are_left_out_with_it():
    rows = (("kua", "", "kantor"), ("ru", "Ruang", "kua"), ("loket", "Loket", "ru"), ("phu", "Seksi PHU", "kantor"))
    found = plan(UNIT_HEADS, *rows, faulty_are_left_out=True)
    assert (found.may_go, [each.key for each in found.changes]) == (True, ["phu"])


def test_what_is_left_out_with_a_circle_is_told():
    rows = (("a", "A", "b"), ("b", "B", "a"), ("c", "C", "b"), ("phu", "Seksi PHU", "kantor"))
    found = plan(UNIT_HEADS, *rows, faulty_are_left_out=True)
    assert (found.may_go, [each.key for each in found.changes]) == (True, ["phu"])
    assert {place.partition(".")[0] for place, _code in told(found)} == {"2", "3", "4"}


def test_a_unit_of_the_office_stands_whatever_its_row_says():
    found = plan(UNIT_HEADS, ("tu", "Subbagian TU", "nirwana"), ("ru", "Ruang", "tu"))
    assert told(found) == [("2.parent", "unknown")]


def test_positions_below_a_row_with_faults_are_told_which():
    heads = ("Jabatan", "Jenis Jabatan", "Unit Kerja", "Jabatan Atasan")
    rows = (("Kepala Seksi", "Struktural", "Seksi PHU", ""), ("Analis", "Fungsional", "Kantor", "Kepala Seksi"))
    assert told(plan(heads, *rows)) == [("2.unit", "unknown"), ("3.superior", "leans_on_fault")]


def test_positions_find_their_superior_and_their_class():
    heads = ("Jabatan", "Jenis Jabatan", "Unit Kerja", "Jabatan Atasan", "Jumlah Formasi", "Kelas Jabatan")
    found = plan(heads, ("Arsiparis", "Fungsional", "Subbagian TU", "kepala kantor", "2", "8"))
    values = {"kind": PositionKind.FUNCTIONAL, "superior": "kepala", "seats": 2, "job_class": 8}
    assert [(each.key, each.values) for each in found.changes] == [("arsiparis", values)]


def test_plan_is_kept_and_shown_as_it_was():
    found = plan(("NIP", "Nama", "TMT"), (SITI, "Siti Aminah", ""), (BUDI, "Budi", "kemarin"))
    kept = unpack(pack(found))
    assert (kept.problems, kept.absent, kept.rows, kept.may_go) == (found.problems, (), 2, False)
    assert [(each.label, each.values) for each in kept.changes] == [(f"Siti Aminah ({SITI})", {"name": "Siti Aminah"})]


def test_digest_says_whether_the_difference_is_the_same():
    one, same, other = (plan(("NIP", "Nama"), (SITI, name)) for name in ("Aminah", "Aminah", "Aisyah"))
    assert digest_of(pack(one)) == digest_of(pack(same)) != digest_of(pack(other))
