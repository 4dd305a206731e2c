"""How people write what the language does not have: a refusal shows that, not the parser's name for it."""

from collections.abc import Mapping

_SIGNS: Mapping[str, str] = {
    "Await": "await",
    "DictComp": "{… for …}",
    "GeneratorExp": "(… for …)",
    "Lambda": "lambda",
    "ListComp": "[… for …]",
    "Set": "{…}",
    "SetComp": "{… for …}",
    "Starred": "*",
    "Yield": "yield",
    "YieldFrom": "yield",
}


def sign_of(construct: str) -> str:
    return _SIGNS.get(construct, construct)
