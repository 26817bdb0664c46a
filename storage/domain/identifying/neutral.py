"""Proposes neutral words for what identifies a person."""

from collections.abc import Sequence

from storage.domain.identifying.kinds import Finding, Identifier


def neutral(text: str, found: Sequence[Finding]) -> str:
    """The text with neutral words where something was found."""
    for one in sorted(found, key=lambda one: -one.start):
        word = "een jongere" if one.what is Identifier.NAME else "…"
        text = text[: one.start] + word + text[one.end :]
    return text
