"""Whatever somebody sends: reading never fails, points inside the text, and takes no time to speak of."""

import time
from datetime import datetime
from itertools import chain, repeat
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language.minutes import read_minutes

NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Brussels"))
SEEN = Path(__file__).parents[2] / "minutes" / "seen"
WORDS = """
    Besluit: Beslissing Actie: ACTIE An: TO DO: -> - • 1. 2) a. 3.1 I. # ## ** | \t Wie Wat Wanneer Aanwezig:
    Verontschuldigd: An bezorgt wordt goedgekeurd beslist verschoven naar volgende vergadering tegen 5 mei 2026 ten
    laatste op uiterlijk dit punt hernomen in september Volgende keer: ? . , ( ) tvv en de het Karim zal mailen akkoord
    31/02/2026 24u00 \n \n\n
"""
PARTS = st.lists(
    st.one_of(st.sampled_from([*WORDS.split(" "), "\n", "\n\n", "\t", " | "]), st.text(max_size=8)), max_size=60
)


@given(PARTS.map(" ".join))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_every_place_is_inside_it(text: str) -> None:
    for one in read_minutes(text, NOW).sources():
        assert 0 <= one.start <= one.end <= len(text)


@pytest.mark.parametrize("report", sorted(SEEN.glob("*.txt")), ids=lambda path: path.stem)
def test_every_item_stands_at_its_place(report: Path) -> None:
    text = report.read_text("utf-8")
    found = read_minutes(text, NOW)

    def words(said: str) -> str:
        return "".join(sign for sign in said if sign.isalnum())

    for one in chain(found.decisions, found.actions, found.deadlines):
        assert words(one.source.of(text)) == words(one.text)
    for item in found.items:
        assert words(item.source.of(text)) == words(item.title)


@pytest.mark.parametrize(
    "piece",
    [
        "wordt ",
        "Besluit: ",
        "An bezorgt ",
        "1. Titel\n",
        "- actie (An, ",
        "| a | b |\n",
        "volgende vergadering ",
        "de heer An De ",
        "**vet ",
        "a. ",
        "5 mei ",
        "tegen ",
        "(",
        "x",
        "\n",
        "Wie: An Wat: ",
        "neemt dit mee ",
        "zal mogen worden ",
    ],
)
def test_long_monotonous_text_takes_no_time(piece: str) -> None:
    text = "".join(repeat(piece, 50_000 // len(piece)))
    start = time.process_time()

    read_minutes(text, NOW)

    assert time.process_time() - start < 4  # half a second on a machine with nothing else to do
