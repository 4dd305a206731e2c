"""The secretariat keeps the office by its pages; everybody may look, and sees no personal data of others."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from engine.audit.model import AuditEntry
from engine.core.core import Core
from engine.organisation.model import Employee, Holding, Position, Unit
from tests.integration.webui.conftest import Browser, text_of
from tests.support.small_office import NIPS
from tests.support.statements import asked

BrowserOf = Callable[[str], Browser]
CHANGES = [
    "/organisasi/unit/baru",
    "/organisasi/unit/1/ubah",
    "/organisasi/unit/1/jabatan-baru",
    "/organisasi/jabatan/1/ubah",
    "/organisasi/jabatan/1/tutup",
    "/organisasi/pegawai/baru",
    "/organisasi/pegawai/1/ubah",
    "/organisasi/penunjukan?jabatan=1&pegawai=1",
    "/organisasi/penunjukan/1",
]
ACTS = [
    *CHANGES,
    "/organisasi/unit/1/buka",
    "/organisasi/jabatan/1/buka",
    "/organisasi/pegawai/1/kembali",
    "/organisasi/penunjukan/1/batal",
]
NEED_IT = {"budi", "citra", "fani"}
MONDAY, FRIDAY = "2026-11-23", "2026-11-27"


@pytest.fixture
def secretariat(browser_of: BrowserOf) -> Browser:
    return browser_of("fani")


@pytest.fixture
def ids(core: Core) -> Callable[[str], int]:
    """Ids by a unit's or position's code, or a person's short name."""

    def find(name: str) -> int:
        with core.read() as reading:
            for query in (
                select(Employee.id).where(Employee.nip == NIPS.get(name)),
                select(Position.id).where(Position.code == name),
                select(Unit.id).where(Unit.code == name),
            ):
                found = reading.session.scalar(query)
                if found is not None:
                    return found
        raise LookupError(name)

    return find


def only(core: Core, query):
    with core.read() as reading:
        return reading.session.scalars(query).all()


def appointment(ids, person: str = "eko", position: str = "kasubbag") -> str:
    return f"/organisasi/penunjukan?pegawai={ids(person)}&jabatan={ids(position)}"


def plh(**more: str) -> dict[str, str]:
    return {"kind": "plh", "starts_on": MONDAY, "ends_on": FRIDAY, "decree": "SPT-12/2026"} | more


