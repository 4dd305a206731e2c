"""Why the work came to somebody, as catalogue texts with their params: the answer is kept and read months later."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.assignment.people import Person
from engine.base.i18n import _
from engine.organisation.model import HoldingKind

SHORT = {HoldingKind.PLH: "Plh.", HoldingKind.PLT: "Plt."}
# An acting official is named with her decree and with why she acts (UU 30/2014 art. 14).
ACTS = {
    (HoldingKind.PLH, True): _("%(name)s, %(kind)s %(position)s, %(decree)s, because the holder is away."),
    (HoldingKind.PLH, False): _("%(name)s, %(kind)s %(position)s, because the holder is away."),
    (HoldingKind.PLT, True): _("%(name)s, %(kind)s %(position)s, %(decree)s, because the position has no holder."),
    (HoldingKind.PLT, False): _("%(name)s, %(kind)s %(position)s, because the position has no holder."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why the work came here, as a catalogue text with its params."""

    message: str
    params: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"message": self.message, "params": self.params}

    def also(self, *others: "Reason | None") -> "Reason":
        """With what must be known besides."""
        said = self
        for other in others:
            if other is not None:
                params = {"one": said.as_json(), "other": other.as_json()}
                said = Reason(message="%(one)s %(other)s", params=params)
        return said


def why_she(person: Person) -> Reason:
    """The only one who can."""
    if person.why:
        return Reason(message=person.why, params={"name": person.name})
    params = {"name": person.name, "position": person.position_title}
    if person.kind is HoldingKind.DEFINITIVE:
        return Reason(message=_("%(name)s is the only holder of the position %(position)s today."), params=params)
    acting = params | {"kind": SHORT[person.kind]} | ({"decree": person.decree} if person.decree else {})
    return Reason(message=ACTS[person.kind, bool(person.decree)], params=acting)


def in_pool(people: Sequence[Person]) -> Reason:
    titles = " / ".join(dict.fromkeys(person.position_title or person.name for person in people))
    return Reason(message=_("It waits in the pool of %(position)s."), params={"position": titles})


def chosen(person: Person, text: str) -> Reason:
    return Reason(message=text, params={"name": person.name, "position": person.position_title})


def others_away(away: Sequence[Person]) -> Reason | None:
    return _naming(_("Away today: %(names)s."), away)


def all_away(away: Sequence[Person]) -> Reason | None:
    return _naming(_("Away today, and nobody acts instead: %(names)s."), away)


def sheet_not_acknowledged(people: Sequence[Person]) -> Reason | None:
    return _naming(_("Passed over until the duty sheet is acknowledged: %(names)s."), people)


def did_the_other_step(people: Sequence[Person], step: str) -> Reason | None:
    return _naming(_("Not %(names)s, who did “%(step)s”: two people must do these."), people, step=step)


def nobody(wanted: str) -> Reason:
    """`wanted` is a title, or a catalogue text."""
    params = {"position": {"message": wanted}}
    return Reason(message=_("Nobody holds the position %(position)s today."), params=params)


def nobody_above(wanted: str) -> Reason:
    return Reason(message=_("Nobody holds the position %(position)s, nor one above it."), params={"position": wanted})


def to_superior(superior: str, wanted: str) -> Reason:
    return Reason(
        message=_("Nobody holds the position %(position)s today, so it came to the superior, %(superior)s."),
        params={"position": wanted, "superior": superior},
    )


def to_superior_besides(superior: str) -> Reason:
    """Where somebody could, but may not."""
    return Reason(message=_("So it came to the superior, %(superior)s."), params={"superior": superior})


def _naming(message: str, people: Sequence[Person], **params: str) -> Reason | None:
    names = ", ".join(dict.fromkeys(person.name for person in people))
    return Reason(message=message, params={"names": names, **params}) if people else None
