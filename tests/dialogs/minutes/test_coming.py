"""Next meetings and topics for later are read from sentences, lists and tables."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language.minutes.coming import read_coming
from dialogs.language.minutes.lines import read_lines
from dialogs.language.minutes.topics import read_topics

MEETING = datetime(2027, 3, 12, 12, tzinfo=ZoneInfo("Europe/Brussels"))


def coming(text: str) -> list[str]:
    """The days of the next meetings."""
    return [str(one.day) for one in read_coming(read_lines(text), MEETING).meetings]


def topics(text: str) -> list[str]:
    """What is kept for later."""
    return [one.text for one in read_topics(read_lines(text)).topics]


@pytest.mark.parametrize(
    "text",
    [
        "Datum volgende vergadering: woensdag 12 mei 2027, 14u",
        "Volgend overleg: 12 mei",
        "Volgend overleg gaat door op 12 mei.",
        "Het volgende overleg vindt plaats op 12 mei 2027 van 13u30 tot 16u.",
        "Nieuwe datum: 12 mei om 14u",
        "Volgende keer: woensdag 12 mei om 14u in de refter.",
        "| Volgende vergadering | 12 mei 2027 |",
        "We prikken de volgende vergadering op 12 mei.",
        "Als volgende datum wordt 12 mei geprikt.",
        "Wanneer zien we elkaar terug?\n12 mei, 9u",
        "Tot volgende keer, 12 mei!",
    ],
)
def test_the_next_meeting_is_found(text: str) -> None:
    assert coming(text) == ["2027-05-12"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("De volgende vergadering is op dinsdag 11 mei 2027 om 9u.", "2027-05-11"),
        ("Volgende vergadering: 11/05/2027 om 9u30, De Kaai", "2027-05-11"),
        ("Volgende vergaderingen\n- 11 mei\n- 14 september\n- 7 december", "2027-05-11 2027-09-14 2027-12-07"),
        ("9. Volgende bijeenkomst\nDinsdag 11 mei om 13u30 bij De Ladder. Inschrijven tegen 3 mei.", "2027-05-11"),
        ("Volgende bijeenkomst: di 11 mei. Agendapunten doorgeven tegen 4 mei aan An.", "2027-05-11"),
        ("We zien elkaar terug op 11 mei 2027.", "2027-05-11"),
        ("Op dinsdag 11 mei komen we opnieuw samen in De Kaai.", "2027-05-11"),
        ("Tot dinsdag 11 mei!", "2027-05-11"),
        ("Afspraak op 11 mei om 9u.", "2027-05-11"),
        ("Volgende data: 11 mei, 14 september, 7 december 2027", "2027-05-11 2027-09-14 2027-12-07"),
        ("Data volgende overleggen: 11/5, 14/9 en 7/12", "2027-05-11 2027-09-14 2027-12-07"),
        ("Vergaderdata 2027: 12 maart - 11 mei - 14 september", "2027-05-11 2027-09-14"),
        ("De volgende vergadering van 12 mei gaat niet door; we komen samen op 19 mei.", "2027-05-19"),
        ("De volgende vergadering is niet op 12 mei maar op 19 mei.", "2027-05-19"),
        ("Volgende vergadering: 19 mei (i.p.v. 12 mei)", "2027-05-19"),
        (
            "De volgende intervisies zijn gepland op 12 mei, 8 september en 10 november 2027, telkens om 13u30.",
            "2027-05-12 2027-09-08 2027-11-10",
        ),
        ("Volgende stuurgroep: 20, 27 mei en 3 juni", "2027-05-20 2027-05-27 2027-06-03"),
        ("VOLGENDE OVERLEGGEN\nDatum\tUur\tPlaats\n12/05/2027\t9u\tLo\n08/09/2027\t9u\tLo", "2027-05-12 2027-09-08"),
        ("De eerstvolgende bijeenkomst vindt plaats op 12 mei, de daaropvolgende op 9 juni.", "2027-05-12 2027-06-09"),
        (
            "Planning volgend werkjaar:\n15 september 2027\n17 november 2027\n19 januari 2028",
            "2027-09-15 2027-11-17 2028-01-19",
        ),
        ("Volgende samenkomst op vrijdag 14 mei", "2027-05-14"),
        ("Volgende vergadering\n\nVrijdag 14 mei 2027\n9u - 12u\n\nVerslag: An", "2027-05-14"),
        ("Noteer alvast in je agenda: de volgende intervisie is op 14 mei.", "2027-05-14"),
        ("Einde om 16u. Volgende keer 14 mei bij De Ladder.", "2027-05-14"),
        ("Volgende bijeenkomsten: 12.05.2027 // 09.06.2027", "2027-05-12 2027-06-09"),
        ("Volgende momenten: wo 12 mei en do 10 juni, telkens 9u30", "2027-05-12 2027-06-10"),
        (
            "De vergaderingen voor het najaar liggen vast: 14 september, 12 oktober en 7 december.",
            "2027-09-14 2027-10-12 2027-12-07",
        ),
        ("We komen terug samen op 12 mei en nadien op 9 juni.", "2027-05-12 2027-06-09"),
    ],
)
def test_several_next_meetings_are_all_found(text: str, days: str) -> None:
    assert coming(text) == days.split()


@pytest.mark.parametrize(
    "text",
    [
        "De studiedag is op 12 mei. De inspectie komt op 3 juni.",
        "Het punt wordt verschoven naar de volgende vergadering.",
        "An bezorgt dit tegen de volgende vergadering (11 mei).",
        "Rond 12 mei volgt een eerste evaluatie, de vorige vergadering was op 8 februari.",
        "De volgende vergadering van de raad van bestuur van De Ladder is op 3 juni.",
        "Volgende vergadering: nog te bepalen",
    ],
)
def test_other_dates_are_no_next_meeting(text: str) -> None:
    assert coming(text) == []


def test_a_next_meeting_has_its_place() -> None:
    text = "Er is tijd.\nDe volgende intervisie is op 12 mei 2027 in Lo."
    (one,) = read_coming(read_lines(text), MEETING).meetings
    assert one.source.of(text) == one.text == "12 mei 2027"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Input komende bijeenkomsten:\n· gamen\n· rouw\n", "gamen|rouw"),
        ("Volgende keer:\n- gamen\n- rouw bij kinderen\n\nTot dan!", "gamen|rouw bij kinderen"),
        ("Agendapunten volgende vergadering: gamen, rouw en de jaarplanning.", "gamen|rouw|de jaarplanning"),
        ("Op de agenda van de volgende vergadering: gamen; rouw; jaarplanning", "gamen|rouw|jaarplanning"),
        ("Voor de volgende keer\n1. gamen\n2. rouw", "gamen|rouw"),
        ("Volgende keer bespreken we de nieuwe flyer.", "de nieuwe flyer"),
        ("Volgende intervisie: 12 mei om 9u. Thema: gamen en online veiligheid.", "gamen en online veiligheid"),
        ("Volgende vergadering: 12 mei\nAgenda: gamen, rouw", "gamen|rouw"),
        ("Suggesties voor volgende bijeenkomsten\n* gamen\n* rouw", "gamen|rouw"),
        ("Te agenderen volgende keer:\n• gamen\n• rouw", "gamen|rouw"),
        ("Parking\n- gamen\n- rouw", "gamen|rouw"),
        ("Thema's voor later: gamen / rouw / armoede", "gamen|rouw|armoede"),
        ("Onderwerpen volgend overleg\ngamen\nrouw\n\nVerslag: An Peeters", "gamen|rouw"),
        (
            "Mogelijke thema's volgende intervisies: gamen, rouw (met gastspreker), armoede",
            "gamen|rouw (met gastspreker)|armoede",
        ),
        ("**Input volgende vergadering**\n- gamen\n- rouw\n\n**Volgende vergadering:** 12 mei", "gamen|rouw"),
        ("Wat komt er volgende keer aan bod?\n- gamen\n- rouw", "gamen|rouw"),
        ("Voor de volgende agenda: gamen, rouw", "gamen|rouw"),
        ("Nog te bespreken op een volgende vergadering:\n- gamen", "gamen"),
        ("Ideeën voor volgend jaar:\n- gamen", "gamen"),
        ("Agenda volgende vergadering (12 mei):\n1. gamen\n2. rouw", "gamen|rouw"),
        ("Toekomstige agendapunten\n- gamen\n- rouw", "gamen|rouw"),
        ("Op de volgende agenda zetten we gamen en rouw.", "gamen en rouw"),
        ("Gamen komt op de agenda van de volgende vergadering.", "Gamen"),
    ],
)
def test_topics_for_later_are_found(text: str, expected: str) -> None:
    assert topics(text) == expected.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "Volgende keer: 12 mei om 9u in Lo.",
        "Volgende vergaderingen\n- 12 mei\n- 9 juni",
        "Het verslag wordt volgende keer goedgekeurd.",
        "Input volgende vergadering: geen",
        "Volgende vergaderingen:\nDatum | Uur | Plaats\n12/05/2027 | 9u | Lo",
    ],
)
def test_no_topics_are_made_up(text: str) -> None:
    assert topics(text) == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Volgende ",
                "vergadering",
                ": ",
                "12 mei",
                " en ",
                "20, 27 ",
                "juni",
                "\n",
                "- ",
                "1. ",
                "tot ",
                "|",
                "31/02",
            ]
        ),
        max_size=25,
    )
)
def test_whatever_stands_there_places_lie_within_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    lines = read_lines(text)
    for one in (*read_coming(lines, MEETING).meetings, *read_topics(lines).topics):
        assert 0 <= one.source.start < one.source.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Volgende keer op agenda: gsm's, rookbeleid", ["gsm's", "rookbeleid"]),
        (
            "Te agenderen: vervoer (Lien) – maandagochtend – medicatie",
            ["vervoer (Lien)", "maandagochtend", "medicatie"],
        ),
        (
            "We voorzien dan zeker tijd voor: zomerkamp, huisvesting en decreten.",
            ["zomerkamp", "huisvesting", "decreten"],
        ),
        ("Op 12 mei zien we elkaar. Dan praten we over:\n- de kermis\n- gsm's", ["de kermis", "gsm's"]),
        ("Op onze parkeerplaats (voor later):\n- zelfzorg\n- kleuters", ["zelfzorg", "kleuters"]),
        ("We zoeken dan nog vrijwilligers voor: de tap en de keuken.", []),
    ],
)
def test_topics_stand_behind_a_label_or_a_sentence_that_leads_to_them(text: str, expected: list[str]) -> None:
    assert topics(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Volgende cel: woe 12/05, 3e lesuur", ["2027-05-12"]),
        ("Volgend klankbord: ma 10/5 om 10u", ["2027-05-10"]),
        ("Tot op donderdag 2 september 2027, 10u, dan live bij Samenlevingsopbouw.", ["2027-09-02"]),
        ("Volgende stap: 12/5 offerte vragen", []),
        ("Volgende vorming: 12/5 in Gent", []),
        ("Tot maandag 10 mei kan je inschrijven voor onze uitstap met alle partners.", []),
    ],
)
def test_they_meet_by_whatever_name_but_not_for_a_step_or_a_course(text: str, expected: list[str]) -> None:
    assert coming(text) == expected
