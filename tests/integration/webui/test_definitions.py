"""Designers upload procedures, see everything that is wrong with them, and put them in force."""

import json
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from engine.access.model import Account, AccountRole, Role
from engine.core.core import Core
from engine.definitions.queries import in_force, procedures, versions
from engine.execution.beginning import Started
from tests.integration.webui.conftest import POOL_AND_FORM, REPORT, Browser, text_of
from tests.support.diagrams import (
    Part,
    call,
    chain,
    definitions,
    diagram,
    end,
    exclusive,
    extensions,
    flow,
    person_task,
    process,
    script_task,
    start,
    user_task,
)

BrowserOf = Callable[[str], Browser]
MENDED = POOL_AND_FORM.replace(b"Catat", b"Mencatat")
BRANCH_WITHOUT_CONDITION = diagram(
    *chain(start(), person_task("terima", "clerk"), exclusive("lengkap"), end()), flow("lengkap", "terima", "Tidak")
)
BAD_SCRIPT = diagram(*chain(start(), script_task("hitung", "import os"), end()))


@pytest.fixture
def designer(core: Core, browser_of: BrowserOf) -> Browser:
    """Eko, who also designs."""
    browser = browser_of("eko")
    with core.work() as work:
        account = work.session.query(Account).filter_by(username="eko").one()
        work.session.add(AccountRole(account_id=account.id, role=Role.DESIGNER))
    return browser


def upload(browser: Browser, *files: tuple[str, bytes]) -> TestResponse:
    browser.get("/prosedur/unggah")
    sent = [(BytesIO(content), name) for name, content in files]
    return browser.post("/prosedur/unggah", {"files": sent}, follow_redirects=True)


def with_form(source: bytes) -> tuple[tuple[str, bytes], ...]:
    return ("process.bpmn", source), ("laporan.json", json.dumps(REPORT).encode())


def version_ids(core: Core) -> list[int]:
    with core.read() as reading:
        return [
            line.version_id for line in versions(reading.session, in_force(reading.session, "proses").definition_id)
        ]


def test_an_upload_becomes_the_next_version(core: Core, designer: Browser, case: Started):
    page = text_of(upload(designer, *with_form(MENDED)))
    assert "Version 2 has been kept" in page
    assert len(version_ids(core)) == 2


def test_a_unit_that_the_office_does_not_have_is_told_beside_the_version_kept(designer: Browser):
    page = text_of(upload(designer, *with_form(MENDED), ("sop.yaml", b"unit: entah")))
    assert "“entah”" in page
    assert "Version 1 has been kept" in page


def test_the_same_content_makes_no_new_version(core: Core, designer: Browser, case: Started):
    page = text_of(upload(designer, *with_form(POOL_AND_FORM)))
    assert "no new version was made" in page
    assert len(version_ids(core)) == 1


def test_forms_left_out_are_taken_from_the_version_before(designer: Browser, case: Started):
    assert "Version 2 has been kept" in text_of(upload(designer, ("process.bpmn", MENDED)))


def test_what_cannot_run_yet_is_a_draft_with_what_is_missing(designer: Browser):
    page = text_of(upload(designer, ("process.bpmn", BRANCH_WITHOUT_CONDITION)))
    assert "Kept as version 1, a draft" in page
    assert "lengkap_terima" in page
    assert "Put in force" not in page


def test_the_page_of_a_version_says_the_time_of_the_whole_and_why_a_step_has_none(designer: Browser):
    untimed = user_task(
        "sidang", extensions('<tk:pelaksana jabatan="clerk"/>', '<tk:waktu teks="sesuai kebutuhan (menunggu jadwal)"/>')
    )
    whole = extensions('<tk:waktu teks="5 hari kerja"/>')
    page = text_of(upload(designer, ("process.bpmn", diagram(whole, *chain(start(), untimed, end())))))
    assert "as needed: menunggu jadwal" in page
    assert "<dt>Standard time of the procedure</dt><dd>5 working days</dd>" in page


def test_a_missing_form_is_told_by_name(designer: Browser):
    assert "laporan.json" in text_of(upload(designer, ("process.bpmn", POOL_AND_FORM)))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("foto.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "cannot be used here"),
        ("kosong.bpmn", b"", "The file is empty"),
        ("dtd.bpmn", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "DOCTYPE"),
        ("skrip.bpmn", BAD_SCRIPT, "The script of"),
        ("surat.xml", b"<html/>", "not a BPMN 2.0 diagram"),
    ],
)
def test_a_bad_file_gets_a_plain_sentence_and_nothing_is_kept(
    core: Core, designer: Browser, name: str, content: bytes, said: str
):
    answer = upload(designer, (name, content))
    assert answer.status_code == 422
    assert said in text_of(answer)
    with core.read() as reading:
        assert procedures(reading.session) == ()


