"""The vectors of the domain notes, 3.2."""

from datetime import date

import pytest

from engine.organisation.nip import InvalidNip, Sex, parse_nip


def test_nip_tells_birth_appointment_and_sex():
    nip = parse_nip("19860926 201505 1 001")
    assert (nip.birth, nip.start_year, nip.start_month, nip.sex) == (date(1986, 9, 26), 2015, 5, Sex.MALE)


def test_spaces_are_accepted_and_not_kept():
    assert parse_nip(" 19860926 201505 1 001 ").digits == "198609262015051001"


def test_nip_is_written_in_its_four_groups():
    assert str(parse_nip("196804111993031009")) == "19680411 199303 1 009"


def test_pppk_code_stands_where_others_have_a_month():
    assert parse_nip("198502102022211001").start_month is None


def test_civil_servant_is_no_pppk():
    assert parse_nip("196804111993031009").start_month == 3


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("198613262015051001", "digits 1–8"),
        ("198609262015131001", "digits 13–14"),
        ("198609262015001001", "digits 13–14"),
        ("198609262015053001", "digit 15"),
        ("198609262015051000", "digits 16–18"),
        ("201509262015051001", "digits 9–12"),
        ("19860926201505100", "18 digits"),
        ("1986092620150510011", "18 digits"),
        ("19860926201505100a", "no other signs, and has “a”"),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", "digit of another script"),
        ("", "18 digits"),
    ],
)
def test_wrong_nip_is_refused_with_its_wrong_digits(text, digits):
    with pytest.raises(InvalidNip, match=digits):
        parse_nip(text)


def test_leap_day_exists_only_in_leap_years():
    assert parse_nip("198802292015051001").birth == date(1988, 2, 29)
    with pytest.raises(InvalidNip):
        parse_nip("198702292015051001")
