from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.notifications.digest_letter import MOST_LISTED, DigestLetter, Told, by_case, compose_digest


def told(title, number=""):
    return Told(title=title, number=number, path=f"/pemberitahuan/{abs(hash(title)) % 1000}")


LETTER = DigestLetter(
    name="delivery-7",
    recipient="siti@kantor.example",
    told=(
        told("Tugas baru: Periksa", "SM-1"),
        told("Lembar tugas"),
        told("Segera: Setujui", "SM-2"),
        told("Lewat", "SM-1"),
    ),
    sent_at=datetime(2026, 11, 23, 0, 30, tzinfo=UTC),
    language="en",
)


@pytest.fixture
def mail_settings(settings):
    return replace(settings, public_url="https://kantor.example/", mail_from="tatakerja@kantor.example")


def texts_of(message):
    return [part.get_content().replace("\r\n", "\n") for part in message.iter_parts()]


def test_each_case_stands_once_with_all_that_was_told_of_it():
    sections = by_case(LETTER.told)
    assert [(section.number, len(section.told)) for section in sections] == [("SM-1", 2), ("SM-2", 1), ("", 1)]


def test_a_digest_has_a_plain_and_a_rich_text_that_say_the_same(mail_settings):
    plain, rich = texts_of(compose_digest(LETTER, mail_settings))
    for text in (plain, rich):
        assert all(each.title in text and each.path in text for each in LETTER.told)
        assert "Case SM-1" in text
        assert "Other notices" in text


def test_its_subject_counts_and_names_nobody(mail_settings):
    assert compose_digest(LETTER, mail_settings)["Subject"] == "Unread notices: 4"


def test_markup_stays_text(mail_settings):
    letter = replace(LETTER, told=(told("<script>alert(1)</script>", "<b>"),))
    assert "<script>" not in texts_of(compose_digest(letter, mail_settings))[1]


def test_what_a_mail_cannot_list_is_counted(mail_settings):
    letter = replace(LETTER, told=tuple(told(f"Tugas {n}", "SM-1") for n in range(MOST_LISTED + 3)))
    assert all(
        "And 3 more: https://kantor.example/pemberitahuan" in text
        for text in texts_of(compose_digest(letter, mail_settings))
    )
