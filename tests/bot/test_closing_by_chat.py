"""After a meeting in chat: who took notes says what was discussed, and everybody concerned hears what became of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.app import Running
from bot.settings import Settings
from dialogs.cards.closing import MOST_TOGGLES
from dialogs.router import LARGEST_CARD
from dialogs.texts import closing as texts
from dialogs.texts import general
from dialogs.texts.refusals import SENTENCES
from storage.domain.agenda import NewPoint, PointKind
from storage.domain.people import Viewer
from storage.domain.refusals import NoSuchPoint, NotCoordinator
from tests.bot.connector import CHANNEL, JONAS, NELE, SAMIRA, Json, Posted, Teams, User
from tests.bot.edges import until
from tests.bot.lists import HOMEWORK, MOTIVATION, meeting_id, presses, says
from tests.conftest import BRUSSELS, NOW

Query = Callable[[str], list[tuple[Any, ...]]]

JUST_OVER = datetime(2026, 12, 3, 12, 5, tzinfo=BRUSSELS)
"""Five minutes after the meeting about homework, of which Samira takes notes and which Nele organises."""


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """A bot just after a meeting, or at the moment that a test asks for."""
    return replace(settings, starts_at=getattr(request, "param", JUST_OVER))


@pytest.fixture
async def network(teams: Teams, bot: Running, query: Query) -> Teams:
    """The meeting had four points: Jonas' stand on its agenda, and one of his that nobody accepted."""
    query(f"DELETE FROM agenda_points WHERE meeting_id = {meeting_id(query, HOMEWORK)}")
    for who in (SAMIRA, NELE, JONAS):
        await teams.say(who, who.chat, "dag")
    jonas = Viewer(await bot.house.people.by_email(JONAS.mail), member=True)
    for title in ("Spijbelen", "NAFT", "Leersteun", "Fietsen"):
        await bot.house.points.propose(NewPoint(title, meeting_id(query, HOMEWORK), PointKind.THEME), jonas, NOW)
    query("UPDATE agenda_points SET state = 'accepted', position = id WHERE title <> 'Fietsen'")
    return teams.quiet()


async def asked(teams: Teams, bot: Running, now: datetime = JUST_OVER) -> Posted:
    """What Samira is asked by itself."""
    await bot.house.carrying.plan_due(now)
    await until(lambda: teams.texts_in(SAMIRA.chat))
    return next(one for one in teams.posted if one.conversation == SAMIRA.chat.conversation)


def stands(query: Query) -> dict[str, tuple[str, str | None]]:
    """Where every point of the tests stands: its state, and the key of its meeting."""
    found = query(
        "SELECT p.title, p.state, m.key FROM agenda_points p LEFT JOIN meetings m ON m.id = p.meeting_id "
        "WHERE p.title IN ('Spijbelen', 'NAFT', 'Leersteun', 'Fietsen')"
    )
    return {title: (state, key) for title, state, key in found}


def point(query: Query, title: str) -> str:
    """The name of a point's toggle."""
    return f"p{query(f'SELECT id FROM agenda_points WHERE title = {title!r}')[0][0]}"


def toggles(posted: Posted) -> dict[str, str]:
    """The toggles of a card, as they stand."""
    return {one["title"]: one["value"] for one in posted.card["body"] if one["type"] == "Input.Toggle"}


DONE, NEXT, SHELF = ("handled", HOMEWORK), ("accepted", MOTIVATION), ("accepted", None)
MOVED = ("proposed", MOTIVATION)


