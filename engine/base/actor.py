"""Who acts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a role goes, where that was said; without a unit it is the whole office."""

    role: str
    scope: str
    unit_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person or the system behind an act; `account_id` is None for the system itself."""

    account_id: int | None
    employee_id: int | None
    name: str
    roles: frozenset[str] = frozenset()
    language: str = "id"
    reaches: frozenset[Reach] = frozenset()

    @property
    def is_system(self) -> bool:
        return self.account_id is None


SYSTEM = Actor(account_id=None, employee_id=None, name="TataKerja")
