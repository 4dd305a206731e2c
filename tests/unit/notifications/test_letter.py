from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.notifications.letter import BadAddress, Letter, compose

LETTER = Letter(
    name="delivery-7",
    recipient="siti@kemenag.example",
    title="Tugas baru: Periksa berkas",
    number="SM-2026-00042",
    path="/tugas/3",
    sent_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
    language="en",
)


@pytest.fixture
def mail_settings(settings):
    return replace(settings, public_url="https://kantor.example/", mail_from="tatakerja@kantor.example", language="en")


def test_a_mail_has_a_plain_and_a_rich_text(mail_settings):
    message = compose(LETTER, mail_settings)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_both_texts_lead_to_the_page(mail_settings):
    for part in compose(LETTER, mail_settings).iter_parts():
        assert "https://kantor.example/tugas/3" in part.get_content()


def test_the_number_is_named(mail_settings):
    assert "Case SM-2026-00042" in compose(LETTER, mail_settings).get_body(("plain",)).get_content()


def test_the_same_delivery_gives_the_same_message_id(mail_settings):
    assert compose(LETTER, mail_settings)["Message-ID"] == "<delivery-7@kantor.example>"


def test_markup_in_a_title_stays_text(mail_settings):
    message = compose(replace(LETTER, title="<script>alert(1)</script>"), mail_settings)
    assert "<script>" not in message.get_body(("html",)).get_content()


def test_a_title_of_several_lines_cannot_add_headers(mail_settings):
    message = compose(replace(LETTER, title="Tugas\r\nBcc: all@kantor.example"), mail_settings)
    assert message["Subject"] == "Tugas Bcc: all@kantor.example"
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b@c",
        "siti@x.example\r\nBcc: all@x.example",
        "Siti <siti@x.example>",
        "a b@x.example",
        "sité@x.example",
    ],
)
def test_what_is_no_address_gets_no_mail(mail_settings, address):
    with pytest.raises(BadAddress):
        compose(replace(LETTER, recipient=address), mail_settings)
