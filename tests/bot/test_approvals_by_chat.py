"""Objecting to a report and approving it, in Teams: by sentence and by button."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import running
from bot.settings import Settings
from dialogs.texts import publishing
from storage.domain.agenda import NewPoint, PointKind
from storage.services.house import House
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import JONAS, NELE, Posted, Teams
from tests.bot.edges import until
from tests.bot.lists import EVERYBODY, MOTIVATION, Query, buttons, hears, meeting_id, presses, says
from tests.bot.reports import DECISION, held, noted, posted
from tests.bot.sending import MONDAY
from tests.storage.support import viewer

WRONG = "het was om de twee weken"


async def a_report(house: House, query: Query) -> int:
    """A posted report with one decision; the id of its meeting."""
    number = await held(house, query)
    await noted(house, number)
    await posted(house, number)
    return number


def open_objections(query: Query) -> list[tuple[object, ...]]:
    """What people object to, and what became of it."""
    return query("SELECT text, taken FROM report_objections ORDER BY id")


def approved(query: Query) -> list[tuple[object, ...]]:
    """How the reports that are approved were; the demo network has another one."""
    return query("SELECT approved_how FROM reports WHERE approved_at IS NOT NULL")


async def test_an_objection_to_a_line_is_passed_on(teams: Teams, bot_house: House, query: Query) -> None:
    await a_report(bot_house, query)
    said = await says(teams, JONAS, f"ik ga niet akkoord met regel 1: {WRONG}")
    assert said == f"Genoteerd, ik geef het door aan wie het verslag nakijkt: “{WRONG}”, bij “{DECISION}”."
    assert open_objections(query) == [(WRONG, None)]


async def test_without_what_is_wrong_it_is_asked_and_typed(teams: Teams, bot_house: House, query: Query) -> None:
    await a_report(bot_house, query)
    assert "Wat klopt er niet in regel 1" in await says(teams, JONAS, "ik ga niet akkoord met regel 1")
    assert "Genoteerd" in await says(teams, JONAS, WRONG)
    assert open_objections(query) == [(WRONG, None)]


async def test_only_a_line_is_no_objection_yet_and_is_asked_on(teams: Teams, bot_house: House, query: Query) -> None:
    await a_report(bot_house, query)
    await says(teams, JONAS, "ik heb een opmerking over het verslag")
    asked = await says(teams, JONAS, "besluit 1 klopt niet")
    assert asked.startswith(f"Wat klopt er niet in regel 1 (“{DECISION}”)?")
    assert open_objections(query) == []
    await says(teams, JONAS, WRONG)
    assert query("SELECT text, line_id IS NULL FROM report_objections") == [(WRONG, 0)]


async def test_let_be_passes_nothing_on(teams: Teams, bot_house: House, query: Query) -> None:
    await a_report(bot_house, query)
    await says(teams, JONAS, "ik ga niet akkoord met regel 1")
    assert await says(teams, JONAS, "laat maar") == "In orde, ik geef niets door."
    assert open_objections(query) == []


async def test_a_line_that_is_not_there_is_told(teams: Teams, bot_house: House, query: Query) -> None:
    await a_report(bot_house, query)
    assert "Een regel 9 staat er niet" in await says(teams, JONAS, f"ik ga niet akkoord met regel 9: {WRONG}")


async def test_a_child_is_not_passed_on(teams: Teams, bot_house: House, query: Query) -> None:
    await a_report(bot_house, query)
    said = await says(teams, JONAS, "ik ga niet akkoord met regel 1: Yassine (15) van Kustklas was er niet")
    assert "Genoteerd" not in said
    assert open_objections(query) == []


# Who may correct the report


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with everybody's chat known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), EVERYBODY)


@asynccontextmanager
async def objected(teams: Teams, query: Query, house: House, settings: Settings) -> AsyncIterator[Posted]:
    """What the coordinator sees on Monday of Jonas's objection."""
    network = met(teams, query, EVERYBODY)
    await a_report(house, query)
    await says(network, JONAS, f"ik ga niet akkoord met regel 1: {WRONG}")
    async with running(replace(settings, starts_at=MONDAY)) as later:
        network.bot_url = later.url

        def seen() -> list[Posted]:
            return [one for one in network.posted if one.conversation == NELE.chat.conversation and WRONG in one.text]

        await until(seen)
        yield seen()[0]


async def test_who_may_correct_it_sees_who_objects_to_what(
    teams: Teams, bot_house: House, query: Query, settings: Settings
) -> None:
    async with objected(teams, query, bot_house, settings) as card:
        assert card.text.split("\n\n") == [
            "Jonas Claerhout heeft een opmerking bij het verslag van Intervisie huiswerkbegeleiding:",
            f"Regel 1: “{DECISION}”",
            f"“{WRONG}”",
        ]
        assert buttons(card) == ["Overnemen", "Niet overnemen"]


