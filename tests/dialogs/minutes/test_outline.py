"""Which lines of a report are its points, in the layouts that secretaries use."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dialogs.language.minutes import read_minutes

NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Brussels"))
HEAD = "Verslag overleg Zwanenhof\n12 mei 2026\nAanwezig: Lien Wouters (CLB Oever), Karim Bouzian (vzw De Kade)\n\n"


def points(body: str) -> list[tuple[str, str]]:
    """Number and title of each point."""
    return [(one.number, one.title) for one in read_minutes(HEAD + body, NOW).items]


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("1. Welkom", "2. Budget", ["1", "2"]),
        ("1) Welkom", "2) Budget", ["1", "2"]),
        ("1/ Welkom", "2/ Budget", ["1", "2"]),
        ("1.\tWelkom", "2.\tBudget", ["1", "2"]),
        ("Punt 1: Welkom", "Punt 2: Budget", ["1", "2"]),
        ("Agendapunt 1 - Welkom", "Agendapunt 2 - Budget", ["1", "2"]),
        ("I. Welkom", "II. Budget", ["I", "II"]),
        ("## 1. Welkom", "## 2. Budget", ["1", "2"]),
        ("**1. Welkom**", "**2. Budget**", ["1", "2"]),
        ("III.1 Welkom", "III.2 Budget", ["III.1", "III.2"]),
        ("## Welkom", "## Budget", ["", ""]),
        ("**Welkom**", "**Budget**", ["", ""]),
        ("Welkom", "Budget", ["", ""]),
        ("9u30 Welkom", "10u15 Budget", ["", ""]),
    ],
)
def test_two_headings_of_one_kind_are_two_points(first: str, second: str, numbers: list[str]) -> None:
    told = f"{first}\nLien opent de vergadering om half tien.\n\n{second}\nEr is nog wat over voor dit jaar.\n"

    assert points(told) == list(zip(numbers, ["Welkom", "Budget"], strict=True))


def test_headings_in_capitals_are_points() -> None:
    assert points("WELKOM\nLien opent.\n\nBUDGET 2026\nEr is nog wat over.\n") == [("", "WELKOM"), ("", "BUDGET 2026")]


def test_a_list_inside_the_discussion_is_no_point() -> None:
    told = (
        "1. Welkom\nLien opent.\n\n2. Vervoer\nDrie knelpunten:\n1. te duur\n2. te laat\n3. te ver\n\n"
        "3. Varia\nNiets.\n"
    )

    assert points(told) == [("1", "Welkom"), ("2", "Vervoer"), ("3", "Varia")]


def test_an_agenda_before_the_points_does_not_count_twice() -> None:
    told = "Agenda\n1. Welkom\n2. Budget\n\n1. Welkom\nLien opent.\n\n2. Budget\nEr is nog wat over.\n"

    assert points(told) == [("1", "Welkom"), ("2", "Budget")]


def test_points_that_the_agenda_numbers_keep_their_numbers() -> None:
    told = (
        "Agenda\n1. Goedkeuring verslag\n2. Budget\n\nGoedkeuring verslag\nGeen opmerkingen.\n\nBudget\nNog wat over.\n"
    )

    assert points(told) == [("1", "Goedkeuring verslag"), ("2", "Budget")]


def test_words_of_layout_are_no_points() -> None:
    told = "# Vervoer\n## Situering\nDe bus rijdt niet.\n## Besluit\nWe wachten af.\n\n# Varia\nNiets te melden.\n"

    assert points(told) == [("", "Vervoer"), ("", "Varia")]


def test_sub_points_belong_to_their_point() -> None:
    told = "1. Welkom\nLien opent.\n2. Project\n2.1 Stand van zaken\nLoopt goed.\n2.2 Budget\nNog wat over.\n"
    items = read_minutes(HEAD + told, NOW).items

    assert [(one.number, one.title, one.parent) for one in items] == [
        ("1", "Welkom", None),
        ("2", "Project", None),
        ("2.1", "Stand van zaken", 1),
        ("2.2", "Budget", 1),
    ]


def test_lettered_sub_points_have_something_told_under_them() -> None:
    told = "1. Lokalen\na. Zolder\nDe zolder is vrij.\nb. Kelder\nDe kelder is nat.\n2. Kosten\na. stoelen\nb. tafels\n"

    assert points(told) == [("1", "Lokalen"), ("1.a", "Zolder"), ("1.b", "Kelder"), ("2", "Kosten")]


def test_a_title_ends_where_its_text_begins() -> None:
    told = "1. Verslag vorige keer: goedgekeurd zonder opmerkingen.\n2. Varia. Karim zoekt nog stoelen.\n"

    assert points(told) == [("1", "Verslag vorige keer"), ("2", "Varia")]


def test_rows_of_a_table_with_a_column_for_points_are_points() -> None:
    told = "Agendapunt | Bespreking | Besluit\n1. Welkom | Lien opent. | \n2. Zaal | Te klein. | We verhuizen.\n"

    assert points(told) == [("1", "Welkom"), ("2", "Zaal")]


def test_a_point_has_its_body_and_its_place() -> None:
    text = HEAD + "1. Welkom\nLien opent.\nZe is blij.\n\n2. Budget\nNog wat over.\n"
    first = read_minutes(text, NOW).items[0]

    assert (first.source.of(text), first.body and first.body.of(text)) == ("Welkom", "Lien opent.\nZe is blij.")
