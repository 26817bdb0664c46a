"""The full list for who runs a meeting, and telling who is there: on a card, in a sentence, page by page."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.settings import Settings
from dialogs.cards.attendance import ON_A_PAGE
from dialogs.router import LARGEST_CARD
from dialogs.texts import attendance as texts
from dialogs.texts import general
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NotARealGuest, NotCoordinator, NotRegistered
from tests.bot.connector import CHANNEL, JONAS, KATRIEN, NELE, SAMIRA, Json, Posted, Teams, User
from tests.bot.edges import until
from tests.conftest import BRUSSELS

Query = Callable[[str], list[tuple[Any, ...]]]

THAT_DAY = datetime(2026, 12, 3, 9, 45, tzinfo=BRUSSELS)
"""A quarter of an hour into the meeting about homework, of which Samira takes notes."""


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """A bot on the day of a meeting, or at the moment that a test asks for."""
    return replace(settings, starts_at=getattr(request, "param", THAT_DAY))


@pytest.fixture
def homework(query: Query) -> int:
    """The id of the meeting of that day."""
    return int(query("SELECT id FROM meetings WHERE key = 'intervisie-huiswerk'")[0][0])


def person(query: Query, name: str) -> int:
    """The id of somebody, by the beginning of their name."""
    return int(query(f"SELECT id FROM people WHERE name LIKE '{name}%'")[0][0])


def stands(query: Query, meeting: int) -> dict[str, str]:
    """Where everybody on a list stands, by first name."""
    asked = "SELECT people.name, status FROM registrations JOIN people ON people.id = person_id WHERE meeting_id = "
    return {name.split()[0]: status for name, status in query(f"{asked}{meeting}")}


BEFORE = {
    "Jonas": "registered",
    "Samira": "registered",
    "Emre": "registered",
    "Wout": "excused",
    "Tuur": "registered",
    "Lotte": "registered",
    "Griet": "excused",
}


async def open_card(teams: Teams, who: User, meeting: int) -> Posted:
    """The card on which somebody ticks who is there."""
    return await told(teams, who, {"action": "show_roll", "meeting": meeting, "what": "tick"})


async def told(teams: Teams, who: User, data: Json) -> Posted:
    """What somebody hears in their own chat when they press a button with this data."""
    answers = await teams.press(who, who.chat, data)
    return [one for one in answers if one.conversation == who.chat.conversation][-1]


async def says(teams: Teams, who: User, meeting: int, text: str) -> Posted:
    """What somebody hears who says this of who is there."""
    return await told(
        teams, who, {"action": "ask_meeting", "intent": "attendance.tick", "meeting": meeting, "text": text}
    )


def elements(card: Any) -> Iterator[Json]:
    """Everything on a card."""
    if isinstance(card, dict):
        yield card
        card = list(card.values())
    if isinstance(card, list):
        for one in card:
            yield from elements(one)


def inputs(posted: Posted) -> dict[str, str]:
    """The inputs for people on a card, as they are filled in."""
    return {one["id"]: one["value"] for one in elements(posted.card) if one.get("type") == "Input.ChoiceSet"}


def words(posted: Posted) -> list[str]:
    """The texts on a card."""
    return [one["text"] for one in elements(posted.card) if one.get("type") == "TextBlock"]


def titles(posted: Posted) -> list[str]:
    """The titles of a card's buttons."""
    return [one["title"] for one in posted.card.get("actions", [])]


# On a card


async def test_everybody_expected_stands_on_present_and_one_tap_saves_all(
    teams: Teams, query: Query, homework: int
) -> None:
    shown = await open_card(teams, SAMIRA, homework)
    preset = {
        f"p{person(query, name)}": "excused" if status == "excused" else "attended" for name, status in BEFORE.items()
    }
    assert inputs(shown) == preset
    assert words(shown)[:4] == [
        f"{texts.WHO_IS_THERE} Intervisie huiswerkbegeleiding",
        texts.PRESET,
        "CLB De Sluis",
        "Lotte Segers",
    ]
    done = await told(teams, SAMIRA, {**shown.button(texts.BUTTON_SAVE), **inputs(shown)})
    assert done.text == "Bewaard. Intervisie huiswerkbegeleiding: 5 aanwezig en 2 verontschuldigd."
    assert stands(query, homework) == {name: "attended" if one == "registered" else one for name, one in BEFORE.items()}
    who = await teams.say(JONAS, JONAS.chat, "wie was er op de intervisie van 3 december?")
    assert "5 mensen" in who[0].text


