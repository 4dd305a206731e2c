"""What may come of handing something to the world, besides that it was taken."""

from engine.base.errors import Unavailable
from engine.base.i18n import _
from engine.jobs.errors import Hopeless


class NotDelivered(Unavailable):
    """Nothing was taken, and a later attempt may succeed."""

    code = "delivery.not_delivered"
    message = _("It was not taken: %(answer)s")


class Refused(Hopeless):
    """Nothing was taken, and no attempt will change that."""

    code = "delivery.refused"
    message = _("It was refused: %(answer)s")


class Uncertain(Unavailable):
    """All of it was handed over, and no answer came: it may have been taken."""

    code = "delivery.uncertain"
    message = _("It was handed over, but no answer came, so it may have arrived: %(answer)s")
