"""Pages, one blueprint a subject. A new subject is added to this tuple, and to the navigation if it has a door."""

from flask import Blueprint

from webui.pages import home, notices, preferences, sign_in

BLUEPRINTS: tuple[Blueprint, ...] = (home.bp, sign_in.bp, preferences.bp, notices.bp)
