from datetime import date, timedelta

from engine.competency.gaps import Held, Missing, Required, missing

TODAY = date(2026, 11, 23)
ARCHIVES = Required(competency_id=1, name="Kearsipan")
PROCUREMENT = Required(competency_id=2, name="Pengadaan")
UNKNOWN = Required(competency_id=None, name="Sertifikat X")


def held(competency_id: int, valid_until: date | None = None, obtained_on: date = date(2020, 1, 1)) -> Held:
    return Held(competency_id=competency_id, obtained_on=obtained_on, valid_until=valid_until)


def test_what_she_has_is_not_missing():
    assert missing([ARCHIVES, PROCUREMENT], [held(1)], TODAY) == (Missing(name="Pengadaan"),)


def test_last_day_of_a_certificate_counts():
    assert missing([ARCHIVES], [held(1, valid_until=TODAY)], TODAY) == ()


def test_expired_certificate_is_missing_and_says_since_when():
    yesterday = TODAY - timedelta(days=1)
    assert missing([ARCHIVES], [held(1, valid_until=yesterday)], TODAY) == (
        Missing(name="Kearsipan", expired_on=yesterday),
    )


def test_certificate_to_come_does_not_count_yet():
    assert missing([ARCHIVES], [held(1, obtained_on=TODAY + timedelta(days=1))], TODAY) == (Missing(name="Kearsipan"),)


def test_newer_certificate_makes_up_for_an_expired_one():
    assert missing([ARCHIVES], [held(1, valid_until=date(2024, 1, 1)), held(1)], TODAY) == ()


def test_what_the_office_does_not_know_is_missing_by_its_name():
    assert missing([UNKNOWN], [held(1)], TODAY) == (Missing(name="Sertifikat X"),)
