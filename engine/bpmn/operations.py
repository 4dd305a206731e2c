"""The operations that a service task may ask for. Rooms that carry them out are held against this list."""

OPERATIONS = frozenset({"notify", "number_letter"})
