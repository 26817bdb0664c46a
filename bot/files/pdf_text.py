"""The text of a PDF, page by page, without the headers and footers that every page repeats."""

import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.files.pdf_layout import page_lines
from bot.files.pdf_page import Page, read_page
from storage.domain.uploads import Unread, Unreadable

MOST_PAGES = 500
LETTERS_OF_A_STAMP = 30
"""A page with a picture and no more letters than these is a scan that a program put its name on."""

FEWEST_PAGES = 2
"""On which a line stands to be a header or footer; and on two of three."""

_DIGITS = re.compile("[0-9]+")
MOST_REPEATS = 3
"""Lines that a header or footer has at most."""

LEAST_READABLE = 0.6
"""Share of letters and digits that a text has at least; less when its font tells not what its signs mean."""

_WORD_SIGNS = re.compile(r"[^\W_]|[\s.,;:()\-–/’'\"]")


def pdf_text(data: bytes) -> tuple[str, int]:
    """The text and the number of pages.

    :raises Unreadable: when it is broken, has a password or restrictions, or holds pictures only.
    """
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Unreadable(Unread.LOCKED)
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise Unreadable(Unread.TOO_LONG)
        pages = [read_page(page) for page in reader.pages]
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError) as broken:
        raise Unreadable(Unread.BROKEN) from broken
    _refuse_pictures(pages)
    return "\n".join(line for lines in without_repeats([page_lines(page) for page in pages]) for line in lines), count


def _refuse_pictures(pages: Sequence[Page]) -> None:
    text = "".join(piece.text for page in pages for piece in page.pieces)
    signs = [sign for sign in text if not sign.isspace()]
    if not pages or len(signs) <= (LETTERS_OF_A_STAMP * len(pages) if all(page.images for page in pages) else 0):
        raise Unreadable(Unread.SCAN)
    if len(_WORD_SIGNS.findall("".join(signs))) < LEAST_READABLE * len(signs):
        raise Unreadable(Unread.SCAN)


def without_repeats(pages: Sequence[list[str]]) -> list[list[str]]:
    """The pages' lines without what most of them begin and end with, apart from the rest: headers and footers."""
    kept = [list(page) for page in pages]
    for step in (1, -1):
        ends = [_end(page, step) for page in kept]
        keys = [_key(end, number) for number, end in enumerate(ends, 1)]
        common, times = Counter(key for key in keys if key).most_common(1)[0] if any(keys) else ("", 0)
        if times < FEWEST_PAGES or times * 3 < 2 * len(kept):
            continue
        length = len(ends[keys.index(common)])
        for place, page in enumerate(kept):  # also where it doesn't stand apart, on a full page
            end, rest = (page[:length], page[length:]) if step > 0 else (page[-length:], page[:-length])
            if common in {_key(end[::step], place + 1), "\n".join(end[::step])}:
                kept[place] = _trimmed(rest)
    return kept


def _trimmed(lines: list[str]) -> list[str]:
    """Without the empty lines around: a paragraph may go on over the page."""
    full = [place for place, line in enumerate(lines) if line]
    return lines[full[0] : full[-1] + 1] if full else []


def _end(page: list[str], step: int) -> list[str]:
    """The few lines that begin a page (step 1) or end it (-1), up to the first empty line."""
    lines: list[str] = []
    for line in page[::step]:
        if not line:
            return lines if len(lines) <= MOST_REPEATS else []
        lines.append(line)
    return lines if len(lines) <= MOST_REPEATS else []


def _key(end: list[str], number: int) -> str:
    """What a page's end has in common with the others: all of it, but for numbers where its page's is one of them."""
    text = "\n".join(end)
    return _DIGITS.sub("#", text) if str(number) in _DIGITS.findall(text) else text