async def test_taken_over_by_its_button_the_line_changes_and_who_objected_hears(
    teams: Teams, bot_house: House, query: Query, settings: Settings
) -> None:
    async with objected(teams, query, bot_house, settings) as card:
        done = await presses(teams, NELE, card, "Overnemen", text="Elk huis kiest een uur om de twee weken.")
        assert done.text.startswith("In orde. De regel is nu: “Elk huis kiest een uur om de twee weken.”")
        assert query("SELECT text FROM report_lines") == [("Elk huis kiest een uur om de twee weken.",)]

        def heard() -> list[Posted]:
            return [
                one for one in teams.posted if one.conversation == JONAS.chat.conversation and "overgenomen" in one.text
            ]

        await until(heard)


async def test_an_unchanged_line_is_not_taken_over(
    teams: Teams, bot_house: House, query: Query, settings: Settings
) -> None:
    async with objected(teams, query, bot_house, settings) as card:
        told = await presses(teams, NELE, card, "Overnemen", text=DECISION)
        assert told.text.startswith("Pas eerst de regel aan")
        assert open_objections(query) == [(WRONG, None)]


async def test_the_buttons_are_no_permission(teams: Teams, bot_house: House, query: Query, settings: Settings) -> None:
    async with objected(teams, query, bot_house, settings) as card:
        told = await teams.press(JONAS, JONAS.chat, {**card.button("Overnemen"), "text": "Iets anders."})
        assert "coördinator" in told[-1].text
        assert query("SELECT text FROM report_lines") == [(DECISION,)]


async def test_it_is_approved_by_sentence_and_opened_again_by_button(
    teams: Teams, bot_house: House, query: Query
) -> None:
    await a_report(bot_house, query)
    card = await hears(teams, NELE, "het verslag is goedgekeurd")
    assert "is goedgekeurd" in card.text
    assert approved(query) == [("meeting",)]
    assert "al goedgekeurd" in await says(teams, JONAS, f"ik ga niet akkoord met regel 1: {WRONG}")
    assert "weer open" in (await presses(teams, NELE, card, "Weer openzetten")).text
    assert approved(query) == []


async def test_just_after_it_was_posted_it_is_asked_once_more(teams: Teams, bot_house: House, query: Query) -> None:
    number = await held(bot_house, query)
    await noted(bot_house, number)
    await posted(bot_house, number, hours=1)
    card = await hears(teams, NELE, "het verslag is goedgekeurd")
    assert "nog maar net verspreid" in card.text
    assert approved(query) == []
    assert "is goedgekeurd" in (await presses(teams, NELE, card, "Goedgekeurd")).text


async def test_with_open_objections_it_is_asked_once_more(teams: Teams, bot_house: House, query: Query) -> None:
    await a_report(bot_house, query)
    await says(teams, JONAS, f"ik ga niet akkoord met regel 1: {WRONG}")
    card = await hears(teams, NELE, "het verslag is goedgekeurd")
    assert f"Jonas Claerhout: “{WRONG}”" in card.text
    assert approved(query) == []
    assert "is goedgekeurd" in (await presses(teams, NELE, card, "Toch goedkeuren")).text


async def test_a_question_whether_it_is_approved_is_answered_and_approves_nothing(
    teams: Teams, bot_house: House, query: Query
) -> None:
    await a_report(bot_house, query)
    assert (await says(teams, NELE, "is het verslag al goedgekeurd?")).startswith("Nog niet: ")
    assert (await says(teams, JONAS, "is het verslag al goedgekeurd?")).startswith("Nog niet: ")
    assert approved(query) == []
    await says(teams, NELE, "het verslag is goedgekeurd")
    assert "was al goedgekeurd, op " in await says(teams, JONAS, "is het verslag al goedgekeurd?")


async def test_others_do_not_approve(teams: Teams, bot_house: House, query: Query) -> None:
    await a_report(bot_house, query)
    assert "coördinator" in await says(teams, JONAS, "het verslag is goedgekeurd")
    assert approved(query) == []


async def test_the_next_agenda_says_which_report_is_to_be_approved(bot_house: House, query: Query) -> None:
    number = await a_report(bot_house, query)
    ahead, nele = meeting_id(query, MOTIVATION), await viewer(bot_house, NELE.mail)
    await bot_house.points.propose(NewPoint("Fietsen", ahead, PointKind.THEME), nele, MONDAY)
    await bot_house.agendas.apply(ahead, nele, MONDAY)
    await bot_house.agendas.publish(ahead, nele, MONDAY)
    wanted = "\n  - Het verslag van Intervisie huiswerkbegeleiding ("
    found = await bot_house.agendas.told(ahead, None)
    assert found is not None
    assert wanted in publishing.published(found)
    await bot_house.approvals.approve(number, nele, MONDAY)
    after = await bot_house.agendas.told(ahead, None)
    assert after is not None
    assert wanted not in publishing.published(after)
