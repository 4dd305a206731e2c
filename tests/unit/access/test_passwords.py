import pytest

from engine.access import passwords
from engine.access.passwords import hashed, is_outdated, matches, readable_password, weakness
from engine.access.secret_keys import digest_of, new_secret


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", passwords.TOO_SHORT),
        ("a" * 12, passwords.TOO_SIMPLE),
        ("abcd" * 10, passwords.TOO_SIMPLE),
        ("sandi-Budi-1", passwords.CONTAINS_USERNAME),
        ("correct horse" * 20, passwords.TOO_LONG),
    ],
)
def test_weak_password_is_refused_for_its_reason(password, why):
    assert weakness(password, "budi") == why


def test_twelve_different_characters_are_enough():
    assert weakness("sapi-hijau-7", "budi") is None


def test_made_up_password_may_hold_a_short_username_by_chance():
    assert weakness("bado-saka-sutu-rena-47", "saka") is None


def test_readable_password_is_good_enough():
    assert weakness(readable_password(), "budi") is None


def test_readable_passwords_differ():
    assert len({readable_password() for _ in range(50)}) == 50


def test_password_matches_only_itself():
    kept = hashed("sapi-hijau-7")
    assert matches("sapi-hijau-7", kept)
    assert not matches("sapi-hijau-8", kept)


def test_hash_does_not_show_the_password_and_is_salted():
    first, second = hashed("sapi-hijau-7"), hashed("sapi-hijau-7")
    assert "sapi" not in first
    assert first != second


def test_half_a_surrogate_pair_is_just_another_password():
    assert not matches("\ud800" * 12, hashed("sapi-hijau-7"))


def test_broken_hash_matches_nothing():
    assert not matches("sapi-hijau-7", "!")


def test_fresh_hash_is_up_to_date():
    assert not is_outdated(hashed("sapi-hijau-7"))


def test_digest_hides_the_secret():
    secret = new_secret("tk_")
    assert secret.startswith("tk_")
    assert len(digest_of(secret)) == 64
    assert secret not in digest_of(secret)
