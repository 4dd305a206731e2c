import os

from importlinter.cli import lint_imports

from tests.support.sources import ROOT


def test_rooms_use_only_rooms_below_them(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=os.fspath(ROOT / "pyproject.toml"), cache_dir=None) == 0
