"""Commands over an embedded run's database."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.base.settings import Settings
from tatakerja import main

Tell = Callable[..., Result]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def tell(settings: Settings) -> Tell:
    """`tell("check", path)` is `tatakerja check PATH` in this process."""
    env = {
        "TATAKERJA_DATABASE_URL": settings.database_url,
        "TATAKERJA_DATA": str(settings.data_folder),
        "TATAKERJA_SECRET_KEY": settings.secret_key,
        "LC_ALL": "C.UTF-8",
    }
    runner = CliRunner(env=env)

    def tell(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Result:
        return runner.invoke(main, [str(argument) for argument in arguments], env=env)

    return tell