async def test_saved_again_it_is_corrected_and_pressed_twice_it_stays(
    teams: Teams, query: Query, homework: int
) -> None:
    shown = await open_card(teams, SAMIRA, homework)
    save = {**shown.button(texts.BUTTON_SAVE), **inputs(shown)}
    await told(teams, SAMIRA, save)
    again = await told(teams, SAMIRA, save)
    assert again.text.startswith("Bewaard, er veranderde niets.")
    corrected = await told(teams, SAMIRA, {**save, f"p{person(query, 'Emre')}": "absent"})
    assert corrected.text == "Bewaard. Intervisie huiswerkbegeleiding: 4 aanwezig, 2 verontschuldigd en 1 afwezig."
    assert inputs(corrected)[f"p{person(query, 'Emre')}"] == "absent"
    assert query("SELECT count(*) FROM changes WHERE field = 'registration'") == [(6,)]


@pytest.mark.parametrize("who", [JONAS, KATRIEN])
async def test_others_tick_nobody(teams: Teams, query: Query, homework: int, who: User) -> None:
    mark = {"action": "tick_roll", "meeting": homework, f"p{person(query, 'Emre')}": "absent"}
    for data in (
        mark,
        {"action": "show_roll", "meeting": homework, "what": "tick"},
        {"action": "show_roll", "meeting": homework, "what": "list"},
        {"action": "show_roll", "meeting": homework, "what": "walk_in"},
        {"action": "add_walk_in", "meeting": homework, "name": "Fatma Yilmaz"},
        {"action": "confirm_walk_in", "meeting": homework, "people": [person(query, "Fatma")], "yes": True},
        {"action": "note_remark", "meeting": homework, "who": str(person(query, "Emre")), "remark": "laat"},
    ):
        assert (await told(teams, who, data)).text == SENTENCES[NotCoordinator]
    assert (await says(teams, who, homework, "Emre is er niet")).text == SENTENCES[NotCoordinator]
    assert stands(query, homework) == BEFORE


async def test_who_does_not_run_it_reads_who_comes(teams: Teams, homework: int) -> None:
    answer = await says(teams, JONAS, homework, "wie is er")
    assert answer.text.startswith("Voor Intervisie huiswerkbegeleiding zijn er 5 mensen ingeschreven")
    assert not inputs(answer)


async def test_people_who_are_not_on_the_list_can_not_be_forged_onto_it(
    teams: Teams, query: Query, homework: int
) -> None:
    emre = f"p{person(query, 'Emre')}"
    for forged in (person(query, "Pieter"), 99_999, 9_999_999_999):
        data = {"action": "tick_roll", "meeting": homework, emre: "absent", f"p{forged}": "attended"}
        assert (await told(teams, SAMIRA, data)).text == SENTENCES[NotRegistered]
    for broken in ({emre: "registered"}, {emre: "boss"}, {emre: 3}, {emre: ["absent"]}, {emre: None}):
        data = {"action": "tick_roll", "meeting": homework, **broken}
        assert (await told(teams, SAMIRA, data)).text == general.TOO_OLD
    for unknown in ({"p0": "absent"}, {"p-1": "absent"}, {"px": "absent"}, {"q1": "absent"}, {"": "absent"}):
        data = {"action": "tick_roll", "meeting": homework, **unknown}
        assert (await told(teams, SAMIRA, data)).text.startswith("Bewaard, er veranderde niets.")
    assert stands(query, homework) == BEFORE


async def test_the_note_taker_of_one_meeting_ticks_no_other(teams: Teams, query: Query) -> None:
    other = query("SELECT id FROM meetings WHERE key = 'intervisie-thuiszitters'")[0][0]
    data = {"action": "tick_roll", "meeting": other, f"p{person(query, 'Jonas')}": "absent"}
    assert (await told(teams, SAMIRA, data)).text == SENTENCES[NotCoordinator]
    assert stands(query, other)["Jonas"] == "attended"


