"""Administrators keep accounts and organisation, and mend what has failed."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from engine.access.accounts import set_roles
from engine.access.model import Account, Role
from engine.access.signing_in import sign_in
from engine.audit.model import AuditEntry
from engine.core.core import Core
from engine.execution.beginning import Started
from engine.execution.messages import deliver
from engine.execution.model import HeldMessage, Incident, Instance, InstanceState
from engine.jobs.model import Job, JobState
from engine.organisation.model import Employee
from tests.integration.webui.conftest import Browser, text_of
from tests.support.small_office import OFFICE, person
from webui.pages.trail import in_words

BrowserOf = Callable[[str], Browser]
PAGES = [
    "/administrasi",
    "/administrasi/akun",
    "/administrasi/akun/1",
    "/administrasi/akun/baru",
    "/administrasi/gangguan",
    "/administrasi/pekerjaan",
    "/administrasi/pesan",
    "/administrasi/organisasi",
    "/administrasi/jejak",
]
ACTS = [
    "/administrasi/akun/baru",
    "/administrasi/akun/1/peran",
    "/administrasi/akun/1/sandi",
    "/administrasi/akun/1/tutup",
    "/administrasi/akun/1/buka",
    "/administrasi/gangguan/1/ulangi",
    "/administrasi/pekerjaan/1/ulangi",
    "/administrasi/pesan/1/hapus",
    "/administrasi/organisasi",
]


@pytest.fixture
def administrator(browser_of: BrowserOf) -> Browser:
    return browser_of("fani")


def acts(core: Core) -> list[str]:
    with core.read() as reading:
        return list(reading.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


def test_each_page_opens(administrator: Browser):
    assert {page: administrator.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("who", ["ani", "citra"])
def test_others_do_not_see_a_page(browser_of: BrowserOf, who: str):
    browser = browser_of(who)
    assert {page: browser.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 403)


def test_others_do_not_do_what_administrators_do(browser_of: BrowserOf):
    browser = browser_of("citra")
    assert {act: browser.post(act).status_code for act in ACTS} == dict.fromkeys(ACTS, 403)


def test_a_new_account_signs_in_with_the_password_shown_once(core: Core, administrator: Browser):
    answer = administrator.post("/administrasi/akun/baru", {"username": "gita", "roles": "staff", "employee_id": ""})
    password = re.findall(r'shown-once">([^<]+)<', text_of(answer))[1]
    assert answer.headers["Cache-Control"] == "no-store"
    with core.work() as work:
        assert sign_in(work, "gita", password)
    assert password not in text_of(administrator.get("/administrasi/akun"))


def test_what_is_wrong_with_a_new_account_stands_at_its_field(administrator: Browser):
    answer = administrator.post("/administrasi/akun/baru", {"username": "A b", "roles": "king"})
    assert answer.status_code == 422
    assert "Use 3 to 80 small letters" in text_of(answer)
    assert "There is no role king" in text_of(answer)


def test_a_reset_password_replaces_the_old_one(core: Core, administrator: Browser):
    ani = person(core, "ani").account_id
    answer = administrator.post(f"/administrasi/akun/{ani}/sandi")
    password = re.findall(r'shown-once">([^<]+)<', text_of(answer))[1]
    with core.work() as work:
        assert sign_in(work, "ani", password)


def test_a_closed_account_is_out_at_once(core: Core, administrator: Browser, browser_of: BrowserOf):
    ani, browser = person(core, "ani").account_id, browser_of("ani")
    administrator.post(f"/administrasi/akun/{ani}/tutup")
    assert browser.get("/tugas").status_code == 302


def test_a_closed_account_opens_again(core: Core, administrator: Browser):
    ani = person(core, "ani").account_id
    administrator.post(f"/administrasi/akun/{ani}/tutup")
    administrator.post(f"/administrasi/akun/{ani}/buka")
    with core.read() as reading:
        assert reading.session.get_one(Account, ani).is_active


def test_whoever_left_cannot_sign_in_and_her_account_says_so(core: Core, administrator: Browser):
    ani = person(core, "ani")
    with core.work() as work:
        work.session.get_one(Employee, ani.employee_id).left_on = date(2026, 11, 2)
    for address in ("/administrasi/akun?cari=ani", f"/administrasi/akun/{ani.account_id}"):
        assert "left since 2 November 2026, cannot sign in" in text_of(administrator.get(address))


def test_roles_are_ticked(core: Core, administrator: Browser):
    ani = person(core, "ani").account_id
    answer = administrator.post(
        f"/administrasi/akun/{ani}/peran", {"roles": ["staff", "designer"]}, follow_redirects=True
    )
    assert len(re.findall(r'name="roles" value="(?:staff|designer)" checked', text_of(answer))) == 2


def test_what_was_typed_of_an_account_stays_where_it_is_refused(core: Core, administrator: Browser):
    address = f"/administrasi/akun/{person(core, 'ani').account_id}"
    wanted = {"roles": ["manager"], "scope-manager": "subtree", "unit-manager": ""}
    roles = text_of(administrator.post(f"{address}/peran", wanted))
    email = text_of(administrator.post(f"{address}/surel", {"email": "ani@kantor"}))
    assert re.findall(r'name="roles" value="(\w+)" checked', roles) == ["manager"]
    assert 'value="subtree" selected' in roles
    assert 'value="ani@kantor"' in email


def test_auditors_look_at_incidents_and_ladders_and_mend_nothing(core: Core, browser_of: BrowserOf):
    with core.work() as work:
        set_roles(work, person(core, "eko").account_id or 0, [Role.AUDITOR])
    eko = browser_of("eko")
    assert {eko.get(page).status_code for page in ("/administrasi/gangguan", "/administrasi/eskalasi")} == {200}
    assert not [page for page in ("/tugas", "/berkas") if "Start a case" in text_of(eko.get(page))]
    assert "/administrasi/eskalasi/tangga" not in text_of(eko.get("/administrasi/eskalasi"))
    assert eko.post("/administrasi/gangguan/1/ulangi").status_code == 403


def test_nobody_closes_the_own_account(core: Core, administrator: Browser):
    fani = person(core, "fani").account_id
    assert administrator.post(f"/administrasi/akun/{fani}/tutup").status_code == 409


def test_an_account_that_is_not_there_is_not_found(administrator: Browser):
    assert administrator.get("/administrasi/akun/999").status_code == 404


def test_an_imported_organisation_counts_at_once(core: Core, administrator: Browser):
    mended = OFFICE.replace("Ani Lestari", "Ani Lestari Putri").encode()
    answer = administrator.post(
        "/administrasi/organisasi", {"file": (BytesIO(mended), "office.yaml")}, follow_redirects=True
    )
    assert "1 changed" in text_of(answer)
    assert "Ani Lestari Putri" in text_of(answer)
    assert acts(core)[-1] == "organisation.imported"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"units: [", "cannot be read as YAML"), (b"units: [{code: x}]", "units[0]"), (b"", "sections")],
)
def test_a_wrong_file_is_told_whole_and_changes_nothing(core: Core, administrator: Browser, content: bytes, said: str):
    answer = administrator.post("/administrasi/organisasi", {"file": (BytesIO(content), "office.yaml")})
    assert answer.status_code == 422
    assert said in text_of(answer)
    with core.read() as reading:
        assert len(reading.session.scalars(select(Employee.id)).all()) == 6


def test_a_stopped_case_is_listed_and_tries_again(core: Core, administrator: Browser, case: Started):
    with core.work() as work:
        instance = work.session.get_one(Instance, case.instance_id)
        instance.state = InstanceState.INCIDENT
        stopped = {"element": "hitung", "code": "error.uncaught", "message": "Nilai tidak ada"}
        work.session.add(Incident(instance_id=instance.id, activity_id=1, opened_at=work.now, **stopped))
    page = text_of(administrator.get("/administrasi/gangguan"))
    assert case.number in page
    assert "Nilai tidak ada" in page
    assert administrator.post("/administrasi/gangguan/99/ulangi").status_code == 404


def test_a_job_that_was_given_up_runs_again(core: Core, administrator: Browser):
    with core.work() as work:
        dead = {"state": JobState.DEAD, "attempts": 9, "last_error": "Connection refused"}
        job = Job(kind="mail.send", key="mail:1", payload={}, due_at=work.now, created_at=work.now, **dead)
        work.session.add(job)
        work.session.flush()
        job_id = job.id
    assert "Connection refused" in text_of(administrator.get("/administrasi/pekerjaan"))
    administrator.post(f"/administrasi/pekerjaan/{job_id}/ulangi")
    with core.read() as reading:
        assert reading.session.get_one(Job, job_id).state == JobState.WAITING
    assert acts(core)[-1] == "job.retried"


def test_the_trail_tells_in_words(administrator: Browser, case: Started):
    page = text_of(administrator.get("/administrasi/jejak"))
    assert f"started case {case.number}: Sebuah berkas" in page
    assert "put version 1 of the procedure Proses in force" in page
    assert "a task arose: " in page


def test_the_trail_is_narrowed_by_its_address(administrator: Browser, case: Started):
    about_cases = text_of(administrator.get("/administrasi/jejak?tentang=berkas"))
    about_accounts = text_of(administrator.get("/administrasi/jejak?tentang=akun&oleh=fani"))
    long_ago = text_of(administrator.get("/administrasi/jejak?sampai=2001-01-01"))
    nonsense = text_of(administrator.get("/administrasi/jejak?tentang=x&oleh=%00&dari=0000-99-99&sampai=9999-12-31"))
    told = f"started case {case.number}"
    assert [told in page for page in (about_cases, about_accounts, long_ago, nonsense)] == [True, False, False, True]


def test_days_and_moments_in_the_trail_are_said_as_people_say_them(app):
    facts = {"title": "Periksa", "was_at": "2026-11-24T09:00:00+00:00", "due_at": "2026-11-25T09:00:00+00:00"}
    with app.test_request_context():
        said = in_words("work_item.deadline_moved", facts)
        closed = in_words("unit.closed", {"name": "Seksi PHU", "closed_on": "2026-12-31"})
    assert "16.00" in said
    assert "2026-11" not in said
    assert "31" in closed
    assert "2026-12-31" not in closed


def test_the_programs_own_words_are_said_in_the_readers(app):
    roles = {"username": "fani", "roles": ["manager", "staff"], "reaches": ["manager: subtree KUA Gubug"]}
    changes = {"name": "Arsiparis", "position": "Arsiparis", "changes": ["ends_on: 2026-12-31 → –"]}
    with app.test_request_context():
        given = in_words("account.roles_set", roles)
        changed = in_words("holding.end_changed", changes)
        urgent = in_words("work_item.priority_set", {"title": "Periksa", "priority": "urgent"})
    assert "KUA Gubug" in given
    assert "–" in changed
    codes = ("manager", "staff", "subtree", "ends_on", "2026-12-31", "urgent")
    assert not [code for code in codes if code in f"{given} {changed} {urgent}"]


def test_a_broken_place_in_the_trail_is_told(administrator: Browser):
    assert administrator.get("/administrasi/jejak?sesudah=xyz").status_code == 422


@pytest.fixture
def held(core: Core) -> str:
    """The address at which a message that nobody waits for is deleted."""
    with core.work(person(core, "fani")) as work:
        deliver(work, "Balasan", None, {})
    with core.read() as reading:
        return f"/administrasi/pesan/{reading.session.scalars(select(HeldMessage.id)).one()}/hapus"


def test_a_held_message_is_deleted_with_a_reason(core: Core, administrator: Browser, held: str):
    assert held in text_of(administrator.get("/administrasi/pesan"))
    assert "Balasan" in text_of(administrator.get(held))
    administrator.post(held, {"reason": "Dikirim dua kali"})
    assert "Balasan" not in text_of(administrator.get("/administrasi/pesan"))
    assert "because: Dikirim dua kali" in text_of(administrator.get("/administrasi/jejak"))


def test_without_a_reason_a_held_message_stays(administrator: Browser, held: str):
    answer = administrator.post(held, {"reason": ""})
    assert (answer.status_code, "Say why" in text_of(answer)) == (422, True)
    assert held in text_of(administrator.get("/administrasi/pesan"))
