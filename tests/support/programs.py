"""TataKerja's own processes, started as an operator starts them."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support.services import running
from tests.support.sources import ROOT

PROGRAM = (sys.executable, str(ROOT / "tatakerja.py"))


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with no settings of ours but those given."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TATAKERJA_")}
    return inherited | {f"TATAKERJA_{name}": value for name, value in settings.items()}


@contextmanager
def program(
    *arguments: str, folder: Path, env: Mapping[str, str], is_ready: Callable[[], bool] = lambda: True
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs `tatakerja ARGUMENTS…` while the block runs; what it says is in `folder/log`."""
    folder.mkdir(exist_ok=True)
    with running([*PROGRAM, *arguments], folder, env=env, is_ready=is_ready) as process:
        yield process


def say(*arguments: str, env: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `tatakerja ARGUMENTS…` to its end."""
    command = [*PROGRAM, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=60)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
