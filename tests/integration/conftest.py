"""Operations on real databases."""

from dataclasses import replace

import pytest

from engine.base.settings import Settings


@pytest.fixture
def settings(settings: Settings, database_url: str) -> Settings:
    return replace(settings, database_url=database_url)
