"""A session that ends under somebody's hands takes nothing of what she typed with it."""

import re
from html import unescape
from io import BytesIO

import pytest

from engine.worklist.model import WorkItemState
from engine.worklist.queries import item_detail
from tests.integration.webui.conftest import Browser, text_of
from webui.identity import COOKIE

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
TYPED = {"perihal": "Undangan “rapat” & <lainnya>", "hari": "3"}


@pytest.fixture
def interrupted(browser_of, item: int) -> tuple[Browser, str]:
    """Her browser, signed out meanwhile, and the page that answers what she sent."""
    browser = browser_of("ani")
    browser.get(f"/tugas/{item}")
    browser.client.set_cookie(COOKIE, "over")
    answer = browser.post(f"/tugas/{item}/selesai", TYPED)
    assert answer.status_code == 401
    return browser, text_of(answer)


def kept(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(page) if name != "csrf_token"}


def test_what_was_typed_stands_on_the_page(interrupted):
    _browser, page = interrupted
    assert kept(page) == TYPED


def test_signed_in_again_she_sends_it_as_it_was(core, interrupted, item: int):
    browser, page = interrupted
    browser.client.set_cookie(COOKIE, "ani")
    browser.post(f"/tugas/{item}/selesai", kept(page))
    with core.read() as reading:
        assert item_detail(reading.session, item).state == WorkItemState.COMPLETED


def test_a_password_is_not_kept_on_a_page(app):
    stranger = Browser(app.test_client())
    stranger.get("/masuk")
    page = text_of(
        stranger.post("/akun/sandi", {"current": "rahasia lama", "password": "rahasia baru", "next": "/tugas"})
    )
    assert kept(page) == {"next": "/tugas"}
    assert "rahasia" not in page


def test_files_have_to_be_chosen_again(app, item: int):
    stranger = Browser(app.test_client())
    stranger.get("/masuk")
    page = text_of(stranger.post(f"/tugas/{item}/lampiran", {"files": (BytesIO(b"%PDF-1.7"), "surat.pdf")}))
    assert "pilih lagi" in page
    assert "Kirim sekarang" not in page


def test_a_field_for_files_left_empty_holds_nothing_back(app, item: int):
    stranger = Browser(app.test_client())
    stranger.get("/masuk")
    page = text_of(stranger.post(f"/tugas/{item}/selesai", {"perihal": "Undangan", "files": (BytesIO(b""), "")}))
    assert "pilih lagi" not in page
    assert "Kirim sekarang" in page
