"""What is kept in the repository works elsewhere, too."""

import json
import re

import pytest

from tests.support.sources import ROOT, kept_files, place

PYTHON_LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")
ADDRESSES = re.compile(r"https?://|--index-url|--extra-index-url|--find-links|--trusted-host")
# Spelled in parts, so that this file does not find itself.
PATHS_OF_ONE_MACHINE = re.compile(rb"(?<![\w.>}-])/(?:" + b"|".join((b"wo" + b"rk", b"ro" + b"ot")) + rb")/\w")


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_python_locks_name_no_registry(name):
    assert ADDRESSES.findall((ROOT / name).read_text()) == []


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_every_locked_package_has_its_digests(name):
    packages = re.findall(r"^[a-z0-9].*(?:\n    .*)*", (ROOT / name).read_text(), re.MULTILINE)
    assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_the_npm_lock_names_no_registry():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_no_path_of_one_machine_is_kept():
    assert [place(path) for path in kept_files() if PATHS_OF_ONE_MACHINE.search(path.read_bytes())] == []
