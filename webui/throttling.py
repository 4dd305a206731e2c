"""How often the front door may be tried: by one address, for one name, and for one name from wherever."""

from flask import Response, request, session

# A whole office may stand behind one address on Monday morning; one name is tried by one person only.
EVERYBODY = "120 per minute"
ONE_NAME = "10 per 5 minutes; 40 per day"
# Whoever owns many addresses is slowed down too; high enough that nobody is kept out by a colleague's joke.
ANYWHERE = "100 per hour"
LETTERS_OF_ONE_ADDRESS = "60 per hour"
LETTERS_TO_ONE_NAME = "3 per 30 minutes"


def name_anywhere() -> str:
    return request.form.get("username", "").strip().lower()[:80]


def name_tried() -> str:
    return f"{request.remote_addr} {name_anywhere()}"


def account_of_step() -> str:
    """Whose second step it is; the session cookie is signed, so nobody counts as somebody else."""
    return f"step {session.get('step_of', request.remote_addr)}"


def was_wrong(response: Response) -> bool:
    return response.status_code >= 400
