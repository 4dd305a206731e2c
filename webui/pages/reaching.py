"""Whether people are reached here at all, in words: nobody is said to have been told who cannot sign in."""

from collections.abc import Collection, Mapping, Sequence

from flask import flash

from engine.access.reachable import Hindrance, hindrances
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.organisation.colleagues import colleagues
from engine.worklist.queries import open_items_of_case
from webui.identity import core, current_actor
from webui.texts import _

MOST_NAMED = 5


def marks(reading: Reading | UnitOfWork, employee_ids: Collection[int]) -> Mapping[int, str]:
    """Beside the names of those who see nothing of what is given to them."""
    words = hindrance_words()
    return {each: words[why] for each, why in hindrances(reading.session, employee_ids).items()}


def marked(reading: Reading | UnitOfWork, people: Sequence[tuple[int, str]]) -> tuple[tuple[int, str, str], ...]:
    """People by id and name, each with why nothing reaches her, or nothing."""
    found = marks(reading, [employee_id for employee_id, _name in people]) if people else {}
    return tuple((employee_id, name, found.get(employee_id, "")) for employee_id, name in people)


def hindrance_words() -> Mapping[Hindrance, str]:
    return {
        Hindrance.NO_ACCOUNT: _("has no account"),
        Hindrance.CLOSED: _("account closed"),
        Hindrance.NO_ROLE: _("account without a role"),
    }


def flash_told(text: str, employee_ids: Collection[int]) -> None:
    """Say `text` when all of them see it here; else who does not, and what helps."""
    if not warn_of_unreached(employee_ids):
        flash(text, "success")


def warn_of_unreached(employee_ids: Collection[int]) -> bool:
    """Say who of them sees nothing of it, and what helps; whether there was anybody."""
    if not employee_ids:
        return False
    with core().read(current_actor()) as reading:
        unreached = hindrances(reading.session, employee_ids)
        on = reading.today
        named = colleagues(reading.session, unreached, on) if unreached else ()
    called = {each.employee_id: each.name for each in named}
    for employee_id, why in list(unreached.items())[:MOST_NAMED]:
        flash(_sentence(why, called.get(employee_id, "")), "warning")
    return bool(unreached)


def warn_of_holders(instance_id: int) -> None:
    """The same of those who have a case now, besides herself."""
    actor = current_actor()
    with core().read(actor) as reading:
        waiting = open_items_of_case(reading.session, instance_id)
    others = {line.assignee_id for line in waiting if line.assignee_id is not None}
    warn_of_unreached(others - {actor.employee_id})


def _sentence(why: Hindrance, name: str) -> str:
    if why is Hindrance.NO_ACCOUNT:
        return _(
            "This is kept, but %(name)s has no account and sees nothing of it here. Say it in person, and ask an "
            "administrator to open an account.",
            name=name,
        )
    if why is Hindrance.CLOSED:
        return _(
            "This is kept, but the account of %(name)s is closed, and nobody sees it there. Say it in person, and ask "
            "an administrator to open the account again.",
            name=name,
        )
    return _(
        "This is kept, but the account of %(name)s has no role and shows nothing of it. Say it in person, and ask an "
        "administrator to give the account a role.",
        name=name,
    )
