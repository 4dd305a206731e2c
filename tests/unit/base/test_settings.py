"""A setting that cannot be used is told at once, by its name."""

import pytest

from engine.access.model import Role
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


def test_what_is_named_and_left_empty_is_not_given():
    empty = settings_from({"TATAKERJA_SECRET_KEY": SECRET, "TATAKERJA_SMTP_PORT": "", "TATAKERJA_ZONE": ""})
    assert (empty.smtp_port, empty.zone.key) == (587, "Asia/Jakarta")


def test_what_an_office_sets_is_taken():
    said = {"SECRET_KEY": SECRET, "LANGUAGE": "en", "PUBLIC_URL": "https://kantor.example:8443/kerja"}
    settings = settings_from({f"TATAKERJA_{name}": value for name, value in said.items()})
    assert (settings.secret_key, settings.language, settings.public_url) == tuple(said.values())


PROVIDER = {
    "TATAKERJA_OIDC_ISSUER": "https://sso.example/",
    "TATAKERJA_OIDC_CLIENT_ID": "tatakerja",
    "TATAKERJA_OIDC_CLIENT_SECRET": "secret",
}


def test_another_provider_may_say_who_somebody_is(tmp_path):
    settings = settings_from({"TATAKERJA_DATA": str(tmp_path), **PROVIDER})
    assert settings.oidc_is_on
    assert (settings.oidc_issuer, settings.oidc_claim) == ("https://sso.example", "nip")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"TATAKERJA_OIDC_CLIENT_ID": ""}, "TATAKERJA_OIDC_CLIENT_ID"),
        ({"TATAKERJA_OIDC_CLIENT_SECRET": ""}, "TATAKERJA_OIDC_CLIENT_SECRET"),
        ({"TATAKERJA_OIDC_ISSUER": "http://sso.example"}, "https://"),
        ({"TATAKERJA_CHANNELS": "telegram, file"}, "file"),
        ({"TATAKERJA_SECOND_FACTOR_ROLES": "administrator, king"}, "king"),
    ],
)
def test_a_provider_or_a_role_that_cannot_be_is_told_at_the_start(tmp_path, given, told):
    with pytest.raises(SettingWrong, match=told):
        settings_from({"TATAKERJA_DATA": str(tmp_path), **PROVIDER, **given})


def test_the_roles_that_need_a_second_factor_are_those_that_there_are(tmp_path):
    env = {"TATAKERJA_DATA": str(tmp_path), "TATAKERJA_SECOND_FACTOR_ROLES": ",".join(Role)}
    assert settings_from(env).second_factor_roles == set(Role)


def test_channels_and_their_hosts_are_lists(tmp_path):
    env = {"TATAKERJA_CHANNELS": "Telegram, webhook", "TATAKERJA_CHANNEL_HOSTS": "gateway.local 10.0.0.5"}
    settings = settings_from({"TATAKERJA_DATA": str(tmp_path), **env})
    assert (settings.channels, settings.channel_hosts) == ({"telegram", "webhook"}, {"gateway.local", "10.0.0.5"})
