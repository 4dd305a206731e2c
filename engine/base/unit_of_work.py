"""One act: its database session, who acts, and the instant at which all of it happens."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.base.actor import Actor
from engine.base.settings import Settings


@dataclass(slots=True, kw_only=True)
class UnitOfWork:
    """What every operation takes first. Operations never commit: the door that opened the work does, once.

    `entries` are lines of the trail, written together when the block is left.
    """

    session: Session
    actor: Actor
    now: datetime
    settings: Settings
    events: list[Any] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day it is at the office."""
        return self.now.astimezone(self.settings.zone).date()

    def tell(self, event: Any) -> None:
        """Report what happened; reactions run when the block is left, before the commit."""
        self.events.append(event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A look at the database: it cannot write, and sees one instant."""

    session: Session
    actor: Actor
    now: datetime
    settings: Settings

    @property
    def today(self) -> date:
        """The day it is at the office."""
        return self.now.astimezone(self.settings.zone).date()
