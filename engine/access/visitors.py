"""Where somebody asks from: what her browser calls itself, and the address it came by."""

from dataclasses import dataclass

LONGEST_DEVICE, LONGEST_ADDRESS = 200, 64

# In this order: those that call themselves by several names come first.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    device: str = ""
    address: str = ""


UNKNOWN = Visitor()


def visitor_of(user_agent: str, address: str) -> Visitor:
    """As it is kept: a name such as `Firefox, Windows`, else what the browser says, cut."""
    said = "".join(letter for letter in user_agent if letter.isprintable())
    named = [next((name for mark, name in names if mark in said), "") for names in (BROWSERS, SYSTEMS)]
    device = ", ".join(filter(None, named)) or said[:LONGEST_DEVICE]
    return Visitor(device=device, address=address[:LONGEST_ADDRESS])
