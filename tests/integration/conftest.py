"""Operations on real databases."""

from dataclasses import replace
from zlib import crc32

import pytest

from engine.base.settings import Settings
from tests.support.depth import IS_NIGHTLY

DATABASES = ("sqlite", "postgresql")
# What keeps transactions and jobs is asked of both databases each time, what moves cases of the server's.
ALWAYS_ON_BOTH = {"core", "jobs", "standard", "workers"}
ON_POSTGRESQL = {"execution", "sla"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """By day pages and lists are asked of one database each, half of them of either; at night all of both."""
    if IS_NIGHTLY:
        return
    left = [item for item in items if not _has_its_turn(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if _has_its_turn(item)]


def _has_its_turn(item: pytest.Item) -> bool:
    folders, parameters = item.path.parts, getattr(getattr(item, "callspec", None), "params", {})
    database = parameters.get("database_url")
    if database is None or "integration" not in folders or ALWAYS_ON_BOTH & set(folders):
        return True
    if ON_POSTGRESQL & set(folders):
        return bool(database == "postgresql")
    name, _bracket, others = item.nodeid.partition("[")
    others = others.replace(database, "")
    return database == DATABASES[crc32(f"{name}{others}".encode()) % len(DATABASES)]


@pytest.fixture
def settings(settings: Settings, database_url: str) -> Settings:
    return replace(settings, database_url=database_url)
