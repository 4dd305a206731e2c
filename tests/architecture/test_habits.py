"""Rules of the house that no linter knows, read off the syntax of every file."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.sources import parsed, place, product_files

CLOCK_READINGS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "localtime"),
    ("time", "gmtime"),
}
NAMES_OF_DRAWERS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "misc"}
DOORS = ("webui/", "workers/", "tatakerja")


def test_time_is_read_in_the_clock_only():
    readings = [
        place(path, call)
        for path in product_files()
        for call in nodes(path, ast.Call)
        if called(call) in CLOCK_READINGS and place(path) != "engine/base/clock.py"
    ]
    assert readings == []


def test_only_the_core_commits():
    rooms = [path for path in product_files() if re.match(r"engine/(?!core/)", place(path))]
    commits = [place(path, call) for path in rooms for call in nodes(path, ast.Call) if called(call)[1] == "commit"]
    assert commits == []


def test_only_doors_and_the_job_runner_catch_everything():
    rooms = [path for path in product_files() if not place(path).startswith((*DOORS, "engine/core/running.py"))]
    nets = [
        place(path, handler)
        for path in rooms
        for handler in nodes(path, ast.ExceptHandler)
        if catches_everything(handler)
    ]
    assert nets == []


def test_imports_stand_at_the_top():
    imports = [
        place(path, node)
        for path in product_files()
        for function in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert imports == []


def test_one_room_alone_knows_spiffworkflow():
    rooms = [path for path in product_files() if not place(path).startswith("engine/bpmn/")]
    assert [place(path) for path in rooms if any(name.startswith("SpiffWorkflow") for name in imported(path))] == []


def test_no_file_is_named_like_a_drawer_for_everything():
    assert [place(path) for path in product_files() if path.stem in NAMES_OF_DRAWERS] == []


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[Any]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, kinds))


def called(call: ast.Call) -> tuple[str, str]:
    """`("datetime", "now")` for `datetime.now()` and for `datetime.datetime.now()`."""
    function = call.func
    if not isinstance(function, ast.Attribute):
        return ("", "")
    owner = function.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return (name, function.attr)


def catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(each is None or getattr(each, "id", "") in {"Exception", "BaseException"} for each in caught)


def imported(path: Path) -> Iterator[str]:
    yield from (alias.name for node in nodes(path, ast.Import) for alias in node.names)
    yield from (node.module or "" for node in nodes(path, ast.ImportFrom))
