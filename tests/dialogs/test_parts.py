"""Two things asked in one message."""

from datetime import timedelta

import pytest

from dialogs.language.intents import Intent
from dialogs.language.parts import understand_all
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
    people=(PersonName(1, "Emre Kaya", Role.AMBASSADOR),),
)


def _intents(text: str) -> list[Intent]:
    return [one.intent for one in understand_all(text, NOW, NAMES)]


def test_two_questions_are_both_understood() -> None:
    assert _intents("wanneer is de netwerkdag en wat kost dat?") == [Intent.MEETING_WHEN, Intent.MEETING_FEE]
    assert _intents("Wie komt er? En wie is er verontschuldigd?") == [Intent.ATTENDANCE_WHO, Intent.ATTENDANCE_EXCUSED]


def test_the_meeting_named_last_is_the_one_of_both_questions() -> None:
    asked = understand_all("wanneer en waar is de netwerkdag?", NOW, NAMES)
    assert [one.intent for one in asked] == [Intent.MEETING_WHEN, Intent.MEETING_WHERE]
    assert [one.query.kind for one in asked] == [MeetingKind.NETWERKDAG] * 2
    assert all(one.names_meeting for one in asked)


def test_the_same_is_asked_of_two_meetings() -> None:
    asked = understand_all("wanneer is de intervisie en wanneer de netwerkdag?", NOW, NAMES)
    assert [(one.intent, one.query.kind) for one in asked] == [
        (Intent.MEETING_WHEN, MeetingKind.INTERVISIE),
        (Intent.MEETING_WHEN, MeetingKind.NETWERKDAG),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("15 december lukt niet, 19 januari wel", [Intent.REGISTRATION_EXCUSE, Intent.REGISTRATION_REGISTER]),
        ("18 maart ja, 4 februari nee", [Intent.REGISTRATION_REGISTER, Intent.REGISTRATION_EXCUSE]),
        ("is er nog plaats? zo ja, schrijf mij in", [Intent.MEETING_PLACES, Intent.REGISTRATION_REGISTER]),
        (
            "ik kom naar de intervisie maar niet naar de netwerkdag",
            [Intent.REGISTRATION_REGISTER, Intent.REGISTRATION_EXCUSE],
        ),
        ("4 mei lukt mij ni, de 6de wel", [Intent.REGISTRATION_EXCUSE, Intent.REGISTRATION_REGISTER]),
        (
            "schrijf mij in en zet het in mijn agenda",
            [Intent.REGISTRATION_REGISTER, Intent.REGISTRATION_CALENDAR],
        ),
        ("sluit de poll en toon de uitslag", [Intent.POLL_CLOSE, Intent.POLL_RESULT]),
    ],
)
def test_a_half_that_leans_on_the_other_is_understood(text: str, wanted: list[Intent]) -> None:
    assert _intents(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "stuur naar iedereen: wanneer is de netwerkdag en wat kost dat?",
        "laat iedereen weten dat de zaal verandert en dat er broodjes zijn",
        "vraag aan de coördinator wanneer de netwerkdag is en wat dat kost",
    ],
)
def test_what_is_passed_on_is_never_split(text: str) -> None:
    assert _intents(text) in ([Intent.ANNOUNCEMENT_SEND], [Intent.COORDINATOR_ASK])


@pytest.mark.parametrize(
    "text",
    [
        "3 december, hoe laat?",
        "hoeveel intervisies zijn er nog en wanneer?",
        "waar is het, in de netwerkdag of de intervisie?",
        "dag, wanneer is de netwerkdag?",
        "dank je, wie komt er naar de netwerkdag?",
        "wie komt er naar de netwerkdag, Emre?",
        "wanneer is de intervisie, of is die al voorbij?",
        "",
        ",,,",
        "en en en en en en en en en en en en",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert len(understand_all(text, NOW, NAMES)) == 1


def test_a_bare_day_is_of_the_month_that_was_just_named() -> None:
    asked = understand_all("4 mei lukt mij ni, de 6de wel", NOW, NAMES)
    assert [str(one.dates[0].start) for one in asked] == ["2027-05-04", "2027-05-06"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ik kan niet komen, Jonas komt in mijn plaats", Intent.REGISTRATION_REPLACE),
        ("ik kan niet komen want ik ben ziek en moet naar de dokter", Intent.REGISTRATION_EXCUSE),
        ("nieuwe intervisie op 11 juni om 9u30 in zaal Iris, thema spijbelen, 25 plaatsen", Intent.MEETING_CREATE),
        ("wie was er afwezig - duid aan", Intent.ATTENDANCE_TICK),
        ("eerst Noord en anders Zuid", Intent.REGISTRATION_CHOOSE),
        ("zet in de herinnering: wanneer is het, en wat kost het?", Intent.MEETING_RULES),
    ],
)
def test_what_takes_two_sentences_to_say_is_one_command(text: str, wanted: Intent) -> None:
    assert _intents(text) == [wanted]


@pytest.mark.parametrize(
    "text", ["dat lukt niet, geef door aan Emre", "lukt mij niet, geef mijn actie door aan Emre Kaya"]
)
def test_who_passes_an_action_on_is_excused_from_no_meeting(text: str) -> None:
    memory = Memory(intent=Intent.ACTIONS_LIST.value)
    assert [one.intent for one in understand_all(text, NOW, NAMES, memory)] == [Intent.ACTIONS_HAND_OVER]


def test_right_after_actions_it_is_asked_back_what_can_not_be_done() -> None:
    (said,) = understand_all("dat lukt mij niet", NOW, NAMES, Memory(intent=Intent.ACTIONS_LIST.value))
    assert not (said.sure and said.intent is Intent.REGISTRATION_EXCUSE)
    (named,) = understand_all(
        "ik kan niet komen naar de netwerkdag", NOW, NAMES, Memory(intent=Intent.ACTIONS_LIST.value)
    )
    assert named.sure
    assert named.intent is Intent.REGISTRATION_EXCUSE
