"""A case that stopped, on its own page: what happened, what helps, and how an administrator mends it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import DESK_WIDTH, PHONE_WIDTH
from tests.e2e.colleagues import CallColleague
from tests.e2e.test_administration import stop_a_case

WIDTHS = (DESK_WIDTH, PHONE_WIDTH)
REASON = "Kunci sudah diserahkan di buku tamu"


def test_those_who_take_part_see_that_it_stopped_and_that_somebody_knows(
    desk_of: Callable[..., Page], call: CallColleague, photograph: Callable[[Page], None]
) -> None:
    number = stop_a_case(call)
    asih = desk_of("asih")
    asih.goto(f"/berkas/{number}")
    expect(asih.locator(".note.is-error")).to_contain_text("Sudah harinya?")
    expect(asih.locator(".note.is-error .btn")).to_have_count(0)
    photograph(asih)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_administrator_moves_a_stopped_case_on_after_seeing_what_that_does(
    desk_of: Callable[..., Page], call: CallColleague, photograph: Callable[[Page], None], width: int
) -> None:
    number = stop_a_case(call)
    saka = desk_of("saka", width)
    saka.goto(f"/berkas/{number}")
    photograph(saka)

    saka.locator(".note.is-error a[href$=pindahkan]").click()
    saka.locator("label", has_text="Meminta kunci").click()
    photograph(saka)
    saka.locator("form .btn-primary").click()
    expect(saka.locator("main li", has_text="Meminta kunci")).to_be_visible()
    photograph(saka)
    saka.fill("#reason", REASON)
    saka.locator("form .btn-danger").click()

    expect(saka.locator(".stands a")).to_have_text("Meminta kunci")
    expect(saka.locator(".note.is-error")).to_have_count(0)
    photograph(saka)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_administrator_corrects_the_data_and_tries_again(
    desk_of: Callable[..., Page], call: CallColleague, photograph: Callable[[Page], None], width: int
) -> None:
    number = stop_a_case(call)
    saka = desk_of("saka", width)
    saka.goto(f"/berkas/{number}")
    saka.locator(".note.is-error a[href$=ubah]").click()
    saka.fill("#values", "tanpa tanda")
    saka.locator("form .btn-danger").click()
    expect(saka.locator(".error-summary li")).to_have_count(1)
    photograph(saka)
    saka.fill("#values", "petugas = Saka")
    saka.fill("#reason", REASON)
    saka.locator("form .btn-danger").click()
    expect(saka.locator("#messages")).to_be_visible()

    saka.locator(".note.is-error form button").click()
    expect(saka.locator(".note.is-error")).to_contain_text("Sudah harinya?")
    photograph(saka)


def test_the_trail_says_who_mended_it_and_why(
    desk_of: Callable[..., Page], call: CallColleague, photograph: Callable[[Page], None]
) -> None:
    number = stop_a_case(call)
    saka = desk_of("saka")
    saka.goto(f"/berkas/{number}/data/ubah")
    saka.fill("#values", "petugas = Saka")
    saka.fill("#reason", REASON)
    saka.locator("form .btn-danger").click()
    saka.goto("/administrasi/jejak")
    expect(saka.get_by_text(REASON).first).to_be_visible()
    photograph(saka)
