"""What the calendar refuses, and what it does not have."""

from engine.base.errors import Conflict, Invalid, NotFound
from engine.base.i18n import _


class HolidayNotFound(NotFound):
    code = "calendar.holiday_not_found"
    message = _("%(day)s is not a holiday in the calendar.")


class RamadanNotFound(NotFound):
    code = "calendar.ramadan_not_found"
    message = _("No Ramadan that begins on %(day)s is in the calendar.")


class HoursTableNotFound(NotFound):
    code = "calendar.hours_table_not_found"
    message = _("This table of hours does not exist, or not any more.")


class UnitDayNotFound(NotFound):
    code = "calendar.unit_day_not_found"
    message = _("Nothing is entered for the unit on this day, or not any more.")


class InvalidHoliday(Invalid):
    code = "calendar.invalid_holiday"


class InvalidRamadan(Invalid):
    code = "calendar.invalid_ramadan"


class InvalidHours(Invalid):
    code = "calendar.invalid_hours"
    message = _("These hours were not kept, nothing has changed. Please look at the marked fields.")


class CorrectedMeanwhile(Conflict):
    """`now` are the facts as they stand."""

    code = "calendar.corrected_meanwhile"
    message = _(
        "Somebody has corrected this since you opened it, so yours has not been kept. What you wrote still stands "
        "below; keep it once more if it is to hold instead."
    )
