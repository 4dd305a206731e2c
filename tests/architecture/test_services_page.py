"""docs/services.md shows diagrams that are accepted, and says of the wire what is sent."""

import hashlib
import hmac
import re
from datetime import UTC, datetime

import pytest

from engine.base.destinations import Destination, destinations_from
from engine.bpmn.check import check
from engine.bpmn.operations import OPERATIONS
from engine.bpmn.problems import Severity
from engine.execution.webhook import headers_for
from tests.support.diagrams import chain, diagram, element, end, extensions, start
from tests.support.sources import ROOT

PAGE = (ROOT / "docs" / "services.md").read_text(encoding="utf-8")
ASKED = re.findall(r"<tk:layanan .*?</tk:layanan>", PAGE, re.DOTALL)


@pytest.mark.parametrize("asked", ASKED)
def test_what_the_page_shows_can_be_uploaded(asked: str):
    source = diagram(*chain(start(), element("serviceTask", "s", extensions(asked), name="Layanan"), end()))
    assert [each.code for each in check(source).problems if each.severity in (Severity.ERROR, Severity.MISSING)] == []


def test_every_operation_with_required_parameters_is_shown():
    shown = set(re.findall(r'operasi="(\w+)"', PAGE))
    assert {name for name, each in OPERATIONS.items() if any(one.is_required for one in each.parameters)} <= shown


def test_the_list_of_destinations_on_the_page_can_be_used():
    (shown,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert list(destinations_from(shown)) == ["dukcapil"]


def test_the_signature_is_checked_as_the_page_says():
    known = Destination(name="a", url="https://a.example", secret="rahasia-yang-panjang")
    sent = headers_for(known, 4711, datetime(2026, 11, 23, tzinfo=UTC), b"{}")
    names = {"hmac": hmac, "hashlib": hashlib, "secret": known.secret.encode(), "body": b"{}"}
    names["timestamp"] = sent["X-TataKerja-Timestamp"].encode()
    (shown,) = re.findall(r"```python\n(expected = .*?)\n", PAGE)
    exec(shown, names)
    assert names["expected"] == sent["X-TataKerja-Signature"]
    assert {name for name in sent if name.startswith("X-") and name not in PAGE} == set()
