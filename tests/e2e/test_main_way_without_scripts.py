"""The same way with JavaScript off, on a phone: nothing of it needs a script."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page

from tests.e2e.browser import PHONE_WIDTH
from tests.e2e.main_way import MainWay, in_the_servers_picture
from tests.e2e.office import Office


@pytest.fixture(scope="module")
def product(own_product: Office) -> Office:
    return own_product


def test_the_whole_way_needs_no_script(
    desk_of: Callable[..., Page], product: Office, photograph: Callable[[Page], None]
) -> None:
    phone_of = partial(desk_of, width=PHONE_WIDTH, java_script_enabled=False)
    MainWay(
        product=product,
        photograph=photograph,
        marked=in_the_servers_picture,
        designer=phone_of("galih"),
        applicant=phone_of("asih"),
        clerk=phone_of("bagas"),
        superior=phone_of("laksmi"),
        head=phone_of("wira"),
    ).walk()
