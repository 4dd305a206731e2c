"""Pages, one blueprint a subject. A new subject is added to this tuple, and to the navigation if it has a door."""

from flask import Blueprint

from webui.pages import (
    accounts,
    administration,
    case_acts,
    cases,
    definitions,
    drafts,
    duties,
    faults,
    home,
    monitoring,
    notices,
    office_calendar,
    organisation,
    preferences,
    procedures,
    repairs,
    sign_in,
    tasks,
    trail,
    work_items,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.bp,
    sign_in.bp,
    preferences.bp,
    notices.bp,
    tasks.bp,
    work_items.bp,
    cases.bp,
    procedures.bp,
    definitions.bp,
    drafts.bp,
    case_acts.bp,
    monitoring.bp,
    organisation.bp,
    duties.bp,
    administration.bp,
    accounts.bp,
    faults.bp,
    repairs.bp,
    office_calendar.bp,
    trail.bp,
)
