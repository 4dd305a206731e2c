"""Files that a designer chose together: which are diagrams, which are forms, which says what the SOP is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.definitions.examination import Upload
from engine.definitions.folder import identity_from

MOST_FILES = 200
DIAGRAM_SUFFIXES = (".bpmn", ".xml")
FORM_SUFFIX = ".json"
DECISIONS_SUFFIX = ".dmn"
IDENTITY_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenFile:
    filename: str
    content: bytes

    @property
    def path(self) -> PurePath:
        # Some browsers of old send the whole path of the visitor's machine.
        return PurePath(self.filename.replace("\\", "/"))


class NoDiagram(Invalid):
    code = "upload.no_diagram"
    message = _("Choose the diagram: a file that ends in .bpmn.")


class OtherKind(Invalid):
    code = "upload.other_kind"
    message = _(
        "%(names)s cannot be used here. Choose diagrams (.bpmn or .xml), decision tables (.dmn), forms (.json) and "
        "sop.yaml."
    )


class IdentityOfSeveral(Invalid):
    code = "upload.identity_of_several"
    message = _(
        "Leave sop.yaml out when you upload several diagrams, or upload its own diagram alone with it: %(names)s."
    )


class SeveralIdentities(Invalid):
    code = "upload.several_identities"
    message = _("Choose only one sop.yaml. These were chosen: %(names)s.")


class FileTooLarge(Invalid):
    code = "upload.file_too_large"
    message = _("%(name)s is larger than %(limit)s MB. Nothing was kept.")


class TooManyFiles(Invalid):
    code = "upload.too_many_files"
    message = _("Choose at most %(most)s files at a time.")


def uploads_from_files(files: Sequence[ChosenFile], most_bytes: int) -> tuple[Upload, ...]:
    """Forms end in .json, decisions in .dmn, the identity in .yaml, diagrams in .bpmn or .xml; no other kind is taken.

    Of several diagrams each takes the forms and decisions that it uses.
    """
    if len(files) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    large = next((file for file in files if len(file.content) > most_bytes), None)
    if large is not None:
        raise FileTooLarge(name=large.path.name[:80], limit=most_bytes >> 20)
    forms = [file for file in files if file.path.suffix.lower() == FORM_SUFFIX]
    decisions = [file for file in files if file.path.suffix.lower() == DECISIONS_SUFFIX]
    identities = [file for file in files if file.path.suffix.lower() in IDENTITY_SUFFIXES]
    diagrams = [file for file in files if file.path.suffix.lower() in DIAGRAM_SUFFIXES]
    others = [file for file in files if file not in (*diagrams, *forms, *decisions, *identities)]
    if others:
        raise OtherKind(names=_names(others))
    if not diagrams:
        raise NoDiagram
    if len(identities) > 1:
        raise SeveralIdentities(names=_names(identities))
    if identities and len(diagrams) > 1:
        raise IdentityOfSeveral(names=_names(diagrams))
    return tuple(
        Upload(
            filename=diagram.path.name[:200],
            source=diagram.content,
            forms={file.path.stem[:120]: file.content for file in forms},
            identity=identity_from(identities[0].content, identities[0].path.name) if identities else {},
            decisions={file.path.name[:200]: file.content for file in decisions},
        )
        for diagram in diagrams
    )


def _names(files: Sequence[ChosenFile]) -> str:
    return ", ".join(file.path.name[:80] for file in files[:10])