@pytest.mark.parametrize("settings", [datetime(2026, 12, 2, 18, tzinfo=BRUSSELS)], indirect=True)
async def test_before_the_day_it_says_from_when(teams: Teams, query: Query, homework: int) -> None:
    later = "Vanaf dan noteer ik wie er is."
    for data in (
        {"action": "show_roll", "meeting": homework, "what": "tick"},
        {"action": "tick_roll", "meeting": homework, f"p{person(query, 'Emre')}": "absent"},
    ):
        assert (await told(teams, SAMIRA, data)).text.endswith(later)
    assert (await says(teams, SAMIRA, homework, "iedereen is er")).text.endswith(later)
    assert stands(query, homework) == BEFORE


@pytest.mark.parametrize("settings", [datetime(2027, 1, 3, 10, tzinfo=BRUSSELS)], indirect=True)
async def test_after_a_month_it_says_until_when_it_could(teams: Teams, query: Query, homework: int) -> None:
    shown = await open_card(teams, SAMIRA, homework)
    assert "tot en met zaterdag 2 januari 2027" in shown.text
    assert stands(query, homework) == BEFORE


# In a sentence


@pytest.mark.parametrize(
    ("said", "answer", "changed"),
    [
        ("Emre is er niet", "Genoteerd: Emre Kaya afwezig.", {"Emre": "absent"}),
        (
            "iedereen is er behalve Emre en Tuur Dhondt",
            "Genoteerd: Emre Kaya afwezig, Tuur Dhondt afwezig en al de rest aanwezig.",
            {"Emre": "absent", "Tuur": "absent", "Jonas": "attended", "Samira": "attended", "Lotte": "attended"},
        ),
        ("Griet Maes is er toch", "Genoteerd: Griet Maes aanwezig.", {"Griet": "attended"}),
        (
            "Jonas en Emre zijn er, Tuur is ziek",
            "Genoteerd: Jonas Claerhout aanwezig, Emre Kaya aanwezig en Tuur Dhondt verontschuldigd.",
            {"Jonas": "attended", "Emre": "attended", "Tuur": "excused"},
        ),
        # Of two people called so only one is expected.
        ("Lotte is er niet", "Genoteerd: Lotte Segers afwezig.", {"Lotte": "absent"}),
    ],
)
async def test_a_sentence_tells_who_is_there(
    teams: Teams, query: Query, homework: int, said: str, answer: str, changed: dict[str, str]
) -> None:
    noted = await says(teams, SAMIRA, homework, said)
    assert noted.text.partition(" Intervisie")[0] == answer
    assert stands(query, homework) == {**BEFORE, **changed}
    assert inputs(noted)


async def test_a_name_of_two_who_are_expected_is_asked_about(teams: Teams, query: Query, homework: int) -> None:
    query(
        "INSERT INTO registrations (meeting_id, person_id, status, created_at) "
        f"VALUES ({homework}, {person(query, 'Lotte Adams')}, 'registered', '2026-11-20 10:00:00')"
    )
    asked = await says(teams, SAMIRA, homework, "Emre is er niet en Lotte ook niet")
    assert asked.text == (
        "Welke Lotte bedoel je: Lotte Adams of Lotte Segers? Zeg het met de volledige naam, dan noteer ik alles."
    )
    assert stands(query, homework)["Emre"] == "registered"
    await says(teams, SAMIRA, homework, "Lotte Adams is er niet")
    assert query(f"SELECT status FROM registrations WHERE person_id = {person(query, 'Lotte Adams')}") == [("absent",)]


async def test_during_the_meeting_one_goes_on_in_sentences(teams: Teams, query: Query, homework: int) -> None:
    shown = (await teams.say(SAMIRA, SAMIRA.chat, "wie is er?"))[-1]
    assert inputs(shown)
    for said, name in (("Emre is er niet", "Emre"), ("Tuur Dhondt is ziek", "Tuur")):
        noted = (await teams.say(SAMIRA, SAMIRA.chat, said))[-1]
        assert noted.text.startswith("Genoteerd: ")
        assert stands(query, homework)[name] in {"absent", "excused"}
    assert "Bovenzaal" in (await teams.say(SAMIRA, SAMIRA.chat, "in welke zaal is het?"))[-1].text
    before = query("SELECT count(*) FROM notices WHERE state = 'cancelled'")
    assert (await teams.say(SAMIRA, SAMIRA.chat, "ja"))[-1].text == general.YES_TO_WHAT
    assert query("SELECT count(*) FROM notices WHERE state = 'cancelled'") == before


