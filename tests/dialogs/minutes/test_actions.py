"""What somebody will do: whose it is, by when, and what is only told."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from dialogs.language.minutes import read_minutes
from dialogs.language.minutes.actions import giver
from dialogs.language.minutes.naming import People

NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Brussels"))
HEAD = (
    "Verslag overleg Zwanenhof\n12 mei 2026\nAanwezig: Lien Wouters, Karim El Bakkali\n\n"
    "1. Welkom\nLien opent.\n\n2. Zaal\n"
)
PEOPLE = People(["Lien Wouters", "Karim El Bakkali", "Sara Nowak", "An Peeters"])

GIVES = {
    "Lien bezorgt de lijst aan iedereen.": "Lien",
    "Karim neemt contact op met de stad.": "Karim",
    "Karim en Sara werken een voorstel uit tegen de volgende vergadering.": "Karim en Sara",
    "Tegen 15 april bezorgt Lien de cijfers.": "Lien",
    "An zal dit navragen bij de directie.": "An",
    "Sara gaat na of de zaal vrij is.": "Sara",
    "Karim heeft een samenvatting liggen en bezorgt die aan het secretariaat.": "Karim",
    "Het secretariaat stuurt de uitnodigingen uit.": "Het secretariaat",
    "De voorzitter neemt dit mee.": "De voorzitter",
    "Iedereen bezorgt zijn opmerkingen tegen 20 maart.": "Iedereen",
    "Er wordt een doodle rondgestuurd door Lien.": "Lien",
    "Hierover zal Karim nog een mail sturen.": "Karim",
    "Sara Nowak (CAW) informeert bij de provincie.": "Sara Nowak (CAW)",
    "An bereidt dit voor tegen volgende keer.": "An",
    "Er wordt afgesproken dat Karim de sleutel ophaalt.": "Karim",
}
TELLS = """
Lien licht de cijfers toe.
Karim licht toe dat in juli twee groepen samengaan.
Sara vraagt zich af of dit haalbaar is.
An merkt op dat de wachtlijsten lang zijn.
De jongeren zoeken een plek om te zijn.
Lien heeft de folder bezorgd aan de scholen.
Karim stelt voor om een werkgroep op te richten.
Zou Lien dit kunnen navragen?
Misschien kan Karim dit eens bekijken.
Als Lien de cijfers bezorgt, kan het dossier verder.
De school neemt contact op met de ouders wanneer een leerling afwezig is.
Opgroeien stuurt elk kwartaal een nieuwsbrief.
Sara volgt Lien op als coördinator.
An laat weten dat de bus niet meer rijdt.
""".strip().splitlines()


@pytest.mark.parametrize(("sentence", "owner"), GIVES.items())
def test_prose_gives_work_to_somebody(sentence: str, owner: str) -> None:
    found = giver(sentence, PEOPLE)

    assert found is not None
    assert found.text == owner


@pytest.mark.parametrize("sentence", TELLS)
def test_what_somebody_says_or_did_or_might_do_is_no_work(sentence: str) -> None:
    assert giver(sentence, PEOPLE) is None


@pytest.mark.parametrize(
    ("told", "text", "owner", "due"),
    [
        ("ACTIE Karim: zaal vastleggen tegen 20 mei.", "zaal vastleggen tegen 20 mei.", "Karim", date(2026, 5, 20)),
        ("Actie: Lien mailt het CLB", "Lien mailt het CLB", "Lien", None),
        ("TO DO: Karim vult de lijst aan.", "Karim vult de lijst aan.", "Karim", None),
        ("TODO (allen): agenda nakijken", "agenda nakijken", "allen", None),
        ("-> Lien bezorgt de folder tegen 27 mei", "Lien bezorgt de folder tegen 27 mei", "Lien", date(2026, 5, 27)),
        ("Acties:\n- Lien en Karim: folder maken", "folder maken", "Lien en Karim", None),
        ("Acties\n- folder maken (Lien, tegen 5 juni)", "folder maken", "Lien", date(2026, 6, 5)),
        ("Actiepunten\n- zaal boeken – Karim – 1 oktober", "zaal boeken", "Karim", date(2026, 10, 1)),
        ("Wie | Wat | Wanneer\nLien | folder maken | 5 juni 2026", "folder maken", "Lien", date(2026, 6, 5)),
        ("Wat\tTegen\tWie\nfolder maken\t5/6\tde stuurgroep", "folder maken", "de stuurgroep", date(2026, 6, 5)),
        (
            "Acties\nKarim\tfolder maken voor de ouders\t5/6/2026",
            "folder maken voor de ouders",
            "Karim",
            date(2026, 6, 5),
        ),
        ("Wat: sleutel ophalen\nTegen wanneer: 20 mei", "sleutel ophalen", "", date(2026, 5, 20)),
    ],
)
def test_the_layout_marks_work(told: str, text: str, owner: str, due: date | None) -> None:
    [found] = read_minutes(HEAD + told + "\n", NOW).actions

    assert (found.text, found.owner, found.due, found.marked) == (text, owner, due, True)


def test_by_the_next_meeting_is_its_day() -> None:
    told = "Karim maakt een ontwerp tegen de volgende vergadering.\n\nVolgende vergadering: 9 juni 2026\n"

    assert [one.due for one in read_minutes(HEAD + told, NOW).actions] == [date(2026, 6, 9)]


def test_a_month_is_no_day_to_be_ready() -> None:
    assert [one.due for one in read_minutes(HEAD + "Karim maakt een ontwerp tegen september.\n", NOW).actions] == [None]


def test_no_action_is_no_action() -> None:
    assert not read_minutes(HEAD + "Acties: geen\n", NOW).actions


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "- [ ] Lien: zaal vastleggen\n- [x] Karim: drank bestellen\n- ~~Lien: taart bakken~~",
            [("zaal vastleggen", "Lien")],
        ),
        (
            "Wat | Wie | Status\nZaal boeken | Lien | afgerond\nDrank bestellen | Karim | lopende",
            [("Drank bestellen", "Karim")],
        ),
        (
            "A\tzaal vastleggen (Lien - 1/6)\nI\tDe stad betaalt.\nB\tDe zaal blijft.",
            [("zaal vastleggen", "Lien")],
        ),
        ("**Actiepunten**\nA1. Zaal vastleggen (Lien)", [("Zaal vastleggen", "Lien")]),
        (
            "MFC De Wending levert uiterlijk op 3 juni de cijfers aan.",
            [("MFC De Wending levert uiterlijk op 3 juni de cijfers aan.", "MFC De Wending")],
        ),
        ("MFC De Wending levert goed werk.", []),
        ("Lien belt de stad, liefst nog deze week.", [("Lien belt de stad, liefst nog deze week.", "Lien")]),
        ("Lien zou liefst niet bellen.", []),
        ("In de vorige vergadering hebben we afgesproken dat Lien belt.", []),
        ("Lien brengt het verhaal aan van een leerling.", []),
    ],
)
def test_what_is_still_to_be_done_is_told_apart_from_what_is_over(told: str, expected: list[tuple[str, str]]) -> None:
    found = read_minutes(HEAD + told + "\n", NOW).actions

    assert [(one.text, one.owner) for one in found] == expected


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("Lien maakt het registratieblad, klaar op 1 juni.", date(2026, 6, 1)),
        ("Lien neemt de affiches mee naar de ouderraad van 10 juni.", date(2026, 6, 10)),
        ("Lien stort het geld door voor eind deze maand.", date(2026, 5, 31)),
        ("Lien mailt de ouders over de ouderraad van 10 juni.", None),
    ],
)
def test_work_is_due_when_it_must_be_ready_or_at_the_event_it_is_for(told: str, due: date | None) -> None:
    [found] = read_minutes(HEAD + told + "\n", NOW).actions

    assert found.due == due
