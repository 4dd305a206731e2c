from tests.support.office_hours import jakarta, office

__all__ = ["jakarta", "office"]
