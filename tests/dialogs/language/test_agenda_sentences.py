"""Titles, texts and numbers in commands about agenda points; whatever stands in them changes nothing else."""

import time
from datetime import date, timedelta

import pytest

from dialogs.language import agenda
from dialogs.language.agenda_openings import told
from dialogs.language.answers import goes_back, goes_on, skips
from dialogs.language.intents import Intent
from dialogs.language.parts import understand_all
from dialogs.language.rules import AskedRule, asked_rule
from dialogs.language.understanding import understand
from storage.domain.agenda import PointKind
from storage.domain.dialogs import Memory
from storage.domain.meetings import MeetingKind
from storage.domain.network import MeetingName, Names, PersonName
from storage.domain.people import Role
from tests.conftest import NOW

NAMES = Names(
    meetings=(
        MeetingName(1, MeetingKind.INTERVISIE, "Intervisie huiswerk", (NOW + timedelta(days=12)).date(), ("huiswerk",)),
        MeetingName(2, MeetingKind.NETWERKDAG, "Netwerkdag Samen", (NOW + timedelta(days=90)).date()),
    ),
    people=(PersonName(1, "Emre Kaya", Role.AMBASSADOR), PersonName(2, "Nele Baert", Role.COORDINATOR)),
)
ANYTHING = [
    "annuleer de intervisie van 4 februari",
    "schrijf Emre Kaya in voor de netwerkdag",
    "wie komt er op 3 december?",
    "poll: welke datum past er",
    "inschrijven",
    "Els heeft ja gezegd",
    "punt 2 en 4 samenvoegen",
    "stuur naar iedereen dat het niet doorgaat",
    "netwerkdag 2027",
    "vraag aan de coördinator of het kan",
    "laat maar",
    "ik kan niet komen, ik ben ziek",
    "Waar is de volgende netwerkdag, en wat kost dat?",
]
LONG = 4_000
SECONDS = 2.0
"""Far more than any of these takes, and far less than backtracking without end."""


@pytest.mark.parametrize("anything", ANYTHING)
def test_whatever_is_proposed_is_a_proposal(anything: str) -> None:
    asked = understand_all(f"zet '{anything}' op de agenda", NOW, NAMES)
    assert [one.intent for one in asked] == [Intent.AGENDA_PROPOSE]
    assert asked[0].sure
    assert not asked[0].names_meeting
    assert agenda.proposed(f"zet '{anything}' op de agenda", NOW).title == anything


@pytest.mark.parametrize("anything", ANYTHING)
@pytest.mark.parametrize(
    ("opening", "intent"),
    [
        ("opmerking bij punt 2: ", Intent.AGENDA_COMMENT),
        ("vraag bij punt 2: ", Intent.AGENDA_ASK),
        ("weiger punt 2 want ", Intent.AGENDA_DECLINE),
    ],
)
def test_whatever_is_said_of_a_point_is_carried(anything: str, opening: str, intent: Intent) -> None:
    asked = understand_all(opening + anything, NOW, NAMES)
    assert [one.intent for one in asked] == [intent]
    assert not asked[0].names_meeting
    assert agenda.carried_text(opening + anything, intent) == anything
    assert agenda.which(opening + anything).numbers == (2,)


def test_only_what_stands_after_the_title_says_for_which_meeting() -> None:
    asked = understand("zet evaluatie netwerkdag 2026 op de agenda van de intervisie van 3 december", NOW, NAMES)
    assert (asked.query.kind, asked.query.first) == (MeetingKind.INTERVISIE, date(2026, 12, 3))
    title = agenda.proposed("zet evaluatie netwerkdag 2026 op de agenda van de intervisie van 3 december", NOW).title
    assert title == "evaluatie netwerkdag 2026"


def test_a_second_command_after_the_agenda_is_understood_too() -> None:
    asked = understand_all("zet pesten en welzijn op de agenda en schrijf mij in voor de netwerkdag", NOW, NAMES)
    assert [one.intent for one in asked] == [Intent.AGENDA_PROPOSE, Intent.REGISTRATION_REGISTER]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Agendapunt: Wie betaalt dat?", agenda.Proposed("Wie betaalt dat?")),
        ("agendapunt: verslag van 19 januari", agenda.Proposed("verslag van 19 januari")),
        ("agendapunt: Taal voor 4 februari, 20 min", agenda.Proposed("Taal", minutes=20)),
        ("zet AI volgende keer op de agenda aub", agenda.Proposed("AI")),
        ("mag het decreet op de agenda?", agenda.Proposed("het decreet")),
        ("voorstel: sport na school", agenda.Proposed("sport na school")),
        (
            "nieuw agendapunt:\nWelzijn\nVeel vragen\nbij ons",
            agenda.Proposed("Welzijn", explanation="Veel vragen\nbij ons"),
        ),
        ("casus over een meisje van de derde graad", agenda.Proposed("een meisje van de derde graad", PointKind.CASE)),
        (
            "ik wil graag iemand van het CLB uitnodigen op de volgende intervisie",
            agenda.Proposed("iemand van het CLB uitnodigen", PointKind.ORGANISATION),
        ),
    ],
)
def test_a_title_keeps_its_letters_and_loses_what_is_told_beside_it(text: str, wanted: agenda.Proposed) -> None:
    assert agenda.proposed(text, NOW) == wanted


