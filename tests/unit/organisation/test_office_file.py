from pathlib import Path

import pytest

from engine.organisation.checking import Known, known_after, problems_together
from engine.organisation.nip import parse_nip
from engine.organisation.office_file import MOST_BYTES, OrganisationRefused, read_organisation

NOTHING = Known(units=frozenset(), seats={}, employees=frozenset())
SAMPLE = Path(__file__).parents[3] / "processes" / "sample_office" / "office.yaml"


def problems(text: str, before: Known = NOTHING) -> dict[str, str]:
    file = read_organisation(text.encode())
    return {each.name: each.code for each in (*file.problems, *problems_together(file, known_after(file, before)))}


HEADER = """
units: [{code: a, name: A}]
positions: [{code: p, title: P, kind: executive, unit: a}]
employees:
  - {username: budi, nip: "198609262015051001", name: Budi}
  - {username: siti, nip: "199004172015032002", name: Siti}
"""


def test_sample_office_has_no_problem():
    assert problems(SAMPLE.read_text()) == {}


def test_every_sample_nip_is_valid():
    employees = read_organisation(SAMPLE.read_bytes()).employees or ()
    assert all(each.nip and parse_nip(each.nip) for each in employees)
    assert len(employees) >= 25


@pytest.mark.parametrize(
    ("entry", "place", "code"),
    [
        ("units: [{name: A}]", "units[0].code", "missing"),
        ("units: [{code: Big Code, name: A}]", "units[0].code", "code"),
        ("units: [{code: a, name: 5}]", "units[0].name", "text"),
        ('units: [{code: a, name: "x\\0y"}]', "units[0].name", "text"),
        ("units: [{code: a, name: A, chief: b}]", "units[0].chief", "unknown_key"),
        ("units: [7]", "units[0]", "entry"),
        ("units: 7", "units", "list"),
        ("offices: []", "offices", "unknown_section"),
        ("units: [{code: a, name: A}, {code: a, name: B}]", "units[1].code", "double"),
        ("units: [{code: a, name: A, parent: b}]", "units[0].parent", "unknown"),
        ("units: [{code: a, name: A, parent: a}]", "units[0].parent", "circle"),
        ("positions: [{code: p, title: P, kind: boss, unit: a}]", "positions[0].kind", "choice"),
        ("positions: [{code: p, title: P, kind: executive, unit: a}]", "positions[0].unit", "unknown"),
        ("positions: [{code: p, title: P, kind: executive, unit: a, seats: 0}]", "positions[0].seats", "count"),
        ("positions: [{code: p, title: P, kind: executive, unit: a, head: 1}]", "positions[0].head", "boolean"),
        ("employees: [{nip: 198613262015051001, name: A}]", "employees[0].nip", "organisation.nip_invalid"),
        ("employees: [{name: A}]", "employees[0].nip", "missing"),
        ("employees: [{name: A, email: nobody}]", "employees[0].email", "email"),
        ("employees: [{name: A, email: a@b.id, phone: call me}]", "employees[0].phone", "phone"),
        ("employees: [{name: A, email: a@b.id, rank: V/z}]", "employees[0].rank", "rank"),
        ("units: [{code: a, name: A, closed: 0001-01-01}]", "units[0].closed", "far"),
        ("positions: [{code: p, title: P, kind: executive, unit: a, class: 18}]", "positions[0].class", "count"),
    ],
)
def test_problem_is_told_with_its_place(entry, place, code):
    assert problems(entry)[place] == code


def test_all_problems_are_told_at_once():
    found = problems("units: [{code: a}, {name: B}]\nemployees: [{nip: 1, name: A}, {nip: 2, name: B}]")
    assert set(found) == {"units[0].name", "units[1].code", "employees[0].nip", "employees[1].nip"}


def test_reference_to_an_entry_with_a_problem_is_not_a_problem_of_its_own():
    found = problems("units: [{code: a}]\npositions: [{code: p, title: P, kind: executive, unit: a}]")
    assert set(found) == {"units[0].name"}


