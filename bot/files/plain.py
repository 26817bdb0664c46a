"""Foreign text made plain: one kind of line end, one form per letter, nothing that is there without showing."""

import re
import unicodedata

from storage.domain.uploads import Unread, Unreadable

MOST_CHARACTERS = 1_000_000
"""Of one text; a hundred pages have some 300,000."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)
"""Control characters, soft hyphens, marks without width, and what turns the direction of reading."""

_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_HALVES = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without what doesn't show, and at most one empty line between others.

    :raises Unreadable: when it is empty or too long.
    """
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(Unread.TOO_LONG)
    text = _LINE_ENDS.sub("\n", text)
    text = _HALVES.sub("\ufffd", _SPACES.sub(" ", _UNSEEN.sub("", text)))
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n")]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    made = "\n".join(kept).strip("\n")
    if not made.strip():
        raise Unreadable(Unread.EMPTY)
    return made
