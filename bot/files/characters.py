"""Text from people without the characters that break a file: control characters, and halves of pairs."""

import re

_BREAKS_FILES = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML and calendars can't hold: control characters, surrogates without their other half, and non-characters."""


def clean(text: str) -> str:
    """The same text with its lines kept, however they end, tabs as spaces, and without what breaks a file."""
    return "\n".join(_BREAKS_FILES.sub("", line.replace("\t", " ")) for line in text.splitlines())


def one_line(text: str) -> str:
    """The same text on one line."""
    return " ".join(clean(text).split())
