"""Cards as Teams takes them: small, complete, with buttons that only ask."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from microsoft_teams.cards import AdaptiveCard

from dialogs.cards.general import examples_card, organisation_card, people_card
from dialogs.cards.limits import HIGHEST_ID, LONGEST_LABEL
from dialogs.cards.meetings import choice_card, meeting_card
from dialogs.cards.payloads import AskAboutMeeting, TellOrganisation, read_payload
from dialogs.texts.meetings import registration_deadline
from dialogs.turn import Card
from storage.domain.meetings import Audience, Guest, Location, Meeting, MeetingKind
from storage.domain.people import Organisation, OrganisationKind, OrganisationStatus, Person, Role
from tests.conftest import NOW

LARGEST = 28_000
"""Bytes of JSON that every Teams client takes."""

LONG = "Een heel lange titel van een bijeenkomst over huiswerk, motivatie en thuiszitters in de leefgroep"


def _meeting(number: int = 1) -> Meeting:
    return Meeting(
        id=number,
        key=f"m{number}",
        kind=MeetingKind.INTERVISIE,
        title=LONG,
        starts=NOW + timedelta(days=10),
        ends=NOW + timedelta(days=10, hours=2),
        audience=Audience.NETWORK,
        description="[klik](https://evil.example) " + "x" * 3900,
        for_whom="y" * 3900,
        practical="z" * 3900,
        location=Location("Het Anker", "Havenlaan 12, 9999 Waterdam", "Zaal 1"),
        online_url="https://teams.microsoft.com/l/x",
        capacity=20,
        taken=22,
        fee_eur=Decimal("7.50"),
        register_until=date(2026, 11, 30),
        agenda_until=date(2026, 11, 26),
        themes=("huiswerk", "motivatie"),
        guests=(Guest("Rik Tanghe", "Vzw Leerlicht"),),
    )


def _people(count: int) -> list[Person]:
    organisation = Organisation(
        1, "Jeugdhuis " + "De Branding " * 6, OrganisationKind.OTHER, OrganisationStatus.PARTNER
    )
    return [Person(n, f"Lotte Segers-{n}", f"l{n}@x.example", Role.EXTERNAL, organisation) for n in range(1, count + 1)]


CARDS = {
    "meeting": meeting_card(_meeting(), NOW, [("Agenda", "agenda.show")]),
    "choice": choice_card([_meeting(number) for number in range(1, 9)], "agenda.show"),
    "examples": examples_card([LONG + "?"] * 8),
    "people": people_card(_people(9), "people.email", lambda _: True),
    "organisations": organisation_card([one.organisation for one in _people(150) if one.organisation]),
}


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
def test_a_card_is_one_that_teams_knows_and_small_enough(card: Card) -> None:
    assert AdaptiveCard.model_validate(dict(card)).version == "1.5"
    assert len(json.dumps(card).encode()) < LARGEST


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
def test_a_card_has_at_most_six_buttons_whose_labels_fit(card: Card) -> None:
    actions = card.get("actions", [])
    assert 0 < len(actions) <= 6
    assert all(0 < len(action["title"]) <= LONGEST_LABEL for action in actions)


def test_text_from_the_network_is_not_markup_on_a_card() -> None:
    assert r"\[klik\]" in json.loads(json.dumps(CARDS["meeting"]))["body"][2]["text"]


def test_an_overfull_meeting_is_shown_as_full() -> None:
    facts = {fact["title"]: fact["value"] for fact in CARDS["meeting"]["body"][-1]["facts"]}
    assert facts["Plaatsen"] == "volzet"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "drop_tables"},
        {"action": "ask_meeting", "intent": "meeting.when"},
        {"action": "ask_meeting", "intent": "meeting.when", "meeting": 0},
        {"action": "ask_meeting", "intent": "meeting.when", "meeting": HIGHEST_ID + 1},
        {"action": "ask_meeting", "intent": "meeting.when", "meeting": [1]},
        {"action": "ask_meeting", "intent": "x" * 41, "meeting": 1},
        {"action": "tell_organisation", "organisation": "1; drop"},
        {"action": ["ask_meeting"]},
    ],
)
def test_button_data_that_we_did_not_make_is_no_payload(data: dict[str, object]) -> None:
    assert read_payload(data) is None


def test_a_buttons_data_comes_back_as_it_went() -> None:
    payload = AskAboutMeeting(intent="agenda.show", meeting=3)
    assert read_payload({**payload.model_dump(), "something": "else"}) == payload
    assert read_payload({"action": "tell_organisation", "organisation": "7"}) == TellOrganisation(organisation="7")


def test_a_full_meeting_without_a_deadline_is_not_said_to_be_open() -> None:
    full = replace(_meeting(), register_until=None)
    assert registration_deadline(full, NOW).endswith("De plaatsen zijn wel volzet.")
    assert "volzet" not in registration_deadline(replace(full, taken=3), NOW)
