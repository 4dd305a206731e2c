"""Whoever a table appoints gets her duty sheet, as whoever is appointed by hand does."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from engine.access.model import Account
from engine.access.queries import actor_of
from engine.base.actor import Actor
from engine.base.errors import NotAllowed
from engine.base.unit_of_work import UnitOfWork
from engine.jobs.operations import schedule_again
from engine.organisation.model import Holding, JobDescription, OfficeImport
from engine.organisation.tables.bringing_in import Begun
from engine.staffing.issuing import issue_at_beginning

SHEETS_JOB = "office_import.sheets"
SHEETS_AT_ONCE = 50


def schedule_sheets(work: UnitOfWork, row: OfficeImport, begun: Collection[Begun]) -> None:
    """Some at a time: a sheet takes longer than the appointment that it is for."""
    of_duties = Holding.position_id.in_(select(JobDescription.position_id))
    query = select(Holding.id, Holding.employee_id, Holding.position_id, Holding.starts_on).where(of_duties)
    found = sorted(id_ for id_, *rest in work.session.execute(query) if tuple(rest) in begun) if begun else []
    for first in range(0, len(found), SHEETS_AT_ONCE):
        payload = {"holding_ids": found[first : first + SHEETS_AT_ONCE], "account_id": row.account_id}
        schedule_again(work, SHEETS_JOB, f"{SHEETS_JOB}:{row.id}:{first}", work.now, payload)


def give_sheets(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Who was appointed by a table to a position with duties gets her sheet, as by hand."""
    acting = replace(work, actor=sender(work, payload["account_id"]))
    for holding_id in payload["holding_ids"]:
        issue_at_beginning(acting, holding_id)


def sender(work: UnitOfWork, account_id: int) -> Actor:
    """Who said yes, if she still may."""
    account = work.session.get(Account, account_id)
    actor = None if account is None else actor_of(account, work.today)
    if actor is None:
        raise NotAllowed
    return actor
