"""What happened to procedures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPublished:
    """New cases start on this version from now on; `messages` are those that start them by themselves."""

    version_id: int
    messages: tuple[str, ...]