async def test_the_note_taker_is_asked_with_all_toggles_on_and_one_press_settles_it(
    network: Teams, bot: Running, query: Query
) -> None:
    card = await asked(network, bot)
    assert card.text.startswith("**Intervisie huiswerkbegeleiding zit erop. Wat is er besproken?**")
    assert "Hoor ik niets, dan rond ik het morgen om 12 uur zelf af." in card.text
    assert toggles(card) == {"1. Spijbelen": "true", "2. NAFT": "true", "3. Leersteun": "true"}
    off = {point(query, "Spijbelen"): "true", point(query, "NAFT"): "false", point(query, "Leersteun"): "true"}
    said = await presses(network, SAMIRA, card, texts.BUTTON_SAVE, **off)
    assert said.text.startswith(
        "In orde. Intervisie huiswerkbegeleiding: 2 punten besproken; “NAFT” en “Fietsen” schuiven door naar "
    )
    assert stands(query) == {"Spijbelen": DONE, "NAFT": NEXT, "Leersteun": DONE, "Fietsen": MOVED}
    await until(lambda: network.texts_in(NELE.chat) and len(network.texts_in(JONAS.chat)) > 1)
    assert "is afgerond:** 2 punten besproken; “NAFT” en “Fietsen” schuiven door" in network.texts_in(NELE.chat)[0]
    told = "\n".join(network.texts_in(JONAS.chat))
    assert "“Fietsen” schuift door naar Intervisie schoolmotivatie van donderdag 4 februari 2027" in told
    assert "“NAFT” schuift door naar Intervisie schoolmotivatie" in told


async def test_the_rest_is_not_what_was_said_before_not_to_be_discussed(
    network: Teams, bot: Running, query: Query
) -> None:
    await asked(network, bot)
    await says(network, SAMIRA, "punt 2 is niet besproken")
    await says(network, SAMIRA, "de rest wel")
    assert stands(query) == {"Spijbelen": DONE, "NAFT": NEXT, "Leersteun": DONE, "Fietsen": MOVED}


async def test_pressed_twice_it_happens_once_and_says_so(network: Teams, bot: Running, query: Query) -> None:
    card = await asked(network, bot)
    off = {point(query, "NAFT"): "false"}
    await presses(network, SAMIRA, card, texts.BUTTON_SAVE, **off)
    again = await presses(network, SAMIRA, card, texts.BUTTON_SAVE, **off)
    assert again.text.startswith("Dat stond al zo.")
    assert query("SELECT carried FROM agenda_points WHERE title = 'NAFT'") == [(1,)]


SENTENCES_SAID: dict[str, dict[str, tuple[str, str | None]]] = {
    "punt 2 is niet besproken": {"NAFT": NEXT},
    "punt 2 en 3 zijn niet besproken": {"NAFT": NEXT, "Leersteun": NEXT},
    "alles besproken": {},
    "we hebben niets besproken": {"Spijbelen": NEXT, "NAFT": NEXT, "Leersteun": NEXT},
    "NAFT is niet besproken": {"NAFT": NEXT},
    "punt 2 op de plank": {"NAFT": SHELF},
    "punt 2 pas in september terug": {"NAFT": SHELF},
    "punt 2 pas in februari terug": {"NAFT": NEXT},
}


async def test_a_sentence_says_it_too(network: Teams, bot: Running, query: Query) -> None:
    await asked(network, bot)
    for said, then in SENTENCES_SAID.items():
        answer = await says(network, SAMIRA, said)
        assert answer.startswith("In orde. Intervisie huiswerkbegeleiding:"), (said, answer)
        assert stands(query) == {"Spijbelen": DONE, "NAFT": DONE, "Leersteun": DONE, "Fietsen": MOVED, **then}, said
        as_it_was = f"state = 'accepted', meeting_id = {meeting_id(query, HOMEWORK)}, carried_from_id = NULL"
        query(f"UPDATE agenda_points SET {as_it_was}, carried = 0, returns_on = NULL WHERE title <> 'Fietsen'")
        query("UPDATE agendas SET closed_at = NULL")
        query("DELETE FROM memories")


