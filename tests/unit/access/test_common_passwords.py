import pytest

from engine.access.common_passwords import is_common


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P4ssw0rd1234",
        "kementerianagama",
        "Bismillah2026",
        "bismillah-bismillah",
        "123456789012",
        "qwertyuiop12",
        "indonesia17081945",
        "kemenag.grobogan",
    ],
)
def test_what_strangers_try_first_is_common(password):
    assert is_common(password)


@pytest.mark.parametrize(
    "password", ["sapi-hijau-melompat-7", "rahasia-negara-55", "bado-kemi-sutu-rena-47", "hujan di bulan juni"]
)
def test_unconnected_words_are_not(password):
    assert not is_common(password)
