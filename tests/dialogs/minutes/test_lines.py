"""A report's text becomes whole lines that know where they stand."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language.minutes.lines import Line, read_lines

PDF = (
    "Netwerk Kreekland\n"
    "Er wordt afgesproken dat elke voorziening tegen de volgende ver-\n"
    "gadering een aanspreekpunt doorgeeft aan het secretariaat van de\n"
    "regio, ten laatste op\n"
    "18 september.\n"
    "\n"
    "Netwerk Kreekland                                   pagina 1 van 2\n"
    "\n"
    "De leden van het overleg zijn het eens over de verdere aanpak van\n"
    "dit dossier in de komende maanden.\n"
    "Netwerk Kreekland                                   pagina 2 van 2\n"
)


def texts(text: str) -> list[str]:
    """The tidied text of each line."""
    return [line.text for line in read_lines(text)]


def place(text: str, line: Line) -> str:
    """What stands at a line's place in the report."""
    return line.source.of(text)


def test_broken_lines_and_words_are_put_together() -> None:
    assert any("tegen de volgende vergadering een aanspreekpunt doorgeeft" in line for line in texts(PDF))


def test_a_joined_line_has_the_place_of_all_of_it() -> None:
    joined = next(line for line in read_lines(PDF) if line.text.startswith("Er wordt"))
    assert place(PDF, joined).startswith("Er wordt")
    assert "ver-\ngadering" in place(PDF, joined)


def test_a_part_of_a_joined_line_has_its_own_place() -> None:
    joined = next(line for line in read_lines(PDF) if "aanspreekpunt" in line.text)
    at = joined.text.index("aanspreekpunt")
    assert joined.piece.part(at, at + 13).source.of(PDF) == "aanspreekpunt"


def test_page_feet_are_dropped_and_the_title_stays() -> None:
    assert not any("pagina" in line for line in texts(PDF))
    assert texts(PDF)[0] == "Netwerk Kreekland"


def test_bold_marks_bullets_and_headings_are_told_apart_from_the_text() -> None:
    heading, bullet, bold = read_lines("## Acties\n- **Noor** belt de school\n**Besluit**")
    assert (heading.level, heading.text) == (2, "Acties")
    assert (bullet.bullet, bullet.text) == ("-", "Noor belt de school")
    assert (bold.bold, bold.text) == (True, "Besluit")


def test_a_row_of_a_table_keeps_its_empty_cells() -> None:
    row, *_ = read_lines("Noor Daems\tCLB\t\tx")
    assert [cell.text for cell in row.cells] == ["Noor Daems", "CLB", "", "x"]


def test_the_rule_below_a_tables_head_is_no_row() -> None:
    assert [[cell.text for cell in line.cells] for line in read_lines("| Naam | Wie |\n|---|:--|\n| a | b |")] == [
        ["Naam", "Wie"],
        ["a", "b"],
    ]


def test_a_number_and_a_tab_are_no_row() -> None:
    (line,) = read_lines("1.\tVerwelkoming")
    assert (line.cells, line.text) == ((), "1. Verwelkoming")


def test_columns_made_with_blanks_are_cells() -> None:
    (line,) = read_lines("Noor Daems          CLB Kreek          x")
    assert [cell.text for cell in line.cells] == ["Noor Daems", "CLB Kreek", "x"]


def test_points_of_a_list_are_not_joined() -> None:
    assert texts("- budget voor de dag,\n- getuigenis\n- varia") == ["budget voor de dag,", "getuigenis", "varia"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB1 .-*|\t\n\r\x0c#_>•(),:'é\xa0\xad\u200b"), max_size=200))
def test_every_place_lies_within_the_text(text: str) -> None:
    for line in read_lines(text):
        for piece in (line.piece, *line.cells):
            assert 0 <= piece.source.start <= piece.source.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_what_stands_at_a_place_holds_the_letters_of_the_line(text: str) -> None:
    for line in read_lines(text):
        letters = [one for one in line.text if one.isalnum()]
        there = iter(line.source.of(text))
        assert all(letter in there for letter in letters)


def test_long_runs_of_marks_take_little_time() -> None:
    started = time.process_time()
    for mark in ("-", "|", "\t", "**", "(", "1. ", "\n", "a\n", "pagina 1\n"):
        read_lines(mark * (100_000 // len(mark) // 4))
    assert time.process_time() - started < 20
