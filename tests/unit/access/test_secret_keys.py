import pytest

from engine.access.secret_keys import Unsealable, keyed_digest_of, sealed, unsealed

KEY = "a secret key of the office"


def test_what_was_sealed_is_read_with_the_same_key():
    assert unsealed(sealed("JBSWY3DP", KEY, "totp"), KEY, "totp") == "JBSWY3DP"


def test_the_same_text_is_sealed_otherwise_each_time():
    assert sealed("JBSWY3DP", KEY, "totp") != sealed("JBSWY3DP", KEY, "totp")


@pytest.mark.parametrize(("key", "purpose"), [("another key of an office", "totp"), (KEY, "mail")])
def test_another_key_or_purpose_reads_nothing(key, purpose):
    with pytest.raises(Unsealable):
        unsealed(sealed("JBSWY3DP", KEY, "totp"), key, purpose)


@pytest.mark.parametrize("text", ["", "no", "ü", "AAAA" * 10])
def test_what_was_never_sealed_is_not_read(text):
    with pytest.raises(Unsealable):
        unsealed(text, KEY, "totp")


def test_a_digest_needs_the_key():
    assert keyed_digest_of("abc", KEY, "recovery") != keyed_digest_of("abc", "another key", "recovery")
