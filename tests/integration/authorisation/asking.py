"""Asking each page and each operation of the API as each person, and putting the office back as it was."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from flask import url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule as Route
from werkzeug.test import TestResponse

from engine.core.core import Core
from tests.integration.authorisation.forms import form_of
from tests.integration.authorisation.ground import PASSWORD, Ground, secret_of, token_of
from tests.integration.authorisation.rules import Who, Whose
from webui.api.bearer import PREFIX
from webui.api.examples import example_of
from webui.assets import asset
from webui.identity import COOKIE

REFUSED = (401, 403, 404)
ASKED_TO_SIGN_IN = "/masuk?next="
# Pages that ask for a person behind the question mark.
OF_A_PERSON = ("absences.new", "absences.create", "delegations.new", "delegations.give")
WRITES = ("POST", "PUT", "DELETE", "PATCH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office of the matrix: it can be put back after whatever somebody did in it."""

    app: APIFlask
    core: Core
    ground: Ground
    described: Mapping[str, Any]
    database: Path
    kept: Path

    def put_back(self) -> None:
        self.core.close()
        for ending in ("-wal", "-shm"):
            Path(f"{self.database}{ending}").unlink(missing_ok=True)
        shutil.copy(self.kept, self.database)

    def may(self, route: Route, method: str, who: Who, whose: Whose) -> bool:
        """Whether the door opens for her: what lies behind it may still say that her form is not filled in well."""
        answer = self._asked(route, method, who, whose)
        if method in WRITES and answer.status_code < 400:
            self.put_back()
        assert answer.status_code < 500, (route.endpoint, who, whose, answer.text[-2000:])
        sent_to_sign_in = answer.status_code == 302 and answer.location.startswith(("/masuk?", "/masuk"))
        return answer.status_code not in REFUSED and not (sent_to_sign_in and ASKED_TO_SIGN_IN in answer.location)

    def shown(self, route: Route, who: Who) -> str:
        """A page as she sees it, or nothing."""
        answer = self._asked(route, "GET", who, Whose.OWN)
        return answer.text if answer.status_code == 200 and answer.mimetype == "text/html" else ""

    def is_closed(self, address: str, who: Who) -> bool:
        client, headers = self._client(who, address)
        return client.get(address, headers=headers).status_code in REFUSED

    def _asked(self, route: Route, method: str, who: Who, whose: Whose) -> TestResponse:
        client, headers = self._client(who, route.rule)
        with self.app.test_request_context():
            address = url_for(route.endpoint, **arguments(self.ground, route, who, whose))
        sent = self._sent(route, method, who, whose) if method in WRITES else {}
        return client.open(address, method=method, headers=headers, **sent)

    def _sent(self, route: Route, method: str, who: Who, whose: Whose) -> Mapping[str, Any]:
        """To the API the example of its own description; to a page the form without which no door is tried."""
        if not route.rule.startswith(PREFIX):
            form = form_of(self.ground, route.endpoint, self.ground.name_of(who, whose))
            return {"data": form, "content_type": "multipart/form-data"} if form else {}
        if route.endpoint == "api_tokens.issue_token":
            return {"json": {"username": Who.STAFF, "password": PASSWORD, "label": "matrix"}}
        operation = self.described["paths"][re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.rule)][method.lower()]
        content = operation.get("requestBody", {}).get("content", {})
        if "multipart/form-data" in content and "application/json" not in content:
            return {"data": {"file": (BytesIO(b"isi"), "surat.txt")}}
        schema = content.get("application/json", {}).get("schema", {"type": "object"})
        return {"json": example_of(schema, self.described["components"]["schemas"])}

    def _client(self, who: Who, address: str) -> tuple[FlaskClient, dict[str, str]]:
        client = self.app.test_client()
        if who is Who.STRANGER:
            return client, {}
        if address.startswith(PREFIX):
            return client, {"Authorization": f"Bearer {token_of(who)}"}
        client.set_cookie(COOKIE, secret_of(who))
        return client, {}


def routes(app: APIFlask) -> Iterator[tuple[Route, str]]:
    """Each address with each way to use it."""
    for route in app.url_map.iter_rules():
        for method in sorted(route.methods or set()):
            if method not in ("HEAD", "OPTIONS"):
                yield route, method


def arguments(ground: Ground, route: Route, who: Who, whose: Whose) -> dict[str, Any]:
    """What stands in the places of an address, of whom the question is about."""
    name = ground.name_of(who, whose)
    employee_id, case = ground.employees[name], ground.cases[name]
    position = "officer" if whose is Whose.FOREIGN else "clerk"
    known: dict[str, Any] = {
        "number": case.number,
        "instance_id": case.instance_id,
        "work_item_id": case.work_item_id,
        "attachment_id": case.attachment_id,
        "step": 1,
        "key": ground.key,
        "version_id": ground.version_id,
        "unit_id": ground.units["seksi" if whose is Whose.FOREIGN else "tu"],
        "position_id": ground.positions[position],
        "job_id": 1000 + employee_id,
        "notice_id": 1000 + employee_id,
        "question_id": (1000 if route.endpoint == "questions.withdraw" else 0) + employee_id,
        "competency_id": 1,
        "table_id": 1 if route.endpoint.startswith("office_hours.") else employee_id,
        "unit_day_id": 1,
        "day": "2026-12-25",
        "secret": "none",
        "kind": "csv",
        "notice_kind": "work.arrived",
        "lang": "id",
        "name": asset("app.css").rpartition("/")[2] if route.endpoint == "assets.built" else "unit",
        "_act": "periksa" if route.endpoint == "drafts.back_to_version" else "draf",
    }
    asked = {"pegawai": employee_id} if route.endpoint in OF_A_PERSON else {}
    # Whatever else has an id is one of the things that lie there under the id of their person.
    return asked | {
        place: known.get(place, employee_id) for place in route.arguments if place not in (route.defaults or {})
    }