# Without a registration


@pytest.mark.parametrize("answer", ["Ja, voeg toe", "ja", "Nee", "nee"])
async def test_who_is_on_no_list_is_added_after_a_yes(teams: Teams, query: Query, homework: int, answer: str) -> None:
    asked = await says(teams, SAMIRA, homework, "Fatma is er ook")
    assert asked.text == (
        "Fatma Yilmaz staat niet op de lijst van Intervisie huiswerkbegeleiding. Toch als aanwezig toevoegen?"
    )
    assert stands(query, homework) == BEFORE
    if answer in titles(asked):
        done = await told(teams, SAMIRA, asked.button(answer))
    else:
        done = (await teams.say(SAMIRA, SAMIRA.chat, answer))[-1]
    yes = answer.lower().startswith("ja")
    assert stands(query, homework) == ({**BEFORE, "Fatma": "attended"} if yes else BEFORE)
    assert done.text.startswith("Genoteerd: Fatma Yilmaz aanwezig." if yes else texts.NOBODY_ADDED)
    assert (await teams.say(SAMIRA, SAMIRA.chat, "ja"))[-1].text == general.YES_TO_WHAT


async def test_of_who_was_not_expected_it_is_told_that_they_are_not_on_the_list(
    teams: Teams, query: Query, homework: int
) -> None:
    answer = await says(teams, SAMIRA, homework, "Fatma is er niet")
    assert answer.text == "Fatma Yilmaz staat niet op de lijst van Intervisie huiswerkbegeleiding."
    assert stands(query, homework) == BEFORE


async def test_somebody_is_added_by_name_or_as_a_guest(teams: Teams, query: Query, homework: int) -> None:
    shown = await open_card(teams, SAMIRA, homework)
    form = await told(teams, SAMIRA, shown.button(texts.BUTTON_WALK_IN))
    add = form.button(texts.BUTTON_ADD)
    assert (await told(teams, SAMIRA, {**add, "name": "Noor Haddad"})).text.startswith("Ik ken niet precies één")
    half = {**add, "name": "Noor Haddad", "email": "noor@duinroos.example"}
    assert (await told(teams, SAMIRA, half)).text == SENTENCES[NotARealGuest]
    assert stands(query, homework) == BEFORE
    done = await told(teams, SAMIRA, {**half, "organisation": "School Duinroos"})
    assert done.text.startswith("Genoteerd: Noor Haddad aanwezig.")
    assert (await told(teams, SAMIRA, {**add, "name": "fatma yilmaz"})).text.startswith("Genoteerd: Fatma Yilmaz")
    assert stands(query, homework) == {**BEFORE, "Noor": "attended", "Fatma": "attended"}
    assert "School Duinroos" in words(done)


async def test_people_of_a_hidden_organisation_can_not_be_added_by_guessing(
    teams: Teams, query: Query, homework: int
) -> None:
    bert = person(query, "Bert Neyrinck")
    data = {"action": "confirm_walk_in", "meeting": homework, "people": [bert], "yes": True}
    assert (await told(teams, SAMIRA, data)).text == SENTENCES[NotRegistered]
    by_name = {"action": "add_walk_in", "meeting": homework, "name": "Bert Neyrinck"}
    assert (await told(teams, SAMIRA, by_name)).text.startswith("Ik ken niet precies één")
    assert stands(query, homework) == BEFORE


# The full list


async def test_the_coordinator_sees_everything_in_her_own_chat(teams: Teams, query: Query, homework: int) -> None:
    query(f"UPDATE registrations SET remark = 'vegetarisch' WHERE person_id = {person(query, 'Emre')}")
    query(f"UPDATE registrations SET status = 'waitlisted' WHERE person_id = {person(query, 'Lotte Segers')}")
    shown = (await teams.say(NELE, NELE.chat, "wie komt er op de intervisie van 3 december?"))[0]
    assert shown.text == "Intervisie huiswerkbegeleiding: 4 ingeschreven, 2 verontschuldigd en 1 op de wachtlijst."
    assert "Tuur Dhondt: ter vervanging van Wout Lambrechts" in words(shown)
    assert any(line.startswith("Emre Kaya: opmerking: vegetarisch") for line in words(shown))
    assert words(shown)[-2] == texts.WAITING_LIST
    assert "Lotte Segers (CLB De Sluis)" in words(shown)[-1]
    assert titles(shown) == [texts.BUTTON_REMARK, texts.BUTTON_TICK, texts.BUTTON_SPREADSHEET]


