"""A setting that cannot be used is told at once, by its name."""

import pytest

from engine.base.settings import SettingWrong, settings_from

SECRET = "0123456789abcdef"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANGUAGE", "fr"),
        ("PUBLIC_URL", "kantor.example"),
        ("PUBLIC_URL", "ftp://kantor.example"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "http://[::1"),
        ("SECRET_KEY", "rahasia"),
        ("JOB_DAYS", "many"),
        ("ZONE", "Mars/Olympus"),
    ],
)
def test_what_cannot_be_used_is_named(name: str, value: str):
    with pytest.raises(SettingWrong, match=f"TATAKERJA_{name}"):
        settings_from({"TATAKERJA_SECRET_KEY": SECRET, f"TATAKERJA_{name}": value})


def test_what_an_office_sets_is_taken():
    said = {"SECRET_KEY": SECRET, "LANGUAGE": "en", "PUBLIC_URL": "https://kantor.example:8443/kerja"}
    settings = settings_from({f"TATAKERJA_{name}": value for name, value in said.items()})
    assert (settings.secret_key, settings.language, settings.public_url) == tuple(said.values())
