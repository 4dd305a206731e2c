"""Plans of starts in words: when, for whom, and what happens on days off."""

from datetime import date, time

from babel.dates import format_date, format_time, get_month_names

from engine.calendar.describe import CLOCKS
from engine.execution.coming_starts import ComingStart
from engine.execution.plan_model import OnHoliday
from engine.execution.plan_queries import PlanLine
from engine.execution.plan_rhythms import Rhythm, RhythmKind, as_rhythm
from webui.language import language
from webui.pages.start_views import by_calendar
from webui.texts import _, ngettext
from webui.wording import day as day_in_words

A_LEAP_YEAR = 2028


def rules(plan_is_for_people: bool) -> dict[OnHoliday, str]:
    """What may happen on a day off; nobody's own day is skipped."""
    words = {
        OnHoliday.BEFORE: _("On the working day before"),
        OnHoliday.AFTER: _("On the next working day"),
        OnHoliday.KEEP: _("On that day all the same"),
        OnHoliday.SKIP: _("Not at all this time"),
    }
    return {rule: text for rule, text in words.items() if rule is not OnHoliday.SKIP or not plan_is_for_people}


def months() -> dict[int, str]:
    return dict(get_month_names("wide", locale=language()))


def when(plan: PlanLine) -> str:
    if plan.crontab is None:
        return _for_people(plan)
    rhythm = as_rhythm(plan.crontab, plan.on_holiday)
    if rhythm.kind is RhythmKind.WORKING_DAYS:
        return _("Every working day at %(time)s", time=_clock(rhythm.at))
    if rhythm.kind is RhythmKind.YEARLY:
        return _("Every year on %(day)s at %(time)s", day=_day_of_year(rhythm), time=_clock(rhythm.at))
    return by_calendar(plan.crontab)


def moved(start: ComingStart) -> str:
    """From which day, and why it is none to work on."""
    if start.moved_from is None:
        return ""
    day = day_in_words(start.moved_from)
    if start.why:
        return _("instead of %(day)s: %(why)s", day=day, why=start.why)
    return _("instead of %(day)s, a day off", day=day)


def _for_people(plan: PlanLine) -> str:
    often = ngettext("every month", "every %(num)s months", plan.every_months or 0)
    if not plan.lead_days:
        return _("For each person %(often)s, on the day", often=often)
    before = ngettext("%(num)s day before", "%(num)s days before", plan.lead_days)
    return _("For each person %(often)s, %(before)s", often=often, before=before)


def _day_of_year(rhythm: Rhythm) -> str:
    month = rhythm.month or 1
    if rhythm.day is None:
        return _("the last day of %(month)s", month=months()[month])
    return str(format_date(date(A_LEAP_YEAR, month, rhythm.day), "d MMMM", locale=language()))


def _clock(at: time | None) -> str:
    return str(format_time(at or time(), CLOCKS[language()], locale=language()))
