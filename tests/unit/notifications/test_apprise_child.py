"""What the process may connect to that sends by channels."""

import pytest

from engine.notifications.apprise_child import Sandbox


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.5", "169.254.169.254", "100.64.0.1", "224.0.0.1", "::1", "fd00::1", "fe80::1%eth0"),
        *("::ffff:10.0.0.5", "64:ff9b::a00:5", "2002:a00:5::1", "inside.kantor.local"),
        *("fec0::1", "64:ff9b:1::a00:5", "::10.0.0.5"),
    ],
)
def test_it_connects_to_nothing_inside_the_office_however_that_is_written(address: str):
    with pytest.raises(PermissionError):
        Sandbox([])("socket.connect", (None, (address, 443)))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_it_connects_to_the_world(address: str):
    Sandbox([])("socket.connect", (None, (address, 443)))


def test_it_connects_to_what_the_operator_allows():
    Sandbox(["10.0.0.5"])("socket.connect", (None, ("10.0.0.5", 443)))
