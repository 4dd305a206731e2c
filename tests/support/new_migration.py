"""Write the next migration from what the models say more than the last one: `make migration what="…"`."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from engine.core.schema import MIGRATIONS, configuration, upgrade

VERSIONS = MIGRATIONS / "versions"


def write_migration(what: str) -> Path:
    """The file of the new migration; its revision is the next number."""
    earlier = set(VERSIONS.glob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/migrated.sqlite"
        upgrade(url)
        with configuration(url) as config:
            # The first migration only creates, for which SQLite needs no detour.
            config.attributes["render_as_batch"] = bool(earlier)
            command.revision(config, what, autogenerate=True, rev_id=f"{len(earlier) + 1:04}")
    (path,) = set(VERSIONS.glob("*.py")) - earlier
    path.write_text(re.sub("    # ### .*\n", "", path.read_text()))
    for tidy in (["format", "-q"], ["check", "-q", "--fix"]):
        subprocess.run([sys.executable, "-m", "ruff", *tidy, str(path)], check=True)
    return path


if __name__ == "__main__":
    write_migration(sys.argv[1])
