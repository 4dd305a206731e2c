"""A process that kills itself at a statement, as a machine that loses its power would."""

import os
import signal
from itertools import count
from typing import Any

from sqlalchemy import event as listening

from engine.base.postgresql import PatientConnection
from engine.core.core import Core


def let_die(own: Core, dies_at: int) -> None:
    """Before its nth statement, BEGIN and COMMIT among them; never when that is none."""
    statements = count(1)

    def die_in_time(*_told: Any) -> None:
        if next(statements) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    class Mortal(PatientConnection):
        """Also before each statement that waited and goes out together with others."""

        def pass_on(self, *sent: Any) -> None:
            die_in_time()
            super().pass_on(*sent)

        def run(self, *sent: Any) -> None:
            die_in_time()
            super().run(*sent)

    def make_mortal(connection: Any, _record: Any) -> None:
        connection.__class__ = Mortal

    if own.engine.dialect.name == "postgresql":
        listening.listen(own.engine, "connect", make_mortal)
    else:
        listening.listen(own.engine, "before_cursor_execute", die_in_time)
        listening.listen(own.engine, "commit", die_in_time)
