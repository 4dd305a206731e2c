"""Who acts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person or the system behind an act; `account_id` is None for the system itself."""

    account_id: int | None
    employee_id: int | None
    name: str
    roles: frozenset[str] = frozenset()
    language: str = "id"

    @property
    def is_system(self) -> bool:
        return self.account_id is None


SYSTEM = Actor(account_id=None, employee_id=None, name="TataKerja")
