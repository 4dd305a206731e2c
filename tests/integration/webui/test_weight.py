"""The first view is light: a village's line carries all of it in a second."""

import html
import re

import pytest
from flask.testing import FlaskClient

BUDGET = 100_000
REFERENCES = re.compile(r'(?:href|src)="(/(?:static/dist/|mark\.svg)[^"#]*)')
COMPRESSED = {"Accept-Encoding": "gzip"}


def bytes_of(client: FlaskClient, address: str) -> int:
    answer = client.get(address, headers=COMPRESSED)
    assert answer.status_code == 200
    return len(answer.data)


def resources_of(client: FlaskClient, page: str) -> set[str]:
    """The addresses of all that a browser fetches to show a page: styles, scripts, icons."""
    found = {html.unescape(address) for address in REFERENCES.findall(client.get(page).get_data(as_text=True))}
    assert {address.rpartition(".")[2] for address in found} == {"css", "js", "svg"}, "Build the front end: make setup"
    return found


@pytest.mark.parametrize("page", ["/tugas", "/tugas?tampilan=antrean", "/berkas", "/prosedur", "/tugas/{item}"])
def test_a_first_view_weighs_less_than_a_hundred_kilobytes(browser_of, item: int, page: str):
    client, address = browser_of("ani").client, page.format(item=item)
    parts = resources_of(client, address)
    assert bytes_of(client, address) + sum(bytes_of(client, part) for part in parts) < BUDGET


def test_signing_in_weighs_less_than_a_hundred_kilobytes(app):
    client = app.test_client()
    parts = resources_of(client, "/masuk")
    assert bytes_of(client, "/masuk") + sum(bytes_of(client, part) for part in parts) < BUDGET


def test_no_page_of_the_inbox_loads_from_elsewhere(browser_of, item: int):
    page = browser_of("ani").get("/tugas").get_data(as_text=True)
    assert not re.findall(r'(?:href|src)="(?:https?:)?//', page)
