"""What happened to duty sheets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetIssued:
    """It waits for the superior; nobody can sign it here while `superior_id` is empty."""

    sheet_id: int
    employee_id: int
    employee_name: str
    position_title: str
    superior_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSigned:
    sheet_id: int
    employee_id: int
    position_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAcknowledged:
    sheet_id: int
    employee_name: str
    position_title: str
    superior_id: int | None
