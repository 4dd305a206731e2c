"""What a job may say when it fails."""

from engine.base.errors import Unavailable
from engine.base.i18n import _


class Hopeless(Unavailable):
    """No further attempt can mend it: the runner buries the job at once."""

    code = "job.hopeless"
    message = _("This cannot succeed by trying again.")
