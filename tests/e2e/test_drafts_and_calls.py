"""A designer completes a draft in its page; a case then runs through the files that call each other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessibility import grave_findings
from tests.e2e.browser import DESK_WIDTH, PHONE_WIDTH
from tests.e2e.steps import FORM, finish, number_of, publish_version, start_case, upload
from tests.support.diagrams import (
    call,
    catch,
    chain,
    definitions,
    end,
    exclusive,
    flow,
    person_task,
    process,
    start,
    user_task,
)

CALLER, CALLED = "Process_Pinjam", "Process_Periksa"
TITLE = "Pinjam proyektor"
DRAFT = definitions(
    process(
        *chain(
            start(),
            user_task("ajukan", name="Mengajukan peminjaman"),
            call("periksa", CALLED),
            catch("tunggu", "<timerEventDefinition/>"),
            exclusive("putusan"),
            end(),
        ),
        flow("putusan", "ulang", "Ulang"),
        flow("putusan", "tolak", "Tolak"),
        person_task("ulang", "pranata-komputer"),
        person_task("tolak", "pranata-komputer"),
        flow("ulang", "selesai"),
        flow("tolak", "selesai"),
        identity=CALLER,
        name="Peminjaman alat",
    )
)
CHECKING = definitions(
    process(
        *chain(start("m"), user_task("cek", name="Memeriksa alat"), end("s")), identity=CALLED, name="Pemeriksaan alat"
    )
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (caller := tmp_path / "pinjam.bpmn").write_bytes(DRAFT)
    (called := tmp_path / "periksa.bpmn").write_bytes(CHECKING)
    return caller, called


def field_of(page: Page, name: str) -> Locator:
    return page.locator(f"[name='{name}']")


def newest_version(page: Page, procedure: str) -> None:
    page.goto(f"/prosedur/{procedure}")
    page.locator(".version-line a").first.click()
    expect(page.locator("h1")).to_be_visible()


def save(page: Page) -> None:
    page.locator(".answer-acts .btn-primary").click()
    page.wait_for_load_state()


def complete_the_called(page: Page) -> None:
    newest_version(page, CALLED)
    field_of(page, "performer/cek/text").select_option("pemulai")
    save(page)
    publish_version(page)


def answer_wrongly(page: Page) -> None:
    field_of(page, "performer/ajukan/text").select_option("pemulai")
    field_of(page, "condition/putusan_selesai/default").check()
    field_of(page, "condition/putusan_ulang/text").fill("hasil ==")
    field_of(page, "timer/tunggu/text").fill("besok lusa")
    save(page)


def answer_the_rest(page: Page) -> None:
    field_of(page, "condition/putusan_ulang/text").fill("hasil == 'ulang'")
    field_of(page, "condition/putusan_tolak/text").fill("hasil == 'tolak'")
    field_of(page, "timer/tunggu/text").fill("2 hari kerja")
    save(page)


@pytest.mark.parametrize(
    ("width", "scripts"), [(DESK_WIDTH, True), (PHONE_WIDTH, False)], ids=["desk", "phone without scripts"]
)
def test_a_draft_is_completed_in_its_page_and_a_case_runs_through_both_files(
    desk_of: Callable[..., Page],
    photograph: Callable[[Page], None],
    files: tuple[Path, Path],
    width: int,
    scripts: bool,
) -> None:
    galih = desk_of("galih", width, java_script_enabled=scripts)
    upload(galih, *files)
    photograph(galih)
    if scripts:  # what axe finds, it finds by a script
        assert grave_findings(galih) == []
    complete_the_called(galih)
    newest_version(galih, CALLER)
    answer_wrongly(galih)
    expect(galih.locator(".field-error")).to_have_count(2)
    expect(field_of(galih, "timer/tunggu/text")).to_have_value("besok lusa")
    expect(field_of(galih, "condition/putusan_selesai/default")).to_be_checked()
    photograph(galih)
    answer_the_rest(galih)
    expect(galih.locator("section:has(#calls)")).to_contain_text("Pemeriksaan alat")
    photograph(galih)
    publish_version(galih)
    photograph(galih)

    title = f"{TITLE} {width}"
    start_case(galih, CALLER, title)
    finish(galih)
    galih.goto("/tugas")
    galih.locator("#inbox .row-line", has_text=title).locator(".row-title").click()
    expect(galih.locator("h1")).to_contain_text("Memeriksa alat")
    expect(galih.locator(FORM)).to_be_visible()
    photograph(galih)
    galih.goto("/berkas")
    galih.locator(".data-table tr", has_text=title).locator("a").first.click()
    expect(galih.locator(".journey")).to_contain_text("Pemeriksaan alat")
    galih.goto(f"/berkas/{number_of(galih)}/diagram")
    galih.locator(".tabs a", has_text="Pemeriksaan alat").click()
    expect(galih.locator(".diagram")).to_contain_text("Memeriksa alat")
    photograph(galih)
