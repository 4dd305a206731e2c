"""What a draft lacks is answered in its page; the answers become its next version."""

from collections.abc import Callable

import pytest

from engine.core.core import Core
from engine.definitions.graphs import form_of
from engine.definitions.model import VersionState
from engine.definitions.queries import VersionLine, in_force, source_of, versions
from engine.forms.model import Choice, Option, decision_of
from tests.integration.webui.conftest import Browser, text_of
from tests.integration.webui.test_definitions import designer, upload
from tests.support.diagrams import catch, chain, diagram, end, exclusive, flow, person_task, start, user_task

__all__ = ["designer"]

BrowserOf = Callable[[str], Browser]
DRAFT = diagram(
    *chain(start(), user_task("terima"), catch("jeda", "<timerEventDefinition/>"), exclusive("lengkap"), end()),
    flow("lengkap", "lagi", "Tidak"),
    flow("lengkap", "lain", "Lain"),
    person_task("lagi", "clerk"),
    person_task("lain", "clerk"),
    flow("lagi", "selesai"),
    flow("lain", "selesai"),
)
TO_BE_DECIDED = diagram(
    *chain(start(), person_task("periksa", "clerk"), exclusive("lengkap")),
    flow("lengkap", "diterima", "Ya"),
    flow("lengkap", "ditolak", "Tidak"),
    end("diterima"),
    end("ditolak"),
)
ALL = {
    "performer/terima/text": "jabatan:clerk",
    "timer/jeda/text": "2 hari kerja",
    "condition/lengkap_selesai/text": "lengkap == true",
    "condition/lengkap_lagi/text": "lengkap == false",
    "condition/lengkap_lain/default": "1",
}


def all_versions(core: Core) -> tuple[VersionLine, ...]:
    with core.read() as reading:
        return versions(reading.session, in_force(reading.session, "proses").definition_id)


@pytest.fixture
def draft(core: Core, designer: Browser) -> str:
    """The address of the draft's page."""
    upload(designer, ("process.bpmn", DRAFT))
    return f"/prosedur/versi/{all_versions(core)[0].version_id}"


def answer(designer: Browser, draft: str, fields: dict[str, str], follow: bool = True):
    designer.get(draft)
    return designer.post(f"{draft}/jawab", fields, follow_redirects=follow)


def test_each_thing_that_is_missing_has_its_field(designer: Browser, draft: str):
    page = text_of(designer.get(draft))
    assert {name for name in ALL if f'name="{name}"' not in page} == set()
    assert "Pengadministrasi" in page


def test_answers_to_all_make_the_next_version_ready(core: Core, designer: Browser, draft: str):
    assert "Version 2 is complete" in text_of(answer(designer, draft, ALL))
    assert [(line.number, line.state) for line in all_versions(core)] == [
        (2, VersionState.READY),
        (1, VersionState.DRAFT),
    ]


def test_some_answers_make_a_draft_that_asks_for_the_rest(core: Core, designer: Browser, draft: str):
    page = text_of(answer(designer, draft, {"timer/jeda/text": "PT2H"}))
    assert "Kept as version 2. Something is still missing" in page
    assert 'name="timer/jeda/text"' not in page
    assert 'name="performer/terima/text"' in page


def test_a_draft_that_was_answered_leads_to_what_became_of_it(core: Core, designer: Browser, draft: str):
    answer(designer, draft, ALL)
    page = text_of(designer.get(draft))
    assert f'href="/prosedur/versi/{all_versions(core)[0].version_id}"' in page
    assert "until what is missing has been answered" not in page


def test_what_cannot_be_used_stands_beside_its_field_and_nothing_typed_is_lost(
    core: Core, designer: Browser, draft: str
):
    response = answer(designer, draft, {**ALL, "timer/jeda/text": "besok lusa"})
    page = text_of(response)
    assert response.status_code == 422
    assert 'value="besok lusa"' in page
    assert 'value="lengkap == true"' in page
    assert page.count('class="field-error"') == 1
    assert len(all_versions(core)) == 1


def test_a_fault_that_the_check_finds_stands_beside_its_field_too(core: Core, designer: Browser, draft: str):
    response = answer(designer, draft, {**ALL, "performer/terima/text": "jabatan:${1 +}"})
    assert response.status_code == 422
    assert 'class="field-error"' in text_of(response)
    assert len(all_versions(core)) == 1


def test_nothing_answered_changes_nothing(core: Core, designer: Browser, draft: str):
    assert "Nothing was answered yet" in text_of(answer(designer, draft, {"timer/jeda/text": "  "}))
    assert len(all_versions(core)) == 1


def test_answers_to_a_draft_that_has_a_newer_version_are_shown_again_at_that_one(
    core: Core, designer: Browser, draft: str
):
    answer(designer, draft, {"timer/jeda/text": "PT2H"})
    response = answer(designer, draft, ALL)
    page = text_of(response)
    assert response.status_code == 409
    assert "Version 2 has been made in the meantime" in page
    assert 'value="lengkap == true"' in page
    assert f"/prosedur/versi/{all_versions(core)[0].version_id}/jawab" in page
    assert len(all_versions(core)) == 2


def test_the_diagram_keeps_all_else(core: Core, designer: Browser, draft: str):
    answer(designer, draft, {"timer/jeda/text": "2 hari kerja"})
    with core.read() as reading:
        source = source_of(reading.session, all_versions(core)[0].version_id)
    assert b"hari_kerja(2)" in source
    assert source.count(b"<sequenceFlow") == DRAFT.count(b"<sequenceFlow")


def test_the_element_is_shown_on_the_diagram(designer: Browser, draft: str):
    page = text_of(designer.get(draft))
    assert '<a href="#element-jeda" data-shows="jeda">' in page
    assert "tk-problem" in page


def test_a_branch_is_left_to_whoever_does_the_step_before(core: Core, designer: Browser):
    upload(designer, ("process.bpmn", TO_BE_DECIDED))
    draft = f"/prosedur/versi/{all_versions(core)[0].version_id}"
    assert "one button for each branch: Ya · Tidak" in text_of(designer.get(draft))
    answer(designer, draft, {"condition/lengkap_diterima/asked": "1"})
    newest = all_versions(core)[0]
    assert (newest.number, newest.state) == (2, VersionState.READY)
    with core.read() as reading:
        asked = decision_of(form_of(reading.session, newest.version_id, "putuskan-periksa"))
    assert asked == Choice(
        key="keputusan_lengkap",
        label="lengkap",
        options=(Option(value="ya", label="Ya"), Option(value="tidak", label="Tidak")),
    )


def test_only_designers_answer(browser_of: BrowserOf, designer: Browser, draft: str):
    other = browser_of("ani")
    assert 'name="timer/jeda/text"' not in text_of(other.get(draft))
    assert other.post(f"{draft}/jawab", ALL).status_code == 403


def test_a_version_that_can_run_asks_nothing(core: Core, designer: Browser, draft: str):
    page = text_of(answer(designer, draft, ALL))
    assert "/jawab" not in page


def test_the_address_of_the_answers_leads_back_to_the_draft(designer: Browser, draft: str):
    assert designer.get(f"{draft}/jawab").headers["Location"].endswith(draft)
