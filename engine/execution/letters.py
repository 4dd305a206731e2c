"""The service task `number_letter`: the next number of a register, written as the office writes it."""

from collections.abc import Mapping
from typing import Any

from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.base.text import one_line
from engine.base.unit_of_work import UnitOfWork
from engine.execution.numbering import next_in_register
from engine.expressions import pattern
from engine.expressions.errors import ExpressionFault
from engine.expressions.pattern import LetterNumber

REGISTER = "SURAT"
LONGEST_REGISTER = 40
LONGEST_CODE = 40


class BadPattern(Invalid):
    code = "service.bad_pattern"
    message = _("The number cannot be written by this pattern: %(reason)s")


def number_letter(work: UnitOfWork, _instance_id: int, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """Counts in this transaction, hence without gaps or doubles; raises BadPattern before anything is counted."""
    text = str(parameters.get("pattern") or pattern.ORDINARY)
    try:
        pattern.check(text)
    except ExpressionFault as fault:
        raise BadPattern(reason={"message": fault.message, "params": fault.params}) from None
    register = one_line(str(parameters.get("register") or REGISTER))[:LONGEST_REGISTER].upper()
    on = work.today
    number = LetterNumber(
        serial=next_in_register(work, register, on.year),
        register=register,
        code=one_line(str(parameters.get("kode") or ""))[:LONGEST_CODE],
        on=on,
    )
    return {"nomor": pattern.written(text, number)}
