import json

import pytest

from engine.base.destinations import BadDestinations, destinations_from
from engine.base.settings import SettingWrong, settings_from

SECRET = "rahasia-yang-panjang"


def listed(**facts: str) -> str:
    return json.dumps({"dukcapil": {"url": "https://dukcapil.example/terima", "secret": SECRET, **facts}})


def test_destinations_come_from_the_environment():
    found = destinations_from(listed())["dukcapil"]
    assert (found.name, found.url, found.secret) == ("dukcapil", "https://dukcapil.example/terima", SECRET)


def test_destinations_come_from_a_file(tmp_path):
    (tmp_path / "webhooks.json").write_text(listed())
    assert list(destinations_from(str(tmp_path / "webhooks.json"))) == ["dukcapil"]


def test_without_a_list_there_are_none():
    assert destinations_from("") == {}


def test_a_secret_is_never_printed():
    assert SECRET not in repr(destinations_from(listed()))


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "/nowhere/at/all.json",
        '{"a b": {"url": "https://x.example", "secret": "rahasia-yang-panjang"}}',
        '{"a": {"url": "https://x.example"}}',
        '{"a": "https://x.example"}',
        listed(secret="pendek"),
        listed(url="ftp://x.example"),
        listed(url="file:///etc/passwd"),
        listed(url="https://"),
        listed(url="https://x.example:99999/"),
        listed(url="https://me:pw@x.example/"),
        listed(url="https://x.example/\r\nHost: y"),
        listed(more="x"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(text: str):
    with pytest.raises(BadDestinations):
        destinations_from(text)


def test_the_program_does_not_start_with_a_list_that_cannot_be_used(tmp_path):
    with pytest.raises(SettingWrong, match="TATAKERJA_WEBHOOKS"):
        settings_from({"TATAKERJA_DATA": str(tmp_path), "TATAKERJA_WEBHOOKS": "{"})