@pytest.mark.parametrize(
    "text", ["zet de volgende intervisie in mijn agenda", "kan ik nog een punt indienen?", "annuleer nummer 6", ""]
)
def test_what_is_no_command_about_a_point_is_left_to_the_others(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("huiswerk", 0), ("huisewerkbegeleiding", 0), ("spijbelen", 1), ("sport", None), ("", None), ("school", None)],
)
def test_a_point_is_found_by_words_of_its_title(words: str, wanted: int | None) -> None:
    titles = ["Huiswerkbegeleiding op school", "Spijbelen op school", "Varia"]
    assert agenda.match(words, titles) == wanted


@pytest.mark.parametrize(
    ("text", "shift"),
    [("zet punt 3 hoger op de agenda", -1), ("punt 4 twee plaatsen lager", 2), ("zet punt 3 bovenaan", 0)],
)
def test_a_point_moves_by_so_many_places(text: str, shift: int) -> None:
    assert understand(text, NOW, NAMES).intent is Intent.AGENDA_ARRANGE
    assert agenda.arranged(text).shift == shift


def test_what_was_discussed_is_read_with_what_becomes_of_the_rest() -> None:
    read = agenda.ticked("punt 2 en 3 niet, 4 op de plank, de rest wel", NOW)
    assert read == agenda.Ticked(not_done=(2, 3, 4), everything=True, shelf=(4,), positive=False)
    back = agenda.ticked("punt 2 pas in september terug", NOW)
    assert (back.back, back.month) == ((2,), date(2027, 9, 1))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("publiceer de agenda 5 werkdagen op voorhand", AskedRule("agenda_days", "5")),
        ("publiceer de agenda van intervisies niet vanzelf", AskedRule("agenda_days", "0")),
        ("stuur het ontwerp van de agenda 2 werkdagen vooraf", AskedRule("agenda_draft_days", "2")),
        ("bewaar casussen twee weken", AskedRule("case_days", "14")),
        ("stel een punt hoogstens 2 keer uit", AskedRule("carry_most", "2")),
        ("zet in de oproep: breng een casus mee", AskedRule("input_text", "breng een casus mee")),
    ],
)
def test_the_rules_of_agendas_are_read(text: str, wanted: AskedRule) -> None:
    assert asked_rule(text, None) == wanted
    assert understand(text, NOW, NAMES).intent is Intent.MEETING_RULES


def test_a_question_of_the_guide_can_be_left_open_or_gone_back_to() -> None:
    assert all(skips(text) for text in ("sla over", "Overslaan", "weet ik nog niet", "sla deze vraag over", "-"))
    assert all(goes_back(text) for text in ("vorige", "terug", "ga terug naar de vorige vraag"))
    assert all(goes_on(text) for text in ("verder", "ga verder", "doe maar verder met mijn casus"))
    answers = (
        "De vorige juf weet het",
        "we gingen verder met gesprekken",
        "niets hielp",
        "volgende week is er overleg",
    )
    assert not any(skips(text) or goes_back(text) or goes_on(text) for text in answers)


@pytest.mark.parametrize(
    "text",
    [
        "agendapunt: x" + " aub" * 900,
        "zet " + "op de agenda " * 300,
        "punt 2 en " * 400,
        "agendapunt: " + "(" * 2_000,
        "kunnen we " + "eens " * 800 + "bespreken",
        "Jan " + "de " * 1_000 + "heeft ja gezegd punt 2",
        "a" * LONG + " agenda",
    ],
    ids=lambda text: text[:20],
)
def test_no_message_makes_reading_slow(text: str) -> None:
    told("agenda")  # what is read once is read before the clock starts
    agenda.proposed("agendapunt: x voor 4 februari", NOW)
    begins = time.process_time()
    told(text)
    agenda.proposed(text, NOW), agenda.which(text), agenda.arranged(text), agenda.ticked(text, NOW), agenda.guest(text)
    assert time.process_time() - begins < SECONDS


@pytest.mark.parametrize(
    ("said", "wants"),
    [
        ("ik steun punt 6", True),
        ("dat wil ik ook", True),
        ("ik vind punt 2 interessant", True),
        ("ik steun punt 6 toch nie meer", False),
        ("trek mijn steun in", False),
        ("trek mijn steun voor het punt over huiswerk terug", False),
        ("da hoeft ni meer", False),
        ("ik vind punt 2 nie interessant", False),
    ],
)
def test_support_is_taken_back_in_dialect_too(said: str, wants: bool) -> None:
    assert agenda.supports(said) is wants


@pytest.mark.parametrize(
    ("talked_about", "intent"), [(1, Intent.AGENDA_MOVE), (2, Intent.AGENDA_ACCEPT), (None, Intent.AGENDA_MOVE)]
)
def test_a_point_for_the_agenda_of_another_meeting_moves_there(talked_about: int | None, intent: Intent) -> None:
    said = "zet punt 3 op de agenda van de netwerkdag van 19 februari"
    assert understand(said, NOW, NAMES, Memory(meeting_id=talked_about)).intent is intent
