"""A person chooses a daily mail, the administrator the words: a real mail server receives them at her hour."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.colleagues import CallColleague
from tests.e2e.office import Office, SetUp, office
from tests.e2e.sop import NOTA, SURAT_TUGAS
from tests.e2e.steps import sees_after_a_while
from tests.support.mail_server import MailBox, mail_server
from tests.support.patience import eventually


@pytest.fixture(scope="module")
def mailbox() -> Iterator[MailBox]:
    with mail_server() as box:
        yield box


@pytest.fixture(scope="module")
def product(sample_office: SetUp, mailbox: MailBox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(mailbox.port), "SMTP_STARTTLS": "0"}
    with office(sample_office, tmp_path_factory.mktemp("office") / "mail", **mail, CHANNELS="telegram") as running:
        yield running


def test_a_daily_mail_comes_at_her_hour_in_the_words_of_the_office(
    desk_of: Callable[..., Page],
    call: CallColleague,
    product: Office,
    mailbox: MailBox,
    photograph: Callable[[Page], None],
) -> None:
    laksmi, saka = desk_of("laksmi"), desk_of("saka")
    wants_a_daily_mail(laksmi, at="08:30")
    photograph(laksmi)
    writes_other_words(saka, photograph)

    call("asih").complete(call("asih").start(SURAT_TUGAS, "Monitoring administrasi nikah"), NOTA)
    laksmi.goto("/pemberitahuan")
    expect(laksmi.locator(".notice-line .row-title")).to_contain_text("Mohon dikerjakan: ")
    photograph(laksmi)
    assert to_laksmi(mailbox) == []
    product.move_clock(minutes=31)

    assert eventually(lambda: to_laksmi(mailbox))
    (mail,) = to_laksmi(mailbox)
    assert all("Mohon dikerjakan: " in part.get_content() for part in mail.iter_parts())
    assert "Monitoring administrasi" not in mail.as_string()
    saka.goto("/administrasi/pengiriman?keadaan=sent&jalan=digest")
    sees_after_a_while(saka, saka.locator(".data-table tbody tr", has_text="Laksmita"))
    photograph(saka)


def wants_a_daily_mail(page: Page, at: str) -> None:
    page.goto("/akun")
    page.click("a[href='/akun/pemberitahuan']")
    page.check("#mail-digest")
    page.fill("#digest_at", at)
    page.locator("form:has(#mail-digest) button").click()
    expect(page.locator(".flash, .note").first).to_be_visible()
    expect(page.locator("#mail-digest")).to_be_checked()


def writes_other_words(page: Page, photograph: Callable[[Page], None]) -> None:
    page.goto("/administrasi/kalimat?bahasa=id")
    page.click("a[href='/administrasi/kalimat/work.arrived/id']")
    page.fill("#title", "Mohon dikerjakan: {title}")
    page.click("button[value=look]")
    expect(page.locator("#preview")).to_contain_text("Mohon dikerjakan: ")
    photograph(page)
    page.click("button[value=keep]")
    expect(page.locator(".row-title", has_text="Mohon dikerjakan: {title}")).to_be_visible()


def to_laksmi(mailbox: MailBox) -> list[EmailMessage]:
    return [message for message in mailbox.messages if "laksmi@" in message["To"]]