def test_circle_in_the_unit_tree_is_found():
    found = problems(
        "units: [{code: a, name: A, parent: b}, {code: b, name: B, parent: a}, {code: c, name: C, parent: a}]"
    )
    assert found == {"units[0].parent": "circle", "units[1].parent": "circle"}


def test_circle_of_superiors_is_found():
    position = "{{code: {}, title: T, kind: executive, unit: a, superior: {}}}"
    found = problems(
        f"units: [{{code: a, name: A}}]\npositions: [{position.format('p', 'q')}, {position.format('q', 'p')}]"
    )
    assert found == {"positions[0].superior": "circle", "positions[1].superior": "circle"}


def test_unit_has_one_head():
    head = "{{code: {}, title: T, kind: executive, unit: a, head: true}}"
    found = problems(f"units: [{{code: a, name: A}}]\npositions: [{head.format('p')}, {head.format('q')}]")
    assert found == {"positions[1].head": "double"}


def holding(employee: str, start: str, until: str = "", kind: str = "definitive") -> str:
    end = f", until: {until}" if until else ""
    return f"  - {{employee: {employee}, position: p, kind: {kind}, from: {start}{end}}}\n"


def test_one_seat_is_not_held_by_two():
    found = problems(HEADER + "holdings:\n" + holding("budi", "2026-01-01") + holding("siti", "2026-03-01"))
    assert found == {"holdings[1].from": "too_many"}


def test_order_in_the_file_does_not_matter_to_the_seats():
    found = problems(HEADER + "holdings:\n" + holding("siti", "2026-03-01") + holding("budi", "2026-01-01"))
    assert found == {"holdings[0].from": "too_many"}


def test_holdings_one_after_the_other_share_a_seat():
    text = HEADER + "holdings:\n" + holding("budi", "2026-01-01", "2026-02-28") + holding("siti", "2026-03-01")
    assert problems(text) == {}


def test_acting_needs_no_seat():
    text = HEADER + "holdings:\n" + holding("budi", "2026-01-01") + holding("siti", "2026-03-01", kind="plh")
    assert problems(text) == {}


def test_same_holding_twice_is_refused_also_by_nip_and_username():
    text = HEADER + "holdings:\n" + holding("budi", "2026-01-01") + holding("198609262015051001", "2026-01-01")
    assert problems(text) == {"holdings[1].from": "double"}


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        (holding("budi", "2026-02-01", "2026-01-01"), "until", "order"),
        (holding("budi", "1/2/2026"), "from", "day"),
        (holding("agus", "2026-01-01"), "employee", "unknown"),
        (holding("budi", "2026-01-01 08:00:00"), "from", "day"),
        (holding("budi", "2026-01-01", kind="pjs"), "kind", "choice"),
    ],
)
def test_wrong_holding_is_told_with_its_place(line, place, code):
    assert problems(HEADER + "holdings:\n" + line) == {f"holdings[0].{place}": code}


def test_section_left_out_is_looked_up_in_the_office():
    before = Known(units=frozenset({"a"}), seats={"p": 1}, employees=frozenset({"198609262015051001"}))
    assert problems("holdings:\n" + holding("198609262015051001", "2026-01-01"), before) == {}


@pytest.mark.parametrize(
    "document",
    [
        b"units: [",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"",
        b"just text",
        b"- a\n- b",
        b"\xff\xfe\x00",
        b"[" * 5000,
        b"units: !!python/object/apply:os.system [ls]",
        b"units: [{code: a, name: 2026-13-45}]",
        b"units: " + b"9" * 5000,
        b"a" * (MOST_BYTES + 1),
    ],
)
def test_what_is_no_office_file_is_refused(document):
    with pytest.raises(OrganisationRefused) as refusal:
        read_organisation(document)
    assert [each.name for each in refusal.value.fields] == ["document"]


def test_yaml_fault_names_its_line():
    with pytest.raises(OrganisationRefused) as refusal:
        read_organisation(b"units:\n  - {code: a\nemployees: [")
    assert "Line 3" in refusal.value.fields[0].text("en")
