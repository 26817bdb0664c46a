"""Whether a message is a whole report that somebody pasted, and not a list of notes or an answer to a question."""

from dialogs.language.noting import is_a_note
from dialogs.language.reporting import looks_like_a_report
from dialogs.language.spelling import strip_markup_in_lines

_READ = 8_000
_OF_NOTES = 0.5
"""From this share on of lines that are notes, what begins with one is a list of those."""


def is_a_report(text: str) -> bool:
    """Whether a text is a report. "Aanwezig: …" may begin one, but when most lines are notes, it is a list of notes."""
    if not looks_like_a_report(text):
        return False
    lines = [line for line in strip_markup_in_lines(text[:_READ]).splitlines() if line.strip()]
    return not is_a_note(lines[0]) or sum(map(is_a_note, lines)) < _OF_NOTES * len(lines)
