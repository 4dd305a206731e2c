"""`make run`, as a newcomer meets it."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.browser import Watch, new_context
from tests.e2e.office import served_plainly
from tests.e2e.sop import NOTA, SURAT_TUGAS
from tests.e2e.steps import fill_in, finish, rows_of, sign_in, start_case

NEWCOMERS = {"galih", "bagas", "ratna", "laksmi", "saka"}


def test_a_newcomer_signs_in_with_a_printed_password_and_works_a_step(
    browser: Browser, watch: Watch, tmp_path: Path
) -> None:
    with served_plainly(tmp_path / "run") as office:
        assert set(office.passwords) >= NEWCOMERS
        context = new_context(browser, office.url)
        watch.over(context)
        page = context.new_page()
        sign_in(page, "asih", office.passwords["asih"])
        start_case(page, SURAT_TUGAS, "Monitoring KUA Gubug")
        fill_in(page, NOTA)
        finish(page)
        expect(rows_of(page)).to_have_count(0)
        context.close()
