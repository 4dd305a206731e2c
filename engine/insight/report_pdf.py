"""The monthly report as PDF/A, laid out by typst with the fonts that come with it."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from engine.base.i18n import translate
from engine.base.settings import Settings
from engine.calendar.describe import in_words, moment_in_words
from engine.insight.figures_by import FigureLine, Figures
from engine.insight.report import Report

TEMPLATE = Path(__file__).with_name("report.typ")
LANGUAGE = "id"  # an official report, whatever language its reader has chosen


def report_pdf(report: Report, settings: Settings, now: datetime) -> bytes:
    """The same bytes for the same figures at the same moment."""
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="a-2b",
        timestamp=now.replace(microsecond=0),
        sys_inputs={"report": json.dumps(printed(report, settings, now), ensure_ascii=False)},
    )


def printed(report: Report, settings: Settings, now: datetime) -> dict[str, Any]:
    """What the template prints, every word and number as it stands on paper."""
    total, cases = report.total, report.cases
    return {
        "office": settings.office_name,
        "unit": report.unit_name or settings.office_name,
        "month": format_date(report.days.first, "MMMM y", locale=LANGUAGE),
        "period": f"{_day(report.days.first)} s.d. {_day(report.days.last)}",
        "made": moment_in_words(now, settings.zone, LANGUAGE),
        "steps": _steps(total),
        "cases": {
            "started": _number(cases.started),
            "completed": _number(cases.completed),
            "cancelled": _number(cases.cancelled),
            "met": _number(cases.met),
            "missed": _number(cases.missed),
            "mean": _duration(cases.elapsed_minutes, cases.completed),
        },
        "open": {"open": _number(total.open), "late": _number(total.late), "at_risk": _number(total.at_risk)},
        "procedures": [{"name": line.name or "–", **_steps(line.figures)} for line in report.procedures],
        "worst": [_worst(line) for line in report.worst],
        "reasons": [{"reason": line.reason, "times": _number(line.times)} for line in report.reasons],
        "weeks": list(_weeks(report)),
        "highest": max((week.done for week in report.weeks), default=0),
        "is_empty": report.is_empty,
    }


def _steps(found: Figures) -> dict[str, str]:
    return {
        "done": _number(found.done),
        "met": _number(found.met),
        "missed": _number(found.missed),
        "share": "–" if found.met_share is None else format_percent(found.met_share, "#,##0.0 %", locale=LANGUAGE),
        "returned": _number(found.returned),
        "waited": _duration(found.waited_minutes, found.done),
        "worked": _duration(found.worked_minutes, found.done),
    }


def _worst(line: FigureLine) -> dict[str, str]:
    return {"name": line.name or "–", "procedure": line.procedure or "–", **_steps(line.figures)}


def _weeks(report: Report) -> Iterable[dict[str, Any]]:
    for week in report.weeks:
        rest = week.done - week.met - week.missed
        numbers = {"met": week.met, "missed": week.missed, "rest": rest, "done": week.done}
        yield {"week": format_date(week.monday, "d MMM", locale=LANGUAGE), **numbers}


def _duration(minutes: int, number: int) -> str:
    """On the average of so many."""
    if not number or not minutes:
        return "–"
    wording = in_words(timedelta(minutes=round(minutes / number)))
    return translate(wording["message"], wording["params"], LANGUAGE)


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale=LANGUAGE)


def _number(value: int) -> str:
    return format_decimal(Decimal(value), "#,##0", locale=LANGUAGE)
