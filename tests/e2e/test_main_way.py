"""A designer uploads an SOP, staff work it through three inboxes, a late step escalates, managers see it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.main_way import MainWay, in_the_viewer
from tests.e2e.office import Office


@pytest.fixture(scope="module")
def product(own_product: Office) -> Office:
    return own_product


def test_an_sop_runs_from_its_upload_to_the_managers_board(
    desk_of: Callable[..., Page], product: Office, photograph: Callable[[Page], None]
) -> None:
    MainWay(
        product=product,
        photograph=photograph,
        marked=in_the_viewer,
        designer=desk_of("galih"),
        applicant=desk_of("asih"),
        clerk=desk_of("bagas"),
        superior=desk_of("laksmi"),
        head=desk_of("wira"),
    ).walk()
