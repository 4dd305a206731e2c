"""The operations that a service task may ask for, as designers, the linter and the documentation see them.

Those that carry them out are named in `core/wiring` and held against this list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from engine.base.i18n import _


class ParameterKind(StrEnum):
    TEXT = "text"
    PEOPLE = "people"  # one or a list of: NIP, user name, position, e-mail address
    RECORD = "record"
    PATTERN = "pattern"  # how a number is written, such as {nomor:03}/Kk.11.15/{bulan_romawi}/{tahun}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    name: str
    kind: ParameterKind
    about: str
    is_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`title`, `about` and `gives` are catalogue texts; `calls_outside`: it talks to another server, at least once.

    `values` are the names of variables that it sets where the step names none for its result.
    """

    name: str
    title: str
    about: str
    gives: str
    values: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    calls_outside: bool = False

    @property
    def words(self) -> Mapping[str, Any]:
        """What people call it, and how it is written in a file; translated together with its sentence."""
        return {"message": _("%(title)s (%(name)s)"), "params": {"title": {"message": self.title}, "name": self.name}}

    def parameter(self, name: str) -> Parameter | None:
        return next((parameter for parameter in self.parameters if parameter.name == name), None)


NOTIFY = Operation(
    name="notify",
    title=_("a notice"),
    about=_("Tells whoever started the case something, in the application and by mail."),
    gives=_("Nothing."),
    parameters=(
        Parameter(name="text", kind=ParameterKind.TEXT, about=_("What she is told, at most 500 characters.")),
        Parameter(
            name="to",
            kind=ParameterKind.PEOPLE,
            about=_("Who is told besides her: one or a list of NIP, user name, position; at most 20."),
        ),
    ),
)
NUMBER_LETTER = Operation(
    name="number_letter",
    title=_("the number of a letter"),
    about=_("Takes the next number of a register, without gaps or doubles; each year begins at one."),
    gives=_("The number as text, under the name “nomor”."),
    values=("nomor",),
    parameters=(
        Parameter(
            name="register",
            kind=ParameterKind.TEXT,
            about=_("Which register counts, such as SURAT or SK; SURAT when it is left out."),
        ),
        Parameter(
            name="pattern",
            kind=ParameterKind.PATTERN,
            about=_(
                "How the number is written. Places: {nomor}, {nomor:03} with leading zeros, {register}, {kode}, "
                "{tanggal}, {bulan}, {bulan_romawi}, {tahun}."
            ),
        ),
        Parameter(name="kode", kind=ParameterKind.TEXT, about=_("The classification code for the place {kode}.")),
    ),
)
SEND_EMAIL = Operation(
    name="send_email",
    title=_("an e-mail"),
    about=_("Sends an e-mail and goes on when the mail server has taken it."),
    gives=_("The addresses that it went to, as “penerima” in the variable that the step names for its result."),
    calls_outside=True,
    parameters=(
        Parameter(
            name="to",
            kind=ParameterKind.PEOPLE,
            is_required=True,
            about=_("One or a list of: NIP, user name, code or title of a position, e-mail address; at most 20."),
        ),
        Parameter(name="subject", kind=ParameterKind.TEXT, is_required=True, about=_("The subject, in one line.")),
        Parameter(name="body", kind=ParameterKind.TEXT, is_required=True, about=_("The text of the mail.")),
    ),
)
WEBHOOK = Operation(
    name="webhook",
    title=_("a call to another server"),
    about=_("Sends data as signed JSON to a destination that the administrator has set up, and waits for the answer."),
    gives=_("The JSON that the other server answered, where the step names a variable for its result."),
    calls_outside=True,
    parameters=(
        Parameter(
            name="destination",
            kind=ParameterKind.TEXT,
            is_required=True,
            about=_("The name of the destination in the administrator's list, never an address."),
        ),
        Parameter(name="data", kind=ParameterKind.RECORD, about=_("What is sent, beside the number of the case.")),
    ),
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.name: operation for operation in (NOTIFY, NUMBER_LETTER, SEND_EMAIL, WEBHOOK)}
)
ALL_IN_WORDS = tuple(OPERATIONS[name].words for name in sorted(OPERATIONS))
