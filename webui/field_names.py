"""The summary of what is wrong calls each field as its label does: "Reason: Please fill this in."

The summary stands above the fields, so their labels are known only when the whole page is there. One rule for all
forms: nobody keeps a second list of what fields are called.
"""

import re

from markupsafe import Markup

_SUMMARY = re.compile(r'<div class="error-summary".*?</div>', re.DOTALL)
_LINE = re.compile(r'(<a href="#([^"]+)">)([^<]*)')
_LABEL = re.compile(r'<label\b[^>]*?\bfor="([^"]+)"[^>]*>(.*?)</label>', re.DOTALL)
_GROUP = re.compile(r'<fieldset\b[^>]*?\bid="([^"]+)"[^>]*>\s*<legend\b[^>]*>(.*?)</legend>', re.DOTALL)
_UNSEEN = re.compile(r'<(?:input|select|textarea)\b[^>]*?\bid="([^"]+)"[^>]*?\baria-label="([^"]+)"')
_BESIDE = re.compile(r'<span class="(?:optional|soft)">.*?</span>|<[^>]+>', re.DOTALL)


def with_field_names(page: str) -> Markup:
    """What the template made, with its escapes; a page without a summary stays as it is."""
    page = str(page)  # Markup would escape the summary that is put back
    found = _SUMMARY.search(page)
    if found is None:
        return Markup(page)  # noqa: S704  # a template made it
    names = _names(page)
    summary = _LINE.sub(lambda line: line[1] + _named(names.get(line[2], ""), line[3]), found[0])
    return Markup(page[: found.start()] + summary + page[found.end() :])  # noqa: S704  # its own labels moved


def _names(page: str) -> dict[str, str]:
    said = (*_UNSEEN.findall(page), *_GROUP.findall(page), *_LABEL.findall(page))
    return {field: " ".join(_BESIDE.sub(" ", label).split()) for field, label in said}


def _named(name: str, text: str) -> str:
    if not name or text.lower().startswith(name.lower()):
        return text
    return f"{name} {text}" if name.endswith(("?", ":", ".")) else f"{name}: {text}"
