"""What stands beside the work itself: why it came back, questions about it, whom to mention, who asked for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.base.unit_of_work import Reading
from engine.execution.applicants import ApplicantLine, find_applicant
from engine.execution.item_pages import ItemPage
from engine.execution.recalling import recall_refusal
from engine.worklist.mentions import people_of_case
from engine.worklist.model import WorkItemState
from engine.worklist.queries import ItemDetail
from engine.worklist.questions import QuestionLine, questions_of_case
from engine.worklist.returns import ReturnLine, returns_of_case
from webui.pages.colleague_choice import Choice
from webui.pages.reaching import marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """`returned` is how this item came back, `returns` how the case did, by the item from which it went.

    `went_back` is how it went away from this item, or came back after it was done.
    `people` are those whom one mentions most: id, name, and why nothing reaches her.
    `mention` is whom a comment names besides.
    """

    returned: ReturnLine | None
    went_back: ReturnLine | None
    returns: Mapping[int, ReturnLine]
    questions: tuple[QuestionLine, ...]
    people: tuple[tuple[int, str, str], ...]
    applicant: ApplicantLine | None
    may_recall: bool
    mention: Choice


def beside_work(reading: Reading, page: ItemPage, mention: Choice) -> Beside:
    session, item, me = reading.session, page.item, reading.actor.employee_id
    here = (item.node, item.opened_at)
    on = reading.today
    returns = returns_of_case(session, item.instance_id)
    return Beside(
        returned=next((each for each in returns if (each.to_node, each.returned_at) == here), None),
        went_back=_way_out(item, returns),
        returns={each.work_item_id: each for each in returns},
        questions=questions_of_case(session, item.instance_id),
        people=marked(reading, people_of_case(session, item.instance_id, on, me)) if page.may_add else (),
        applicant=find_applicant(reading, item.instance_id) if page.may_see_applicant else None,
        may_recall=item.state is WorkItemState.COMPLETED and recall_refusal(reading, item.work_item_id) is None,
        mention=mention,
    )


def went_back(reading: Reading, page: ItemPage) -> ReturnLine | None:
    """How the case went away from this item, or came back after it was done."""
    return _way_out(page.item, returns_of_case(reading.session, page.item.instance_id))


def _way_out(item: ItemDetail, returns: Iterable[ReturnLine]) -> ReturnLine | None:
    return next((each for each in returns if _takes_away(each, item)), None) if item.closed_at else None


def _takes_away(back: ReturnLine, item: ItemDetail) -> bool:
    came_again = back.to_node == item.node and item.closed_at is not None and back.returned_at > item.closed_at
    return back.work_item_id == item.work_item_id or (item.state is WorkItemState.COMPLETED and came_again)
