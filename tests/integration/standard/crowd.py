"""People at work through the API, each in a thread: they start cases, take what lies in their inbox, and complete it.

When the server dies under their hands they try again, as people do.
"""

import json
import threading
import time
from collections import Counter
from http.client import HTTPException
from random import Random
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from engine.access.model import Account, AccountRole, Role
from engine.access.tokens import issue_token
from engine.core.core import Core
from tests.support.small_office import load_small_office, person

PATIENCE_SECONDS = 10
BREATH_SECONDS = 0.05
BROKEN = "connection broken"


class Crowd:
    """What all have seen together: `completed` and `started` hold only what the server has confirmed."""

    def __init__(self, core: Core, address: str) -> None:
        self.core = core
        self.address = address
        self.answers: Counter[str] = Counter()
        self.completed: list[int] = []
        self.started: list[str] = []
        self.may_start = True
        self._is_over = threading.Event()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []

    def let_in(self, name: str, seed: int, *, starts: bool) -> None:
        token = token_of(self.core, name)
        worker = Worker(self, token, Random(seed), starts=starts)
        thread = threading.Thread(target=worker.work, args=(self._is_over,), name=f"{name} {seed}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def send_home(self) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS * 2)

    def note(self, answer: str) -> None:
        with self._lock:
            self.answers[answer] += 1

    def note_completed(self, work_item_id: int) -> None:
        with self._lock:
            self.completed.append(work_item_id)

    def note_started(self, number: str) -> None:
        with self._lock:
            self.started.append(number)


class Worker:
    def __init__(self, crowd: Crowd, token: str, chance: Random, *, starts: bool) -> None:
        self._crowd = crowd
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._chance = chance
        self._starts = starts

    def work(self, is_over: threading.Event) -> None:
        while not is_over.is_set():
            if self._starts and self._crowd.may_start and self._chance.random() < 0.3:
                self._start()
            items = self._ask("GET", f"/work-items?limit=30&view={self._chance.choice(['mine', 'pool'])}")
            if items and items["items"]:
                self._complete(self._chance.choice(items["items"])["id"])
            time.sleep(BREATH_SECONDS * self._chance.random() * 2)

    def _start(self) -> None:
        case = self._ask("POST", "/processes/proses/cases", {"title": f"Berkas {self._chance.getrandbits(64):x}"})
        if case:
            self._crowd.note_started(case["number"])

    def _complete(self, work_item_id: int) -> None:
        if self._ask("POST", f"/work-items/{work_item_id}/complete", {"answers": {}}):
            self._crowd.note_completed(work_item_id)

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any] | None:
        """The answer if it was a good one; None when it was a refusal, or the server died meanwhile."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self._crowd.address}/api/v1{path}", data=data, headers=self._headers, method=method)
        try:
            with urlopen(request, timeout=PATIENCE_SECONDS) as response:
                answer: dict[str, Any] = json.load(response)
        except HTTPError as refusal:
            self._crowd.note(str(refusal.code))
            return None
        except (OSError, HTTPException, ValueError):
            self._crowd.note(BROKEN)
            time.sleep(BREATH_SECONDS * 4)
            return None
        self._crowd.note("good")
        return answer


def open_office(core: Core) -> None:
    """The small office, with an account for everyone in it."""
    load_small_office(core)
    for name in ("ani", "budi", "citra", "eko"):
        employee_id = person(core, name).employee_id
        with core.work() as work:
            account = Account(
                id=employee_id,
                username=name,
                password_hash="",
                employee_id=employee_id,
                created_at=work.now,
                is_active=True,
                language="id",
                roles=[AccountRole(role=Role.STAFF)],
            )
            work.session.add(account)


def token_of(core: Core, name: str) -> str:
    with core.work(person(core, name)) as work:
        return issue_token(work, "crowd", 1).secret