async def test_what_is_said_next_keeps_the_same_numbers_and_corrects(
    network: Teams, bot: Running, query: Query
) -> None:
    await asked(network, bot)
    await says(network, SAMIRA, "punt 1 is niet besproken")
    shelved = await says(network, SAMIRA, "en punt 3 op de plank")
    assert "“Leersteun” ligt weer op de plank" in shelved
    assert stands(query) == {"Spijbelen": NEXT, "NAFT": DONE, "Leersteun": SHELF, "Fietsen": MOVED}
    await says(network, SAMIRA, "punt 1 is toch besproken")
    assert stands(query)["Spijbelen"] == DONE
    assert query("SELECT carried FROM agenda_points WHERE title = 'Spijbelen'") == [(0,)]


async def test_it_is_corrected_with_the_button_as_well(network: Teams, bot: Running, query: Query) -> None:
    card = await asked(network, bot)
    done = await presses(network, SAMIRA, card, texts.BUTTON_SAVE)
    assert stands(query)["NAFT"] == DONE
    form = await presses(network, SAMIRA, done, texts.BUTTON_CORRECT)
    assert toggles(form) == {"1. Spijbelen": "true", "2. NAFT": "true", "3. Leersteun": "true", "4. Fietsen": "false"}
    await presses(network, SAMIRA, form, texts.BUTTON_SAVE, **{point(query, "Fietsen"): "true"})
    assert stands(query)["Fietsen"] == DONE


async def test_what_another_settles_is_shown_in_the_question_too(network: Teams, bot: Running, query: Query) -> None:
    card = await asked(network, bot)
    await says(network, NELE, "alles is besproken op de intervisie van 3 december")
    await until(lambda: any(one.id == card.id for one in network.updates))
    shown = next(one for one in network.updates if one.id == card.id)
    assert shown.text.startswith("**Intervisie huiswerkbegeleiding is afgerond:** 3 punten besproken")
    assert stands(query)["NAFT"] == DONE


async def test_another_question_in_between_is_answered_and_the_first_one_stays_open(
    network: Teams, bot: Running, query: Query
) -> None:
    await asked(network, bot)
    await says(network, SAMIRA, "welke punten zijn er besproken op de vorige intervisie?")
    place = await says(network, SAMIRA, "waar is de volgende intervisie?")
    assert "schoolmotivatie" in place
    assert stands(query)["NAFT"] == ("accepted", HOMEWORK)
    await says(network, SAMIRA, "punt 2 is niet besproken")
    assert stands(query)["NAFT"] == NEXT


async def test_the_question_goes_before_what_was_talked_about_earlier(
    network: Teams, bot: Running, query: Query
) -> None:
    await says(network, SAMIRA, "waar is de volgende intervisie?")
    query("UPDATE memories SET at = '2026-12-03 09:00:00.000000'")
    await asked(network.quiet(), bot)
    assert "“NAFT” ligt weer op de plank" in await says(network, SAMIRA, "punt 2 op de plank")
    assert stands(query)["NAFT"] == SHELF


async def test_let_be_drops_the_question(network: Teams, bot: Running, query: Query) -> None:
    await asked(network, bot)
    shown = await network.press(SAMIRA, SAMIRA.chat, {"action": "show_closing", "meeting": meeting_id(query, HOMEWORK)})
    assert toggles(shown[-1])
    assert await says(network, SAMIRA, "laat maar") == texts.LEFT_OPEN
    assert stands(query)["NAFT"] == ("accepted", HOMEWORK)


async def test_a_number_that_there_is_not_changes_nothing(network: Teams, bot: Running, query: Query) -> None:
    await asked(network, bot)
    assert (await says(network, SAMIRA, "punt 12 is niet besproken")).startswith("Punt 12 vind ik niet")
    assert stands(query)["Leersteun"] == ("accepted", HOMEWORK)


async def test_who_does_not_run_the_meeting_settles_nothing(network: Teams, bot: Running, query: Query) -> None:
    before = stands(query)
    number = meeting_id(query, HOMEWORK)
    for data in (
        {"action": "settle_points", "meeting": number, point(query, "NAFT"): "false"},
        {"action": "show_closing", "meeting": number},
    ):
        assert await _told(network, JONAS, data) == SENTENCES[NotCoordinator]
    assert (
        await says(network, JONAS, "punt 2 van de intervisie van 3 december is niet besproken")
        == SENTENCES[NotCoordinator]
    )
    assert stands(query) == before


