"""Takes marks of layout out of a line: bold and italic marks, escapes, soft hyphens, blanks without width."""

import re

from dialogs.language.minutes.pieces import Piece

_MARKS = re.compile(
    r"\*\*+|(?<!\w)__|__(?!\w)|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=\w)|(?<=[\w.:!?)])_(?!\w)|`+|"
    r"\\(?=[-.*_#+()!|\[\]])|[\xad\u200b-\u200d\u2060\ufeff]|</?(?:b|i|u|strong|em|span|p)>"
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKED = re.compile(r"[*_`\\\xad\u200b-\u200d\u2060\ufeff<]")
_BLANK = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2007": " ", "\t": " "})


def tidied(one: Piece) -> Piece:
    """The piece as it reads; "<br>" in a cell becomes a line's end."""
    if _MARKED.search(one.text):
        one = one.without(match.span() for match in _MARKS.finditer(one.text))
        while (found := _BREAK.search(one.text)) is not None:
            one = _with_end(one, found)
    return Piece(one.text.translate(_BLANK), one.runs)


def _with_end(one: Piece, found: re.Match[str]) -> Piece:
    """The mark's first character stands for the line's end."""
    shorter = one.without([(found.start() + 1, found.end())])
    at = found.start()
    return Piece(f"{shorter.text[:at]}\n{shorter.text[at + 1 :]}", shorter.runs)
