"""Pages, one blueprint a subject. A new subject is added to this tuple, and to the navigation if it has a door."""

from flask import Blueprint

from webui.pages import cases, home, notices, preferences, procedures, sign_in, tasks, work_items

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.bp,
    sign_in.bp,
    preferences.bp,
    notices.bp,
    tasks.bp,
    work_items.bp,
    cases.bp,
    procedures.bp,
)