def test_everybody_may_look(browser_of: BrowserOf, ids):
    pages = [
        "/organisasi?tanggal=2019-01-01",
        f"/organisasi/unit/{ids('tu')}",
        f"/organisasi/jabatan/{ids('clerk')}",
        "/organisasi/pegawai",
        f"/organisasi/pegawai/{ids('budi')}",
    ]
    ani = browser_of("ani")
    assert {page: ani.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_others_neither_see_nor_do_what_changes_the_office(browser_of: BrowserOf):
    ani = browser_of("ani")
    assert {page: ani.get(page).status_code for page in CHANGES} == dict.fromkeys(CHANGES, 403)
    assert {page: ani.post(page).status_code for page in ACTS} == dict.fromkeys(ACTS, 403)


def test_each_form_opens(secretariat: Browser):
    assert {page: secretariat.get(page).status_code for page in CHANGES} == dict.fromkeys(CHANGES, 200)


def test_a_nip_is_shown_to_those_who_need_it(browser_of: BrowserOf, ids):
    """To herself, the head of her unit and the secretariat; not to a colleague."""
    pages = {who: text_of(browser_of(who).get(f"/organisasi/pegawai/{ids('budi')}")) for who in ("ani", *NEED_IT)}
    assert {who for who, page in pages.items() if "19860926 201505 1 002" in page} == NEED_IT


def test_a_unit_is_opened_below_another(secretariat: Browser, core: Core, ids):
    typed = {"name": "KUA Kecamatan Toroh", "parent_id": ids("seksi"), "opened_on": "2026-12-01"}
    answer = secretariat.post("/organisasi/unit/baru", typed, follow_redirects=True)
    assert "KUA Kecamatan Toroh is open" in text_of(answer)
    (unit,) = only(core, select(Unit).where(Unit.code == "kua-kecamatan-toroh"))
    assert (unit.parent_id, unit.opened_on) == (ids("seksi"), date(2026, 12, 1))


def test_a_circle_is_told_at_its_field_and_nothing_typed_is_lost(secretariat: Browser, ids):
    typed = {"name": "Kantor baru", "parent_id": ids("tu")}
    answer = secretariat.post(f"/organisasi/unit/{ids('kantor')}/ubah", typed)
    page = text_of(answer)
    assert answer.status_code == 422
    assert '<a href="#parent_id">' in page
    assert 'id="parent_id-error"' in page
    assert 'value="Kantor baru"' in page


def test_a_position_is_opened_and_closed_again(secretariat: Browser, core: Core, ids):
    typed = {"title": "Penyusun", "kind": "executive", "seats": "2", "job_class": "7", "superior_id": ids("kasubbag")}
    secretariat.post(f"/organisasi/unit/{ids('tu')}/jabatan-baru", typed)
    secretariat.post(f"/organisasi/jabatan/{ids('penyusun-tu')}/tutup", {"closed_on": MONDAY})
    (position,) = only(core, select(Position).where(Position.code == "penyusun-tu"))
    assert (position.seats, position.job_class, position.closed_on) == (2, 7, date(2026, 11, 23))


def test_a_held_position_is_not_closed(secretariat: Browser, ids):
    answer = secretariat.post(f"/organisasi/jabatan/{ids('kasubbag')}/tutup", {"closed_on": MONDAY})
    assert "Citra Dewanti would still hold it then" in text_of(answer)


@pytest.mark.parametrize(
    ("nip", "told"),
    [
        ("19860926201505100", "it must have 18 digits, and has 17 characters"),
        (NIPS["eko"], "Eko Prasetyo has this NIP"),
        ("", "Give a NIP, or an e-mail address"),
    ],
)
def test_a_wrong_nip_is_told_at_its_field(secretariat: Browser, nip: str, told: str):
    answer = secretariat.post("/organisasi/pegawai/baru", {"name": "Gilang Ramadhan", "nip": nip})
    page = text_of(answer)
    assert answer.status_code == 422
    assert told in page
    assert 'id="nip-error"' in page
    assert 'value="Gilang Ramadhan"' in page


def test_somebody_is_taken_on_with_spaces_in_her_nip(secretariat: Browser, core: Core):
    typed = {"name": "Gita", "nip": "19850210 202221 1 001", "rank": "IX", "phone": "0812 3456 7890"}
    secretariat.post("/organisasi/pegawai/baru", typed)
    (gita,) = only(core, select(Employee).where(Employee.name == "Gita"))
    assert (gita.nip, gita.rank, gita.phone) == ("198502102022211001", "IX", "0812 3456 7890")


def test_an_appointment_is_seen_as_a_sentence_before_it_is_made(secretariat: Browser, core: Core, ids):
    page = text_of(secretariat.post(appointment(ids), plh()))
    assert "Eko Prasetyo acts as Plh. Kasubbag TU in place of Citra Dewanti from today until Friday 27 November" in page
    assert not only(core, select(Holding).where(Holding.employee_id == ids("eko"), Holding.kind == "plh"))


def test_an_appointment_of_one_day_is_said_to_be_for_that_day(secretariat: Browser, ids):
    page = text_of(secretariat.post(appointment(ids), plh(ends_on=MONDAY)))
    assert "in place of Citra Dewanti for today only;" in page


def test_a_confirmed_appointment_is_kept_with_its_decree(secretariat: Browser, core: Core, ids):
    secretariat.post(appointment(ids), plh(confirmed="1"))
    (held,) = only(core, select(Holding).where(Holding.employee_id == ids("eko"), Holding.kind == "plh"))
    assert (held.decree, held.ends_on) == ("SPT-12/2026", date(2026, 11, 27))


def test_an_act_leaves_a_line_in_the_trail(secretariat: Browser, core: Core, ids):
    secretariat.post(appointment(ids), plh(confirmed="1"))
    (entry,) = only(core, select(AuditEntry).where(AuditEntry.act == "holding.begun"))
    assert entry.facts["position"] == "Kasubbag TU"
    assert "appointed Eko Prasetyo to Kasubbag TU" in text_of(secretariat.get("/administrasi/jejak"))


def test_a_taken_seat_is_told_with_its_holder(secretariat: Browser, ids):
    answer = secretariat.post(appointment(ids), {"kind": "definitive", "starts_on": MONDAY})
    assert answer.status_code == 422
    assert "Every seat is taken: Citra Dewanti (1 January 2020 to …)" in text_of(answer)


def test_a_long_plt_is_warned_of(secretariat: Browser, ids):
    page = text_of(secretariat.post(appointment(ids, position="vacant"), plh(kind="plt", ends_on="2027-03-31")))
    assert "a Plt. lasts longer than three months" in page


def test_whom_to_appoint_is_looked_for(secretariat: Browser, ids):
    page = text_of(secretariat.get(f"/organisasi/penunjukan?jabatan={ids('vacant')}&cari=ani"))
    assert f"pegawai={ids('ani')}" in page
    assert f"pegawai={ids('budi')}" not in page


def test_a_position_is_looked_for_by_its_unit(secretariat: Browser, ids):
    page = text_of(secretariat.get(f"/organisasi/penunjukan?pegawai={ids('ani')}&cari=bimas"))
    assert f"jabatan={ids('officer')}" in page


def test_the_last_day_of_a_holding_is_changed(secretariat: Browser, core: Core, ids):
    (held,) = only(core, select(Holding.id).where(Holding.employee_id == ids("eko")))
    secretariat.post(f"/organisasi/penunjukan/{held}", {"ends_on": FRIDAY})
    assert only(core, select(Holding.ends_on).where(Holding.id == held)) == [date(2026, 11, 27)]


def test_the_office_of_a_day_to_come_shows_who_comes(secretariat: Browser, ids):
    secretariat.post(appointment(ids), plh(starts_on="2026-12-01", ends_on="2026-12-04", confirmed="1"))
    assert "Plh." not in text_of(secretariat.get("/organisasi"))
    assert "Plh." in text_of(secretariat.get("/organisasi?tanggal=2026-12-02"))


def test_a_day_that_cannot_be_is_today(secretariat: Browser):
    for day in ("0001-01-01", "9999-12-31", "x\x00", "2026-13-01"):
        assert "23 November 2026" in text_of(secretariat.get("/organisasi", query_string={"tanggal": day}))


def test_employees_are_searched_and_filtered(secretariat: Browser, ids):
    everybody = ["Ani", "Budi", "Citra", "Dewi", "Eko", "Fani"]
    expected = [
        ({"cari": "SAN"}, ["Budi"]),
        ({"cari": "100%"}, []),
        ({"cari": "19860926 2015"}, ["Ani", "Budi"]),
        ({"cari": "\x00"}, everybody),
        ({"unit": ids("seksi")}, ["Fani"]),
        ({"unit": "999999999999"}, everybody),
        ({"status": "left"}, []),
        ({"status": "nonsense"}, everybody),
    ]
    for query, names in expected:
        page = text_of(secretariat.get("/organisasi/pegawai", query_string=query)).split('id="employees"')[1]
        assert [name for name in everybody if f">{name} " in page] == names, query


def test_a_long_list_goes_on_by_key(secretariat: Browser, core: Core):
    with core.work() as work:
        work.session.add_all(Employee(name=f"Pegawai {number:03}", email=f"p{number}@a.id") for number in range(60))
    first = text_of(secretariat.get("/organisasi/pegawai?cari=pegawai"))
    (rest,) = [part.split('"')[0] for part in first.split('href="')[1:] if "sesudah=" in part.split('"')[0]]
    second = text_of(secretariat.get(rest.replace("&amp;", "&")))
    assert ("Pegawai 049" in first, "Pegawai 050" in second, "Pegawai 049" in second) == (True, True, False)


def test_a_wrong_place_in_the_list_is_refused(secretariat: Browser):
    for cursor in ("x", "WyJhIl0", "WyJcdTAwMDAiLCAxXQ"):
        assert secretariat.get(f"/organisasi/pegawai?sesudah={cursor}").status_code == 422


def test_a_list_asks_as_often_for_many_as_for_few(secretariat: Browser, core: Core):
    secretariat.get("/organisasi/pegawai")  # what is asked once a session is not the list's
    with asked(core.engine) as few:
        secretariat.get("/organisasi/pegawai")
    with core.work() as work:
        work.session.add_all(Employee(name=f"Pegawai {number}", email=f"p{number}@a.id") for number in range(40))
    with asked(core.engine) as many:
        secretariat.get("/organisasi/pegawai")
    assert len(many) == len(few)


def test_a_transfer_says_where_every_seat_is_taken(secretariat: Browser, ids):
    page = text_of(secretariat.get(f"/organisasi/mutasi?pegawai={ids('ani')}"))
    assert page.count("every seat is taken") == 5


def test_whoever_left_is_not_sent_away_again(secretariat: Browser, core: Core, ids):
    with core.work() as work:
        work.session.get_one(Employee, ids("ani")).left_on = date(2026, 11, 2)
    answer = secretariat.get(f"/organisasi/mutasi?pegawai={ids('ani')}&keluar=1", follow_redirects=True)
    assert answer.request.path == f"/organisasi/pegawai/{ids('ani')}"
    assert "Ani Lestari has left already, since 2 November 2026." in text_of(answer)
