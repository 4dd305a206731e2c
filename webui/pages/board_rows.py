"""The lines of the board with the way to the list behind each of their numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from engine.insight.cases_by import CaseCounts, CasesOfProcedure, CasesOfUnit
from engine.insight.days import DAY
from engine.insight.figures_by import By, FigureLine, Figures
from webui.pages.board_address import RANGE, BoardAddress
from webui.pages.case_filters import NOWHERE
from webui.texts import _

Lead = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """`now(keadaan=…)` is the list of running cases, `started()` and `ended(…)` those of the period."""

    name: str
    address: str
    counts: CaseCounts
    now: Lead
    started: Lead
    ended: Lead


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """`steps(keadaan=…)` is the list of steps behind a number, `returns()` that of what came back."""

    name: str
    under: str
    address: str
    figures: Figures
    steps: Lead
    returns: Lead


def row_of_unit(address: BoardAddress, line: CasesOfUnit) -> CaseRow:
    which = {"unit": line.unit_id if line.unit_id is not None else NOWHERE}
    return case_row(address, line.name or _("Without a unit"), "", line.counts, which)


def row_of_procedure(address: BoardAddress, line: CasesOfProcedure) -> CaseRow:
    shown = url_for("board_procedure.show", key=line.key, **address.query())
    return case_row(address, line.name, shown, line.counts, {"prosedur": line.key})


def case_row(address: BoardAddress, name: str, shown: str, counts: CaseCounts, which: Mapping[str, Any]) -> CaseRow:
    return CaseRow(
        name=name,
        address=shown,
        counts=counts,
        now=lambda **more: url_for("cases.index", **address.cases(**which, **more)),
        started=lambda **more: url_for("cases.index", **address.started(**which, **more)),
        ended=lambda **more: url_for("cases.index", **address.ended(**which, **more)),
    )


def step_row(address: BoardAddress, line: FigureLine, by: By, **more: Any) -> StepRow:
    """What has no unit has its list too; `more` narrows the lists further."""
    choices: dict[By, dict[str, Any]] = {
        By.UNIT: {"unit": line.unit_id if line.unit_id is not None else NOWHERE},
        By.PROCEDURE: {"prosedur": line.procedure_key},
        By.STEP: {"prosedur": line.procedure_key, "langkah": line.element},
        By.PERSON: {"pegawai": line.employee_id},
    }
    return StepRow(
        name=line.name or _("Without a unit"),
        under=line.procedure or "" if by is By.STEP else "",
        address=_shown(address, line, by),
        figures=line.figures,
        **leads(address, **choices[by], **more),
    )


def leads(address: BoardAddress, **which: Any) -> dict[str, Lead]:
    """To the lists of steps and of returns, in the period and the part of the office of the address."""
    return {
        "steps": lambda **more: url_for("board_lists.steps", **address.query(**which, **more)),
        "returns": lambda **more: url_for("board_lists.returns", **address.query(**which, **more)),
    }


def week_list(address: BoardAddress, **which: Any) -> Callable[[date, str], str]:
    """To the steps of one week of the trend, which ends with the period."""

    def of_week(monday: date, state: str) -> str:
        last = min(monday + 6 * DAY, address.days.last)
        days = {"periode": RANGE, "dari": monday.isoformat(), "sampai": last.isoformat()}
        return url_for("board_lists.steps", **address.query(**which, **days, keadaan=state))

    return of_week


def _shown(address: BoardAddress, line: FigureLine, by: By) -> str:
    if by is By.PROCEDURE and line.procedure_key:
        return url_for("board_procedure.show", key=line.procedure_key, **address.query())
    if by is By.UNIT and line.unit_id is not None and line.unit_id in dict(address.units):
        return url_for("board_period.index", **address.query(lingkup=line.unit_id, menurut="langkah"))
    return ""