async def test_a_question_too_long_to_remember_is_answered_with_its_buttons(
    teams: Teams, query: Query, homework: int
) -> None:
    far, names = 2_000_000_000, ("Jonas", "Fatma", "Nele", "Katrien")
    query(f"DELETE FROM registrations WHERE person_id = {person(query, 'Jonas')}")
    for name in names:
        query(f"UPDATE people SET id = id + {far} WHERE name LIKE '{name}%'")
    query(f"UPDATE registrations SET meeting_id = meeting_id + {far} WHERE meeting_id = {homework}")
    query(f"UPDATE meetings SET id = id + {far} WHERE id = {homework}")
    query("UPDATE network SET revision = revision + 1")
    full = [query(f"SELECT name FROM people WHERE name LIKE '{name}%'")[0][0] for name in names]
    asked = await says(teams, SAMIRA, homework + far, f"{', '.join(full[:-1])} en {full[-1]} waren er ook")
    assert titles(asked) == [texts.BUTTON_YES_ADD, texts.BUTTON_NO_ADD]
    assert [len(pending or "") for (pending,) in query("SELECT pending FROM memories")] == [0]


async def test_the_spreadsheet_is_for_coordinators_only(teams: Teams, query: Query, homework: int) -> None:
    shown = (await teams.say(SAMIRA, SAMIRA.chat, "wie komt er op de intervisie van 3 december?"))[0]
    assert titles(shown) == [texts.BUTTON_TICK]


async def test_in_a_channel_only_names_are_told(teams: Teams) -> None:
    await teams.say(NELE, CHANNEL, "wie komt er op de intervisie van 3 december?")
    (text,) = teams.texts_in(CHANNEL)
    assert "Tuur Dhondt" in text
    assert "Wout" not in text
    assert "verontschuldigd" not in text


async def test_a_remark_is_noted_and_seen(teams: Teams, query: Query, homework: int) -> None:
    shown = await told(teams, NELE, {"action": "show_roll", "meeting": homework})
    note = shown.button(texts.BUTTON_REMARK)
    emre = str(person(query, "Emre"))
    noted = await told(teams, NELE, {**note, "who": emre, "remark": "vegetarisch"})
    assert noted.text.startswith("Genoteerd bij Emre Kaya: vegetarisch.")
    assert query(f"SELECT remark FROM registrations WHERE person_id = {emre} AND meeting_id = {homework}") == [
        ("vegetarisch",)
    ]
    assert (await told(teams, NELE, {**note, "remark": "laat"})).text == texts.CHOOSE_WHO
    other = {**note, "who": str(person(query, "Bert")), "remark": "laat"}
    assert (await told(teams, NELE, other)).text == SENTENCES[NotRegistered]
    assert (await told(teams, SAMIRA, {**note, "who": emre, "remark": "laat"})).text == SENTENCES[NotCoordinator]


# Two hundred people


@pytest.fixture
def crowd(query: Query, homework: int) -> int:
    """Two hundred people more on the list, with the longest names that a card shows."""
    for number in range(200):
        name = (f"Zoë-{number:03} " + "Vandenbroucke-Çelikoğlu " * 8)[:200]
        organisation = (f"Voorziening {number // 3:02} " + "voor kinderen en jongeren in “nood” " * 4)[:200]
        mail, said = f"z{number}@ver.example", f"'{'é' * 300}', '{'ü' * 300}'"
        query(f"INSERT OR IGNORE INTO organisations (name, kind, status) VALUES ('{organisation}', 'clb', 'partner')")
        query(
            "INSERT INTO people (name, email, role, organisation_id) "
            f"SELECT '{name}', '{mail}', 'external', id FROM organisations WHERE name = '{organisation}'"
        )
        query(
            "INSERT INTO registrations (meeting_id, person_id, status, created_at, remark, reason) "
            f"SELECT {homework}, id, 'registered', '2026-11-20 10:00:00', {said} FROM people WHERE email = '{mail}'"
        )
    return homework