@pytest.mark.parametrize("megabytes", [6, 50])
def test_a_file_that_is_too_large_gets_a_plain_sentence(designer: Browser, megabytes: int):
    answer = upload(designer, ("besar.bpmn", b"x" * (megabytes << 20)))
    assert answer.status_code in (413, 422)
    assert "large" in text_of(answer)


def test_each_problem_has_its_place_and_leads_to_its_element(designer: Browser):
    page = text_of(upload(designer, ("skrip.bpmn", BAD_SCRIPT)))
    assert '<a href="#element-hitung"' in page
    assert 'id="element-hitung"' in page
    assert "Line " in page


def test_a_form_that_is_none_is_told(designer: Browser):
    answer = upload(designer, ("process.bpmn", POOL_AND_FORM), ("laporan.json", b"not json"))
    assert answer.status_code == 422
    assert "laporan" in text_of(answer)


def test_nothing_chosen_is_said_at_the_field(designer: Browser):
    answer = designer.post("/prosedur/unggah", {})
    assert answer.status_code == 422
    assert "Choose the diagram" in text_of(answer)


def test_one_process_in_two_files_is_refused_by_name(designer: Browser):
    answer = upload(designer, ("a.bpmn", POOL_AND_FORM), ("b.bpmn", POOL_AND_FORM))
    assert "is in a.bpmn and in b.bpmn" in text_of(answer)


def test_publishing_says_first_how_many_cases_stay_behind(core: Core, designer: Browser, case: Started):
    upload(designer, *with_form(MENDED))
    page = text_of(designer.get(f"/prosedur/versi/{version_ids(core)[0]}/terbitkan"))
    assert "1 case still runs on version 1" in page


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (person_task("langkah", "Kasi Haji"), "Correct the lane or the step, or open the position."),
        (
            person_task("langkah", "vacant"),
            "Until somebody is appointed, its work goes to the superior, Citra Dewanti.",
        ),
        (person_task("langkah", "officer"), "Let an administrator open an account before the first case starts."),
        (
            user_task("langkah", extensions('<tk:pelaksana jabatan="writer" bedaDari="mula"/>')),
            "name another position for one of them, or appoint a second person.",
        ),
        (
            user_task("langkah", extensions('<tk:pelaksana samaDengan="mula" bedaDari="mula"/>')),
            "Name another performer for one of them.",
        ),
    ],
    ids=["no position", "no holder", "no account", "one for two", "same for two"],
)
def test_publishing_says_first_what_the_office_cannot_do_at_which_step(
    core: Core, designer: Browser, case: Started, step: Part, said: str
):
    with core.work() as work:
        work.session.query(Account).filter_by(username="fani").one().is_active = False
    upload(designer, ("process.bpmn", diagram(*chain(start(), person_task("mula", "writer"), step, end()))))
    version = version_ids(core)[0]
    page = text_of(designer.get(f"/prosedur/versi/{version}/terbitkan"))
    assert said in page
    assert f'href="/prosedur/versi/{version}#element-langkah"' in page


def test_a_published_version_is_in_force(core: Core, designer: Browser, case: Started):
    upload(designer, *with_form(MENDED))
    answer = designer.post(f"/prosedur/versi/{version_ids(core)[0]}/terbitkan", follow_redirects=True)
    assert "Version 2 is in force" in text_of(answer)
    with core.read() as reading:
        assert in_force(reading.session, "proses").number == 2


def test_a_draft_is_not_put_in_force(core: Core, designer: Browser):
    upload(designer, ("process.bpmn", BRANCH_WITHOUT_CONDITION))
    version = f"/prosedur/versi/{version_ids(core)[0]}"
    assert designer.get(f"{version}/terbitkan").status_code == 409
    answer = designer.post(f"{version}/terbitkan")
    assert answer.status_code == 409
    assert f'href="{version}"' in text_of(answer)


def test_what_is_in_force_already_is_said_calmly(core: Core, designer: Browser, case: Started):
    address = f"/prosedur/versi/{version_ids(core)[0]}/terbitkan"
    for answer in (designer.get(address, follow_redirects=True), designer.post(address, follow_redirects=True)):
        assert answer.status_code == 200
        assert "Version 1 is in force already" in text_of(answer)


