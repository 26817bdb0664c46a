"""What reading a report costs: seconds on the clock and megabytes of the process that reads it; for `make bench`."""

import random
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from docx import Document

from bot.files.reading import read_bytes

PAGES, PARAGRAPHS = 100, 14
CHARACTERS_A_PAGE = 2_000
"""What a page of a report holds, about."""

BAR_SECONDS, BAR_MEGABYTES = 2.0, 200
_WORDS = ("school", "CLB", "leerling", "overleg", "time-out", "traject", "afspraak", "september", "besluit", "voor")


@dataclass(frozen=True, slots=True)
class Cost:
    """The quickest reading in seconds, the most memory in megabytes, and how many pages came out."""

    seconds: float
    megabytes: float
    pages_worth: float


def main() -> int:
    """Print the figures."""
    found = measured(hundred_pages())
    sys.stdout.write(
        f"reading a .docx of {found.pages_worth:.0f} pages: {found.seconds:.2f} s (bar {BAR_SECONDS:g}), "
        f"{found.megabytes:.0f} MB at most in its process (bar {BAR_MEGABYTES})\n"
    )
    return 0


@cache
def hundred_pages() -> bytes:
    """A report as Word has it: headings, paragraphs, lists, and a table on every tenth page."""
    chance, document = random.Random(7), Document()
    for page in range(PAGES):
        document.add_heading(f"{page + 1}. {_sentence(chance, 5)}", 2)
        for line in range(PARAGRAPHS):
            style = "List Bullet" if line % 5 == 4 else None
            document.add_paragraph(_sentence(chance, 20), style=style)
    for _ in range(PAGES // 10):
        table = document.add_table(rows=1, cols=3)
        for row in [table.rows[0], *(table.add_row() for _ in range(8))]:
            row.cells[0].text, row.cells[1].text, row.cells[2].text = (_sentence(chance, size) for size in (2, 12, 3))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def measured(data: bytes, rounds: int = 5) -> Cost:
    """What it costs to read this file, start of the process included."""
    times, text = [], ""
    for _ in range(rounds):
        begun = time.perf_counter()
        text = read_bytes("verslag.docx", data).text
        times.append(time.perf_counter() - begun)
    return Cost(min(times), _memory(data), len(text) / CHARACTERS_A_PAGE)


def _memory(data: bytes) -> float:
    """The most memory that reading it takes, in a process whose only child is the reader; in megabytes."""
    ask = (
        "import resource, subprocess, sys; subprocess.run([sys.executable, '-m', 'bot.files.child', '.docx'], "
        "input=sys.stdin.buffer.read(), stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    said = subprocess.run([sys.executable, "-c", ask], input=data, capture_output=True, check=True).stdout
    return int(said) * (1 if sys.platform == "darwin" else 1024) / 1e6


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."


if __name__ == "__main__":
    sys.exit(main())
