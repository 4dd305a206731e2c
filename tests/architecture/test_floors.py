import subprocess
import sys

from tests.support.sources import ROOT

# A process of its own: the linter silences every logger that it finds.
LINT = (sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())")


def test_rooms_use_only_rooms_below_them():
    done = subprocess.run(LINT, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