def test_the_sheet_of_a_diagram_without_lanes_says_positions_by_their_titles(browser_of: BrowserOf, case: Started):
    page = text_of(browser_of("ani").get("/prosedur/proses"))
    performers = re.findall(r'data-label="Performer">([^<]*)<', page)
    assert "Pengadministrasi" in performers
    assert "clerk" not in performers


def test_the_page_of_a_procedure_shows_sheet_and_diagram_and_where_its_number_is(browser_of: BrowserOf, case: Started):
    page = text_of(browser_of("eko").get("/prosedur/proses"))
    assert "Catat" in page
    assert "tk-diagram" in page
    assert "Its number, dates and legal basis come from sop.yaml" in page


def test_figures_are_for_those_who_may_see_them(browser_of: BrowserOf, case: Started):
    assert "keadaan=berjalan" in text_of(browser_of("citra").get("/prosedur/proses"))
    assert "keadaan=berjalan" not in text_of(browser_of("ani").get("/prosedur/proses"))


def test_the_diagram_is_saved_as_it_came(browser_of: BrowserOf, core: Core, case: Started):
    answer = browser_of("ani").get(f"/prosedur/versi/{version_ids(core)[0]}/proses.bpmn")
    assert answer.data == POOL_AND_FORM
    assert "proses-v1.bpmn" in answer.headers["Content-Disposition"]


def test_the_forms_of_a_version_are_seen_as_staff_see_them(browser_of: BrowserOf, core: Core, case: Started):
    assert "Jumlah hari" in text_of(browser_of("eko").get(f"/prosedur/versi/{version_ids(core)[0]}"))


@pytest.mark.parametrize("address", ["/prosedur/tidak-ada", "/prosedur/versi/99", "/prosedur/versi/99/proses.bpmn"])
def test_what_does_not_exist_is_not_found(browser_of: BrowserOf, case: Started, address: str):
    assert browser_of("ani").get(address).status_code == 404


@pytest.mark.parametrize("who", ["ani", "citra", "fani"])
def test_only_designers_upload_and_publish(browser_of: BrowserOf, core: Core, case: Started, who: str):
    browser, version = browser_of(who), version_ids(core)[0]
    assert browser.get("/prosedur/unggah").status_code == 403
    assert browser.post("/prosedur/unggah").status_code == 403
    assert browser.get(f"/prosedur/versi/{version}/terbitkan").status_code == 403
    assert browser.post(f"/prosedur/versi/{version}/terbitkan").status_code == 403


CALLER = definitions(process(*chain(start(), call("panggil", "anak"), end()), identity="induk", name="Induk"))
CALLED = definitions(process(*chain(start(), person_task("tulis", "clerk"), end()), identity="anak", name="Anak"))


def latest(core: Core, key: str) -> int:
    with core.read() as reading:
        return versions(reading.session, in_force(reading.session, key).definition_id)[0].version_id


def test_files_that_call_each_other_are_uploaded_together(core: Core, designer: Browser):
    page = text_of(upload(designer, ("induk.bpmn", CALLER), ("anak.bpmn", CALLED)))
    assert "induk: Version 1 has been kept" in page
    assert ">Anak, version 1</a>" in page


def test_of_files_uploaded_together_all_or_none_are_kept(core: Core, designer: Browser):
    response = upload(designer, ("anak.bpmn", CALLED), ("buruk.bpmn", BAD_SCRIPT))
    assert response.status_code == 422
    assert "buruk.bpmn" in text_of(response)
    with core.read() as reading:
        assert "anak" not in {line.key for line in procedures(reading.session)}


def test_a_draft_that_lacked_what_it_calls_is_checked_again(core: Core, designer: Browser):
    assert "Upload the procedure “anak” first" in text_of(upload(designer, ("induk.bpmn", CALLER)))
    upload(designer, ("anak.bpmn", CALLED))
    address = f"/prosedur/versi/{latest(core, 'induk')}"
    designer.get(address)
    assert "Version 1 is complete" in text_of(designer.post(f"{address}/periksa", {}, follow_redirects=True))


def test_a_procedure_says_who_calls_it_and_a_caller_that_a_newer_version_is_there(core: Core, designer: Browser):
    upload(designer, ("induk.bpmn", CALLER), ("anak.bpmn", CALLED))
    assert ">Induk, version 1</a>" in text_of(designer.get("/prosedur/anak"))
    upload(designer, ("anak.bpmn", CALLED.replace(b"Tulis", b"Menulis")))
    assert "Upload this procedure again to call that one" in text_of(designer.get("/prosedur/induk"))
