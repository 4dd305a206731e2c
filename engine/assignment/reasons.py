"""Why the work came to somebody, as catalogue texts with their params: the answer is kept and read months later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.assignment.people import Person
from engine.base.i18n import _, as_day
from engine.organisation.absences import Away
from engine.organisation.model import HoldingKind

SHORT = {HoldingKind.PLH: "Plh.", HoldingKind.PLT: "Plt."}
# An acting official is named with her decree and with why she acts (UU 30/2014 art. 14).
ACTS = {
    (HoldingKind.PLH, True): _("%(name)s, %(kind)s %(position)s, %(decree)s, because the holder is away."),
    (HoldingKind.PLH, False): _("%(name)s, %(kind)s %(position)s, because the holder is away."),
    (HoldingKind.PLT, True): _("%(name)s, %(kind)s %(position)s, %(decree)s, because the position has no holder."),
    (HoldingKind.PLT, False): _("%(name)s, %(kind)s %(position)s, because the position has no holder."),
}
ACTS_UNTIL = {
    True: _("%(name)s, %(kind)s %(position)s, %(decree)s, because the holder is away until %(until)s."),
    False: _("%(name)s, %(kind)s %(position)s, because the holder is away until %(until)s."),
}
ONLY_HOLDER = {
    True: _("%(name)s is the only other holder of the position %(position)s today."),
    False: _("%(name)s is the only holder of the position %(position)s today."),
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


def why_she(person: Person, may_not: Sequence[Person] = ()) -> Reason:
    """The only one who can; of those who hold the position too, some may not."""
    if person.why:
        return Reason(message=person.why, params={"name": person.name})
    params = {"name": person.name, "position": person.position_title}
    if person.kind is HoldingKind.DEFINITIVE:
        shared = any(each.position_id == person.position_id for each in may_not)
        return Reason(message=ONLY_HOLDER[shared], params=params)
    acting = params | {"kind": SHORT[person.kind]} | ({"decree": person.decree} if person.decree else {})
    if person.until is not None:
        return Reason(message=ACTS_UNTIL[bool(person.decree)], params=acting | {"until": as_day(person.until)})
    return Reason(message=ACTS[person.kind, bool(person.decree)], params=acting)


def in_pool(people: Sequence[Person]) -> Reason:
    titles = " / ".join(dict.fromkeys(person.position_title or person.name for person in people))
    return Reason(message=_("It waits in the pool of %(position)s."), params={"position": titles})


def chosen(person: Person, text: str) -> Reason:
    return Reason(message=text, params={"name": person.name, "position": person.position_title})


def others_away(people: Sequence[Person], away: Mapping[int, Away]) -> Reason | None:
    return _naming_absent(_("Away today: %(names)s."), people, away)


def all_away(people: Sequence[Person], away: Mapping[int, Away]) -> Reason | None:
    return _naming_absent(_("Away today, and nobody acts instead: %(names)s."), people, away)


def sheet_not_acknowledged(people: Sequence[Person]) -> Reason | None:
    return _naming(_("Passed over until the duty sheet is acknowledged: %(names)s."), people)


def did_the_other_step(people: Sequence[Person], step: str) -> Reason | None:
    return _naming(_("Not %(names)s, who did “%(step)s”: two people must do these."), people, step=step)


def has_the_other_step(people: Sequence[Person], step: str) -> Reason | None:
    return _naming(_("Not %(names)s, who has “%(step)s”: two people must do these."), people, step=step)


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


def _naming_absent(message: str, people: Sequence[Person], away: Mapping[int, Away]) -> Reason | None:
    """Each with the last day of her absence."""
    text = _("%(name)s (until %(until)s)")
    known = {each.employee_id: {"name": each.name, "until": as_day(away[each.employee_id].until)} for each in people}
    names = [{"message": text, "params": params} for params in known.values()]
    return Reason(message=message, params={"names": names}) if names else None