async def test_two_hundred_people_are_ticked_page_by_page(teams: Teams, query: Query, crowd: int) -> None:
    shown = await open_card(teams, NELE, crowd)
    assert titles(shown) == [texts.BUTTON_SAVE_NEXT, texts.BUTTON_NEXT, texts.BUTTON_WALK_IN]
    assert words(shown)[0] == "1 tot 20 van 207"
    seen: list[str] = []
    for _ in range(11):
        assert len(json.dumps(shown.card)) < LARGEST_CARD
        assert 0 < len(inputs(shown)) <= ON_A_PAGE
        seen += inputs(shown)
        save = texts.BUTTON_SAVE_NEXT if texts.BUTTON_SAVE_NEXT in titles(shown) else texts.BUTTON_SAVE
        shown = await told(teams, NELE, {**shown.button(save), **inputs(shown)})
    assert len(seen) == len(set(seen)) == 207
    assert shown.text == "Bewaard. Intervisie huiswerkbegeleiding: 205 aanwezig en 2 verontschuldigd."
    assert texts.BUTTON_PREVIOUS in titles(shown)


async def test_the_list_of_two_hundred_is_turned_over_and_fits(teams: Teams, crowd: int) -> None:
    shown = (await teams.say(NELE, NELE.chat, "wie komt er op de intervisie van 3 december?"))[0]
    pages = 1
    while texts.BUTTON_NEXT in titles(shown):
        assert len(json.dumps(shown.card)) < LARGEST_CARD
        assert len(titles(shown)) <= 6
        shown = await told(teams, NELE, shown.button(texts.BUTTON_NEXT))
        pages += 1
    assert pages == 11
    assert len(json.dumps(shown.card)) < LARGEST_CARD
    beyond = await told(teams, NELE, {"action": "show_roll", "meeting": crowd, "page": 9_999})
    assert words(beyond)[0] == "201 tot 207 van 207"


# Alerts


STAYED_AWAY = (
    "Van Vzw Windkracht was er niemand op Intervisie huiswerkbegeleiding en ook niet op Intervisie thuiszitters. "
    "De vorige keer was er iemand verontschuldigd, deze keer niet."
)


async def test_the_organiser_hears_the_day_after_of_an_organisation_that_stays_away(
    teams: Teams, query: Query, homework: int
) -> None:
    await teams.say(NELE, NELE.chat, "dag")
    await says(teams, SAMIRA, homework, "iedereen is er")
    assert query("SELECT count(*) FROM notices WHERE kind = 'missed_twice'") == [(1,)]
    query("UPDATE notices SET due_at = '2026-12-03 08:00:00', timing = 'urgent' WHERE kind = 'missed_twice'")
    await says(teams, SAMIRA, homework, "Emre is er niet")  # the outbox looks again when something was planned
    await until(lambda: [text for text in teams.texts_in(NELE.chat) if "Windkracht" in text])
    assert [text for text in teams.texts_in(NELE.chat) if "Windkracht" in text] == [STAYED_AWAY]


async def test_who_runs_nothing_learns_nothing_of_who_is_known(teams: Teams, homework: int) -> None:
    for name in ("Samira Bensaïd", "Niemand Bekends"):
        shown = await told(teams, JONAS, {"action": "add_walk_in", "meeting": homework, "name": name})
        assert (shown.text, shown.card) == (SENTENCES[NotCoordinator], {})


@pytest.mark.parametrize("settings", [THAT_DAY.replace(hour=7)], indirect=True)
async def test_a_seat_that_comes_free_before_the_beginning_goes_to_who_waits(
    teams: Teams, query: Query, homework: int
) -> None:
    query(f"UPDATE meetings SET capacity = 5, register_until = NULL WHERE id = {homework}")
    await told(teams, KATRIEN, {"action": "enrol", "meeting": homework, "people": [person(query, "Katrien")]})
    assert stands(query, homework)["Katrien"] == "waitlisted"
    jonas = person(query, "Jonas")
    await told(teams, SAMIRA, {"action": "tick_roll", "meeting": homework, f"p{jonas}": "excused"})
    now = stands(query, homework)
    assert (now["Jonas"], now["Katrien"]) == ("excused", "offered")
