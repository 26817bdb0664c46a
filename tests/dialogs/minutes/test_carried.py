"""Points that were put off, and to when."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dialogs.language.minutes import read_minutes
from dialogs.language.minutes.carried import puts_off_point

NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Brussels"))
HEAD = (
    "Verslag overleg Zwanenhof\n10 maart 2026\nAanwezig: Lien Wouters, Karim Bouzian\n\n"
    "1. Welkom\nLien opent.\n\n2. Vervoer\n"
)
NEXT = "\n\nVolgende vergadering: 21 april 2026\n"


@pytest.mark.parametrize(
    ("told", "title", "to"),
    [
        ("Dit wordt hernomen in september.", "Vervoer", "2026-09"),
        ("Dit punt wordt opnieuw geagendeerd op 12 mei.", "Vervoer", "2026-05-12"),
        ("Schuift door naar 12 oktober.", "Vervoer", "2026-10-12"),
        (
            "Wegens tijdsgebrek niet besproken, wordt verschoven naar de vergadering van 21 april.",
            "Vervoer",
            "2026-04-21",
        ),
        ("Dit punt wordt doorgeschoven naar de volgende vergadering.", "Vervoer", "2026-04-21"),
        ("Nemen we mee naar augustus.", "Vervoer", "2026-08"),
        ("Het punt over de fietsen hernemen we op 9 juni.", "Het punt over de fietsen", "2026-06-09"),
        (
            "De stemming over het voorzitterschap wordt verschoven naar 5 mei.",
            "De stemming over het voorzitterschap",
            "2026-05-05",
        ),
        ("Uitgestelde punten:\n- fietsen (12 mei)", "fietsen", "2026-05-12"),
    ],
)
def test_a_point_that_is_put_off_is_carried_over(told: str, title: str, to: str) -> None:
    assert [(one.title, one.to) for one in read_minutes(HEAD + told + NEXT, NOW).carried_over] == [(title, to)]


@pytest.mark.parametrize(
    "sentence",
    [
        "De studiedag wordt verschoven naar 12 mei.",
        "De voorzitter neemt dit mee.",
        "Sara neemt dit mee naar de juiste fora.",
        "Het project werd vorig jaar uitgesteld.",
        "De leerling komt terug naar school.",
        "De examens zijn uitgesteld.",
        "Wordt dit hernomen in september?",
        "De actie wordt hernomen door de nieuwe collega.",
    ],
)
def test_an_event_that_moves_is_no_point(sentence: str) -> None:
    assert not puts_off_point(sentence)


@pytest.mark.parametrize(
    ("told", "to"),
    [
        ("Nemen we volgende keer mee.", "2026-04-21"),
        ("Lien weet meer maar is er niet -> volgende keer.", "2026-04-21"),
        ("Overgeslagen, komt terug in september.", "2026-09"),
        ("Niet aan toe gekomen; Lien heeft de info. Doorgeschoven naar 12 mei.", "2026-05-12"),
    ],
)
def test_a_few_words_put_the_point_off_and_the_day_may_follow(told: str, to: str) -> None:
    [found] = read_minutes(HEAD + told + NEXT, NOW).carried_over

    assert (found.title, found.to) == ("Vervoer", to)


def test_what_only_comes_back_is_no_point() -> None:
    assert read_minutes(HEAD + "De vogels komen terug in maart." + NEXT, NOW).carried_over == ()
