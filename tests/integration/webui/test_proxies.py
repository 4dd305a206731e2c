"""Servers in front: they are believed as far as the operator says, and nobody else is."""

from dataclasses import replace

import pytest
from apiflask import APIFlask
from flask import request

from engine.base.clock import FrozenClock
from engine.base.settings import Settings
from engine.core.core import Core
from webui.application import create_app

FROM_A_PROXY = {
    "X-Forwarded-For": "6.6.6.6, 10.0.0.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
}


def app_behind(settings: Settings, clock: FrozenClock, proxies: int) -> APIFlask:
    return create_app(Core(replace(settings, trusted_proxies=proxies), clock))


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "10.0.0.7"), (2, "6.6.6.6")])
def test_the_address_is_the_one_that_the_last_trusted_server_saw(settings, clock, proxies: int, address: str):
    with app_behind(settings, clock, proxies).test_client() as client:
        client.get("/healthz", headers=FROM_A_PROXY)
        assert request.remote_addr == address


@pytest.mark.parametrize(("proxies", "scheme"), [(0, "http"), (1, "https")])
def test_https_is_believed_from_a_trusted_server_only(settings, clock, proxies: int, scheme: str):
    with app_behind(settings, clock, proxies).test_client() as client:
        client.get("/healthz", headers=FROM_A_PROXY)
        assert request.scheme == scheme


def test_nobody_chooses_our_name_for_us(settings, clock):
    with app_behind(settings, clock, 1).test_client() as client:
        client.get("/healthz", headers=FROM_A_PROXY)
        assert request.host == "localhost"


def test_numbers_of_the_office_stay_here_behind_a_server_too(settings, clock):
    client = app_behind(settings, clock, 1).test_client()
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
