"""An example of a schema, put together from the examples of its fields."""

from typing import Any

Node = dict[str, Any]


def example_of(schema: Node, schemas: Node) -> Any:
    """Its own example, else the default, else the first word of a list, else one made of its parts."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "examples" in schema:
        return schema["examples"][0]
    for choice in ("enum", "anyOf"):
        if choice in schema:
            first = schema[choice][0]
            return example_of(first, schemas) if choice == "anyOf" else first
    return schema["default"] if "default" in schema else _made(schema, schemas)


def _made(schema: Node, schemas: Node) -> Any:
    kind = _kind(schema)
    if kind == "object":
        return {name: example_of(part, schemas) for name, part in schema.get("properties", {}).items()}
    if kind == "array":
        return [example_of(schema["items"], schemas)]
    return {"string": "", "integer": 1, "number": 1.5, "boolean": False}.get(kind)


def _kind(schema: Node) -> str:
    kind = schema.get("type", "null")
    return str(kind[0] if isinstance(kind, list) else kind)
