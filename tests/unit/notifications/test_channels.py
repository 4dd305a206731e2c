import pytest

from engine.base.settings import CHANNEL_KINDS
from engine.notifications.channels import (
    KINDS,
    WEBHOOK,
    BadTarget,
    address_problem,
    checked_target,
    filled_address,
    leads_inside,
    masked,
)


def problem(kind, address, hosts=(), destinations=()):
    found = address_problem(kind, address, hosts, destinations)
    return found and found.code


def test_the_settings_know_the_kinds_of_channels():
    assert set(CHANNEL_KINDS) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {WEBHOOK}))
def test_the_example_of_each_kind_is_an_address_of_it(kind):
    assert problem(kind, KINDS[kind].example) is None


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd/{target}",
        "exec://sh/{target}",
        "json://world.example/{target}",
        "mailto://world.example/{target}",
        "dbus://{target}",
        "syslog://{target}",
        "http://world.example/{target}",
        "world.example/{target}",
        "",
    ],
)
def test_other_schemes_are_refused(address):
    assert {problem(kind, address) for kind in set(KINDS) - {WEBHOOK}} == {"scheme"}


@pytest.mark.parametrize(
    "rest",
    [
        "token",
        "{target}/{target}",
        "token/{target}?verify=no",
        "token/{target}#x",
        "a b/{target}",
        "a,b/{target}",
        "é/{target}",
        "a\nb/{target}",
        "{target}",
        "x" * 500 + "/{target}",
        "[::1/{target}",
        "a\\b/{target}",
    ],
)
def test_an_address_without_one_target_or_with_more_than_it_needs_is_refused(rest):
    assert problem("telegram", f"tgram://{rest}") == "shape"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "10.0.0.5",
        "192.168.1.9",
        "169.254.169.254",
        "[::1]",
        "[fd00::1]",
        "intranet",
        "printer.local",
        "0.0.0.0",
    ],
)
def test_an_address_inside_the_office_is_refused(host):
    assert problem("ntfy", f"ntfys://{host}/{{target}}") == "inside"


def test_a_host_that_the_operator_allows_may_be_inside():
    assert problem("ntfy", "ntfy://10.0.0.5:8080/{target}", hosts=("10.0.0.5",)) is None


def test_the_world_is_not_inside():
    assert not any(leads_inside(host) for host in ("ntfy.sh", "8.8.8.8", "gateway.kemenag.go.id"))


def test_a_webhook_is_one_of_the_operator_s_destinations():
    assert problem(WEBHOOK, "gateway", destinations=("gateway",)) is None
    assert problem(WEBHOOK, "https://world.example/", destinations=("gateway",)) == "unknown_destination"


@pytest.mark.parametrize(
    "target", ["123456789", "+6281234567890", "@siti", "!abc:matrix.example", "topik-rahasia_7", "-100123"]
)
def test_targets_are_numbers_names_and_rooms(target):
    assert checked_target(f" {target} ") == target


@pytest.mark.parametrize("target", ["", "a/b", "a,b", "a b", "a?b=c", "a%2Fb", "{target}", "a\nb", "x" * 101, "é"])
def test_a_target_adds_nothing_to_the_address(target):
    with pytest.raises(BadTarget):
        checked_target(target)


def test_a_target_is_written_into_the_address_as_one_part():
    assert filled_address("matrixs://h.example/{target}", "#r:m.example") == "matrixs://h.example/%23r%3Am.example"


def test_a_masked_address_tells_little():
    assert masked("telegram", "tgram://123456:AAE-secret/{target}") == "tgram://123…{target}"
