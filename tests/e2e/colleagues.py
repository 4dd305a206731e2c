"""What others did before a journey begins: through the API, which is quicker than watching them do it."""

import json
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.e2e.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    url: str
    token: str

    def deploy(self, diagram: Path, *forms: Path, identity: Path | None = None, publish: bool = False) -> int:
        """Keep a diagram as a version; its id."""
        sent = {
            "diagram": diagram.read_text(encoding="utf-8"),
            "forms": {form.stem: form.read_text(encoding="utf-8") for form in forms},
            "identity": yaml.safe_load(identity.read_bytes()) if identity else {},
            "publish": publish,
        }
        return int(_ask(self.url, "processes", sent, self.token)["version_id"])

    def start(self, procedure: str, title: str) -> "Step":
        return _step(_ask(self.url, f"processes/{procedure}/cases", {"title": title}, self.token), "number")

    def complete(self, step: "Step", answers: Mapping[str, Any]) -> "Step":
        """Finish the step; where the case waits then."""
        path = f"work-items/{step.item}/complete"
        return _step(_ask(self.url, path, {"answers": answers}, self.token), "case_number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a case waits; `item` is 0 when it waits nowhere."""

    case: str
    item: int

    @property
    def address(self) -> str:
        return f"/tugas/{self.item}"

    @property
    def case_address(self) -> str:
        return f"/berkas/{self.case}"


CallColleague = Callable[[str], Colleague]


def colleague(office: Office, username: str) -> Colleague:
    sign_in = {"username": username, "password": office.passwords[username], "label": "Journeys", "scope": "admin"}
    return Colleague(url=office.url, token=_ask(office.url, "tokens", sign_in)["token"])


def _step(answer: Mapping[str, Any], number: str) -> Step:
    items = [line["work_item_id"] for line in answer["open_items"]]
    return Step(case=answer[number], item=next(iter(items), 0))


def _ask(url: str, path: str, sent: Mapping[str, Any], token: str = "") -> Any:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    # The identity's dates are told as text, as a program would send them.
    body = json.dumps(sent, default=str).encode()
    request = urllib.request.Request(f"{url}/api/v1/{path}", data=body, headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)
