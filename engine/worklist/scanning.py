"""The office's own virus scanner, asked about a file before it is kept: its exit says clean (0) or infected (1)."""

import logging
import subprocess
from collections.abc import Sequence
from pathlib import Path

from engine.base.errors import Invalid
from engine.base.i18n import _

SECONDS = 60
CLEAN, INFECTED = 0, 1
log = logging.getLogger(__name__)


class Infected(Invalid):
    """`digest` is the file's, for the trail."""

    code = "attachment.infected"
    message = _("The virus scan found something in “%(name)s”, so it was not kept. Tell an administrator.")

    def __init__(self, name: str, digest: str) -> None:
        super().__init__(name=name)
        self.digest = digest


class NotScanned(Invalid):
    code = "attachment.not_scanned"
    message = _(
        "“%(name)s” could not be checked for viruses just now, so it was not kept. Try again in a while, or tell an "
        "administrator."
    )


def scan(command: Sequence[str], path: Path, name: str, digest: str) -> None:
    """Raises Infected; or NotScanned when the scanner does not answer: an office that scans keeps nothing unscanned."""
    try:
        answer = subprocess.run(  # noqa: S603  # the command is the operator's, the path our own
            [*command, str(path)], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.error("the virus scan could not be asked: %s", error)
        raise NotScanned(name=name) from None
    if answer.returncode == INFECTED:
        raise Infected(name, digest)
    if answer.returncode != CLEAN:
        log.error("the virus scan failed with %s: %s", answer.returncode, answer.stderr[-500:])
        raise NotScanned(name=name)
