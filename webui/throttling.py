"""How often the front door may be tried: by one address, for one name, and for one name from wherever.

A browser in which somebody has signed in before is counted by itself, so that nobody is kept out of it by what
strangers try under her name; and no limit lasts longer than two hours for whoever has not proved her password yet.
"""

from flask import Response, request, session

from webui.known_browsers import mark_of_browser

# A whole office may stand behind one address on Monday morning; one name is tried by one person only.
EVERYBODY = "120 per minute"
ONE_NAME = "10 per 5 minutes; 30 per 2 hours"
# Whoever guesses codes knows the password already.
ONE_STEP = "10 per 5 minutes; 40 per day"
# Whoever owns many addresses is slowed down too; high enough that nobody is kept out by a colleague's joke.
ANYWHERE = "100 per hour"
LETTERS_OF_ONE_ADDRESS = "60 per hour"
LETTERS_TO_ONE_NAME = "3 per 30 minutes"


def name_asked() -> str:
    return request.form.get("username", "").strip().lower()[:80]


def name_anywhere() -> str:
    return mark_of_browser(name_asked()) or name_asked()


def name_tried() -> str:
    return mark_of_browser(name_asked()) or f"{request.remote_addr} {name_asked()}"


def account_of_step() -> str:
    """Whose second step it is; the session cookie is signed, so nobody counts as somebody else."""
    return f"step {session.get('step_of', request.remote_addr)}"


def was_wrong(response: Response) -> bool:
    """A refusal for too many attempts is no further attempt: it brings no other limit nearer."""
    return response.status_code >= 400 and response.status_code != 429