async def test_forged_toggles_settle_nothing(network: Teams, query: Query) -> None:
    before, number = stands(query), meeting_id(query, HOMEWORK)
    for forged in ("p999999", "p9999999999"):
        data = {"action": "settle_points", "meeting": number, forged: "false"}
        assert await _told(network, SAMIRA, data) == SENTENCES[NoSuchPoint]
    for value in ("maybe", 3, None, ["false"], {}):
        data = {"action": "settle_points", "meeting": number, point(query, "NAFT"): value}
        assert await _told(network, SAMIRA, data) == general.TOO_OLD
    assert stands(query) == before


@pytest.mark.parametrize("settings", [NOW], indirect=True)
async def test_before_the_meeting_nothing_was_discussed_but_a_point_can_be_put_off(
    network: Teams, query: Query
) -> None:
    number = meeting_id(query, HOMEWORK)
    ask = {"action": "ask_meeting", "intent": "agenda.handled", "meeting": number}
    assert "moet nog beginnen" in await _told(network, NELE, {**ask, "text": "punt 2 is niet besproken"})
    said = await _told(network, NELE, {**ask, "text": "punt 2 pas in februari terug"})
    assert said.startswith("“NAFT” schuift door naar Intervisie schoolmotivatie")
    assert stands(query)["NAFT"] == NEXT


async def test_in_a_channel_the_rest_of_the_company_reads_no_points(network: Teams, bot: Running, query: Query) -> None:
    await asked(network, bot)
    told = await network.say(SAMIRA, CHANNEL, "punt 2 van de intervisie van 3 december is niet besproken")
    public = [one for one in told if one.conversation.startswith(CHANNEL.conversation)]
    assert public
    assert not any("NAFT" in one.text for one in public)
    assert stands(query)["NAFT"] == NEXT


async def test_points_of_a_cancelled_meeting_move_on_and_it_is_told(network: Teams, bot: Running, query: Query) -> None:
    query("UPDATE meetings SET cancelled_at = '2026-12-02 10:00:00.000000' WHERE key = 'intervisie-huiswerk'")
    await bot.house.carrying.plan_due(JUST_OVER)
    await until(lambda: network.texts_in(NELE.chat) and network.texts_in(JONAS.chat))
    assert "gaat niet door.** De punten schoven mee" in network.texts_in(NELE.chat)[0]
    told = network.texts_in(JONAS.chat)[0]
    assert told.count("door naar Intervisie schoolmotivatie") == 1
    assert all(f"“{one}”" in told for one in ("Spijbelen", "NAFT", "Leersteun", "Fietsen"))
    assert stands(query) == {"Spijbelen": NEXT, "NAFT": NEXT, "Leersteun": NEXT, "Fietsen": MOVED}


async def test_the_longest_card_fits(network: Teams, bot: Running, query: Query) -> None:
    query("DELETE FROM agenda_points WHERE proposed_at IS NOT NULL")
    jonas = Viewer(await bot.house.people.by_email(JONAS.mail), member=True)
    for number in range(MOST_TOGGLES + 5):
        new = NewPoint(f"{number:02} " + "“é”" * 60, meeting_id(query, HOMEWORK), PointKind.THEME)
        await bot.house.points.propose(new, jonas, NOW)
    query("UPDATE agenda_points SET state = 'accepted', position = id WHERE proposed_at IS NOT NULL")
    card = await asked(network, bot)
    assert len(toggles(card)) == MOST_TOGGLES
    assert len(json.dumps(card.card)) <= LARGEST_CARD


async def _told(teams: Teams, who: User, data: Json) -> str:
    answers = await teams.press(who, who.chat, data)
    return [one for one in answers if one.conversation == who.chat.conversation][-1].text
